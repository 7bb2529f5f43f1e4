import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { isRefusedMove, type Wish } from '#domain/agent-session.ts'
import { localTime } from '#domain/zone-offset.ts'
import { giveLeg, makeAgent, makeTeam, makeWaitingCall, signOnAgent as signOnOnly } from '#kit/agents.ts'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { makeCampaign, makeMember, makeTenant, type Tenant } from '#kit/tenant.ts'
import { readAgentSession, type StoredSession } from '#store/agent-sessions.ts'
import {
  listTransitions,
  type Performance,
  type Period,
  readPerformance,
  readTotals,
} from '#store/agent-transitions.ts'
import { openPool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { byAgent, byEngine, extendSession, markUnsaved, moveSession, signOn } from './agent-sessions.ts'
import { beginTalk, beginWrapUp, releaseAgent, reserveAgent } from './matcher/reservations.ts'
import { sweepFloor } from './sweep.ts'

const start = Date.parse('2026-03-04T15:00:00Z')

describe('the floor', () => {
  let db: TestDatabase
  let tenant: Tenant
  let campaign: string
  let ws: string
  before(async () => {
    db = await openTestDatabase()
    tenant = await makeTenant(db.app, start)
    ws = tenant.workspace_id
    campaign = await makeCampaign(db.app, tenant, start, {})
  })
  after(() => db.close())

  const run = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(db.app, tenant, work)
  const move = (id: string, wish: Wish, at: number, by = byAgent) => run((tx) => moveSession(tx, ws, id, wish, by, at))
  const read = (id: string) => run((tx) => readAgentSession(tx, ws, id)) as Promise<StoredSession>
  /** Available, and with a leg that a call can be put through on. */
  const signOnAgent = async (...who: Parameters<typeof signOnOnly>) => {
    const [pool, owner, , at] = who
    const id = await signOnOnly(...who)
    await giveLeg(pool, owner, id, at)
    return id
  }
  const makeCall = (campaignId = campaign) => makeWaitingCall(db.app, tenant, campaignId, start)
  const reserve = async (at: number, more: Partial<Parameters<typeof reserveAgent>[2]> = {}) => {
    const call_id = more.call_id ?? (await makeCall(more.campaign_id))
    const known = { campaign_id: campaign, skills: [], sticky_agent_id: null, trunk_id: tenant.trunk_id }
    return run((tx) => reserveAgent(tx, ws, { ...known, ...more, call_id }, at))
  }
  const sweep = (now: number) => {
    const woken: string[] = []
    const engine = { pool: db.app, clock: { now: () => now }, wake: (_: string, what: string) => woken.push(what) }
    return sweepFloor(engine, ws).then((moved) => ({ moved, woken }))
  }
  const endAll = () =>
    db.owner.query(`update agent_sessions set state = 'offline', ended_at = state_since, idle_since = null
      where ended_at is null`)

  it('signs an agent on once', async () => {
    const agent = await makeAgent(db.owner, tenant, start)
    const id = await signOnAgent(db.app, tenant, agent, start)
    const again = { id: newId(start), agent_id: agent, ip: null, client: null, by_user_id: null }
    assert.equal(await run((tx) => signOn(tx, ws, again, { to: 'available' }, start)), null)
    await move(id, { to: 'offline', reason: null }, start + 1000)
    assert.notEqual(await run((tx) => signOn(tx, ws, again, { to: 'available' }, start + 2000)), null)
    const late = await move(id, { to: 'available' }, start + 3000)
    assert.ok(late !== null && isRefusedMove(late) && late.allowed.length === 0)
    await endAll()
  })

  it('keeps every move as a numbered transition that nobody can change', async () => {
    const agent = await makeAgent(db.owner, tenant, start, { campaign_id: campaign })
    const id = await signOnAgent(db.app, tenant, agent, start)
    const call_id = await makeCall()
    assert.equal((await reserve(start + 1000, { call_id }))?.session_id, id)
    assert.equal(await reserve(start + 1000, { call_id }), null)
    const mine = { session_id: id, call_id }
    await run((tx) => beginTalk(tx, ws, mine, start + 2000))
    await move(id, { to: 'break', reason: 'lunch' }, start + 3000, { actor: 'supervisor', user_id: tenant.user_id })
    await run((tx) => beginWrapUp(tx, ws, { ...mine, wrap_up_ms: 5000 }, start + 4000))
    const refused = await run((tx) => beginTalk(tx, ws, mine, start + 4000))
    assert.ok(refused !== null && isRefusedMove(refused))
    assert.equal((await sweep(start + 8999)).moved, 0)
    assert.deepEqual(await sweep(start + 9000), { moved: 1, woken: ['live', 'floor', 'dial'] })
    const steps = await run((tx) => listTransitions(tx, ws, id, 0, 100))
    assert.deepEqual(
      steps.map((step) => [step.step, step.from_state, step.to_state, step.reason, step.call_id, step.by_user_id]),
      [
        [1, 'offline', 'available', null, null, null],
        [2, 'available', 'reserved', null, call_id, null],
        [3, 'reserved', 'on_call', null, call_id, null],
        [4, 'on_call', 'wrap_up', null, call_id, null],
        [5, 'wrap_up', 'break', 'lunch', null, tenant.user_id],
      ],
    )
    for (const sql of ['update agent_transitions set step = 9', 'delete from agent_transitions']) {
      await assert.rejects(
        run((tx) => tx.query(sql)),
        /permission denied/,
      )
    }
    const totals = await run((tx) => readTotals(tx, ws, id, start + 10_000))
    assert.deepEqual(totals, {
      ...{ calls: 1, answered: 1, idle_ms: 1000, reserved_ms: 1000, talk_ms: 2000, wrap_up_ms: 5000 },
      ...{ break_ms: 1000, login_ms: 10_000 },
    })
    await endAll()
  })

  it('takes whoever has waited longest, of those assigned, with the skills, and the known one first', async () => {
    const mine = await makeCampaign(db.app, tenant, start, {})
    const at = (n: number) => start + n * 1000
    const first = await makeAgent(db.owner, tenant, start, { campaign_id: mine, skills: ['urdu'] })
    const second = await makeAgent(db.owner, tenant, start, { skills: ['urdu', 'sales'] })
    const stranger = await makeAgent(db.owner, tenant, start)
    await makeTeam(db.owner, tenant, start, [second], mine)
    await signOnAgent(db.app, tenant, stranger, at(0))
    await signOnAgent(db.app, tenant, first, at(1))
    const session = await signOnAgent(db.app, tenant, second, at(2))
    const take = async (more: object = {}) => {
      const call_id = await makeCall(mine)
      const taken = await reserve(at(3), { campaign_id: mine, call_id, ...more })
      if (taken === null) return null
      await run((tx) => releaseAgent(tx, ws, { session_id: taken.session_id, call_id }, at(4)))
      return taken.agent_id
    }
    assert.equal(await take(), first)
    // Given back, it still has its place.
    assert.equal(await take(), first)
    assert.equal(await take({ skills: ['sales'] }), second)
    assert.equal(await take({ skills: ['french'] }), null)
    assert.equal(await take({ sticky_agent_id: second }), second)
    assert.equal(await take({ sticky_agent_id: stranger }), first)
    await db.owner.query('update agents set active = false where id = $1', [first])
    assert.equal(await take(), second)
    await move(session, { to: 'break', reason: 'rest' }, at(5))
    assert.equal(await take(), null)
    await endAll()
  })

  it('gives no agent to two calls, whoever asks at once', async () => {
    const mine = await makeCampaign(db.app, tenant, start, {})
    for (let n = 0; n < 30; n += 1) {
      const agent = await makeAgent(db.owner, tenant, start, { campaign_id: mine })
      await signOnAgent(db.app, tenant, agent, start + n)
    }
    const pools = [0, 1, 2].map(() => openPool({ connectionString: db.url_owner }, { max: 6, onError: assert.ifError }))
    const takers = Array.from({ length: 18 }, async (_, index) => {
      const taken: string[] = []
      for (;;) {
        const wanted = {
          call_id: await makeCall(mine),
          campaign_id: mine,
          skills: [],
          sticky_agent_id: null,
          trunk_id: tenant.trunk_id,
        }
        const pool = pools[index % pools.length] as (typeof pools)[number]
        const got = await inWorkspace(pool, tenant, (tx) => reserveAgent(tx, ws, wanted, start + 5000))
        if (got === null) return taken
        taken.push(got.session_id)
      }
    })
    const taken = (await Promise.all(takers)).flat()
    await Promise.all(pools.map((pool) => pool.end()))
    assert.equal(new Set(taken).size, taken.length)
    assert.equal(taken.length, 30)
    const { rows } = await db.owner.query(
      `select count(*)::int as steps, count(distinct (session_id, step))::int as apart from agent_transitions
       where to_state = 'reserved' and session_id = any ($1)`,
      [taken],
    )
    assert.deepEqual(rows[0], { steps: taken.length, apart: taken.length })
    await endAll()
  })

  it('signs off whoever is gone from a browser, after the call in hand; nobody at an extension', async () => {
    const people = await Promise.all(
      [0, 1, 2].map(async () => {
        const user_id = await makeMember(db.app, tenant, start, 1)
        return makeAgent(db.owner, tenant, start, { reached_at: 'browser', user_id, campaign_id: campaign })
      }),
    )
    people.push(await makeAgent(db.owner, tenant, start, { campaign_id: campaign }))
    const [gone, busy, here, extension] = (await Promise.all(
      people.map((agent, index) => signOnAgent(db.app, tenant, agent, start - index)),
    )) as [string, string, string, string]
    const call_id = await makeCall()
    const taken = await reserve(start + 1, { call_id, sticky_agent_id: (await read(busy)).agent_id })
    assert.equal(taken?.session_id, busy)
    await run((tx) => beginTalk(tx, ws, { session_id: busy, call_id }, start + 2))
    await db.owner.query(
      `update agent_sessions set seen_at = now() - make_interval(secs => case when id = $1 then 55 else 61 end)`,
      [here],
    )
    // Before the sweep comes, nobody gets a call for whom nobody is there.
    assert.equal((await reserve(start + 3, { sticky_agent_id: (await read(gone)).agent_id }))?.session_id, extension)
    await sweep(start + 4)
    const states = async () => Promise.all([gone, busy, here].map(async (id) => (await read(id)).state))
    assert.deepEqual(await states(), ['offline', 'on_call', 'available'])
    await run((tx) => beginWrapUp(tx, ws, { session_id: busy, call_id, wrap_up_ms: 0 }, start + 5))
    await sweep(start + 6)
    assert.deepEqual(await states(), ['offline', 'offline', 'available'])
    await endAll()
  })

  it('extends a wrap-up once and holds it open over a text that is not saved', async () => {
    const agent = await makeAgent(db.owner, tenant, start, { campaign_id: campaign })
    const id = await signOnAgent(db.app, tenant, agent, start)
    const call_id = await makeCall()
    await reserve(start, { call_id })
    assert.equal(await run((tx) => markUnsaved(tx, ws, id, true, start)), null)
    await run((tx) => beginTalk(tx, ws, { session_id: id, call_id }, start))
    await run((tx) => markUnsaved(tx, ws, id, true, start))
    await run((tx) => beginWrapUp(tx, ws, { session_id: id, call_id }, start))
    assert.equal((await run((tx) => extendSession(tx, ws, id, start)))?.wrap_up_until, start + 60_000)
    assert.equal(await run((tx) => extendSession(tx, ws, id, start)), null)
    assert.equal((await sweep(start + 60_000)).moved, 0)
    await run((tx) => markUnsaved(tx, ws, id, false, start + 61_000))
    assert.equal((await sweep(start + 61_000)).moved, 1)
    assert.equal((await read(id)).state, 'available')
    await endAll()
  })

  it('counts times and calls per day, week and month as a recount does, over a change of the clocks', async () => {
    const agent = await makeAgent(db.owner, tenant, start, { campaign_id: campaign })
    const first = Date.parse('2026-02-27T20:00:00Z')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 * 3_600_000 }), { minLength: 30, maxLength: 60 }),
        async (gaps) => {
          await db.owner.query('truncate agent_transitions, agent_messages, agent_sessions, call_dispositions')
          const end = await work(agent, first, gaps)
          await say(agent)
          const { rows } = await db.owner.query(`select t.*, d.success from agent_transitions t
            left join call_dispositions x on x.call_id = t.call_id left join disposition_categories d on d.id = x.disposition_id
            order by t.session_id, t.step`)
          for (const period of ['day', 'week', 'month'] as const) {
            const range = { period, since: '2026-02-01', until: '2026-05-31' }
            const told = await run((tx) => readPerformance(tx, ws, [agent], range, end))
            assert.deepEqual(byStart(told), recount(rows, end, period))
          }
        },
      ),
      { numRuns: 5 },
    )
  })

  /** Each third call the agent talked on was a sale, the next one was not, of the next nothing is said. */
  async function say(agent: string): Promise<void> {
    await db.owner.query(
      `insert into call_dispositions (workspace_id, call_id, disposition_id, set_by, set_at, changed_by, changed_at)
       select workspace_id, call_id, (select d.id from disposition_categories d where d.workspace_id = t.workspace_id
         and d.key = case n % 3 when 0 then 'sale' else 'busy' end), agent_id, at, agent_id, at
       from (select *, row_number() over (order by at) as n from agent_transitions
         where agent_id = $1 and to_state = 'on_call') t where n % 3 < 2`,
      [agent],
    )
  }

  /** A shift of calls and breaks, signed off and on again, the last session still open; gives its end. */
  async function work(agent: string, first: number, gaps: number[]): Promise<number> {
    let at = first
    let id = await signOnAgent(db.app, tenant, agent, at)
    for (const [index, gap] of gaps.entries()) {
      at += gap
      const { state, call_id } = await read(id)
      if (state === 'available' && index % 7 === 3) {
        await move(id, { to: 'offline', reason: null }, at)
        id = await signOnAgent(db.app, tenant, agent, at + 60_000)
        at += 60_000
      } else if (state === 'available' && index % 3 === 0) await move(id, { to: 'break', reason: 'rest' }, at)
      else if (state === 'available') await reserve(at)
      else if (state === 'reserved' && index % 5 === 0) {
        await run((tx) => releaseAgent(tx, ws, { session_id: id, call_id: call_id as string }, at))
      } else if (state === 'reserved') await move(id, { to: 'on_call', call_id: call_id as string }, at, byEngine)
      else if (state === 'on_call') {
        await move(id, { to: 'wrap_up', call_id: call_id as string, wrap_up_ms: 1 }, at, byEngine)
      } else await move(id, { to: 'available' }, at)
    }
    return at + 1000
  }
})

