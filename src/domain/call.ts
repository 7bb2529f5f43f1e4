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
  | {
      kind: 'ended'
      at: string
      outcome: Outcome
      /** Set by carriers that repeat the answer time in the final report; makes a lost `answered` harmless. */
      answered_at?: string
      /** The carrier's own word or number for why it ended. */
      cause?: string
    }
