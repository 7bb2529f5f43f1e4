/** Whether a number, or a trunk, is answered less often than it was: carriers and phones mark numbers as spam, silently. */

/** Calls that rang, and those of them that somebody or something answered. */
export interface AnswerCount {
  calls: number
  answered: number
}

/** The normal distribution's one-sided quantile of one in a thousand: as often a look at an unchanged rate is mistaken. */
const surprising = 3.09
/** Below it the normal distribution fits too badly. */
const fewest_calls = 50

/**
 * The one-sided test of two proportions with a pooled variance: z = (p1 − p2) / √(p (1 − p) (1/n1 + 1/n2)), where p is the rate
 * of both together.
 */
export function hasFallen(before: AnswerCount, lately: AnswerCount): boolean {
  if (Math.min(before.calls, lately.calls) < fewest_calls) return false
  const pooled = (before.answered + lately.answered) / (before.calls + lately.calls)
  const variance = pooled * (1 - pooled) * (1 / before.calls + 1 / lately.calls)
  const fall = before.answered / before.calls - lately.answered / lately.calls
  return fall > surprising * Math.sqrt(variance)
}
