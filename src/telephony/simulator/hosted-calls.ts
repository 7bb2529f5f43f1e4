/** Calls of an emulated account: taken, played by the far end's plan, told of and cut short. It forgets at its end. */
import type { CallEvent } from '#domain/call.ts'
import type { Clock } from '../clock.ts'
import type { Chaos } from './chaos.ts'
import { openLedger } from './ledger.ts'
import { cutShort, planCall } from './plan.ts'
import type { Script } from './script.ts'
import type { ReplyManner, SimulatedCall } from './simulated-call.ts'
import { agendaOf, isEnd, isOver, type Step } from './timeline.ts'

export interface HostedOptions {
  clock: Clock
  script: Script
  seed: string
  chaos: Chaos
  /** How much faster than real time the far end is. */
  speed: number
  ledger_path: string | null
  trouble(message: string, cause: unknown): void
}

/** A call as its account has it; `order` is what it was asked for with. */
export interface HostedCall<Order> {
  id: string
  order: Order
  /** Epoch ms. */
  created_at: number
  plan: SimulatedCall
  /** Our own hang-up ended it. */
  cut: boolean
}

export interface HostedCalls<Order> {
  /** `refused` took nothing. */
  place(id: string, order: Order, far_end: { number: string; ring_timeout_ms: number }): Placing<Order>
  get(id: string): HostedCall<Order> | undefined
  /** Every call that was taken, in order. */
  placed(): HostedCall<Order>[]
  /** Ends it now; false where it is over already. */
  cut(id: string): boolean
  close(): void
}

type Placing<Order> = { reply: 'refused' } | { reply: Exclude<ReplyManner, 'refused'>; call: HostedCall<Order> }

/** `tell` hears of each event when the carrier would report it. */
export function openHostedCalls<Order>(
  { clock, script, seed, chaos, speed, ledger_path, trouble }: HostedOptions,
  tell: (call: HostedCall<Order>, event: CallEvent) => void,
): HostedCalls<Order> {
  const ledger = openLedger(ledger_path, trouble)
  const calls = new Map<string, HostedCall<Order>>()
  const times_dialed = new Map<string, number>()
  /** What is still to happen to a call; taking it back stops that. */
  const agendas = new Map<string, () => void>()

  /** Goes on with a call's plan from now. */
  const play = (call: HostedCall<Order>, steps: Step<CallEvent>[]) => {
    agendas.get(call.id)?.()
    agendas.delete(call.id)
    for (let step = steps[0]; step && step.time <= clock.now(); step = steps[0]) {
      steps.shift()
      if (step.what === 'end') ledger.noteEnd(call.plan)
      else tell(call, step.planned.event)
    }
    const [next] = steps
    if (next)
      agendas.set(
        call.id,
        clock.at(next.time, () => play(call, steps)),
      )
  }

  return {
    place(id, order, { number, ring_timeout_ms }) {
      const created_at = clock.now()
      const times_before = times_dialed.get(number) ?? 0
      times_dialed.set(number, times_before + 1)
      const dial = { attempt_id: id, number, caller_id: null, ring_timeout_ms, trunk_id: '', report_to: '', speed }
      const plan = planCall(dial, { script, seed, chaos }, times_before, created_at)
      const { reply } = plan
      if (reply === 'refused') return { reply }
      const call: HostedCall<Order> = { id, order, created_at, plan, cut: false }
      calls.set(id, call)
      ledger.noteDial(plan)
      play(call, agendaOf<CallEvent>(plan))
      return { reply, call }
    },
    get: (id) => calls.get(id),
    placed: () => [...calls.values()],
    cut(id) {
      const call = calls.get(id)
      const now = clock.now()
      if (!call || isOver(call.plan, now)) return false
      call.plan.events = cutShort(call.plan, now) ?? call.plan.events
      call.cut = true
      play(
        call,
        agendaOf<CallEvent>(call.plan).filter((step) => step.time > now || isEnd(step.planned)),
      )
      return true
    },
    close() {
      for (const stop of agendas.values()) stop()
      ledger.close()
    },
  }
}
