import type { CallEvent } from '#domain/call.ts'
import type { LegEvent } from '#domain/leg.ts'
import type { Clock } from '../clock.ts'
import type { Journal, Subject } from './journal.ts'
import { agendaOf, isEnd, isSettled, type Planned, type Step, type Timeline } from './timeline.ts'

export interface PlaybackOptions<E extends CallEvent | LegEvent, T extends Timeline<E>> {
  clock: Clock
  journal: Journal
  /** The journal's own, by id. */
  timelines: Map<string, T>
  /** How the journal names one. */
  subject(id: string): Subject
  /** How long a settled one is still known. */
  remember_ms: number
  /** It is over now, and this was not yet noted in the ledger. */
  end(timeline: T): void
  report(timeline: T, planned: Planned<E>): void
}

/** Plays timelines against the clock: calls and legs alike. */
export interface Playback<E extends CallEvent | LegEvent> {
  /** Plays what is due at once, the rest in time. */
  start(id: string): void
  /** Does what is due, before something else is decided. */
  catchUp(id: string): void
  /** Goes on with another plan; what was due before is told already. Throws, changing nothing, if it can't be kept. */
  replan(id: string, events: Planned<E>[], bridged_at?: number): void
  acknowledge(id: string, event_key: string): void
  /** Drops what was settled long enough ago. */
  forgetOld(): void
  /** How many have something to come. */
  running(): number
  close(): void
}

export function createPlayback<E extends CallEvent | LegEvent, T extends Timeline<E>>(
  options: PlaybackOptions<E, T>,
): Playback<E> {
  const { clock, journal, timelines, subject, remember_ms } = options
  const live = new Map<string, { timeline: T; steps: Step<E>[]; cancel(): void }>()
  /** The longest settled first. */
  const settled = new Map<string, number>()

  const begin = (id: string, timeline: T, steps: Step<E>[]) => {
    live.get(id)?.cancel()
    live.set(id, { timeline, steps, cancel: () => {} })
    play(id)
  }

  const play = (id: string) => {
    const entry = live.get(id)
    if (!entry) return
    const { timeline, steps } = entry
    entry.cancel()
    for (let step = steps[0]; step && step.time <= clock.now(); step = steps[0]) {
      steps.shift()
      if (step.what === 'end') {
        options.end(timeline)
        journal.commit({ t: 'end_noted', ...subject(id) })
        noteIfSettled(id, timeline)
      } else options.report(timeline, step.planned)
    }
    const next = steps[0]
    if (next) entry.cancel = clock.at(next.time, () => play(id))
    else live.delete(id)
  }

  const noteIfSettled = (id: string, timeline: T) => {
    if (!settled.has(id) && isSettled(timeline, clock.now())) settled.set(id, clock.now())
  }

  return {
    start(id) {
      const timeline = timelines.get(id)
      if (!timeline) return
      noteIfSettled(id, timeline)
      begin(id, timeline, agendaOf<E>(timeline))
    },
    catchUp: play,
    replan(id, events, bridged_at) {
      const timeline = timelines.get(id)
      if (!timeline) return
      journal.commitNow({ t: 'replanned', ...subject(id), events, ...(bridged_at !== undefined && { bridged_at }) })
      const steps = agendaOf<E>(timeline).filter((step) => step.time > clock.now() || isEnd(step.planned))
      begin(id, timeline, steps)
    },
    acknowledge(id, event_key) {
      const timeline = timelines.get(id)
      if (!timeline || timeline.acknowledged.includes(event_key)) return
      journal.commit({ t: 'acknowledged', ...subject(id), event_keys: [event_key] })
      noteIfSettled(id, timeline)
    },
    forgetOld() {
      for (const [id, since] of settled) {
        if (since > clock.now() - remember_ms) return
        settled.delete(id)
        timelines.delete(id)
      }
    },
    running: () => live.size,
    close() {
      for (const entry of live.values()) entry.cancel()
      live.clear()
    },
  }
}
