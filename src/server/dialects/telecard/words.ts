/** The old system's words for what the model says, and its way of writing numbers, dates and shares. */
import type { AgentState } from '#domain/agent-session.ts'
import type { CampaignStatus } from '#domain/campaign.ts'
import type { LeadStatus } from '#domain/lead.ts'
import type { NumberRules } from '#domain/phone-number.ts'

export const segments = ['follow_up', 'active', 'growth', 'active_churn', 'growth_churn', 'acquisition'] as const
export type Segment = (typeof segments)[number]

export const agentWords = ['available', 'busy', 'break', 'offline'] as const
export type AgentWord = (typeof agentWords)[number]
export const agentStatesOf: Record<AgentWord, readonly AgentState[]> = {
  available: ['available'],
  busy: ['reserved', 'on_call', 'wrap_up'],
  break: ['break'],
  offline: ['offline'],
}

export const campaignWords = ['draft', 'active', 'paused', 'completed', 'archived'] as const
export type CampaignWord = (typeof campaignWords)[number]
export const campaignStatusesOf: Record<CampaignWord, readonly CampaignStatus[]> = {
  draft: ['draft', 'scheduled'],
  active: ['active'],
  paused: ['paused'],
  completed: ['completed'],
  archived: ['archived', 'cancelled'],
}

export const leadWords = ['pending', 'called', 'skipped', 'completed', 'failed', 'do_not_call'] as const
export type LeadWord = (typeof leadWords)[number]
/** A lead that was tried and is due again counts as called. */
export const leadStatusesOf: Record<LeadWord, { untried: readonly LeadStatus[]; tried: readonly LeadStatus[] }> = {
  pending: { untried: ['pending', 'calling'], tried: ['calling'] },
  called: { untried: ['callback', 'called'], tried: ['pending', 'callback', 'called'] },
  skipped: { untried: ['skipped'], tried: ['skipped'] },
  completed: { untried: ['completed'], tried: ['completed'] },
  failed: { untried: ['failed'], tried: ['failed'] },
  do_not_call: { untried: ['do_not_call'], tried: ['do_not_call'] },
}

export function sayAgentState(state: string): AgentWord {
  return agentWords.find((word) => agentStatesOf[word].some((each) => each === state)) ?? 'offline'
}

export function sayCampaignStatus(status: CampaignStatus): CampaignWord {
  return campaignWords.find((word) => campaignStatusesOf[word].includes(status)) as CampaignWord
}

export function sayLeadStatus(status: LeadStatus, tries: number): LeadWord {
  const known = tries > 0 ? 'tried' : 'untried'
  return leadWords.find((word) => leadStatusesOf[word][known].includes(status)) as LeadWord
}

/** Numbers without a country are Pakistani, and exports put these letters before them. */
export const numberRules = { country: 'PK', drop_prefixes: ['ap', 'b'] } satisfies NumberRules

/** `923001234567`; empty where there is none. */
export function showDigits(number: string | null): string {
  return number?.replace(/^\+/, '') ?? ''
}

/** `2026-02-09T08:00:00Z`. */
export function showTime(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

export function showTimeOrNull(at: Date | null): string | null {
  return at && showTime(at)
}
