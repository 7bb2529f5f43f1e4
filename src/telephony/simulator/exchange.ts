/**
 * The simulated telephone exchange: takes dials, plays each call against the clock and hands out its reports.
 * Goes in: dials, hang-ups, questions, acknowledgements. Goes out: answers, and `report` for each report due.
 * It must never ring an attempt twice, nor one it once said it had never seen.
 *
 *   a dial of                         is answered                            rings
 *   a new attempt                     as its behaviour says                  once, and stands in the ledger
 *   an attempt it has taken before    with the same call id or refusal       no
 *   an attempt it called never seen   refused: "attempt withdrawn"           no
 */
import type { Clock } from '../clock.ts'
import type { CarrierFault } from '../faults.ts'
import type { Located } from '../port.ts'
import { agendaOf, type Step } from './agenda.ts'
import type { Journal } from './journal.ts'
import type { Ledger } from './ledger.ts'
import { cutShort, planCall, type Setting, type SimulatedDial } from './plan.ts'
import { endOf, isSettled, type Report, reportOf, type SimulatedCall } from './simulated-call.ts'

export type DialAnswer =
  | { took: true; provider_call_id: string; reply: 'prompt' | 'error_500' | 'never' }
  | { took: false; fault: CarrierFault }

export interface ExchangeCounts {
  dials: number
  repeated_dials: number
  withdrawn_dials: number
  calls_up: number
  calls_remembered: number
}

export interface Exchange {
  dial(dial: SimulatedDial): DialAnswer
  /** Ends the call; nothing happens to one that is over or was never there. */
  hangup(attempt_id: string): void
  /** Never `unreachable`; `never_seen` withdraws the attempt. */
  locate(attempt_id: string): Located
  /** These reports are in safe hands and need not be told again after a restart. */
  acknowledge(reports: Report[]): void
  counts(): ExchangeCounts
  /** Stops the clockwork; the journal keeps the calls. */
  close(): void
}

export interface ExchangeOptions extends Setting {
  clock: Clock
  journal: Journal
  ledger: Ledger
  report(report: Report): void
  /** How long a settled call is still known by its attempt id. */
  remember_ms: number
}

interface LiveCall {
  call: SimulatedCall
  steps: Step[]
  cancel(): void
}

export function openExchange(options: ExchangeOptions): Exchange {
  const { clock, journal, ledger, report, remember_ms } = options
  const { state } = journal
  const live = new Map<string, LiveCall>()
  /** Settled calls, the longest settled first. */
  const settled = new Map<string, number>()
  const counts = { dials: 0, repeated_dials: 0, withdrawn_dials: 0 }

  const start = (call: SimulatedCall, steps: Step[]) => {
    const entry: LiveCall = { call, steps, cancel: () => {} }
    live.set(call.attempt_id, entry)
    play(entry)
  }

  const play = (entry: LiveCall) => {
    const { call, steps } = entry
    for (let step = steps[0]; step && step.time <= clock.now(); step = steps[0]) {
      steps.shift()
      if (step.what === 'end') {
        ledger.noteEnd(call)
        journal.commit({ t: 'end_noted', attempt_id: call.attempt_id })
        noteIfSettled(call)
      } else report(reportOf(call, step.planned))
    }
    const next = steps[0]
    if (next) entry.cancel = clock.at(next.time, () => play(entry))
    else live.delete(call.attempt_id)
  }

  const noteIfSettled = (call: SimulatedCall) => {
    if (!settled.has(call.attempt_id) && isSettled(call, clock.now())) settled.set(call.attempt_id, clock.now())
  }
  const forgetOld = () => {
    for (const [attempt_id, since] of settled) {
      if (since > clock.now() - remember_ms) return
      settled.delete(attempt_id)
      state.calls.delete(attempt_id)
    }
  }

  const resume = () => {
    const calls = [...state.calls.values()]
    const last = calls.at(-1)
    const ended = calls.filter((call) => !call.end_noted && endOf(call).at <= clock.now())
    ledger.mend(last && !last.end_noted ? last : undefined, ended)
    for (const call of ended) journal.commit({ t: 'end_noted', attempt_id: call.attempt_id })
    for (const call of calls) {
      noteIfSettled(call)
      start(call, agendaOf(call))
    }
  }
  resume()

  return {
    dial(dial) {
      forgetOld()
      if (state.withdrawn.has(dial.attempt_id)) {
        counts.withdrawn_dials++
        return { took: false, fault: { verdict: 'retryable', reason: 'attempt withdrawn' } }
      }
      const known = state.calls.get(dial.attempt_id)
      if (known) {
        counts.repeated_dials++
        return answerOf(known, true)
      }
      const call = planCall(dial, options, state.dialed.get(dial.number) ?? 0, clock.now())
      journal.commitNow({ t: 'call', call })
      ledger.noteDial(call)
      counts.dials++
      start(call, agendaOf(call))
      return answerOf(call, false)
    },

    hangup(attempt_id) {
      const entry = live.get(attempt_id)
      if (!entry) return
      entry.cancel()
      play(entry)
      entry.cancel()
      const now = clock.now()
      const events = cutShort(entry.call, now)
      if (events === null) return start(entry.call, entry.steps)
      journal.commitNow({ t: 'replanned', attempt_id, events })
      // What was due before is told already.
      start(
        entry.call,
        agendaOf(entry.call).filter((step) => step.time > now || step.planned.event.kind === 'ended'),
      )
    },

    locate(attempt_id) {
      const call = state.calls.get(attempt_id)
      if (!call) {
        if (!state.withdrawn.has(attempt_id)) journal.commitNow({ t: 'withdrawn', attempt_id })
        return { found: 'never_seen' }
      }
      const happened = call.events.filter((planned) => planned.at <= clock.now())
      const events = happened.map(({ event_key, event }) => ({ event_key, event }))
      return { found: 'call', provider_call_id: call.provider_call_id, events }
    },

    acknowledge(reports) {
      for (const { event } of reports) {
        const call = state.calls.get(event.attempt_id ?? '')
        if (!call || call.acknowledged.includes(event.event_key)) continue
        journal.commit({ t: 'acknowledged', attempt_id: call.attempt_id, event_keys: [event.event_key] })
        noteIfSettled(call)
      }
    },

    counts: () => ({ ...counts, calls_up: live.size, calls_remembered: state.calls.size }),
    close() {
      for (const entry of live.values()) entry.cancel()
      live.clear()
    },
  }
}

function answerOf(call: SimulatedCall, repeated: boolean): DialAnswer {
  const { provider_call_id, reply } = call
  if (reply === 'refused') return { took: false, fault: { verdict: 'retryable', reason: 'network congestion' } }
  // Only the first answer goes wrong: whoever asks again with the same id is told.
  return { took: true, provider_call_id, reply: repeated ? 'prompt' : reply }
}
