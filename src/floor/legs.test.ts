import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { hungUp, nothingDue, phoneClient } from '#domain/held-leg.ts'
import { type LegEvent, mergeLegEvent, newLeg } from '#domain/leg.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type Floor, type FloorOptions, openFloor } from '#kit/floor.ts'
import { loadLeads, makeTrunk, numbersFrom } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import { addLeg } from '#store/legs.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'
import { byAgent, moveSession } from './agent-sessions.ts'
import { applyLegReports, keepLegs } from './legs.ts'

const minute = 60_000
const talks = { default: [{ do: 'answers', ring_s: 5, talk_s: 600, weight: 1 }] }

describe("agents' legs", () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  async function stage(options: FloorOptions = {}) {
    const floor = await openFloor(options)
    floors.push(floor)
    const { db, tenant, clock, engine } = floor
    const ws = tenant.workspace_id
    const one = async (sql: string, values: unknown[]) => (await db.owner.query(sql, values)).rows[0]
    const times = async (agentId: string, column: string, seen: Set<string>): Promise<number[]> => {
      const sql = `select id, ${column} as at from legs where agent_id = $1 order by asked_at`
      const { rows } = await db.owner.query(sql, [agentId])
      return rows.filter(({ id }) => seen.has(id)).map(({ at }) => (at.getTime() - start) / 1000)
    }
    return {
      ...{ ...floor, ws, one },
      /** When the agent was rung, in seconds since the start; that they were is the far end's own record. */
      rings: (agentId: string) => times(agentId, 'asked_at', ledgerLegs(floor.dials())),
      closed: (agentId: string) => times(agentId, 'down_at', ledgerLegs(floor.ends())),
      leg: (agentId: string) => one('select * from legs where agent_id = $1 order by asked_at desc limit 1', [agentId]),
      session: (agentId: string) =>
        one('select * from agent_sessions where agent_id = $1 order by started_at desc limit 1', [agentId]),
      agent: (more: object = {}) => makeAgent(db.owner, tenant, clock.now(), more),
      signOn: (agentId: string) => signOnAgent(db.app, tenant, agentId, clock.now()),
      move: (id: string, wish: Parameters<typeof moveSession>[3]) =>
        inWorkspace(db.app, tenant, (tx) => moveSession(tx, ws, id, wish, byAgent, clock.now())),
      carrier: (await engine.carrierOf(ws, tenant.trunk_id)) as Carrier,
      /** A campaign whose leads are due and not dialed: its day's dials are spent. */
      async startSpent(options: Parameters<Floor['startCampaign']>[0] = {}) {
        const settings = { ...options.settings, daily_limit: 1 }
        const id = await floor.startCampaign({ ...options, settings })
        await db.owner.query(`insert into campaign_days values ($1, $2, '2026-03-04', 1)`, [ws, id])
        return id
      },
      /** Makes every leg overdue, as time by the database's clock does. */
      letLapse: () => db.owner.query(`update legs set check_at = now() - interval '1 second'`),
      start: clock.now(),
    }
  }
  const start = Date.parse('2026-03-04T15:00:00Z')
  const ledgerLegs = (lines: object[]) => new Set(lines.map((line) => (line as { leg_id: string }).leg_id))

  it('is not opened by a carrier that opens none, and nobody is dialed for its agent', async () => {
    const s = await stage({ script: talks })
    const { carrierOf } = s.engine
    s.engine.carrierOf = async (workspaceId, trunkId) => {
      const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
      return { ...carrier, capabilities: { ...carrier.capabilities, acts: [] } }
    }
    const campaign_id = await s.startCampaign({ leads: 3, settings: { mode: 'progressive' } })
    const agent = await s.agent({ campaign_id })
    await s.signOn(agent)
    await s.run(2 * minute)
    const { state, hangup_cause } = await s.leg(agent)
    assert.deepEqual([state, hangup_cause], ['down', 'simulated opens no legs'])
    assert.deepEqual(s.dials(), [])
  })

  it('is rung when an agent at a browser is available, kept on a break, and closed with the session', async () => {
    const s = await stage()
    const agent = await s.agent({ reached_at: 'browser' })
    await s.run(10_000)
    assert.deepEqual(await s.rings(agent), [])
    const id = await s.signOn(agent)
    await s.run(5000)
    const leg = await s.leg(agent)
    assert.deepEqual([leg.state, leg.trunk_id, leg.address], ['up', s.tenant.trunk_id, agent])
    assert.equal((await s.session(agent)).leg_id, leg.id)
    await s.move(id, { to: 'break', reason: 'rest' })
    await s.run(5 * minute)
    assert.deepEqual([await s.rings(agent), await s.closed(agent)], [[10], []])
    await s.move(id, { to: 'offline', reason: null })
    await s.run(5000)
    assert.deepEqual(await s.closed(agent), [315])
    assert.equal((await s.leg(agent)).state, 'down')
  })

  it('is not rung on a break, and tried again soon where the softphone is away', async () => {
    const s = await stage()
    const agent = await s.agent({ reached_at: 'browser' })
    const id = await s.signOn(agent)
    await s.move(id, { to: 'break', reason: 'rest' })
    await s.run(10_000)
    assert.deepEqual(await s.rings(agent), [])
    await s.move(id, { to: 'available' })
    await s.run(5000)
    // The softphone is gone; its carrier says so.
    const at = new Date(s.clock.now()).toISOString()
    const { id: leg_id } = await s.leg(agent)
    await s.carrier.closeLeg(leg_id)
    await applyLegReports(s.engine, trunkOf(s), [{ leg_id, event: { kind: 'leg_down', at } }])
    await s.run(5000)
    assert.deepEqual(await s.rings(agent), [10, 15])
    assert.equal((await s.leg(agent)).state, 'up')
  })

  it('is rung at a phone when a lead is due, and whoever picks up is signed on', async () => {
    const s = await stage()
    const campaign = await s.startCampaign({ leads: 0, settings: { mode: 'power' } })
    const agent = await s.agent({ campaign_id: campaign })
    const broadcast = await s.startCampaign({ leads: 1 })
    const idle = await s.agent({ campaign_id: broadcast })
    await s.run(10_000)
    assert.deepEqual([await s.rings(agent), await s.rings(idle)], [[], []])
    await addDueLead(s, campaign)
    await s.run(5000)
    const [leg, session] = [await s.leg(agent), await s.session(agent)]
    assert.deepEqual(await s.rings(agent), [10])
    assert.deepEqual([session.state, session.client, session.leg_id], ['available', phoneClient, leg.id])
    await s.run(30_000)
    assert.deepEqual([await s.rings(agent), await s.rings(idle)], [[10], []])
  })

  it('gives a session that a person opened its leg, and none on a break', async () => {
    const s = await stage()
    const campaign = await s.startCampaign({ leads: 1, settings: { mode: 'preview' } })
    const [here, resting] = [await s.agent({ campaign_id: campaign }), await s.agent({ campaign_id: campaign })]
    const id = await s.signOn(here)
    await s.move(await s.signOn(resting), { to: 'break', reason: 'rest' })
    await s.run(5000)
    assert.deepEqual([await s.rings(here), await s.rings(resting)], [[0], []])
    const session = await s.session(here)
    assert.deepEqual([session.id, session.leg_id], [id, (await s.leg(here)).id])
  })

  it('signs off whom it signed on when the phone is hung up, and leaves the agent alone for five minutes', async () => {
    const s = await stage({ script: { ...talks, agents: { 701: [{ do: 'answers', talk_s: 30 }, { do: 'answers' }] } } })
    const campaign = await s.startSpent({ leads: 1, settings: { mode: 'progressive' } })
    const agent = await s.agent({ campaign_id: campaign })
    await s.db.owner.query(`update agents set extension = '701' where id = $1`, [agent])
    await s.run(40_000)
    assert.deepEqual([(await s.session(agent)).state, (await s.session(agent)).reason], ['offline', hungUp])
    await s.run(4 * minute)
    assert.equal((await s.rings(agent)).length, 1)
    await s.run(2 * minute)
    assert.deepEqual(
      (await s.rings(agent)).map((at) => at >= 332.5 || at),
      [0, true],
    )
    assert.equal((await s.session(agent)).state, 'available')
  })

  it('rings a phone that is not picked up less and less often', async () => {
    const s = await stage({ script: { ...talks, agents: { 702: [{ do: 'busy' }] } } })
    const campaign = await s.startCampaign({ leads: 1, settings: { mode: 'power' } })
    const agent = await s.agent({ campaign_id: campaign })
    await s.db.owner.query(`update agents set extension = '702' where id = $1`, [agent])
    await s.run(3 * 60 * minute, minute)
    const rings = await s.rings(agent)
    const gaps = rings.slice(1).map((at, index) => Math.floor((at - (rings[index] as number)) / 60))
    assert.deepEqual(gaps, [6, 11, 21, 41, 61])
  })

  it('lets a phone go when nothing was due for ten minutes, and rings again for the next lead', async () => {
    const s = await stage()
    const campaign = await s.startSpent({ leads: 1, settings: { mode: 'power' } })
    const agent = await s.agent({ campaign_id: campaign })
    await s.run(20_000)
    await s.db.owner.query(`update leads set due_at = due_at + interval '1 day'`)
    await s.run(9 * minute, minute)
    assert.equal((await s.session(agent)).state, 'available')
    await s.run(2 * minute)
    assert.deepEqual([(await s.session(agent)).state, (await s.session(agent)).reason], ['offline', nothingDue])
    assert.equal((await s.leg(agent)).state, 'down')
    assert.equal((await s.rings(agent)).length, 1)
    await addDueLead(s, campaign)
    await s.run(5000)
    assert.equal((await s.rings(agent)).length, 2)
    assert.equal((await s.session(agent)).state, 'available')
  })

  it('is not rung again for whoever was signed off, before five minutes have passed', async () => {
    const s = await stage()
    const campaign = await s.startSpent({ leads: 1, settings: { mode: 'power' } })
    const agent = await s.agent({ campaign_id: campaign })
    await s.run(10_000)
    await s.move((await s.session(agent)).id, { to: 'offline', reason: null })
    await s.run(4 * minute)
    assert.deepEqual([await s.rings(agent), (await s.leg(agent)).state], [[0], 'down'])
    await s.run(2 * minute)
    assert.equal((await s.rings(agent)).length, 2)
  })

  it('moves to the trunk of the heaviest campaign with due leads when its own serves nobody any more', async () => {
    const s = await stage()
    const size = { channels: 5, calls_per_second: null }
    const [light, heavy] = [
      await makeTrunk(s.db.app, s.tenant, s.start, size),
      await makeTrunk(s.db.app, s.tenant, s.start, size),
    ]
    const first = await s.startSpent({ leads: 1, settings: { mode: 'power', trunk_id: light, weight: 1 } })
    const agent = await s.agent({ campaign_id: first })
    await s.run(10_000)
    assert.equal((await s.leg(agent)).trunk_id, light)
    const second = await s.startSpent({
      ...{ leads: 1, first_number: 50 },
      settings: { mode: 'power', trunk_id: heavy, weight: 9 },
    })
    await s.db.owner.query('insert into campaign_agents values ($1, $2, $3)', [s.ws, second, agent])
    await s.run(20_000)
    assert.deepEqual([(await s.leg(agent)).trunk_id, (await s.rings(agent)).length], [light, 1])
    const { id } = await s.session(agent)
    await s.db.owner.query(`update campaigns set status = 'paused' where id = $1`, [first])
    await s.run(20_000)
    const leg = await s.leg(agent)
    assert.deepEqual([leg.trunk_id, leg.state, (await s.rings(agent)).length], [heavy, 'up', 2])
    const session = await s.session(agent)
    assert.deepEqual([session.id, session.state, session.leg_id], [id, 'available', leg.id])
  })

  it('puts the call on the leg that comes up anew when the browser was reloaded', async () => {
    const s = await stage({ script: talks })
    const campaign = await s.startCampaign({ leads: 1, settings: { mode: 'power' } })
    const agent = await s.agent({ reached_at: 'browser', campaign_id: campaign })
    await s.signOn(agent)
    await s.run(20_000)
    const { call_id } = await s.session(agent)
    const before = (await s.leg(agent)).id
    await s.carrier.closeLeg(before)
    await s.run(10_000, 1000)
    const leg = await s.leg(agent)
    assert.deepEqual([leg.state, leg.id === before], ['up', false])
    assert.equal((await s.session(agent)).leg_id, leg.id)
    assert.deepEqual([(await s.session(agent)).state, await s.rings(agent)], ['on_call', [0, 20]])
    // The carrier has them in one call: the leg is in no other, and the call is bridged to it.
    assert.equal(await s.carrier.control({ act: 'bridge', attempt_id: call_id, leg_id: leg.id }), null)
    assert.equal((await s.carrier.control({ act: 'leave', leg_id: leg.id }))?.verdict, 'permanent')
    await s.run(minute)
    assert.equal((await s.one('select state from calls where id = $1', [call_id])).state, 'answered')
  })

  it('ends a call whose agent has no leg for 15 seconds, or has hung up the phone', async () => {
    const s = await stage({ script: { ...talks, agents: { 703: [{ do: 'answers', talk_s: 60 }] } } })
    const campaign = await s.startCampaign({ leads: 1, settings: { mode: 'power' } })
    const agent = await s.agent({ reached_at: 'browser', campaign_id: campaign })
    await s.signOn(agent)
    await s.run(20_000)
    assert.equal((await s.session(agent)).state, 'on_call')
    const { id } = await s.leg(agent)
    await s.carrier.closeLeg(id)
    // It never comes up again: its reports are lost.
    await s.db.owner.query(`update agents set active = false where id = $1`, [agent])
    await s.run(14_000, 1000)
    assert.deepEqual(callEnds(s), [])
    await s.run(3000, 1000)
    assert.equal(callEnds(s).length, 1)

    const second = await s.startCampaign({ leads: 1, first_number: 60, settings: { mode: 'power' } })
    const phone = await s.agent({ campaign_id: second })
    await s.db.owner.query(`update agents set extension = '703' where id = $1`, [phone])
    await s.run(20_000)
    assert.equal((await s.session(phone)).state, 'on_call')
    await s.run(60_000, 1000)
    assert.equal(callEnds(s).length, 2)
    assert.equal((await s.rings(phone)).length, 1)
  })
  const callEnds = (floor: Floor) => floor.ends().filter(({ attempt_id }) => attempt_id)

  it('is closed when its agent is deactivated or deleted', async () => {
    const s = await stage()
    const agents = [await s.agent({ reached_at: 'browser' }), await s.agent({ reached_at: 'browser' })] as const
    for (const agent of agents) await s.signOn(agent)
    await s.run(5000)
    await s.db.owner.query('update agents set active = false where id = $1', [agents[0]])
    await s.db.owner.query('update agents set deleted_at = now() where id = $1', [agents[1]])
    await s.run(5000)
    for (const agent of agents) assert.deepEqual([await s.closed(agent), await s.rings(agent)], [[5], [0]])
  })

  it('is one, whoever looks after it at once', async () => {
    const s = await stage()
    const agent = await s.agent({ reached_at: 'browser' })
    await s.signOn(agent)
    await Promise.all(Array.from({ length: 8 }, () => keepLegs(s.engine, s.ws)))
    assert.deepEqual(await s.rings(agent), [0])
    assert.equal((await s.one('select count(*)::int as n from legs', [])).n, 1)
  })

  it('is opened anew when the worker died between the row and the command', async () => {
    const s = await stage()
    const agent = await s.agent({ reached_at: 'browser' })
    await s.signOn(agent)
    const lost = { ...legFor(agent, s), id: newId(s.start) }
    await inWorkspace(s.db.app, s.tenant, (tx) => addLeg(tx, s.ws, lost, s.start))
    await s.run(5000)
    assert.deepEqual(await s.rings(agent), [])
    await s.letLapse()
    await s.run(5000)
    assert.equal((await s.rings(agent)).length, 1)
    assert.notEqual((await s.leg(agent)).id, lost.id)
    assert.equal((await s.leg(agent)).state, 'up')
    // The lost command, come at last, rings nobody.
    const { id: leg_id, address } = lost
    const late = {
      leg_id,
      agent_id: agent,
      reached_at: 'browser' as const,
      address,
      caller_id: null,
      ring_timeout_ms: 1,
    }
    const reply = await s.carrier.openLeg(late, new AbortController().signal)
    assert.deepEqual([reply.ok, (await s.rings(agent)).length], [false, 1])
  })

  it('is up when only its carrier knows: the answer and every report were lost', async () => {
    const s = await stage()
    const agent = await s.agent({ reached_at: 'browser' })
    await s.signOn(agent)
    await s.run(5000)
    const { id } = await s.leg(agent)
    await s.db.owner.query(`update legs set state = 'opening', up_at = null, provider_leg_id = null`)
    await s.db.owner.query('update agent_sessions set leg_id = null')
    await s.letLapse()
    await s.run(5000)
    assert.deepEqual([(await s.leg(agent)).state, (await s.session(agent)).leg_id], ['up', id])
    // And down when only its carrier knows that.
    await s.carrier.closeLeg(id)
    await s.run(5000)
    assert.deepEqual([(await s.leg(agent)).state, (await s.rings(agent)).length], ['up', 2])
  })

  it('is the merge of its reports, in whatever order and however often they come', async () => {
    const s = await stage()
    const agent = await s.agent({ reached_at: 'browser' })
    const told = fc.constantFrom<LegEvent>(
      ...[1, 2, 3].map((second) => ({ kind: 'leg_up' as const, at: iso(second) })),
      ...[4, 5].map((second) => ({ kind: 'leg_down' as const, at: iso(second), cause: `cause ${second}` })),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(told, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (events, n) => {
          const leg = { ...legFor(agent, s), id: newId(s.start) }
          await inWorkspace(s.db.app, s.tenant, (tx) => addLeg(tx, s.ws, leg, s.start))
          for (let first = 0; first < events.length; first += n) {
            const reports = events.slice(first, first + n).map((event) => ({ leg_id: leg.id, event }))
            await Promise.all([
              applyLegReports(s.engine, trunkOf(s), reports),
              applyLegReports(s.engine, trunkOf(s), reports),
            ])
          }
          const expected = events.reduce(mergeLegEvent, newLeg)
          const row = await s.one('select * from legs where id = $1', [leg.id])
          const facts = {
            state: row.state,
            hangup_cause: row.hangup_cause,
            up_at: text(row.up_at),
            down_at: text(row.down_at),
          }
          assert.deepEqual(facts, expected)
          await s.db.owner.query(`update legs set state = 'down', down_at = coalesce(down_at, now())`)
        },
      ),
      { numRuns: 40 },
    )
    const foreign = [{ leg_id: newId(s.start), event: { kind: 'leg_up' as const, at: iso(1) } }]
    await applyLegReports(s.engine, trunkOf(s), foreign)
  })
  const iso = (second: number) => new Date(start + second * 1000).toISOString()
  const text = (at: Date | null) => at?.toISOString() ?? null
})

type Stage = Pick<Floor, 'tenant' | 'db' | 'clock'>

const trunkOf = ({ tenant }: Stage) => ({ id: tenant.trunk_id, workspace_id: tenant.workspace_id })

function legFor(agent_id: string, { tenant }: Stage) {
  const { trunk_id } = tenant
  return { trunk_id, agent_id, user_id: null, reached_at: 'browser' as const, address: agent_id }
}

let number = 900

async function addDueLead({ db, tenant, clock }: Stage, campaignId: string): Promise<void> {
  number += 1
  await loadLeads(db.app, tenant, campaignId, numbersFrom(number, 1), clock.now())
}
