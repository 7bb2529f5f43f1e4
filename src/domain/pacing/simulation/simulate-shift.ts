/**
 * One shift of a campaign, event by event on a virtual clock: people who answer or don't, agents who talk, wrap up and rest,
 * and between them whatever pacer is asked. Pure: the same pacer, scenario and seed give the same shift on any machine.
 */
import { createTimeHeap } from '../../time-heap.ts'
import type { AgentView, CallView, CreatePacer, Pacer, PacerConfig, PacerEvent, Snapshot } from '../pacer-contract.ts'
import { answersAt, type CreateSeer } from './future.ts'
import { drawLead, type LeadFate, oddsOf, segmentOf } from './lead.ts'
import { drawRoster, type RosteredAgent } from './roster.ts'
import type { Scenario } from './scenario.ts'
import { type Account, createAccount, type ShiftResult } from './shift-account.ts'

export interface ShiftPlan {
  scenario: Scenario
  agents: number
  abandonCap: number
  seed: number
  /** The pacer is shown how likely each lead is to answer. */
  showsOdds?: boolean
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
interface SimulatedCall {
  /** All that a pacer sees of it. */
  view: Mutable<CallView>
  place: number
  fate: LeadFate
  pickedUpAt: number | null
}
interface SimulatedAgent {
  view: Mutable<AgentView>
  rostered: RosteredAgent
  /** How long each break that is wanted and not begun will be. */
  wanted: number[]
  /** Of their rostered pauses, begun. */
  rested: number
  /** When what they are at ends, wrap-up included. */
  busyUntil: number
}

type Step =
  | { do: 'decide' }
  | { do: 'come' | 'return' | 'pause' | 'hang_up' | 'wrapped'; agent: SimulatedAgent; length?: number; wrap?: number }
  | { do: 'set_up' | 'ring_end' | 'detected' | 'give_up'; call: SimulatedCall }

export interface Watched {
  /** Everything that the pacer is told, and the shift's own view of it. */
  event?(event: PacerEvent): void
  decided?(snapshot: Snapshot, dials: number, pacer: Pacer): void
}

export function configOf({ scenario, agents, abandonCap }: ShiftPlan): PacerConfig {
  const { patience, tick, ringTimeout, shiftEnd, segments, linesPerAgent } = scenario
  const lineCap = Math.ceil(agents * linesPerAgent)
  return { abandonCap, patience, tick, ringTimeout, shiftEnd, lineCap, maxAgents: agents, segments }
}

/** A pacer gets what the contract holds and nothing of what is to come. */
export function simulateShift(createPacer: CreatePacer, plan: ShiftPlan, watch: Watched = {}): ShiftResult {
  return playShift((config) => createPacer(config), plan, watch)
}

export function playShift(createSeer: CreateSeer, plan: ShiftPlan, watch: Watched = {}): ShiftResult {
  const shift = stepShift(createSeer, plan, watch)
  for (;;) {
    const step = shift.next()
    if (step.done) return step.value
  }
}

/** After so many steps whoever simulates may let others work. */
const stepsAtOnce = 400

/** The same, yielding now and then. */
export function* stepShift(createSeer: CreateSeer, plan: ShiftPlan, watch: Watched = {}): Generator<void, ShiftResult> {
  const { scenario, seed } = plan
  const config = configOf(plan)
  const account: Account = createAccount(config)
  const steps = createTimeHeap<Step>()
  const agents = drawRoster(scenario, seed, plan.agents).map((rostered, id): SimulatedAgent => {
    const view: AgentView = { id, state: 'off', since: 0, pausePending: false }
    return { view, rostered, wanted: [], rested: 0, busyUntil: rostered.comes }
  })
  const calls: SimulatedCall[] = []
  const views: CallView[] = []
  const queue: SimulatedCall[] = []
  let now = 0
  let dialed = 0
  const snapshot: Snapshot = {
    agents: agents.map(({ view }) => view),
    calls: views,
    lineCap: config.lineCap,
    ...account.totals,
    now,
    linesInUse: 0,
    upcomingSegment: (k) => segmentOf(scenario, dialed + k),
    ...(plan.showsOdds ? { upcomingOdds: (k: number) => oddsOf(scenario, seed, dialed + k, now) } : {}),
  }
  const pacer = createSeer(config, {
    upcoming: (k) => drawLead(scenario, seed, dialed + k, now),
    answers: () =>
      calls
        .filter(({ fate }) => fate.result === 'live')
        .map(({ fate, view }) => ({ at: view.state === 'queued' ? view.since : answersAt(view.dialedAt, fate), fate })),
    agents: () => agents.map(({ view, rostered, rested, busyUntil }) => ({ view, rostered, rested, busyUntil })),
  })

  for (const agent of agents) {
    steps.push(agent.rostered.comes, { do: 'come', agent })
    for (const { at, length } of agent.rostered.pauses) steps.push(at, { do: 'pause', agent, length })
  }
  steps.push(0, { do: 'decide' })
  let taken = 0
  for (let next = steps.pop(); next; next = steps.pop()) {
    now = next.at
    take(next.value)
    taken += 1
    if (taken % stepsAtOnce === 0) yield
  }
  return account.close()

  function take(step: Step): void {
    switch (step.do) {
      case 'decide':
        decide()
        break
      case 'come':
      case 'return':
      case 'wrapped':
        if (step.agent.wanted.length > 0) rest(step.agent)
        else serve(step.agent)
        break
      case 'pause':
        wantBreak(step.agent, step.length as number)
        break
      case 'hang_up':
        account.line(now, -1)
        move(step.agent, 'wrap')
        steps.push(now + (step.wrap as number), { do: 'wrapped', agent: step.agent })
        break
      case 'set_up':
        ring(step.call)
        break
      case 'ring_end':
        endRing(step.call)
        break
      case 'detected':
        end(step.call, step.call.fate.result)
        break
      case 'give_up':
        abandon(step.call)
    }
  }

  function decide(): void {
    const mutable = snapshot as Mutable<Snapshot>
    Object.assign(mutable, account.totals)
    mutable.now = now
    const wanted = pacer.decide(snapshot)
    const room = config.lineCap - account.totals.linesInUse
    const dials = Math.max(0, Math.min(room, Math.floor(Number.isFinite(wanted) ? wanted : 0)))
    watch.decided?.(snapshot, dials, pacer)
    for (let each = 0; each < dials; each += 1) dial()
    if (now + scenario.tick < scenario.shiftEnd) steps.push(now + scenario.tick, { do: 'decide' })
  }

  function dial(): void {
    const id = dialed
    dialed += 1
    const fate = drawLead(scenario, seed, id, now)
    const { segment } = fate
    const odds = plan.showsOdds ? { odds: oddsOf(scenario, seed, id, now) } : {}
    const view: CallView = { id, state: 'setup', dialedAt: now, since: now, segment, ...odds }
    const call: SimulatedCall = { view, place: calls.length, fate, pickedUpAt: null }
    calls.push(call)
    views.push(view)
    account.dial(now)
    tell({ type: 'dialed', t: now, callId: id, segment })
    steps.push(now + fate.setup, { do: 'set_up', call })
  }

  function ring(call: SimulatedCall): void {
    const { result } = call.fate
    if (result === 'busy' || result === 'failed') {
      end(call, result)
      return
    }
    change(call, 'ringing')
    steps.push(now + call.fate.ring, { do: 'ring_end', call })
  }

  function endRing(call: SimulatedCall): void {
    const { result, detection } = call.fate
    if (result === 'noanswer') {
      end(call, result)
      return
    }
    const { id, dialedAt, segment } = call.view
    call.pickedUpAt = now
    change(call, 'amd')
    tell({ type: 'pickup', t: now, callId: id, dialedAt, segment })
    steps.push(now + detection, { do: 'detected', call })
  }

  function end(call: SimulatedCall, result: LeadFate['result']): void {
    const { pickedUpAt } = call
    const { id, segment, dialedAt } = call.view
    const told = { type: 'outcome', t: now, callId: id, segment, dialedAt, result } as const
    tell(pickedUpAt === null ? told : { ...told, pickedUpAt })
    if (result === 'live') {
      answer(call)
      return
    }
    account.line(now, -1)
    remove(call)
  }

  function answer(call: SimulatedCall): void {
    account.answer()
    const free = longestIdle()
    if (free) {
      connect(call, free, 0)
      return
    }
    change(call, 'queued')
    queue.push(call)
    steps.push(now + scenario.patience, { do: 'give_up', call })
  }

  function connect(call: SimulatedCall, agent: SimulatedAgent, waited: number): void {
    remove(call)
    move(agent, 'talk')
    const { id, segment } = call.view
    const { talk, wrap } = call.fate
    const { speed } = agent.rostered
    agent.busyUntil = now + (talk + wrap) * speed
    account.connect()
    tell({ type: 'connected', t: now, callId: id, agentId: agent.view.id, waited, segment })
    steps.push(now + talk * speed, { do: 'hang_up', agent, wrap: wrap * speed })
  }

  function abandon(call: SimulatedCall): void {
    const place = queue.indexOf(call)
    if (place < 0) return
    queue.splice(place, 1)
    remove(call)
    account.abandon()
    account.line(now, -1)
    tell({ type: 'abandoned', t: now, callId: call.view.id, segment: call.view.segment })
  }

  /** Takes whoever waits longest, or waits. */
  function serve(agent: SimulatedAgent): void {
    move(agent, 'idle')
    const call = queue.shift()
    if (call) connect(call, agent, now - call.view.since)
  }

  function wantBreak(agent: SimulatedAgent, length: number): void {
    const { view } = agent
    agent.wanted.push(length)
    if (view.state === 'idle') rest(agent)
    else if (view.state === 'talk' || view.state === 'wrap') view.pausePending = true
  }

  function rest(agent: SimulatedAgent): void {
    agent.view.pausePending = false
    move(agent, 'break')
    agent.rested += 1
    agent.busyUntil = now + (agent.wanted.shift() as number)
    steps.push(agent.busyUntil, { do: 'return', agent })
  }

  function longestIdle(): SimulatedAgent | null {
    let longest: SimulatedAgent | null = null
    for (const agent of agents)
      if (agent.view.state === 'idle' && (longest === null || agent.view.since < longest.view.since)) longest = agent
    return longest
  }

  function move({ view }: SimulatedAgent, to: AgentView['state']): void {
    const { id, state: from, since } = view
    account.agent(now, from, since)
    view.state = to
    view.since = now
    tell({ type: 'agent', t: now, agentId: id, from, to, duration: now - since })
  }

  function change({ view }: SimulatedCall, state: CallView['state']): void {
    view.state = state
    view.since = now
  }

  function remove(call: SimulatedCall): void {
    const last = calls.pop() as SimulatedCall
    views.pop()
    if (last === call) return
    calls[call.place] = last
    views[call.place] = last.view
    last.place = call.place
  }

  function tell(event: PacerEvent): void {
    pacer.observe?.(event)
    watch.event?.(event)
  }
}
