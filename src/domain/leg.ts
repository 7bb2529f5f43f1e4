/**
 * The line between a carrier and one of ours: an agent, or a supervisor who joins. It is held open from call to call, so
 * that an answer is bridged at once. Told late, twice and out of order like a call, it is the merge of its facts.
 *
 *   opening → up → down        (a leg that nobody answered goes down without ever being up)
 */
export const legStates = ['opening', 'up', 'down'] as const
export type LegState = (typeof legStates)[number]

/** One thing that happened to a leg, in our words. Times are ISO 8601 in UTC, by the carrier's clock. */
export type LegEvent =
  | { kind: 'leg_up'; at: string }
  | {
      kind: 'leg_down'
      at: string
      /** The carrier's own word or number for why it ended. */
      cause?: string
    }

/** The merged facts of a leg. */
export interface LegFacts {
  state: LegState
  up_at: string | null
  down_at: string | null
  hangup_cause: string | null
}

export const newLeg: LegFacts = { state: 'opening', up_at: null, down_at: null, hangup_cause: null }

/** Merges one event into a leg: of each kind the earliest stands, so any order and any doubling gives the same leg. */
export function mergeLegEvent(leg: LegFacts, event: LegEvent): LegFacts {
  if (event.kind === 'leg_up') {
    const up_at = leg.up_at === null || event.at < leg.up_at ? event.at : leg.up_at
    return { ...leg, up_at, state: leg.down_at === null ? 'up' : 'down' }
  }
  // A carrier's empty word is none.
  const cause = event.cause || null
  if (leg.down_at !== null && !isBefore([event.at, cause ?? ''], [leg.down_at, leg.hangup_cause ?? ''])) return leg
  return { ...leg, state: 'down', down_at: event.at, hangup_cause: cause }
}

/** Two ends told for one instant are set in order by their causes. */
function isBefore([at, cause]: [string, string], [other_at, other_cause]: [string, string]): boolean {
  return at === other_at ? cause < other_cause : at < other_at
}
