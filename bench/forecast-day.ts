/** Drawn campaigns, their history and what truly becomes of them, for bench/forecast.ts. */
import type { PastCall, PastCalls } from '#domain/forecast/shift-belief.ts'
import { type PacedMode, pacerOf, type ShiftPlan } from '#domain/forecast/shift-plan.ts'
import type { CreatePacer, Pacer, PacerEvent } from '#domain/pacing/pacer-contract.ts'
import { normal } from '#domain/pacing/simulation/chance.ts'
import { type Scenario, scenarioOf } from '#domain/pacing/simulation/scenario.ts'
import type { ShiftResult } from '#domain/pacing/simulation/shift-account.ts'
import { simulateShift } from '#domain/pacing/simulation/simulate-shift.ts'
import { createRandom } from '#domain/random.ts'
import { createTimeHeap } from '#domain/time-heap.ts'

/** How far days are apart; logarithms. */
export interface Spread {
  answered: number
  busy: number
}

export interface DrawnCampaign {
  plan: ShiftPlan
  /** What it truly is, and no forecast is told. */
  truth: { answered: number; machine: number; talk: number; talkCv: number; wrap: number; ring: number }
  /** Calls of an earlier day that a forecast may know. */
  known: number
  seed: number
}

export function drawCampaign(seed: number, modes: readonly PacedMode[]): DrawnCampaign {
  const random = createRandom(seed * 104_729)
  const between = (low: number, high: number) => low + random() * (high - low)
  const evenly = (low: number, high: number) => Math.exp(between(Math.log(low), Math.log(high)))
  const mode = modes[Math.floor(random() * modes.length)] as PacedMode
  const agents = Math.round(evenly(3, 60))
  const truth = {
    ...{ answered: between(0.06, 0.5), machine: between(0.2, 0.6), ring: between(7, 12) },
    ...{ talk: between(40, 300), talkCv: between(0.5, 1.1), wrap: between(10, 45) },
  }
  const plan: ShiftPlan = {
    ...{ mode, calls_per_agent: between(1.5, 3), agents, abandon_cap: random() < 0.7 ? 0.03 : 0.01 },
    ...{ hours: between(3, 8), lines: agents * 5, calls_per_second: null, daily_limit: null },
    ...{ ring_timeout: 25, detects_machines: true, max_attempts: 1 + Math.floor(random() * 3) },
    retries: { live: null, machine: 4 * 3600, busy: 600, noanswer: 3600, failed: 900 },
    leads: 0,
  }
  return { plan, truth, known: Math.round(between(300, 4000)), seed }
}

/** One day is not as the other: `spread` times what a forecast takes for usual. */
function scenarioOn({ plan, truth, seed }: DrawnCampaign, day: number, spread: Spread): Scenario {
  const random = createRandom(seed * 7919 + day)
  const gauss = () => normal(1 - random(), random())
  const answered = Math.min(0.6, truth.answered * Math.exp(spread.answered * gauss()))
  const longer = Math.exp(spread.busy * gauss())
  return scenarioOf({
    name: 'drawn',
    ...{ liveShare: () => answered, machineShare: truth.machine, ring: { mean: truth.ring, cv: 0.6 } },
    talk: [{ share: 1, mean: truth.talk * longer, cv: truth.talkCv }],
    wrap: [{ share: 1, mean: truth.wrap * longer, cv: 0.6 }],
    ...{ linesPerAgent: plan.lines / plan.agents, shiftEnd: plan.hours * 3600 },
  })
}

