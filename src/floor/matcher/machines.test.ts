import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { isSampled } from '#domain/live-answer.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { createVoicemailDrop } from '#store/voicemail-drops.ts'
import type { Carrier } from '#telephony/port.ts'

const machines = { default: [{ do: 'machine', ring_s: 5, talk_s: 60, greeting_s: 10, weight: 1 }] }

describe('a campaign that machines answer', () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  /** With one agent where people talk, and a message for machines. */
  async function stage({ leads = 1, ...settings }: { mode: string; leads?: number; [name: string]: unknown }) {
    const floor = await openFloor({ script: machines })
    floors.push(floor)
    const { db, tenant, clock } = floor
    const drop = { id: newId(clock.now()), name: 'Call us back', message: 'call-us-back', duration_seconds: 8 }
    await inWorkspace(db.app, tenant, (tx) => createVoicemailDrop(tx, tenant.workspace_id, drop, clock.now()))
    const leave = { on_machine: 'leave_message', voicemail_drop_id: drop.id }
    const campaign = await floor.startCampaign({ leads, settings: { ...leave, ...settings } })
    const agent = await makeAgent(db.owner, tenant, clock.now(), { reached_at: 'browser', campaign_id: campaign })
    await signOnAgent(db.app, tenant, agent, clock.now())
    const one = async (sql: string) => (await db.owner.query(sql)).rows[0]
    const call = () =>
      one(
        `select outcome, connected_at, hangup_cause, round(extract(epoch from ended_at - answered_at))::int as talk_s from calls`,
      )
    return { ...floor, one, call, drop }
  }

  for (const mode of ['progressive', 'broadcast']) {
    it(`leaves its message after the greeting, once, and counts it: ${mode}`, async () => {
      const s = await stage({ mode })
      await s.run(60_000, 1000)
      assert.deepEqual(await s.call(), {
        ...{ outcome: 'machine', connected_at: null, hangup_cause: 'last_message_played', talk_s: 18 },
      })
      assert.equal((await s.one('select usage_count from voicemail_drops')).usage_count, 1)
      const act = await s.one('select act, result, user_id, detail from call_acts')
      const detail = { message: 'call-us-back', voicemail_drop_id: s.drop.id }
      assert.deepEqual(act, { act: 'voicemail_drop', result: 'done', user_id: null, detail })
      assert.equal(
        (await s.one('select count(*)::int from agent_transitions where to_state <> $$available$$')).count,
        0,
      )
    })
  }

  it('hangs up where its carrier does not wait for greetings, or the greeting does not end', async () => {
    for (const fault of [null, { verdict: 'retryable' as const, reason: 'the greeting does not end' }]) {
      const s = await stage({ mode: 'progressive' })
      const carrier = (await s.engine.carrierOf(s.tenant.workspace_id, s.tenant.trunk_id)) as Carrier
      if (fault === null) Object.assign(carrier, { capabilities: { ...carrier.capabilities, awaits_greetings: false } })
      else Object.assign(carrier, { control: async () => fault })
      await s.run(30_000, 1000)
      assert.deepEqual(await s.call(), {
        ...{ outcome: 'machine', connected_at: null, hangup_cause: 'originator_hangup', talk_s: 2 },
      })
      assert.equal((await s.one('select usage_count from voicemail_drops')).usage_count, 0)
    }
  })

  it('connects those of the sample to agents, who say whether they are machines', async () => {
    const settings = { wrap_up_seconds: 0, max_concurrent_calls: 1, on_machine: 'hang_up', machine_sample_percent: 10 }
    const s = await stage({ mode: 'progressive', leads: 40, ...settings })
    await s.run(20 * 60_000, 5000)
    const { rows } = await s.db.owner.query('select id, connected_at is not null as connected from calls')
    assert.equal(rows.length, 40)
    for (const { id, connected } of rows) assert.equal(connected, isSampled(id, 10), id)
  })

  it('hangs up on them for a voice, too, unless it is to talk to them', async () => {
    const hung_up = await stage({ mode: 'ai', on_machine: 'hang_up' })
    await hung_up.run(90_000, 1000)
    assert.equal((await hung_up.call()).talk_s, 2)
    const connected = await stage({ mode: 'ai', on_machine: 'connect' })
    await connected.run(90_000, 1000)
    const { outcome, talk_s } = await connected.call()
    assert.deepEqual([outcome, talk_s], ['machine', 60])
  })
})
