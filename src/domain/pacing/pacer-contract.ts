/**
 * What a pacer is: how many new calls now? Pure; it knows no clock, no I/O and no chance. Times are seconds since the
 * shift began. Optional fields are the product's own: a pacer must do as well as it can without them.
 */
export interface PacerConfig {
  /** Abandoned of live answers over the shift, from 0 to 1. */
  abandonCap: number
  /** How long a live answer may wait for an agent before it counts as abandoned. */
  patience: number
  /** Between two decisions. */
  tick: number
  ringTimeout: number
  /** Length of the shift. */
  shiftEnd: number
  /** Most lines that the campaign may hold at once, dialing and talking. */
  lineCap: number
  /** Rostered. */
  maxAgents: number
  /** Of leads; a lead's segment is known before it is dialed. */
  segments: number
  /** What the cap's period counted before this shift began; without it the shift is a period of its own. */
  before?: { liveAnswers: number; abandoned: number }
  /** What the campaign's last pacer gave as its `memory`, in JSON; anything else is ignored. */
  memory?: unknown
}

export interface AgentView {
  readonly id: number
  readonly state: 'off' | 'idle' | 'talk' | 'wrap' | 'break'
  readonly since: number
  readonly pausePending: boolean
}

/** A call that is not with an agent yet. */
export interface CallView {
  readonly id: number
  readonly state: 'setup' | 'ringing' | 'amd' | 'queued'
  readonly dialedAt: number
  readonly since: number
  readonly segment: number
  /** That it is answered live, as estimated before it was dialed. */
  readonly odds?: number
}

/** Live views, valid during the call only. */
export interface Snapshot {
  readonly now: number
  readonly agents: readonly AgentView[]
  readonly calls: readonly CallView[]
  readonly lineCap: number
  readonly linesInUse: number
  /** Totals of the shift. */
  readonly liveAnswers: number
  readonly abandoned: number
  readonly dialed: number
  /** Of the k-th lead that would be dialed next, from 0. */
  upcomingSegment(k: number): number
  /** That this lead would answer live, from 0 to 1. */
  upcomingOdds?(k: number): number
}

export type PacerEvent =
  | { type: 'dialed'; t: number; callId: number; segment: number }
  /** The line was answered, by a person or a machine. */
  | { type: 'pickup'; t: number; callId: number; dialedAt: number; segment: number }
  | {
      type: 'outcome'
      t: number
      callId: number
      segment: number
      dialedAt: number
      pickedUpAt?: number
      result: 'live' | 'machine' | 'busy' | 'noanswer' | 'failed'
    }
  | { type: 'connected'; t: number; callId: number; agentId: number; waited: number; segment: number }
  | { type: 'abandoned'; t: number; callId: number; segment: number }
  /** `duration` is the time spent in `from`. */
  | { type: 'agent'; t: number; agentId: number; from: AgentView['state']; to: AgentView['state']; duration: number }

/** Why a pacer trusts what it knows too little to dial ahead of its agents. */
export type PacerDoubt = 'clock_jumped' | 'events_missing' | 'events_contradict' | 'trunk_failing'

export interface Pacer {
  /** The caller cuts it to free lines. */
  decide(snapshot: Snapshot): number
  observe?(event: PacerEvent): void
  debug?(): unknown
  /** What is worth keeping for the campaign's next pacer, in JSON. */
  memory?(): unknown
  /** Null while it dials as its mode does; otherwise it dials one call for each idle agent. */
  doubt?(): PacerDoubt | null
}
export type CreatePacer = (config: PacerConfig) => Pacer
