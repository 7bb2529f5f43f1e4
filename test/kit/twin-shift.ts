/**
 * The real product at work in a shift of the pacing simulator: the same people answer and the same agents come, talk, wrap
 * up and rest, but over a real database with the real dialer, matcher and carrier's door, on the virtual clock.
 */
import { drawsOf } from '#domain/pacing/simulation/chance.ts'
import { drawLead, drawTime } from '#domain/pacing/simulation/lead.ts'
import { drawRoster, type RosteredAgent } from '#domain/pacing/simulation/roster.ts'
import { type Scenario, scenarioOf } from '#domain/pacing/simulation/scenario.ts'
import { byAgent, moveSession } from '#floor/agent-sessions.ts'
import { inWorkspace } from '#store/tx.ts'
import { makeAgent, signOnAgent } from './agents.ts'
import { type Floor, openFloor } from './floor.ts'
import { numbersFrom } from './tenant.ts'

export interface TwinFigures {
  dials: number
  live_answers: number
  /** From 0 to 1. */
  utilisation: number
  abandon_rate: number
}

/** What the simulated carrier can't play is not asked of the simulator either: detection that errs, agents of other speed. */
export function twinScenario(change: Partial<Scenario>): Scenario {
  const scenario = scenarioOf({ name: 'twin', ...change })
  return {
    ...scenario,
    detection: { person: 1.3, machine: 2.4, personsLost: 0, machinesPassed: 0 },
    roster: { ...scenario.roster, speedSd: 0 },
  }
}

interface WorkingAgent {
  rostered: RosteredAgent
  session_id: string
  /** Breaks that are wanted and not begun, in seconds. */
  wanted: number[]
  rests_until: number
  /** The wrap-up that was drawn last, by when it began. */
  wrap: { since: number; until: number }
  wraps: number
}

/** Nine in New York, where the shift's people are. */
const opening = Date.parse('2026-03-04T14:00:00Z')
/** The same, in minutes of the day. */
const opens = 9 * 60
const grainMs = 200
const pollMs = 4_000
/** Wrap-ups are drawn far from any lead or agent of the simulator. */
const firstWrap = -2_000_000

export async function workTwinShift(
  scenario: Scenario,
  { agents, seed, leads, cap }: { agents: number; seed: number; leads: number; cap: number },
): Promise<TwinFigures> {
  const numbers = numbersFrom(0, leads)
  const script = Object.fromEntries(numbers.map((number, index) => [number, [behave(scenario, seed, index)]]))
  const floor = await openFloor({
    ...{ script, channels: agents * scenario.linesPerAgent, start: new Date(opening).toISOString() },
  })
  try {
    const end = opening + scenario.shiftEnd * 1000
    const settings = {
      ...{
        mode: 'predictive',
        abandon_cap_percent: cap * 100,
        window_start: opens,
        window_end: opens + scenario.shiftEnd / 60,
      },
      ...{ max_attempts: 1, wrap_up_seconds: 3600, detects_machines: true, waits_from: 'detection' },
      completes: 'by_hand',
    }
    const campaign_id = await floor.startCampaign({ numbers, settings })
    const crew: WorkingAgent[] = []
    for (const rostered of drawRoster(scenario, seed, agents)) {
      const agent_id = await makeAgent(floor.db.owner, floor.tenant, opening, { campaign_id })
      const session_id = await signOnAgent(floor.db.app, floor.tenant, agent_id, opening)
      // Until they come they are away; a session of an agent at a phone begins by itself.
      await moveTo(floor, session_id, 'break')
      crew.push({
        ...{ rostered: { ...rostered, pauses: [...rostered.pauses] }, session_id, wanted: [] },
        ...{ rests_until: opening + rostered.comes * 1000, wrap: { since: 0, until: 0 }, wraps: 0 },
      })
    }
    while (floor.clock.now() < end) {
      await actAll(floor, scenario, seed, crew)
      await floor.runCoarsely(1_000, floor.clock.now() % pollMs === 0 ? pollMs : 1_000, grainMs)
    }
    await floor.runCoarsely(60_000, pollMs, grainMs)
    return await count(floor, opening, end)
  } finally {
    await floor.close()
  }
}

