/**
 * The campaign's state machine. Anything not in the table is refused with the status it has and the ones it may go to.
 *
 *   draft     → scheduled, active, cancelled, archived      scheduled → draft, active, cancelled
 *   active    → paused, completed, cancelled                paused    → active, completed, cancelled, archived
 *   completed → active (leads added, or resumed), archived  cancelled → archived      archived → nothing
 */
export const campaignStatuses = [
  'draft',
  'scheduled',
  'active',
  'paused',
  'completed',
  'cancelled',
  'archived',
] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

export const campaignModes = ['manual', 'preview', 'power', 'progressive', 'predictive', 'ai', 'broadcast'] as const
export type CampaignMode = (typeof campaignModes)[number]

/** Modes in which no human agent talks: bounded by the owner's and the workspace's limits. */
export const agentlessModes: readonly CampaignMode[] = ['ai', 'broadcast']
/** Modes that dial for agents: one at a phone is rung for their leads. By hand, nobody but the agent says when. */
export const ringingModes: readonly CampaignMode[] = campaignModes.filter(
  (mode) => mode !== 'manual' && !agentlessModes.includes(mode),
)

/** Who goes first of the leads that are due and of the same standing (callback, priority, named). */
export const leadOrders = ['due_first', 'newest_first', 'fewest_attempts_first', 'random'] as const
export type LeadOrder = (typeof leadOrders)[number]

export const completionRules = ['when_done', 'at_end', 'by_hand'] as const
export type CompletionRule = (typeof completionRules)[number]

const transitions: Record<CampaignStatus, readonly CampaignStatus[]> = {
  draft: ['scheduled', 'active', 'cancelled', 'archived'],
  scheduled: ['draft', 'active', 'cancelled'],
  active: ['paused', 'completed', 'cancelled'],
  paused: ['active', 'completed', 'cancelled', 'archived'],
  completed: ['active', 'archived'],
  cancelled: ['archived'],
  archived: [],
}

export function allowedTransitions(from: CampaignStatus): readonly CampaignStatus[] {
  return transitions[from]
}

export function mayMove(from: CampaignStatus, to: CampaignStatus): boolean {
  return transitions[from].includes(to)
}

/** Where nothing is said: an agent hears for themselves whether it is a machine, and nobody who answers waits meanwhile. */
export function detectsByDefault(mode: CampaignMode): boolean {
  return isAgentless(mode)
}

export function isAgentless(mode: CampaignMode): boolean {
  return agentlessModes.includes(mode)
}
