import { createHoursTally } from '#domain/callable-hours.ts'
import type { Verdict } from '#domain/contactability.ts'
import { mostPlayed } from '#domain/forecast/campaign-forecast.ts'
import type { ForecastLead } from '#domain/forecast/play-campaign.ts'
import { sayReasons } from './reasons.ts'

const days = 7

/** Counts of a dry run; what it keeps of the leads themselves is bounded. */
export interface DryRunTally {
  add(lead: ForecastLead, verdict: Verdict): void
  addCalling(lead: ForecastLead): void
  /** Somebody whose number no trunk of the campaign serves. */
  addUnserved(): void
  addDone(status: string): void
  counts(): ReturnType<typeof show>
  leads(): KeptLeads
}

/** Some of the leads that may be called, and how many each of them stands for. */
export interface KeptLeads {
  leads: ForecastLead[]
  stands_for: number
}

type Counts = Map<string, number>

/** Of `expected` leads so many are kept as a forecast plays, evenly. */
export function createDryRunTally(at: number, endsAt: number | null, expected: number): DryRunTally {
  const hours = createHoursTally(at, days * 24, endsAt)
  const answers: Record<Verdict['answer'], Counts> = { now: new Map(), later: new Map(), never: new Map() }
  const done: Counts = new Map()
  const every = Math.max(1, Math.ceil(expected / mostPlayed))
  const kept: ForecastLead[] = []
  let callable = 0
  let calling = 0
  let next: number | null = null

  function keep(lead: ForecastLead): void {
    if (callable % every === 0) kept.push(lead)
    callable += 1
  }

  return {
    add(lead, { answer, rule }) {
      raise(answers[answer], rule.id)
      if (answer === 'never') return
      keep(lead)
      hours.add(lead.input, lead.due)
      if (answer === 'later') next = Math.min(next ?? lead.due, lead.due)
    },
    addCalling(lead) {
      calling += 1
      keep(lead)
    },
    addUnserved: () => raise(answers.later, 'not_served'),
    addDone: (status) => raise(done, status),
    counts: () => show(answers, done, calling, next, hours.zones()),
    leads: () => ({ leads: kept, stands_for: kept.length === 0 ? 1 : callable / kept.length }),
  }
}

function show(
  { now, later, never }: Record<Verdict['answer'], Counts>,
  done: Counts,
  calling: number,
  next: number | null,
  zones: ReturnType<ReturnType<typeof createHoursTally>['zones']>,
) {
  return {
    leads: {
      total: sum(now) + sum(later) + sum(never) + calling + sum(done),
      ...{ now: sum(now), later: sum(later), never: sum(never), calling, done: Object.fromEntries(done) },
      next_due_at: next === null ? null : new Date(next),
    },
    reasons: { now: sayReasons(now), later: sayReasons(later), never: sayReasons(never) },
    hours: zones.map(({ zone, leads, hours }) => ({
      ...{ zone, leads },
      hours: hours.map(({ at, ...hour }) => ({ at: new Date(at), ...hour })),
    })),
  }
}

function raise(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function sum(counts: Counts): number {
  return [...counts.values()].reduce((total, count) => total + count, 0)
}
