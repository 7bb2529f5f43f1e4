/** Campaigns that dial ahead, with pacers that say aloud what they hear and ask for more than there is. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { CreatePacer, PacerConfig, PacerEvent, Snapshot } from '#domain/pacing/pacer-contract.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type Floor, type FloorOptions, openFloor } from '#kit/floor.ts'
import { loadLeads, numbersFrom } from '#kit/tenant.ts'

const talks = { default: [{ do: 'answers', ring_s: 5, talk_s: 40, weight: 1 }] }
const mixed = {
  default: [
    { do: 'answers', ring_s: 6, talk_s: 20, weight: 4 },
    { do: 'answers', ring_s: 3, talk_s: 2, weight: 1 },
    { do: 'machine', ring_s: 8, talk_s: 20, weight: 2 },
    { do: 'busy', ring_s: 1, weight: 1 },
    { do: 'rings-out', weight: 2 },
    { do: 'reports-twice', ring_s: 2, talk_s: 8, weight: 1 },
    { do: 'reports-out-of-order', ring_s: 2, talk_s: 5, weight: 1 },
  ],
}

interface Heard {
  config: PacerConfig
  snapshots: Snapshot[]
  events: PacerEvent[]
}

/** Asks for so many calls more than there are, at any time; `heard` has one entry for each pacer that was made. */
function greedy(ahead: (snapshot: Snapshot) => number): { pacer: CreatePacer; heard: Heard[] } {
  const heard: Heard[] = []
  const pacer: CreatePacer = (config) => {
    const mine: Heard = { config, snapshots: [], events: [] }
    heard.push(mine)
    return {
      decide: (snapshot) => {
        mine.snapshots.push(snapshot)
        return ahead(snapshot) - snapshot.calls.length
      },
      observe: (event) => void mine.events.push(event),
      memory: () => ({ decided: mine.snapshots.length, before: config.memory ?? null }),
    }
  }
  return { pacer, heard }
}