const zone = 'America/New_York'
const figures = {
  on_call: 'talk_ms',
  wrap_up: 'wrap_up_ms',
  break: 'break_ms',
  available: 'idle_ms',
  reserved: 'reserved_ms',
}
type Figures = Record<string, number>
interface Row {
  session_id: string
  to_state: keyof typeof figures | 'offline'
  success: boolean | null
  at: Date
}

/** Hour by hour, each booked on the date that the zone's wall shows as it begins. */
function recount(rows: Row[], end: number, period: Period) {
  const sums: Record<string, Figures> = {}
  for (const [index, row] of rows.entries()) {
    if (row.to_state === 'offline') continue
    const next = rows[index + 1]
    const until = next && next.session_id === row.session_id ? next.at.getTime() : end
    const figure = figures[row.to_state]
    const add = (at: number, name: string, amount: number) => {
      const starts = startOf(localTime(zone, at).date, period)
      const empty = {
        calls: 0,
        answered: 0,
        missed: 0,
        sales: 0,
        talk_ms: 0,
        wrap_up_ms: 0,
        break_ms: 0,
        idle_ms: 0,
        reserved_ms: 0,
        login_ms: 0,
      }
      sums[starts] ??= empty
      sums[starts][name] = (sums[starts][name] ?? 0) + amount
    }
    for (let at = row.at.getTime(); at < until; ) {
      const nextHour = Math.min(until, (Math.floor(at / 3_600_000) + 1) * 3_600_000)
      add(at, figure, nextHour - at)
      add(at, 'login_ms', nextHour - at)
      at = nextHour
    }
    if (row.to_state === 'reserved') add(row.at.getTime(), 'calls', 1)
    if (row.to_state === 'on_call') add(row.at.getTime(), 'answered', 1)
    if (row.to_state === 'on_call' && row.success) add(row.at.getTime(), 'sales', 1)
    const isOver = next?.session_id === row.session_id
    if (row.to_state === 'reserved' && isOver && next.to_state !== 'on_call') add(row.at.getTime(), 'missed', 1)
  }
  for (const sum of Object.values(sums)) Object.assign(sum, ratesOf(sum))
  return sums
}

function ratesOf({ answered = 0, talk_ms = 0, sales = 0 }: Figures) {
  if (answered === 0) return { average_talk_ms: null, conversion_percent: null }
  return {
    average_talk_ms: Math.round(talk_ms / answered),
    conversion_percent: Math.round((sales / answered) * 1000) / 10,
  }
}

function startOf(date: string, period: Period): string {
  if (period === 'month') return `${date.slice(0, 8)}01`
  if (period === 'day') return date
  const noon = new Date(`${date}T12:00:00Z`)
  return new Date(noon.getTime() - ((noon.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10)
}

function byStart(told: Performance[]) {
  return Object.fromEntries(told.map(({ starts_on, agent_id: _, ...rest }) => [starts_on, rest]))
}
