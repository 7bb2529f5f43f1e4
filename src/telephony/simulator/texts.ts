/**
 * Text messages to the simulated carrier's numbers. Only opt-outs are told of: whoever carries texts reads them for the words
 * that count, as real carriers do.
 */
import { randomUUID } from 'node:crypto'
import { readOptOut } from '#domain/opt-out-keyword.ts'
import type { Clock } from '../clock.ts'
import type { CarrierState } from './journal.ts'
import type { Report } from './simulated-call.ts'

/** `nobody_called`: a text answers whoever called last, and nobody has called this number. */
export type TextAnswer = 'opted_out' | 'no_opt_out' | 'nobody_called'

export interface TextsOptions {
  clock: Clock
  calls: CarrierState['calls']
  report(report: Report): void
}

/** The person at `number` answers the last call they got by a text message. Told until it is taken, but not after a restart. */
export function createTexts({ clock, calls, report }: TextsOptions): (number: string, message: string) => TextAnswer {
  return (number, message) => {
    const last = [...calls.values()].findLast((call) => call.number === number)
    if (!last) return 'nobody_called'
    const keyword = readOptOut(message)
    if (keyword === null) return 'no_opt_out'
    const { trunk_id, report_to } = last
    const event = { kind: 'opted_out' as const, at: new Date(clock.now()).toISOString(), number, keyword }
    const named = { event_key: `text-${randomUUID()}`, attempt_id: null, leg_id: null, provider_call_id: null }
    report({ trunk_id, report_to, event: { ...named, event } })
    return 'opted_out'
  }
}
