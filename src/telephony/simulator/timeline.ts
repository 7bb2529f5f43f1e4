import type { CallEvent } from '#domain/call.ts'
import type { LegEvent } from '#domain/leg.ts'

type Telling = CallEvent | LegEvent

/** One thing that will happen to a call or a leg, and when the carrier will say so. */
export interface Planned<E extends Telling = Telling> {
  event_key: string
  /** Epoch ms. */
  at: number
  /** Epoch ms of each report: none when it is never reported, several when it is told again. */
  reports: number[]
  event: E
}

/** All that will come of one dial or one leg, and how far it has come. */
export interface Timeline<E extends Telling = Telling> {
  events: Planned<E>[]
  /** Keys of the events whose report was taken. */
  acknowledged: string[]
  /** Whether the ledger holds its end. */
  end_noted: boolean
}

export function isEnd({ event }: Planned): boolean {
  return event.kind === 'ended' || event.kind === 'leg_down'
}

/** Whether it is over at `time`: its end lies before. */
export function isOver({ events }: Timeline, time: number): boolean {
  return events.some((planned) => isEnd(planned) && planned.at <= time)
}

/** Over since `time`, and every report of it taken: nothing is owed to anybody. */
export function isSettled(timeline: Timeline, time: number): boolean {
  if (!timeline.end_noted || !isOver(timeline, time)) return false
  const { events, acknowledged } = timeline
  return events.every((planned) => planned.reports.length === 0 || acknowledged.includes(planned.event_key))
}

/** Something to do for a timeline at a time. */
export interface Step<E extends Telling = Telling> {
  time: number
  what: 'end' | 'report'
  planned: Planned<E>
}

/** All that is still to be done, in order; reports that were taken are done with. */
export function agendaOf<E extends Telling>({ events, acknowledged, end_noted }: Timeline<E>): Step<E>[] {
  const steps: Step<E>[] = []
  for (const planned of events) {
    if (isEnd(planned) && !end_noted) steps.push({ time: planned.at, what: 'end', planned })
    if (acknowledged.includes(planned.event_key)) continue
    for (const time of planned.reports) steps.push({ time, what: 'report', planned })
  }
  return steps.sort((one, other) => one.time - other.time)
}
