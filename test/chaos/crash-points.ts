/**
 * The moments of a dial at which a dialer dies by intent. Each is told by the statement that brings it about, so that the
 * product itself knows nothing of them.
 */
interface Moment {
  statement: string
  dies: 'before it' | 'after its commit'
}

export const crashPoints = {
  after_claim: { statement: 'insert-claims', dies: 'after its commit' },
  /** The command has not left. */
  after_intent: { statement: 'write-intents', dies: 'after its commit' },
  /** The carrier has the call, and nothing of its answer is written down. */
  after_carrier_took: { statement: 'record-dialed', dies: 'before it' },
  /** Not yet applied. */
  after_report_stored: { statement: 'append-reports', dies: 'after its commit' },
  /** The call and its attempt have ended; the lead has no future yet. */
  before_lead_future: { statement: 'finish-leads', dies: 'before it' },
} satisfies Record<string, Moment>

export type CrashPoint = keyof typeof crashPoints

/** What a run tells its dialers (./dialer.ts). */
export type Order = { die_at: CrashPoint } | { clock_ahead_ms: number }