/** A lead's fate as the carrier plays it. */
function behave(scenario: Scenario, seed: number, index: number): object {
  const { result, setup, ring, talk } = drawLead(scenario, seed, index, 0)
  const setup_s = setup
  if (result === 'live') return { do: 'answers', setup_s, ring_s: ring, talk_s: talk }
  if (result === 'machine') return { do: 'machine', setup_s, ring_s: ring, talk_s: 30 }
  if (result === 'noanswer') return { do: 'rings-out', setup_s }
  return { do: result === 'busy' ? 'busy' : 'invalid-number', setup_s }
}

async function actAll(floor: Floor, scenario: Scenario, seed: number, crew: WorkingAgent[]): Promise<void> {
  const at = floor.clock.now()
  const { rows } = await floor.db.owner.query<{ id: string; state: string; state_since: Date }>(
    'select id, state, state_since from agent_sessions where ended_at is null',
  )
  const sessions = new Map(rows.map((row) => [row.id, row]))
  for (const [index, agent] of crew.entries()) {
    const { rostered } = agent
    while (rostered.pauses[0] && at >= opening + rostered.pauses[0].at * 1000)
      agent.wanted.push((rostered.pauses.shift() as { length: number }).length)
    const session = sessions.get(agent.session_id)
    if (session) await act(floor, scenario, agent, session, drawsOf(seed, firstWrap - index), at)
  }
}

async function act(
  floor: Floor,
  scenario: Scenario,
  agent: WorkingAgent,
  { id, state, state_since }: { id: string; state: string; state_since: Date },
  draw: (question: number) => number,
  at: number,
): Promise<void> {
  const rest = async () => {
    agent.rests_until = at + (agent.wanted.shift() as number) * 1000
    await moveTo(floor, id, 'break')
  }
  if (state === 'wrap_up') {
    const since = state_since.getTime()
    if (agent.wrap.since !== since) {
      agent.wrap = { since, until: since + drawTime(scenario.wrap, draw, agent.wraps * 3) * 1000 }
      agent.wraps += 1
    }
    // Who looks every second is half a second late on the average.
    if (at + 500 < agent.wrap.until) return
    if (agent.wanted.length > 0) await rest()
    else await moveTo(floor, id, 'available')
  } else if (state === 'available' && agent.wanted.length > 0) await rest()
  else if (state === 'break' && at + 500 >= agent.rests_until) {
    if (agent.wanted.length > 0) agent.rests_until = at + (agent.wanted.shift() as number) * 1000
    else await moveTo(floor, id, 'available')
  }
}

function moveTo({ db, tenant, clock }: Floor, sessionId: string, to: 'break' | 'available'): Promise<unknown> {
  const wish = to === 'break' ? { to, reason: 'rest' } : { to }
  return inWorkspace(db.app, tenant, (tx) =>
    moveSession(tx, tenant.workspace_id, sessionId, wish, byAgent, clock.now()),
  )
}

async function count({ db }: Floor, from: number, until: number): Promise<TwinFigures> {
  const { rows } = await db.owner.query<TwinFigures>(
    `with stays as (
       select to_state as state, extract(epoch from least(coalesce(lead(at) over (partition by session_id order by step), $2), $2)
         - greatest(at, $1)) as seconds from agent_transitions
     ), times as (
       select sum(seconds) filter (where state in ('on_call', 'wrap_up')) as busy,
         sum(seconds) filter (where state not in ('break', 'offline')) as present from stays where seconds > 0
     ), answers as (
       select count(*) as dials, count(*) filter (where live_at is not null) as live, count(abandoned_at) as lost from attempts
     )
     select dials::int as dials, live::int as live_answers, (busy / present)::float as utilisation,
       (lost::float / greatest(live, 1)) as abandon_rate from times, answers`,
    [new Date(from), new Date(until)],
  )
  return rows[0] as TwinFigures
}
