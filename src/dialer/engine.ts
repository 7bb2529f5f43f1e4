import type { MatcherEngine } from '#floor/matcher/engine.ts'

/** What every part of the dialer works with. */
export interface Engine extends MatcherEngine {
  /** Names this process in claims and leases; never used twice. */
  worker: string
  /** Lines over all workspaces, when the installation has such a cap. */
  system_cap: number | null
  /**
   * Something in this workspace changed: there may be leads to dial, reports to apply, people or agents who wait for one
   * another, live events to number; or they are numbered, and whoever shows them may look.
   */
  wake(workspaceId: string, what: 'dial' | 'events' | 'floor' | 'live' | 'numbered'): void
}

/** How long a claim or an intent is its worker's alone. */
export const leaseSeconds = 30
/**
 * A command is not sent when its intent is older than this, by this process's own clock: so that whoever waited for the
 * brake is answered after it left, and nobody settles the attempt while it is still to come.
 */
export const sendWithinMs = 500
/** How long a carrier may take to answer a dial before the attempt counts as unknown. */
export const dialTimeoutMs = 10_000
/** The brake is held for a carrier's answer no longer than this. */
export const brakeHoldMs = 1_000
/** Longest call (2 h): an attempt nobody can tell about keeps its slot for ring time-out plus this. */
export const longestCallMs = 2 * 3_600_000
