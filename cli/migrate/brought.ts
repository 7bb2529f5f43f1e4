import type { paths } from '@outdial/sdk'

type Body<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Sent } } }
}
  ? Sent
  : never

export type AgentBody = Body<'/api/v1/agents'> & { code: string }
export type CampaignBody = Body<'/api/v1/campaigns'> & { code: string }
export type LeadBody = Body<'/api/v1/campaigns/{id}/leads'>['leads'][number] & { phone: string }
export type PastCallBody = Body<'/api/v1/history/calls'>['calls'][number]
export type PastLeadBody = Body<'/api/v1/history/leads'>['leads'][number]

/** How older systems say that a call stands. */
export const oldStatuses = [
  'initiated',
  'ringing',
  'answered',
  'completed',
  'failed',
  'busy',
  'no-answer',
  'canceled',
] as const

/** What an older system told of itself, in our words. Things name each other by the old ids. */
export interface Brought {
  agents: { key: string; body: AgentBody }[]
  campaigns: BroughtCampaign[]
  leads: BroughtLead[]
  calls: BroughtCall[]
  /** Rows that are nothing of ours to keep, by what they are. */
  left: Record<string, number>
}

export interface BroughtCampaign {
  key: string
  body: CampaignBody
  agent_keys: string[]
  /** Over in the old system: it is put away once its past is in. */
  ended: boolean
  /** How many leads the old system says it has; null where it does not. */
  total_leads: number | null
}

export interface BroughtLead {
  campaign_key: string
  body: LeadBody
  past: Omit<PastLeadBody, 'campaign_id' | 'number'>
  /** A promised call. */
  callback_at: string | null
}

export interface BroughtCall {
  campaign_key: string | null
  agent_key: string | null
  body: Omit<PastCallBody, 'campaign_id' | 'agent_id'>
}

export function nothingBrought(): Brought {
  return { agents: [], campaigns: [], leads: [], calls: [], left: {} }
}
