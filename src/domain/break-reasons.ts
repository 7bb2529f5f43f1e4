/** Why agents take breaks, and how many minutes of a day each may take; null: as many as it needs. */
export interface BreakReason {
  reason: string
  minutes_a_day: number | null
}

/** What a workspace has that named none of its own. */
export const defaultBreakReasons: readonly BreakReason[] = [
  { reason: 'rest', minutes_a_day: 30 },
  { reason: 'lunch', minutes_a_day: 60 },
  { reason: 'training', minutes_a_day: null },
  { reason: 'meeting', minutes_a_day: null },
  { reason: 'technical', minutes_a_day: null },
]

export interface BreakUse {
  used_ms: number
  allowance_ms: number | null
  /** Over the allowance is shown, not forbidden. */
  over: boolean
}

/** How a day's breaks of one reason stand against its allowance; a reason nobody named has none. */
export function measureBreak(reasons: readonly BreakReason[], reason: string | null, usedMs: number): BreakUse {
  const minutes = reasons.find((each) => each.reason === reason)?.minutes_a_day ?? null
  const allowance_ms = minutes === null ? null : minutes * 60_000
  return { used_ms: usedMs, allowance_ms, over: allowance_ms !== null && usedMs > allowance_ms }
}
