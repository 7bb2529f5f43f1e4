import type { RefusalForm } from '../../http/errors.ts'
import { problems, type Refusal } from '../../http/problems.ts'

/** `{"error": "…"}`, in the few statuses that the older client knows. */
export const refusals: RefusalForm = (refusal) => {
  const { members } = refusal
  const detail = refusal.detail.replaceAll(named, (word) => names[word] ?? word)
  const allowed = Array.isArray(members.allowed) ? ` Allowed: ${members.allowed.join(', ')}.` : ''
  return { status: statusOf(refusal), type: 'application/json; charset=utf-8', body: { error: detail + allowed } }
}

/** How the client calls what a refusal names. */
const names: Record<string, string> = {
  callback_at: 'follow_up_date',
  callback_on: 'follow_up_date',
  window_start: 'active_hours.start',
  window_end: 'active_hours.end',
}
const named = new RegExp(`\\b(${Object.keys(names).join('|')})(?=: )`, 'g')

function statusOf({ refused, members }: Refusal): number {
  // What can not be used is malformed here; 422 says that a call is forbidden for good, 409 that it is for now.
  if (refused === 'invalid-values') return 400
  if (refused === 'not-callable' && members.next_lawful_at === null) return 422
  return problems[refused].status
}
