/**
 * The lead's states. `pending` and `callback` may become due; `calling` has a live attempt; the others are final.
 *
 *   pending  → calling, called, skipped, do_not_call, failed     callback → calling, called, skipped, do_not_call, failed
 *   calling  → pending, callback, completed, failed, do_not_call, skipped
 *   completed, called, failed, skipped, do_not_call → pending only when somebody says so (a lead re-queued by hand)
 */
export const leadStatuses = [
  'pending',
  'calling',
  'callback',
  'completed',
  'called',
  'failed',
  'skipped',
  'do_not_call',
] as const
export type LeadStatus = (typeof leadStatuses)[number]

export const finalLeadStatuses = ['completed', 'called', 'failed', 'skipped', 'do_not_call'] as const

export function isFinal(status: LeadStatus): boolean {
  return (finalLeadStatuses as readonly string[]).includes(status)
}
