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
import type { CallEvent } from '#domain/call.ts'
import type { Clock } from '../clock.ts'
import type { CarrierFault } from '../faults.ts'
import type { Located } from '../port.ts'
import type { Journal } from './journal.ts'
import type { Ledger } from './ledger.ts'
import { cutShort, lengthOfRecording, planCall, type Setting, type SimulatedDial } from './plan.ts'
import { createPlayback } from './playback.ts'
import { type ReplyManner, type Report, reportOf, type SimulatedCall } from './simulated-call.ts'
import { isOver, type Planned } from './timeline.ts'
import { writeTones } from './tone.ts'

/** How a dial, or an order for a leg, is answered. */
export type TakingAnswer =
  | { took: true; provider_id: string; reply: Exclude<ReplyManner, 'refused'> }
  | { took: false; fault: CarrierFault }

export interface ExchangeCounts {
  dials: number
  repeated_dials: number
  withdrawn_dials: number
  calls_up: number
  calls_remembered: number
}

export interface Exchange {
  dial(dial: SimulatedDial): TakingAnswer
  /** Ends the call; nothing happens to one that is over or was never there. */
  hangup(attempt_id: string): void
  /** Never `unreachable`; `never_seen` withdraws the attempt. */
  locate(attempt_id: string): Located
  /** The audio of this address, once its call is over; null while there is none. */
  recording(url: string): Buffer | null
  /** From now on there is no audio at this address. */
  forgetRecording(url: string): void
  /** The call with all that is due done; null for one that never was. */
  find(attempt_id: string): SimulatedCall | null
  /** Lets a call that is up go on in another way. */
  replan(attempt_id: string, events: Planned<CallEvent>[], bridged_at?: number): void
  /** This report is in safe hands and need not be told again after a restart. */
  acknowledge(attempt_id: string, event_key: string): void
  counts(): ExchangeCounts
  /** Stops the clockwork; the journal keeps the calls. */
  close(): void
}

export interface ExchangeOptions extends Setting {
  clock: Clock
  journal: Journal
  ledger: Ledger
  report(report: Report): void
  /** A call is over. */
  ended(attempt_id: string): void
  /** How long a settled call is still known by its attempt id. */
  remember_ms: number
}

export function openExchange(options: ExchangeOptions): Exchange {
  const { clock, journal, ledger, report, ended } = options
  const { state } = journal
  const forgotten = new Set<string>()
  const counts = { dials: 0, repeated_dials: 0, withdrawn_dials: 0 }
  const playback = createPlayback<CallEvent, SimulatedCall>({
    ...{ clock, journal, timelines: state.calls, remember_ms: options.remember_ms },
    subject: (attempt_id) => ({ attempt_id }),
    end(call) {
      ledger.noteEnd(call)
      ended(call.attempt_id)
    },
    report: (call, planned) => report(reportOf(call, planned)),
  })

  const resume = () => {
    const calls = [...state.calls.values()]
    const last = calls.at(-1)
    const over = calls.filter((call) => !call.end_noted && isOver(call, clock.now()))
    ledger.mend(last && !last.end_noted ? last : undefined, over)
    for (const { attempt_id } of over) journal.commit({ t: 'end_noted', attempt_id })
    for (const { attempt_id } of calls) playback.start(attempt_id)
  }
  resume()

  return {
    dial(dial) {
      playback.forgetOld()
      if (state.withdrawn.has(dial.attempt_id)) {
        counts.withdrawn_dials++
        return { took: false, fault: { verdict: 'retryable', reason: 'attempt withdrawn' } }
      }
      const known = state.calls.get(dial.attempt_id)
      if (known) {
        counts.repeated_dials++
        return answerTaking(known.provider_call_id, known.reply, true)
      }
      const call = planCall(dial, options, state.dialed.get(dial.number) ?? 0, clock.now())
      journal.commitNow({ t: 'call', call })
      ledger.noteDial(call)
      counts.dials++
      playback.start(call.attempt_id)
      return answerTaking(call.provider_call_id, call.reply, false)
    },

    hangup(attempt_id) {
      playback.catchUp(attempt_id)
      const call = state.calls.get(attempt_id)
      const events = call ? cutShort(call, clock.now()) : null
      if (events !== null) playback.replan(attempt_id, events)
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

    recording(url) {
      const call = state.calls.get(url.split(':')[1] ?? '')
      if (!call || forgotten.has(url) || !isOver(call, clock.now())) return null
      const duration_ms = lengthOfRecording(call, url)
      return duration_ms === null ? null : writeTones(duration_ms)
    },

    forgetRecording: (url) => void forgotten.add(url),

    find(attempt_id) {
      playback.catchUp(attempt_id)
      return state.calls.get(attempt_id) ?? null
    },

    replan: playback.replan,
    acknowledge: playback.acknowledge,
    counts: () => ({ ...counts, calls_up: playback.running(), calls_remembered: state.calls.size }),
    close: playback.close,
  }
}

/** Only the first answer goes wrong: whoever asks again with the same id is told. */
export function answerTaking(provider_id: string, reply: ReplyManner, repeated: boolean): TakingAnswer {
  if (reply === 'refused') return { took: false, fault: { verdict: 'retryable', reason: 'network congestion' } }
  return { took: true, provider_id, reply: repeated ? 'prompt' : reply }
}
