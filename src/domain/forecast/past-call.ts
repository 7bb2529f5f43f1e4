import type { Outcome } from '../call.ts'
import type { CallSample } from './play-campaign.ts'
import type { CallResult, PastCall, PastCalls } from './shift-belief.ts'

/** A dial as the rows have it. Times in seconds; null where that did not happen. */
export interface EndedDial {
  outcome: Outcome
  /** Somebody waited for an agent, or got one. */
  live: boolean
  ring: number | null
  heard: number | null
  talk: number | null
  agent_id: string | null
  day: string
}

const results: Record<Outcome, CallResult> = {
  ...{ human: 'live', answered: 'live', abandoned: 'live' },
  ...{ machine: 'machine', fax: 'machine', screened: 'machine' },
  ...{ busy: 'busy', rejected: 'busy', no_answer: 'noanswer', canceled: 'noanswer', unknown: 'noanswer' },
  ...{ invalid_number: 'failed', congestion: 'failed', failed: 'failed' },
}
/** Longer than any detection takes: whoever left meanwhile is no measure of it. */
const longestHeard = 10

export function pastCallsOf({ dials, wraps }: { dials: readonly EndedDial[]; wraps: readonly number[] }): PastCalls {
  const calls = dials.map(({ outcome, live, ring, heard, talk }): PastCall => {
    const result = live ? 'live' : results[outcome]
    return { result, ring: ring ?? 0, heard: Math.min(longestHeard, heard ?? 0), talk: result === 'live' ? talk : null }
  })
  const agents = new Set(dials.flatMap(({ agent_id }) => agent_id ?? [])).size
  return { calls, wraps, agents, days: new Set(dials.map(({ day }) => day)).size }
}

/** Of a carrier that plays them: whoever answers is with an agent from the answer on. */
export function rehearsedCalls(samples: readonly CallSample[]): PastCalls {
  const calls = samples.map(({ outcome, line_ms, talk_ms }): PastCall => {
    const result = results[outcome]
    const ring = (line_ms - talk_ms) / 1000
    return { result, ring, heard: 0, talk: result === 'live' ? talk_ms / 1000 : null }
  })
  return { calls, wraps: [], agents: 0, days: 1 }
}
