/** The words of the older client, and what they are in the model; one that several share stands for all of them. */
import type { CallFacts } from '#domain/call.ts'
import type { CampaignMode, CampaignStatus } from '#domain/campaign.ts'
import type { LeadStatus } from '#domain/lead.ts'
import type { CallStatus } from '#store/campaign-counts.ts'
import type { Act } from '../../features/campaigns/acts.ts'

export const campaignWords = ['draft', 'active', 'paused', 'completed', 'archived'] as const
export type CampaignWord = (typeof campaignWords)[number]

const campaignStatuses: Record<CampaignWord, CampaignStatus[]> = {
  draft: ['draft', 'scheduled'],
  active: ['active'],
  paused: ['paused'],
  completed: ['completed'],
  archived: ['archived', 'cancelled'],
}

/** What a client does by naming the status that it wants. */
export const actsOfWords: Partial<Record<CampaignWord, Act>> = {
  active: 'start',
  paused: 'pause',
  completed: 'stop',
  archived: 'archive',
}

export const typeWords = ['manual', 'power', 'predictive', 'preview'] as const
export type TypeWord = (typeof typeWords)[number]

const modes: Record<TypeWord, CampaignMode[]> = {
  manual: ['manual'],
  power: ['power', 'progressive', 'ai', 'broadcast'],
  predictive: ['predictive'],
  preview: ['preview'],
}

export const contactWords = ['pending', 'calling', 'completed', 'failed', 'do-not-call', 'callback'] as const
export type ContactWord = (typeof contactWords)[number]

const leadStatuses: Record<ContactWord, LeadStatus[]> = {
  pending: ['pending'],
  calling: ['calling'],
  completed: ['completed', 'called'],
  failed: ['failed', 'skipped'],
  'do-not-call': ['do_not_call'],
  callback: ['callback'],
}

export const dispositionWords = [
  'interested',
  'not-interested',
  'callback',
  'wrong-number',
  'no-answer',
  'voicemail',
  'do-not-call',
  'qualified',
  'not-qualified',
] as const

export const statusesOf = (word: CampaignWord): CampaignStatus[] => campaignStatuses[word]
export const modesOf = (word: TypeWord): CampaignMode[] => modes[word]
export const leadStatusesOf = (word: ContactWord): LeadStatus[] => leadStatuses[word]
export const wordOfStatus = (status: CampaignStatus): CampaignWord => find(campaignStatuses, status)
export const wordOfMode = (mode: CampaignMode): TypeWord => find(modes, mode)
export const wordOfLead = (status: LeadStatus): ContactWord => find(leadStatuses, status)

/** A disposition's key as it is spelt here; so are those that a workspace has added. */
export function wordOfDisposition(key: string): string {
  return key.replaceAll('_', '-')
}

/** How a call stands by facts that a carrier has just told, as `call_status` says it of those in the store. */
export function wordOfCall({ state, outcome, answered_at }: CallFacts): CallStatus {
  if (state !== 'ended') return state
  if (answered_at !== null) return 'completed'
  if (outcome === 'no_answer') return 'no-answer'
  return outcome === 'busy' || outcome === 'canceled' ? outcome : 'failed'
}

function find<Word extends string, Known>(table: Record<Word, Known[]>, known: Known): Word {
  const found = (Object.entries(table) as [Word, Known[]][]).find(([, all]) => all.includes(known))
  if (!found) throw new Error(`the older client has no word for ${known}`)
  return found[0]
}