describe('predictive campaigns', () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))

  async function stage(options: FloorOptions & { agents?: number; settings?: object; leads?: number }) {
    const floor = await openFloor({ channels: 50, script: talks, ...options })
    floors.push(floor)
    const { db, tenant, clock } = floor
    const settings = { mode: 'predictive', wrap_up_seconds: 5, completes: 'by_hand', ...options.settings }
    const campaign = await floor.startCampaign({ leads: options.leads ?? 100, settings })
    const agents: string[] = []
    for (let n = 0; n < (options.agents ?? 2); n += 1) {
      const agent = await makeAgent(db.owner, tenant, clock.now(), { campaign_id: campaign })
      await signOnAgent(db.app, tenant, agent, clock.now() + n)
      agents.push(agent)
    }
    const all = async (sql: string) => (await db.owner.query(sql)).rows
    return { ...floor, all, agents, campaign, start: clock.now() }
  }
  type Stage = Awaited<ReturnType<typeof stage>>
  /** The most calls that were up or on their way at once, by the attempts. */
  async function mostAtOnce({ all }: Stage): Promise<number> {
    const rows = await all('select claimed_at, ended_at from attempts')
    const ups = rows.map(({ claimed_at }) => claimed_at.getTime())
    const isUp = (at: number, row: { claimed_at: Date; ended_at: Date | null }) =>
      row.claimed_at.getTime() <= at && (row.ended_at?.getTime() ?? Number.POSITIVE_INFINITY) > at
    return Math.max(...ups.map((at) => rows.filter((row) => isUp(at, row as never)).length))
  }
  /** The process that paces the campaign dies; gives which it was. */
  async function killPacing({ all, killDialer }: Stage): Promise<string> {
    const [{ held_by }] = await all('select held_by from pacer_states')
    await killDialer(held_by)
    return held_by
  }

  it('dial while their agents talk, once a second, and never over lines or limits', async () => {
    const { pacer, heard } = greedy(() => 1000)
    const s = await stage({ pacer, channels: 9, settings: { max_concurrent_calls: 7 } })
    await s.run(40_000)
    assert.equal(await mostAtOnce(s), 7)
    const [mine] = heard
    assert.equal(heard.length, 1)
    assert.ok(mine?.snapshots.some(({ agents }) => agents.every(({ state }) => state === 'talk')))
    for (const { linesInUse, lineCap, calls } of mine?.snapshots ?? [])
      assert.ok(linesInUse <= lineCap && calls.length <= 7)
    const seconds = new Set(mine?.snapshots.map(({ now }) => Math.floor(now)))
    for (let second = 1; second < 39; second += 1)
      assert.ok(seconds.has(second), `nothing was decided in second ${second}`)
    const [{ abandoned }] = await s.all(`select count(*)::int as abandoned from calls where outcome = 'abandoned'`)
    assert.ok(abandoned > 0, 'for whom nobody is free is abandoned, as in any mode')
    assert.deepEqual(
      await s.all('select id from calls where connected_at is not null and abandoned_at is not null'),
      [],
    )
  })

  it('tell their pacer the config of the shift', async () => {
    const { pacer, heard } = greedy(() => 0)
    const settings = { abandon_cap_percent: 1.5, ring_timeout_seconds: 20, window_start: 540, window_end: 1080 }
    const s = await stage({ pacer, settings })
    await s.db.owner.query(
      `insert into answer_days select workspace_id, id, '2026-03-03', 200, 4 from campaigns where id = '${s.campaign}'`,
    )
    await s.run(2000, 1000)
    const { shiftEnd, ...config } = (heard[0] as Heard).config
    assert.deepEqual(config, {
      ...{ abandonCap: 0.015, patience: 2, tick: 1, ringTimeout: 20, lineCap: 50, maxAgents: 2, segments: 1 },
      before: { liveAnswers: 200, abandoned: 4 },
    })
    // From 10:00 in New York to 18:00.
    assert.ok(shiftEnd <= 8 * 3600 && shiftEnd > 8 * 3600 - 2)
    assert.deepEqual(await s.all('select from attempts'), [])
    await s.db.owner.query('update campaigns set abandon_cap_percent = 0.5')
    await s.run(2000, 1000)
    assert.equal(heard.length, 2)
    assert.deepEqual([heard[1]?.config.abandonCap, heard[1]?.config.memory !== undefined], [0.005, true])
  })

  it('hear of each call and each talk what the database has of them', async () => {
    const { pacer, heard } = greedy(({ agents }) => Math.ceil(1.5 * agents.length))
    const s = await stage({ pacer, script: mixed, agents: 4, leads: 120 })
    await s.run(90_000)
    await s.db.owner.query(`update campaigns set daily_limit = 1`)
    await s.run(60_000)
    const { events, snapshots } = heard[0] as Heard
    assert.equal(heard.length, 1)
    const times = events.map(({ t }) => t)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    )
    const count = (is: (event: PacerEvent) => boolean) => events.filter(is).length
    const calls = await s.all(
      'select a.*, c.outcome as ended_as, c.connected_at from attempts a left join calls c on c.id = a.id',
    )
    assert.ok(calls.length > 20 && calls.every(({ ended_at }) => ended_at !== null))
    assert.equal(
      count(({ type }) => type === 'dialed'),
      calls.length,
    )
    assert.equal(
      count(({ type }) => type === 'outcome'),
      calls.length,
    )
    const isLive = (event: PacerEvent) => event.type === 'outcome' && event.result === 'live'
    assert.equal(count(isLive), calls.filter(({ live_at }) => live_at !== null).length)
    assert.equal(
      count(({ type }) => type === 'connected'),
      calls.filter(({ connected_at }) => connected_at).length,
    )
    assert.equal(
      count(({ type }) => type === 'abandoned'),
      calls.filter(({ abandoned_at }) => abandoned_at).length,
    )
    const { liveAnswers, abandoned, dialed } = snapshots.at(-1) as Snapshot
    assert.deepEqual(
      [liveAnswers, abandoned, dialed],
      [count(isLive), count(({ type }) => type === 'abandoned'), calls.length],
    )
    const wraps = events.flatMap((event) => (event.type === 'agent' && event.from === 'wrap' ? [event.duration] : []))
    const ended =
      await s.all(`select extract(epoch from t.at - w.at)::double precision as seconds from agent_transitions t
      join agent_transitions w on w.session_id = t.session_id and w.step = t.step - 1 where t.from_state = 'wrap_up' order by 1`)
    const wrapped = ended.map(({ seconds }) => seconds)
    assert.deepEqual(
      wraps.sort((a, b) => a - b),
      wrapped,
    )
  })

  it('share agents so that none stands in two snapshots at once', async () => {
    const { pacer, heard } = greedy(({ agents }) => 2 * agents.length)
    const s = await stage({ pacer, script: mixed, agents: 8 })
    const second = await s.startCampaign({
      leads: 100,
      first_number: 500,
      settings: { mode: 'predictive', weight: 2, wrap_up_seconds: 3 },
    })
    const third = await s.startCampaign({
      leads: 100,
      first_number: 900,
      settings: { mode: 'power', wrap_up_seconds: 3 },
    })
    const { workspace_id } = s.tenant
    for (const agent of s.agents)
      for (const campaign of [second, third])
        await s.db.owner.query('insert into campaign_agents values ($1, $2, $3)', [workspace_id, campaign, agent])
    await s.run(100_000)
    assert.equal(heard.length, 2)
    const [first, other] = heard as [Heard, Heard]
    // Both shifts end at the same instant, and each counts from its own zero.
    const later = first.config.shiftEnd - other.config.shiftEnd
    const instantOf = (seconds: number) => Math.round(seconds * 1000)
    const asked = new Map(first.snapshots.map((snapshot) => [instantOf(snapshot.now), snapshot]))
    let together = 0
    for (const { now, agents } of other.snapshots) {
      const beside = asked.get(instantOf(now + later))
      if (!beside) continue
      together += 1
      const ids = [...agents, ...beside.agents].map(({ id }) => id)
      assert.equal(new Set(ids).size, ids.length)
    }
    assert.ok(together > 30, `asked together ${together} times`)
    const talked = await s.all(
      'select campaign_id, count(*)::int as times from calls where connected_at is not null group by 1',
    )
    const times = new Map(talked.map((row) => [row.campaign_id, row.times]))
    assert.ok(times.get(third) > 0, 'one that dials for idle agents alone has its turns')
    assert.ok(times.get(second) > times.get(s.campaign), 'twice the weight')
  })

  it('are paced in one process, and by another within two seconds of its end, which goes on from what was kept', async () => {
    const { pacer, heard } = greedy(({ agents }) => agents.length)
    const s = await stage({ pacer, dialers: 3, agents: 3 })
    await s.run(65_000)
    assert.equal(heard.length, 1)
    const dialed = s.dials().length
    const dead = await killPacing(s)
    const died = s.clock.now()
    await s.run(2_000, 500)
    const [first, last] = [heard[0] as Heard, heard.at(-1) as Heard]
    assert.notEqual(first, last)
    assert.ok(last.snapshots.length > 0, 'within two seconds')
    const { decided, before } = last.config.memory as { decided: number; before: unknown }
    assert.ok(decided > 0 && decided <= first.snapshots.length && before === null)
    const [{ held_by, at }] = await s.all('select held_by, at from pacer_states')
    assert.ok(held_by !== dead && at.getTime() >= died)
    assert.deepEqual(
      last.events.filter(({ t }) => t < 0),
      [],
    )
    await s.run(40_000)
    assert.ok(s.dials().length > dialed)
  })

  it('are left to another process by one that drains, with all that it knew', async () => {
    const { pacer, heard } = greedy(({ agents }) => agents.length)
    const s = await stage({ pacer, dialers: 1 })
    await s.run(10_000)
    await s.dialer.drain()
    const [{ memory }] = await s.all('select memory from pacer_states')
    assert.equal(memory.pacer.decided, heard[0]?.snapshots.length)
    assert.deepEqual(
      await s.all(
        `select from pg_locks where locktype = 'advisory' and objsubid = 1 and granted and database = (select oid from pg_database where datname = current_database())`,
      ),
      [],
    )
  })

  it('dial nothing in a process that has lost them and does not know it', async () => {
    const { pacer, heard } = greedy(() => 3)
    const s = await stage({ pacer })
    await s.run(5_000)
    const dialed = s.dials().length
    assert.ok(dialed > 0)
    // As rows were before leads had odds: what the pacer knew, and nothing else.
    await s.db.owner.query(`update pacer_states set held_by = 'somebody else', memory = '{"decided": 3}'`)
    const asked = heard[0]?.snapshots.length
    await s.run(1_000, 1_000)
    assert.equal(heard[0]?.snapshots.length, asked)
    // Nobody else holds the lock: it begins anew, and says so.
    await s.run(3_000, 1_000)
    assert.equal(heard.length, 2)
    assert.deepEqual(heard[1]?.config.memory, { decided: 3 })
  })

  it('dial no more than lines carry while the trunk fails, agents vanish and the clock jumps', async () => {
    const { pacer, heard } = greedy(() => 500)
    const script = {
      default: [
        { do: 'congestion', weight: 1 },
        { do: 'answers', ring_s: 4, talk_s: 30, weight: 1 },
      ],
    }
    const s = await stage({ pacer, script, channels: 6, leads: 400 })
    await s.run(20_000)
    await s.db.owner.query(`update legs set state = 'down', down_at = now() where down_at is null`)
    await s.run(5_000, 1_000)
    s.clock.advanceTo(s.clock.now() + 600_000)
    await s.run(10_000, 1_000)
    assert.ok((await mostAtOnce(s)) <= 6)
    const last = heard.at(-1) as Heard
    const times = last.events.map(({ t }) => t)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    )
  })

  it('show their pacer how likely each lead is to answer, and go on from what was learned in another process', async () => {
    const { pacer, heard } = greedy(() => 8)
    const shown: { ahead: number[]; up: [number, number][] }[] = []
    const watching: CreatePacer = (config) => {
      const inner = pacer(config)
      const decide = (snapshot: Snapshot) => {
        const ahead = Array.from({ length: 50 }, (_, k) => snapshot.upcomingOdds?.(k) ?? Number.NaN)
        shown.push({ ahead, up: snapshot.calls.map(({ id, odds }) => [id, odds ?? Number.NaN]) })
        return inner.decide(snapshot)
      }
      return { ...inner, decide }
    }
    const numbers = numbersFrom(0, 120)
    const first = (n: number) => (n % 2 === 0 ? { do: 'answers', ring_s: 2, talk_s: 3 } : { do: 'busy', ring_s: 2 })
    const later = { do: 'busy', ring_s: 2 }
    const script = { ...talks, ...Object.fromEntries(numbers.map((number, n) => [number, [first(n), later]])) }
    const settings = { max_attempts: 4, retry_interval_seconds: 20, wrap_up_seconds: 2 }
    const s = await stage({ pacer: watching, script, dialers: 2, agents: 3, leads: 0, settings })
    const load = (from: number) =>
      loadLeads(s.db.app, s.tenant, s.campaign, numbers.slice(from, from + 30), s.clock.now())
    await load(0)
    await s.run(25_000)
    await load(30)
    await s.run(25_000)
    const learned = shown.length
    await load(60)
    await s.run(15_000)
    const tries = await s.all(
      'select row_number() over (partition by lead_id order by id) as nth from attempts order by id',
    )
    const late = shown.slice(learned).flatMap(({ up }) => up)
    const meanOf = (odds: number[]) => odds.reduce((sum, each) => sum + each, 0) / odds.length
    const oddsOf = (isKind: (nth: number) => boolean) =>
      late.filter(([id]) => isKind(Number(tries[id - 1].nth))).map(([, odds]) => odds)
    assert.equal(heard.length, 1)
    const [fresh, again] = [meanOf(oddsOf((nth) => nth === 1)), meanOf(oddsOf((nth) => nth > 1))]
    assert.ok(fresh > 0.3 && again < 0.15, `${fresh} of first tries and ${again} of others`)
    await killPacing(s)
    await load(90)
    const before = shown.length
    await s.run(2_000, 500)
    assert.equal(heard.length, 2)
    const ahead = (shown[before] as { ahead: number[] }).ahead
    assert.ok(Math.max(...ahead) > 0.3, `the best is ${Math.max(...ahead)}`)
    assert.ok(Math.min(...ahead) < 0.15, `the worst is ${Math.min(...ahead)}`)
  })

  it('have nobody asked while none is active', async () => {
    const { pacer, heard } = greedy(() => 1)
    const s = await stage({ pacer })
    await s.run(3_000)
    await s.db.owner.query(`update campaigns set status = 'paused'`)
    await s.run(2_000, 1_000)
    const asked = heard[0]?.snapshots.length
    await s.run(20_000, 1_000)
    assert.deepEqual([heard.length, heard[0]?.snapshots.length], [1, asked])
    assert.notEqual((await s.all('select memory from pacer_states'))[0].memory, null)
  })
})
