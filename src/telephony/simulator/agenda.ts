import type { PlannedEvent, SimulatedCall } from './simulated-call.ts'

/** Something the exchange has to do for a call at a time. */
export interface Step {
  time: number
  what: 'end' | 'report'
  planned: PlannedEvent
}

/** All that is still to be done for a call, in order; reports that were taken are done with. */
export function agendaOf(call: SimulatedCall): Step[] {
  const steps: Step[] = []
  for (const planned of call.events) {
    if (planned.event.kind === 'ended' && !call.end_noted) steps.push({ time: planned.at, what: 'end', planned })
    if (call.acknowledged.includes(planned.event_key)) continue
    for (const time of planned.reports) steps.push({ time, what: 'report', planned })
  }
  return steps.sort((one, other) => one.time - other.time)
}
