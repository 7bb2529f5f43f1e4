import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { type Cap, recountCap, type Slot } from '../bench/claim-log.ts'

/** Small sizes: here a bench has to be right, not fast. */
const benches: { name: string; flags: string[] }[] = [
  { name: 'verdict', flags: ['--verdicts', '20000'] },
  { name: 'claim', flags: ['--leads', '500', '--seconds', '0.4', '--jobs', '100'] },
  { name: 'foresee', flags: ['--leads', '2000'] },
  { name: 'forecast', flags: ['--days', '2', '--mode', 'power'] },
  { name: 'import', flags: ['--rows', '2000'] },
  { name: 'suppressions', flags: ['--numbers', '20000', '--look-ups', '200'] },
  { name: 'events', flags: ['--calls', '200'] },
  { name: 'api', flags: ['--seconds', '1'] },
  { name: 'floor', flags: ['--board-agents', '20', '--matched-agents', '20', '--moves', '40', '--takes', '100'] },
  { name: 'slot', flags: ['--calls', '10', '--warm-up', '5', '--slots', '5', '--one'] },
  { name: 'shift', flags: ['--agents', '4', '--hours', '0.1'] },
  { name: 'shift', flags: ['--agents', '4', '--hours', '0.1', '--mode', 'predictive'] },
  { name: 'start', flags: ['--runs', '1'] },
  { name: 'pacing', flags: ['--agents', '3', '--scenarios', 'high', '--seeds', '2', '--against', 'power3,adaptive'] },
  { name: 'odds', flags: ['--shifts', '2', '--largest', '10'] },
  { name: 'memory', flags: ['--settle-ms', '500'] },
]

async function runBench(name: string, flags: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../bench/run.ts'), name, ...flags])
  let said = ''
  let complained = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 0, complained)
  return said
}

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

describe('every bench', { concurrency: false }, () => {
  for (const { name, flags } of benches) {
    it(`${[name, ...flags].join(' ')} sets itself up and ends with its figures`, { timeout: 120_000 }, async () => {
      const last = (await runBench(name, flags)).trimEnd().split('\n').at(-1) ?? ''
      const { bench, figures } = JSON.parse(last) as { bench: string; figures: Record<string, number> }
      assert.equal(bench, name)
      assert.ok(Object.keys(figures).length > 0)
      assert.equal(figures['cap breaches'] ?? 0, 0)
      for (const [figure, value] of Object.entries(figures)) assert.ok(Number.isFinite(value), `${figure}: ${value}`)
    })
  }
})
