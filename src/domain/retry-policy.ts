import { type Outcome, outcomes } from './call.ts'
import type { OutcomePolicy, RetryPolicy } from './retry.ts'

/** As the campaign keeps it: `{"busy": {"delay_seconds": 300, "max_attempts": 2, "next_phone": true}, …}`. */
export interface RetryRule {
  delay_seconds?: number
  max_attempts?: number
  next_phone?: boolean
  next_daypart?: boolean
}

export interface RetryRules {
  retry_interval_seconds: number | null
  retry_rules: { [outcome: string]: RetryRule | undefined }
  /** By the disposition's key. */
  disposition_rules: { [key: string]: RetryRule }
}

/** The campaign's retry rules as the retry of an attempt takes them. */
export function policyOf(rules: RetryRules, maxAttempts: number): RetryPolicy {
  const seconds = rules.retry_interval_seconds
  const own = outcomes.flatMap((outcome): [Outcome, OutcomePolicy][] => {
    const rule = rules.retry_rules[outcome]
    return rule ? [[outcome, toPolicy(rule)]] : []
  })
  const said = Object.entries(rules.disposition_rules).map(([key, rule]) => [key, toPolicy(rule)] as const)
  return {
    max_attempts: maxAttempts,
    retry_interval_ms: seconds === null ? null : seconds * 1000,
    outcomes: Object.fromEntries(own),
    dispositions: Object.fromEntries(said),
  }
}

function toPolicy({ delay_seconds, ...rest }: RetryRule): OutcomePolicy {
  return { delay_ms: delay_seconds === undefined ? null : delay_seconds * 1000, ...rest }
}