/** The first calls of the day before, as they ended. */
export function historyOf(drawn: DrawnCampaign, spread: Spread): PastCalls {
  const { plan, known, seed } = drawn
  const calls = new Map<number, PastCall>()
  const wraps: number[] = []
  const inHand = new Map<number, number>()
  const agents = new Set<number>()
  const event = (told: PacerEvent) => {
    if (told.type === 'outcome' && told.callId < known) {
      const pickedUp = told.pickedUpAt ?? told.t
      calls.set(told.callId, {
        result: told.result,
        ring: pickedUp - told.dialedAt,
        heard: told.t - pickedUp,
        talk: null,
      })
    } else if (told.type === 'connected' && told.callId < known) {
      inHand.set(told.agentId, told.callId)
      agents.add(told.agentId)
    } else if (told.type === 'agent' && told.from === 'talk') {
      const call = calls.get(inHand.get(told.agentId) ?? -1)
      if (call) call.talk = told.duration
    } else if (told.type === 'agent' && told.from === 'wrap' && inHand.delete(told.agentId)) wraps.push(told.duration)
  }
  const scenario = scenarioOn(drawn, 0, spread)
  // Nobody needs to see the rest of that day.
  const enough: CreatePacer = (config) => {
    const pacer = pacerOf(plan)(config)
    const decide: typeof pacer.decide = (snapshot) =>
      Math.max(0, Math.min(known - snapshot.dialed, snapshot.dialed < known ? pacer.decide(snapshot) : 0))
    return { decide, observe: (told) => pacer.observe?.(told) }
  }
  simulateShift(enough, { scenario, agents: plan.agents, abandonCap: plan.abandon_cap, seed: seed * 64 }, { event })
  return { calls: [...calls.values()], wraps, agents: agents.size, days: 1 }
}

/** A day whose list is long enough, and the working days until a list of `plan.leads` is through. */
export function liveDay(drawn: DrawnCampaign, spread: Spread): ShiftResult {
  return live(drawn, 1, pacerOf(drawn.plan), spread)
}

export function liveThrough(drawn: DrawnCampaign, spread: Spread): number {
  const list = openList(drawn.plan)
  for (let day = 0; list.left() > 0 && day < 40; day += 1) {
    list.begin(day)
    live(drawn, 2 + day, (config) => list.watch(pacerOf(drawn.plan)(config)), spread)
  }
  return list.last()
}

function live(drawn: DrawnCampaign, day: number, create: CreatePacer, spread: Spread): ShiftResult {
  const { agents, abandon_cap: abandonCap } = drawn.plan
  return simulateShift(create, {
    scenario: scenarioOn(drawn, day, spread),
    agents,
    abandonCap,
    seed: drawn.seed * 64 + day,
  })
}

/** A list with its retries, as a pacer meets it: nobody can be dialed but whoever is due. */
function openList({ leads, max_attempts, retries, hours }: ShiftPlan) {
  const waiting = createTimeHeap<number>()
  /** Tries made by those who are due, the first first. */
  const due: number[] = []
  const tries = new Map<number, number>()
  let fresh = leads
  let today = 0
  let last = 0
  const callUp = (at: number) => {
    while ((waiting.peek()?.at ?? Number.POSITIVE_INFINITY) <= at) due.push((waiting.pop() as { value: number }).value)
  }
  return {
    left: () => fresh + waiting.size + due.length,
    last: () => last,
    begin(day: number) {
      today = day
      tries.clear()
    },
    watch(pacer: Pacer): Pacer {
      return {
        decide(snapshot) {
          callUp(today * 86_400 + snapshot.now)
          const dials = pacer.decide(snapshot)
          return Math.max(0, Math.min(fresh + due.length, dials))
        },
        observe(event) {
          pacer.observe?.(event)
          if (event.type === 'dialed') {
            tries.set(event.callId, 1 + (fresh > 0 ? 0 : (due.shift() as number)))
            if (fresh > 0) fresh -= 1
          } else if (event.type === 'outcome') {
            last = today + Math.min(1, event.t / (hours * 3600))
            const made = tries.get(event.callId) as number
            const delay = retries[event.result]
            if (delay !== null && made < max_attempts) waiting.push(today * 86_400 + event.t + delay, made)
          }
        },
      }
    },
  }
}
