/**
 * A phone call as the carrier tells it. Providers deliver events late, twice and out of order, so a call is
 * the merge of facts, not a sequence of steps: the state only moves forward and the first end stands.
 *
 *   initiated → ringing → answered → ended        (any state may jump ahead; none goes back)
 */
export const callStates = ['initiated', 'ringing', 'answered', 'ended'] as const
export type CallState = (typeof callStates)[number]

export const outcomes = [
  'human',
  'machine',
  'answered',
  'fax',
  'screened',
  'abandoned',
  'busy',
  'no_answer',
  'rejected',
  'invalid_number',
  'congestion',
  'failed',
  'canceled',
  'unknown',
] as const
export type Outcome = (typeof outcomes)[number]

/** What answering-machine detection heard. */
export type Detection = 'human' | 'machine' | 'fax' | 'screened' | 'unknown'

/** One thing that happened to a call, in our words. Times are ISO 8601 in UTC, by the carrier's clock. */
export type CallEvent =
  | { kind: 'ringing'; at: string }
  | { kind: 'answered'; at: string }
  | { kind: 'detected'; at: string; detection: Detection }
  /** Our own: an agent and the person hear each other. */
  | { kind: 'connected'; at: string; agent_id: string }
  /** Our own: a person waited for an agent as long as they may, and there was none. */
  | { kind: 'abandoned'; at: string }
  /** Where its carrier has a recording of the call, by an address or in its own words, and how many seconds it has. */
  | { kind: 'recorded'; at: string; url: string; duration?: number }
  /** What its carrier charges for the call; ISO 4217. Told again, it may only have grown. */
  | { kind: 'billed'; at: string; cost: number; currency: string }
  | {
      kind: 'ended'
      at: string
      outcome: Outcome
      /** Set by carriers that repeat the answer time in the final report; makes a lost `answered` harmless. */
      answered_at?: string
      /** The carrier's own word or number for why it ended. */
      cause?: string
    }

/** The merged facts of a call. */
export interface CallFacts {
  state: CallState
  outcome: Outcome | null
  detection: Detection | null
  ringing_at: string | null
  answered_at: string | null
  /** When an agent heard the person first, and who that was. */
  connected_at: string | null
  agent_id: string | null
  abandoned_at: string | null
  ended_at: string | null
  hangup_cause: string | null
  recording_url: string | null
  cost: number | null
  cost_currency: string | null
}

export const newCall: CallFacts = {
  state: 'initiated',
  outcome: null,
  detection: null,
  ringing_at: null,
  answered_at: null,
  connected_at: null,
  agent_id: null,
  abandoned_at: null,
  ended_at: null,
  hangup_cause: null,
  recording_url: null,
  cost: null,
  cost_currency: null,
}

/**
 * Merges one event into a call. Facts about a time already known, and every event after the end except the times
 * it fills in, change nothing, so any order and any doubling of one call's events gives the same call.
 */
export function mergeEvent(call: CallFacts, event: CallEvent): CallFacts {
  switch (event.kind) {
    case 'ringing':
      return settle({ ...call, ringing_at: earlier(call.ringing_at, event.at) })
    case 'answered':
      return settle({ ...call, answered_at: earlier(call.answered_at, event.at) })
    case 'detected':
      return call.detection === null ? settle({ ...call, detection: event.detection }) : call
    case 'connected':
      return isFirst(event, call) ? settle({ ...call, connected_at: event.at, agent_id: event.agent_id }) : call
    case 'abandoned':
      return settle({ ...call, abandoned_at: earlier(call.abandoned_at, event.at) })
    case 'recorded':
      return isFirstUrl(event.url, call.recording_url) ? { ...call, recording_url: event.url } : call
    case 'billed':
      return isHigherBill(event, call) ? { ...call, cost: event.cost, cost_currency: event.currency } : call
    case 'ended':
      if (call.ended_at !== null) return call
      return settle({
        ...call,
        ended_at: event.at,
        outcome: event.outcome,
        hangup_cause: event.cause ?? null,
        answered_at: event.answered_at ? earlier(call.answered_at, event.answered_at) : call.answered_at,
      })
  }
}

/** Whether this event made the call end, so that what follows from an end happens once. */
export function hasJustEnded(before: CallFacts, after: CallFacts): boolean {
  return before.ended_at === null && after.ended_at !== null
}

/** Outcomes that mean somebody or something picked up. */
export function wasAnswered(outcome: Outcome): boolean {
  return answeredOutcomes.has(outcome)
}
const answeredOutcomes: ReadonlySet<Outcome> = new Set(['human', 'machine', 'answered', 'fax', 'screened', 'abandoned'])

/** Something of the call reached the person's phone. */
export function hasRung({ ringing_at, answered_at }: CallFacts): boolean {
  return ringing_at !== null || answered_at !== null
}

/** A carrier could not make the call at that time, and rang nobody. */
export function wasRefused(call: CallFacts): boolean {
  return call.outcome === 'congestion' && !hasRung(call)
}

function settle(call: CallFacts): CallFacts {
  const state = call.ended_at ? 'ended' : call.answered_at ? 'answered' : call.ringing_at ? 'ringing' : 'initiated'
  return { ...call, state, outcome: settleOutcome(call) }
}

/** An answer that nobody of ours heard in time is an abandoned call, whatever the detection made of it. */
function settleOutcome({ outcome, detection, abandoned_at }: CallFacts): Outcome | null {
  if (outcome === null || !wasAnswered(outcome)) return outcome
  if (abandoned_at !== null) return 'abandoned'
  return outcome === 'answered' ? refine(detection) : outcome
}

/** Two told for one instant are set in order by their agents. */
function isFirst({ at, agent_id }: { at: string; agent_id: string }, call: CallFacts): boolean {
  if (call.connected_at === null || at < call.connected_at) return true
  return at === call.connected_at && agent_id < (call.agent_id as string)
}

/** Of several recordings always the same one is kept: the first in the order of their addresses. */
function isFirstUrl(told: string, known: string | null): boolean {
  return /^https?:/.test(told) && (known === null || told < known)
}

/** Of several bills the highest is kept; two of one height are set in order by their currencies. */
function isHigherBill({ cost, currency }: { cost: number; currency: string }, call: CallFacts): boolean {
  if (call.cost === null || call.cost_currency === null) return true
  return cost > call.cost || (cost === call.cost && currency < call.cost_currency)
}

/** An end reported as plain `answered` takes the word of the detection, whichever arrives first. */
function refine(detection: Detection | null): Outcome {
  return detection === null || detection === 'unknown' ? 'answered' : detection
}

function earlier(known: string | null, told: string): string {
  return known === null || told < known ? told : known
}
