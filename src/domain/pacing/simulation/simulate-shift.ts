/**
 * One shift of a campaign, event by event on a virtual clock: people who answer or don't, agents who talk, wrap up and rest,
 * and between them whatever pacer is asked. Pure: the same pacer, scenario and seed give the same shift on any machine.
 */
import { createTimeHeap } from '../../time-heap.ts'
import type { AgentView, CallView, CreatePacer, Pacer, PacerConfig, PacerEvent, Snapshot } from '../pacer-contract.ts'
import { drawLead, type LeadFate, segmentOf } from './lead.ts'
import { drawRoster, type RosteredAgent } from './roster.ts'
import type { Scenario } from './scenario.ts'
import { type Account, createAccount, type ShiftResult } from './shift-account.ts'

export interface ShiftPlan {
  scenario: Scenario
  agents: number
  abandonCap: number
  seed: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
interface SimulatedCall extends Mutable<CallView> {
  place: number
  fate: LeadFate
  pickedUpAt: number | null
}
interface SimulatedAgent extends Mutable<AgentView> {
  rostered: RosteredAgent
  /** How long each break that is wanted and not begun will be. */
  wanted: number[]
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

export function simulateShift(createPacer: CreatePacer, plan: ShiftPlan, watch: Watched = {}): ShiftResult {
  const shift = stepShift(createPacer, plan, watch)
  for (;;) {
    const step = shift.next()
    if (step.done) return step.value
  }
}

/** After so many steps whoever simulates may let others work. */
const stepsAtOnce = 400

/** The same, yielding now and then. */
export function* stepShift(
  createPacer: CreatePacer,
  plan: ShiftPlan,
  watch: Watched = {},
): Generator<void, ShiftResult> {
  const { scenario, seed } = plan
  const config = configOf(plan)
  const pacer = createPacer(config)
  const account: Account = createAccount(config)
  const steps = createTimeHeap<Step>()
  const agents = drawRoster(scenario, seed, plan.agents).map((rostered, id): SimulatedAgent => {
    return { id, state: 'off', since: 0, pausePending: false, rostered, wanted: [] }
  })
  const calls: SimulatedCall[] = []
  const queue: SimulatedCall[] = []
  let now = 0
  let dialed = 0
  const snapshot: Snapshot = {
    agents,
    calls,
    lineCap: config.lineCap,
    ...account.totals,
    now,
    linesInUse: 0,
    upcomingSegment: (k) => segmentOf(scenario, dialed + k),
  }

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
        return decide()
      case 'come':
      case 'return':
        return step.agent.wanted.length > 0 ? rest(step.agent) : serve(step.agent)
      case 'pause':
        return wantBreak(step.agent, step.length as number)
      case 'hang_up':
        account.line(now, -1)
        move(step.agent, 'wrap')
        return steps.push(now + (step.wrap as number), { do: 'wrapped', agent: step.agent })
      case 'wrapped':
        return step.agent.wanted.length > 0 ? rest(step.agent) : serve(step.agent)
      case 'set_up':
        return ring(step.call)
      case 'ring_end':
        return endRing(step.call)
      case 'detected':
        return end(step.call, step.call.fate.result)
      case 'give_up':
        return abandon(step.call)
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
    const call: SimulatedCall = {
      ...{ id, state: 'setup', dialedAt: now, since: now, segment },
      ...{ place: calls.length, fate, pickedUpAt: null },
    }
    calls.push(call)
    account.dial(now)
    tell({ type: 'dialed', t: now, callId: id, segment })
    steps.push(now + fate.setup, { do: 'set_up', call })
  }

  function ring(call: SimulatedCall): void {
    const { result } = call.fate
    if (result === 'busy' || result === 'failed') return end(call, result)
    change(call, 'ringing')
    steps.push(now + call.fate.ring, { do: 'ring_end', call })
  }

  function endRing(call: SimulatedCall): void {
    const { result, detection } = call.fate
    if (result === 'noanswer') return end(call, result)
    call.pickedUpAt = now
    change(call, 'amd')
    tell({ type: 'pickup', t: now, callId: call.id, dialedAt: call.dialedAt, segment: call.segment })
    steps.push(now + detection, { do: 'detected', call })
  }

  function end(call: SimulatedCall, result: LeadFate['result']): void {
    const { id, segment, dialedAt, pickedUpAt } = call
    const told = { type: 'outcome', t: now, callId: id, segment, dialedAt, result } as const
    tell(pickedUpAt === null ? told : { ...told, pickedUpAt })
    if (result !== 'live') {
      account.line(now, -1)
      return remove(call)
    }
    account.answer()
    const free = longestIdle()
    if (free) return connect(call, free, 0)
    change(call, 'queued')
    queue.push(call)
    steps.push(now + scenario.patience, { do: 'give_up', call })
  }

  function connect(call: SimulatedCall, agent: SimulatedAgent, waited: number): void {
    remove(call)
    move(agent, 'talk')
    const { talk, wrap } = call.fate
    const { speed } = agent.rostered
    account.connect()
    tell({ type: 'connected', t: now, callId: call.id, agentId: agent.id, waited, segment: call.segment })
    steps.push(now + talk * speed, { do: 'hang_up', agent, wrap: wrap * speed })
  }

  function abandon(call: SimulatedCall): void {
    const place = queue.indexOf(call)
    if (place < 0) return
    queue.splice(place, 1)
    remove(call)
    account.abandon()
    account.line(now, -1)
    tell({ type: 'abandoned', t: now, callId: call.id, segment: call.segment })
  }

  /** Takes whoever waits longest, or waits. */
  function serve(agent: SimulatedAgent): void {
    move(agent, 'idle')
    const call = queue.shift()
    if (call) connect(call, agent, now - call.since)
  }

  function wantBreak(agent: SimulatedAgent, length: number): void {
    agent.wanted.push(length)
    if (agent.state === 'idle') rest(agent)
    else if (agent.state === 'talk' || agent.state === 'wrap') agent.pausePending = true
  }

  function rest(agent: SimulatedAgent): void {
    agent.pausePending = false
    move(agent, 'break')
    steps.push(now + (agent.wanted.shift() as number), { do: 'return', agent })
  }

  function longestIdle(): SimulatedAgent | null {
    let longest: SimulatedAgent | null = null
    for (const agent of agents)
      if (agent.state === 'idle' && (longest === null || agent.since < longest.since)) longest = agent
    return longest
  }

  function move(agent: SimulatedAgent, to: AgentView['state']): void {
    const { state: from, since } = agent
    account.agent(now, from, since)
    agent.state = to
    agent.since = now
    tell({ type: 'agent', t: now, agentId: agent.id, from, to, duration: now - since })
  }

  function change(call: SimulatedCall, state: CallView['state']): void {
    call.state = state
    call.since = now
  }

  function remove(call: SimulatedCall): void {
    const last = calls.pop() as SimulatedCall
    if (last === call) return
    calls[call.place] = last
    last.place = call.place
  }

  function tell(event: PacerEvent): void {
    pacer.observe?.(event)
    watch.event?.(event)
  }
}
