import { findPromisedTime, isRefusedTime, type PromisedTime, type WantedTime } from '#dialer/callbacks.ts'
import type { LeadEvidence } from '#store/lead-evidence.ts'
import { type Refusal, refuseValues } from '../../http/problems.ts'

/** The time that is to be promised; a refusal names the rule against it and the next instant that has none. */
export function readPromisedTime(
  lead: LeadEvidence,
  { path, wanted }: { path: string; wanted: WantedTime },
  at: number,
): PromisedTime | Refusal {
  const time = findPromisedTime(lead, wanted, at)
  if (!isRefusedTime(time)) return time
  const { rule, detail, next_lawful_at } = time
  const refusal = refuseValues([{ path, message: `can't be promised (${rule}): ${detail}` }])
  const next = next_lawful_at === null ? null : new Date(next_lawful_at)
  return { ...refusal, members: { ...refusal.members, rule, next_lawful_at: next } }
}
