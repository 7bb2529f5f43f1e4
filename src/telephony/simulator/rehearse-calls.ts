/** What calls of the simulated carrier come to, before any was made: drawn from its own plans, so that no figure is kept twice. */
import type { CallSample } from '#domain/forecast/play-campaign.ts'
import { no_chaos } from './chaos.ts'
import { planCall } from './plan.ts'
import { loadScript } from './script.ts'
import { answerOf, endOf } from './simulated-call.ts'

/** Enough that a share of one in a hundred is met twenty times. */
const calls = 2_000
const dialed = { caller_id: null, trunk_id: '', report_to: '', speed: 1 }
const rehearsed = new Map<string, CallSample[]>()

export function rehearseCalls(scriptPath: string | null, ring_timeout_ms: number): CallSample[] {
  const key = `${ring_timeout_ms} ${scriptPath}`
  const known = rehearsed.get(key)
  if (known) return known
  const setting = { script: loadScript(scriptPath), seed: 'rehearsal', chaos: no_chaos }
  const samples = Array.from({ length: calls }, (_, index): CallSample => {
    const number = `rehearsed ${index}`
    const call = planCall({ ...dialed, attempt_id: number, number, ring_timeout_ms }, setting, 0, 0)
    const { at, event } = endOf(call)
    const answered = answerOf(call, at)
    const rang = call.events.some(({ event: { kind } }) => kind === 'ringing')
    return { outcome: event.outcome, rang, line_ms: at, talk_ms: answered === null ? 0 : at - answered }
  })
  rehearsed.set(key, samples)
  return samples
}
