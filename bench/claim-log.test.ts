import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Cap, recountCap, type Slot } from './claim-log.ts'

describe("the claim bench's recount", () => {
  const slot = (claimed_at: number, ended_at: number | null, changes: Partial<Slot> = {}): Slot => ({
    ...{ trunk_id: 'trunk', owner_user_id: 'owner', campaign_id: 'campaign', lead_id: 'lead', day: '2026-11-18' },
    ...{ claimed_at, ended_at, ...changes },
  })
  const elsewhere = { trunk_id: 'other', owner_user_id: 'other', campaign_id: 'other' }
  /** Two at once at most, the second ending as the third begins; four in all, one of them beyond every cap but one. */
  const honest = [slot(0, 1000), slot(500, 2000), slot(1000, null), slot(1100, null, elsewhere)]
  const caps: Cap[] = [
    { kind: 'workspace', id: 'workspace', cap: 3 },
    { kind: 'trunk', id: 'trunk', cap: 2 },
    { kind: 'owner', id: 'owner', cap: 2 },
    { kind: 'campaign', id: 'campaign', cap: 2 },
    { kind: 'calls_per_second', id: 'trunk', cap: 2 },
    { kind: 'daily_limit', id: 'campaign', cap: 3 },
  ]
  const breachesIn = (slots: Slot[]) =>
    Object.fromEntries(caps.map((cap) => [cap.kind, recountCap(slots, cap).breaches]))
  const none = { workspace: 0, trunk: 0, owner: 0, campaign: 0, calls_per_second: 0, daily_limit: 0 }

  it('finds nothing in an honest log', () => {
    assert.deepEqual(breachesIn(honest), none)
  })

  it('finds each cap that a doctored log has passed, and no other', () => {
    const doctored = (changes: Partial<Slot>, at = 1500) => breachesIn([...honest, slot(at, null, changes)])
    const { trunk_id, owner_user_id, campaign_id } = elsewhere
    assert.deepEqual(doctored(elsewhere), { ...none, workspace: 1 })
    assert.deepEqual(doctored({ owner_user_id, campaign_id }), { ...none, workspace: 1, trunk: 1 })
    assert.deepEqual(doctored({ trunk_id, campaign_id }), { ...none, workspace: 1, owner: 1 })
    assert.deepEqual(doctored({ trunk_id, owner_user_id, day: '2026-11-19' }), { ...none, workspace: 1, campaign: 1 })
    assert.deepEqual(doctored({ ...elsewhere, campaign_id }, 2500), none)
    assert.deepEqual(doctored({ trunk_id, owner_user_id }, 2500), { ...none, daily_limit: 1 })
    const burst = [slot(9000, 9001, { day: '2026-11-20' }), slot(9002, 9003, { day: '2026-11-20' })]
    assert.deepEqual(breachesIn([...honest, ...burst]), none)
    const third = slot(9004, 9005, { day: '2026-11-20' })
    assert.deepEqual(breachesIn([...honest, ...burst, third]), { ...none, calls_per_second: 1 })
  })
})
