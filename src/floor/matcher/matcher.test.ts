import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type Floor, type FloorOptions, openFloor } from '#kit/floor.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'
import { byAgent, moveSession } from '../agent-sessions.ts'
import { createMatcher } from './match.ts'

const talks = (talk_s: number) => ({ default: [{ do: 'answers', ring_s: 5, talk_s, weight: 1 }] })

describe('the matcher', () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  async function stage(options: FloorOptions & { agents?: number; settings?: object; leads?: number }) {
    const floor = await openFloor({ channels: 50, ...options })
    floors.push(floor)
    const { db, tenant, clock } = floor
    const campaign = await floor.startCampaign({
      leads: options.leads ?? 10,
      settings: { mode: 'progressive', ...options.settings },
    })
    const agents: string[] = []
    for (let n = 0; n < (options.agents ?? 1); n += 1) {
      const agent = await makeAgent(db.owner, tenant, clock.now(), { reached_at: 'browser', campaign_id: campaign })
      await signOnAgent(db.app, tenant, agent, clock.now() + n)
      agents.push(agent)
    }
    const all = async (sql: string) => (await db.owner.query(sql)).rows
    return { ...floor, all, agents, campaign, start: clock.now() }
  }
  type Stage = Awaited<ReturnType<typeof stage>>
  const move = (s: Stage, agent: string, wish: Parameters<typeof moveSession>[3]) =>
    inWorkspace(s.db.app, s.tenant, async (tx) => {
      const { rows } = await tx.query('select id from agent_sessions where agent_id = $1 and ended_at is null', [agent])
      return moveSession(tx, s.tenant.workspace_id, rows[0].id, wish, byAgent, s.clock.now())
    })

  it('puts one call at a time through to each agent, who wraps up before the next', async () => {
    const s = await stage({ script: talks(60), agents: 2, settings: { wrap_up_seconds: 20 } })
    await s.run(30_000, 1000)
    const calls = await s.all('select state, agent_id, connected_at, answered_at from calls order by id')
    assert.deepEqual(calls.map(({ agent_id }) => agent_id).sort(), s.agents.toSorted())
    for (const { connected_at, answered_at } of calls)
      assert.ok(connected_at - answered_at <= 1300, 'once heard, put through')
    assert.deepEqual(await s.all('select distinct state from agent_sessions'), [{ state: 'on_call' }])
    await s.run(45_000, 1000)
    assert.deepEqual(await s.all('select distinct state from agent_sessions'), [{ state: 'wrap_up' }])
    assert.equal(s.dials().length - 2, 2, 'nobody is dialed for agents who talk or wrap up')
    await s.run(10 * 60_000)
    assert.deepEqual(await s.all('select distinct outcome from calls'), [{ outcome: 'human' }])
    assert.deepEqual(await s.all(`select distinct status from leads`), [{ status: 'completed' }])
    assert.equal((await s.all('select from agent_transitions where to_state = $$on_call$$')).length, 10)
  })

  it('shows the agent whom the call is with, what was before and what to say', async () => {
    const s = await stage({ script: talks(60), leads: 1, settings: { script: 'Hello {{ first_name }}, {{ city }}?' } })
    await s.db.owner.query(`update contacts set first_name = 'Ada'`)
    await s.run(30_000, 1000)
    const [pop] = await s.all(`select data from agent_messages where type = 'screen_pop'`)
    assert.equal(pop.data.contact.first_name, 'Ada')
    assert.deepEqual(pop.data.script.steps[0], {
      ...{ key: 'script', text: 'Hello Ada, [city]?', branches: [], missing: ['city'] },
    })
    assert.deepEqual(pop.data.history, [])
  })

  it('abandons whoever waits for two seconds, lets them hear why, and lets their number rest 72 hours', async () => {
    const s = await stage({ script: talks(60), leads: 1 })
    await s.run(4_000, 1000)
    // The agent leaves while the phone rings.
    await move(s, s.agents[0] as string, { to: 'break', reason: 'rest' })
    await s.run(60_000, 1000)
    const [call] = await s.all('select outcome, abandoned_at, answered_at, ended_at, hangup_cause, agent_id from calls')
    assert.deepEqual([call.outcome, call.agent_id, call.hangup_cause], ['abandoned', null, 'last_message_played'])
    assert.equal(call.abandoned_at - call.answered_at, 1300 + 2000, 'two seconds after the detection')
    const [rest] = await s.all('select until from number_rests')
    assert.ok(rest.until - call.ended_at >= 72 * 3_600_000)
    const [lead] = await s.all('select status, due_at, last_outcome from leads')
    assert.deepEqual([lead.status, lead.last_outcome, lead.due_at >= rest.until], ['pending', 'abandoned', true])
  })

  it('calls somebody again who hung up before an agent could talk; nobody was abandoned', async () => {
    const s = await stage({ script: talks(2), leads: 1 })
    await s.run(4_000, 1000)
    await move(s, s.agents[0] as string, { to: 'break', reason: 'rest' })
    await s.run(30_000, 1000)
    const [call] = await s.all('select outcome, abandoned_at, connected_at from calls')
    assert.deepEqual(call, { outcome: 'human', abandoned_at: null, connected_at: null })
    const [lead] = await s.all('select status, attempts, due_at from leads')
    assert.deepEqual([lead.status, lead.attempts, lead.due_at - s.clock.now() > 50 * 60_000], ['pending', 1, true])
  })

  it('hangs up on machines, and lets agents hear them where the campaign says so', async () => {
    const script = { default: [{ do: 'machine', ring_s: 5, talk_s: 30, weight: 1 }] }
    const s = await stage({ script, leads: 1 })
    await s.run(30_000, 1000)
    const [call] = await s.all('select outcome, agent_id, ended_at - answered_at < $$4 s$$ as soon from calls')
    assert.deepEqual(call, { outcome: 'machine', agent_id: null, soon: true })
    assert.deepEqual(await s.all('select distinct to_state from agent_transitions'), [{ to_state: 'available' }])
    const heard = await stage({ script, leads: 1, settings: { on_machine: 'connect' } })
    await heard.run(60_000, 1000)
    assert.deepEqual(await heard.all('select outcome, agent_id from calls'), [
      { outcome: 'machine', agent_id: heard.agents[0] },
    ])
  })

  it('does not wait for a detection that was not asked for, nor for one that does not come', async () => {
    const s = await stage({ script: talks(60), leads: 1, settings: { detects_machines: false } })
    await s.run(30_000, 1000)
    const waited = `select round(extract(epoch from connected_at - answered_at))::int as s from calls`
    assert.deepEqual(await s.all(waited), [{ s: 0 }])
    const deaf = await stage({ script: talks(60), leads: 1 })
    await deaf.db.owner.query(`
      create function forget() returns trigger language plpgsql as $$ begin
        return case when new.event ->> 'kind' = 'detected' then null else new end; end $$;
      create trigger forget before insert on event_inbox for each row execute function forget()`)
    await deaf.run(30_000, 1000)
    assert.deepEqual(await deaf.all(waited), [{ s: 4 }])
  })

  it('puts a call through again when the worker died between the reservation and the bridge', async () => {
    const s = await stage({ script: talks(120), leads: 1 })
    const carrier = (await s.engine.carrierOf(s.tenant.workspace_id, s.tenant.trunk_id)) as Carrier
    const { control } = carrier
    let answer = (_fault: null) => {}
    const hanging = new Promise<null>((resolve) => {
      answer = resolve
    })
    carrier.control = (command) => {
      carrier.control = control
      return command.act === 'bridge' ? hanging : control.call(carrier, command)
    }
    const running = s.run(20_000, 1000)
    await untilReserved(s)
    s.clock.advanceTo(s.clock.now() + 3000)
    const other = createMatcher(s.engine)
    await other.match(s.tenant.workspace_id)
    await other.settled()
    const talking = await s.all('select state, steps, call_id from agent_sessions')
    assert.equal(talking[0].state, 'on_call')
    // And when the first one goes on after all, that changes nothing.
    answer(null)
    await running
    assert.deepEqual(await s.all('select state, steps, call_id from agent_sessions'), talking)
    assert.equal((await s.all(`select from call_events where kind = 'connected'`)).length, 1)
  })

  async function untilReserved(s: Stage): Promise<void> {
    while ((await s.all(`select from agent_sessions where state = 'reserved'`)).length === 0) {}
  }

  it('asks a carrier again that can not say whether it bridged, and gives up with the patience of who waits', async () => {
    const s = await stage({ script: talks(60), leads: 2 })
    const carrier = (await s.engine.carrierOf(s.tenant.workspace_id, s.tenant.trunk_id)) as Carrier
    const { control } = carrier
    let bridges = 0
    carrier.control = async (command) => {
      if (command.act === 'bridge') bridges += 1
      const deaf = command.act === 'bridge' && bridges < 4
      return deaf ? { verdict: 'indeterminate', reason: 'no answer' } : control.call(carrier, command)
    }
    await s.run(30_000, 1000)
    assert.equal(bridges, 4)
    const waited = await s.all('select connected_at - live_at as waited from calls join attempts using (id)')
    assert.equal(waited[0].waited.milliseconds, 750)
    carrier.control = async (command) =>
      command.act === 'bridge' ? { verdict: 'indeterminate', reason: 'no answer' } : control.call(carrier, command)
    await s.run(3 * 60_000)
    assert.deepEqual(await s.all(`select outcome from calls order by id`), [
      { outcome: 'human' },
      { outcome: 'abandoned' },
    ])
    assert.equal((await s.all(`select from agent_transitions where to_state = 'reserved'`)).length, 2)
  })

  it('prefers whoever talked to the person before, and needs the skills of the campaign', async () => {
    const s = await stage({
      script: talks(30),
      agents: 3,
      leads: 1,
      settings: { skills: ['urdu'], completes: 'by_hand' },
    })
    const [, second, third] = s.agents
    await s.db.owner.query(`update agents set skills = '{urdu}' where id = any ($1)`, [[second, third]])
    await s.run(2 * 60_000)
    assert.deepEqual(await s.all('select agent_id from calls'), [{ agent_id: second }])
    await s.db.owner.query(`update calls set agent_id = $1`, [third])
    await s.db.owner.query(`update leads set status = 'pending', due_at = $1`, [new Date(s.clock.now())])
    await s.run(2 * 60_000)
    assert.deepEqual(await s.all('select agent_id from calls order by id'), [{ agent_id: third }, { agent_id: third }])
  })

  it("gives a lead that is one agent's own to that agent alone, who is kept for it while it rings", async () => {
    const s = await stage({ script: talks(30), agents: 3, leads: 3, settings: { wrap_up_seconds: 5 } })
    const own = s.agents[2] as string
    await s.db.owner.query(`update leads set agent_id = $1`, [own])
    await s.run(11_000, 1000)
    assert.equal((await s.all(`select from attempts where ended_at is null`)).length, 1, 'the two others dial nobody')
    const busy = await s.all(`select agent_id from agent_sessions where state in ('reserved', 'on_call')`)
    assert.deepEqual(busy, [{ agent_id: own }])
    await s.run(4 * 60_000)
    const calls = await s.all('select agent_id, connected_at = answered_at as at_once from calls')
    assert.deepEqual(
      calls,
      [0, 1, 2].map(() => ({ agent_id: own, at_once: true })),
    )
  })

  it('gives it to somebody else in time when its agent is gone from the line', async () => {
    const script = { default: [{ do: 'answers', ring_s: 15, talk_s: 30, weight: 1 }] }
    const s = await stage({ script, agents: 2, leads: 1 })
    const [own, other] = s.agents as [string, string]
    await s.db.owner.query(`update leads set agent_id = $1`, [own])
    await s.run(10_000, 1000)
    await s.db.owner.query(`update agents set active = false where id = $1`, [own])
    const carrier = (await s.engine.carrierOf(s.tenant.workspace_id, s.tenant.trunk_id)) as Carrier
    const [{ leg_id }] = await s.all(`select leg_id from agent_sessions where agent_id = '${own}'`)
    await carrier.closeLeg(leg_id)
    await s.run(60_000, 500)
    const [call] = await s.all('select agent_id, outcome, connected_at - answered_at < $$2.6 s$$ as in_time from calls')
    assert.deepEqual(call, { agent_id: other, outcome: 'answered', in_time: true })
  })

  it('shares agents between campaigns by their weights, and gives nobody two calls', async () => {
    const s = await stage({ script: talks(20), agents: 4, leads: 60, settings: { weight: 3, wrap_up_seconds: 5 } })
    const light = await s.startCampaign({
      ...{ leads: 60, first_number: 500, settings: { mode: 'power', power_ratio: 1, weight: 1, wrap_up_seconds: 5 } },
    })
    for (const agent of s.agents) {
      await s.db.owner.query('insert into campaign_agents values ($1, $2, $3)', [s.tenant.workspace_id, light, agent])
    }
    await s.run(5 * 60_000, 1000)
    const [counts] = await s.all(`select count(*) filter (where campaign_id = '${s.campaign}')::int as heavy,
      count(*) filter (where campaign_id = '${light}')::int as light, count(*) filter (where outcome = 'abandoned')::int as abandoned from calls`)
    assert.equal(counts.abandoned, 0)
    assert.ok(
      counts.heavy / counts.light > 2.4 && counts.heavy / counts.light < 3.8,
      `${counts.heavy} to ${counts.light}`,
    )
    const overlaps = await s.all(`select from calls a join calls b on a.agent_id = b.agent_id and a.id < b.id
      where a.connected_at < coalesce(b.ended_at, 'infinity') and b.connected_at < coalesce(a.ended_at, 'infinity')`)
    assert.equal(overlaps.length, 0)
  })
})
