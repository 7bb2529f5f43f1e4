/** Whatever agents and calls do, in whatever order, whichever of three processes hears of it: one call an agent. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { isRefusedMove } from '#domain/agent-session.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'
import { byAgent, moveSession } from '../agent-sessions.ts'

const crew = 5

type Step =
  | { do: 'passes'; ms: number }
  | { do: 'available' | 'break' | 'offline' | 'sign_on' | 'leg_drops'; who: number }
  | { do: 'hangs_up'; which: number }

const who = fc.integer({ min: 0, max: crew - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('passes' as const), ms: fc.integer({ min: 200, max: 9000 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'available' as const,
        'break' as const,
        'offline' as const,
        'sign_on' as const,
        'leg_drops' as const,
      ),
      who,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hangs_up' as const), which: fc.nat(20) }) },
)

describe('agents and calls', () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  it('never come to two calls for one agent, nor to a talk without one', async () => {
    const script = {
      default: [
        { do: 'answers', ring_s: 3, talk_s: 12, weight: 5 },
        { do: 'answers', ring_s: 6, talk_s: 1, weight: 1 },
        { do: 'machine', ring_s: 4, talk_s: 20, weight: 1 },
        { do: 'reports-out-of-order', ring_s: 2, talk_s: 5, weight: 1 },
        { do: 'reports-twice', ring_s: 2, talk_s: 8, weight: 1 },
        { do: 'busy', ring_s: 1, weight: 1 },
      ],
    }
    const floor = await openFloor({ script, channels: 60, dialers: 3 })
    floors.push(floor)
    const settings = { completes: 'by_hand', wrap_up_seconds: 3 }
    const first = await floor.startCampaign({ leads: 400, settings: { ...settings, mode: 'power', power_ratio: 2 } })
    const second = await floor.startCampaign({
      leads: 400,
      first_number: 2000,
      settings: { ...settings, mode: 'progressive' },
    })
    const { db, tenant, clock } = floor
    const ws = tenant.workspace_id
    const agents: string[] = []
    for (let n = 0; n < crew; n += 1) {
      const agent = await makeAgent(db.owner, tenant, clock.now(), { reached_at: 'browser', campaign_id: first })
      await db.owner.query('insert into campaign_agents values ($1, $2, $3)', [ws, second, agent])
      agents.push(agent)
    }
    const carrier = (await floor.engine.carrierOf(ws, tenant.trunk_id)) as Carrier
    const open = async (agent: string) =>
      (await db.owner.query('select * from agent_sessions where agent_id = $1 and ended_at is null', [agent])).rows[0]

    async function take(done: Step): Promise<void> {
      if (done.do === 'passes') return floor.run(done.ms, 1000)
      if (done.do === 'hangs_up') {
        const { rows } = await db.owner.query(`select id from attempts where state = 'dialed' order by id`)
        const call = rows[done.which % Math.max(1, rows.length)]
        if (call) await carrier.hangup(call.id, null)
        return
      }
      const agent = agents[done.who] as string
      const session = await open(agent)
      if (done.do === 'sign_on') {
        if (!session) await signOnAgent(db.app, tenant, agent, clock.now())
      } else if (done.do === 'leg_drops') {
        if (session?.leg_id) await carrier.closeLeg(session.leg_id)
      } else if (session) {
        const wish = done.do === 'available' ? { to: done.do } : { to: done.do, reason: null }
        const moved = await inWorkspace(db.app, tenant, (tx) =>
          moveSession(tx, ws, session.id, wish, byAgent, clock.now()),
        )
        if (moved !== null && isRefusedMove(moved))
          assert.ok(!moved.allowed.includes(done.do) || moved.because !== 'table')
      }
    }

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        for (const agent of agents) if (!(await open(agent))) await signOnAgent(db.app, tenant, agent, clock.now())
        for (const each of steps) {
          await take(each)
          await checkHands(floor)
        }
        await floor.run(8000, 1000)
        await checkHands(floor)
      }),
      { numRuns: 4 },
    )
    await checkHistory(floor)
  })
})

/** At this moment: every call in one agent's hands at most, every agent with one call at most, and the two agree. */
async function checkHands({ db, clock }: Floor): Promise<void> {
  const none = async (what: string, sql: string) => assert.deepEqual((await db.owner.query(sql)).rows, [], what)
  await none(
    'an agent talks on a call that is not theirs',
    `select s.id, s.state, s.call_id, a.state, a.session_id from agent_sessions s
     left join attempts a on a.workspace_id = s.workspace_id and a.id = s.call_id
     where s.state = 'on_call' and (a.id is null or a.session_id is distinct from s.id)`,
  )
  await none(
    'a call is in the hands of an agent who knows nothing of it',
    `select a.id, s.state, s.call_id from attempts a join agent_sessions s on s.workspace_id = a.workspace_id and s.id = a.session_id
     where a.ended_at is null and (s.call_id is distinct from a.id or s.state not in ('reserved', 'on_call'))`,
  )
  await none(
    'somebody waited longer than the rule allows',
    `select a.id, a.live_at from attempts a where a.awaits_agent and a.ended_at is null
     and a.live_at < '${new Date(clock.now() - 2001).toISOString()}'`,
  )
}

/** Over all that happened: talks of one agent follow each other, and every live answer was talked to, left or too short. */
async function checkHistory({ db }: Floor): Promise<void> {
  const { rows } = await db.owner.query(`
    select agent_id, call_id, at from agent_transitions where to_state = 'on_call' order by agent_id, at`)
  assert.ok(rows.length > 8, `only ${rows.length} calls were talked on`)
  const calls = await db.owner.query(`
    select agent_id, connected_at, coalesce(ended_at, 'infinity') as ended_at from calls where connected_at is not null`)
  for (const a of calls.rows) {
    const others = calls.rows.filter((b) => b !== a && b.agent_id === a.agent_id)
    assert.ok(
      others.every((b) => b.connected_at >= a.ended_at || b.ended_at <= a.connected_at),
      'two calls at once',
    )
  }
  const twice = await db.owner.query(
    `select number from attempts where state <> 'dropped' group by number having count(*) > 1`,
  )
  assert.deepEqual(twice.rows, [], 'nobody is due again so soon')
  const unsaid = await db.owner.query(`
    select c.id, c.outcome from calls c join attempts a on a.workspace_id = c.workspace_id and a.id = c.id
    where c.ended_at is not null and a.live_at is not null and c.connected_at is null
      and (c.abandoned_at is null) <> (c.outcome in ('human', 'answered', 'machine', 'canceled'))`)
  assert.deepEqual(unsaid.rows, [])
}
