import { z } from 'zod'
import type { CampaignCounts } from '#store/campaign-counts.ts'
import { type CampaignOfAgent, campaignOrderings } from '#store/numbered-campaigns.ts'
import { freeObject, name } from '../../http/schema.ts'
import { percent } from '../percent.ts'
import { asked, numberQuery, pageQuery, searchQuery } from './pages.ts'
import { campaignWords, sayCampaignStatus, segments, showTime, showTimeOrNull } from './words.ts'

export const newCampaign = z.object({
  campaign_name: name,
  segment: z.enum(segments),
  agent: z.number().int(),
  duration_days: z.number().int().min(1).max(3650).default(1),
  metadata: freeObject.default({}),
})
export const campaignChange = z.object({
  campaign_name: name.optional(),
  segment: z.enum(segments).optional(),
  agent: z.number().int().optional(),
  duration_days: z.number().int().min(1).max(3650).optional(),
  metadata: freeObject.optional(),
})

export const campaignQuery = z.object({
  ...pageQuery,
  agent: numberQuery,
  segment: asked(z.enum(segments)),
  status: asked(z.enum(campaignWords)),
  search: searchQuery,
  ordering: asked(z.enum(campaignOrderings)),
})

export const campaignFields = { name: 'campaign_name', agent_ids: 'agent', code: 'campaign_id' }

/** How the old system counted: calls by how they ended, leads by whether they were tried. */
function figuresOf({ leads, called_leads, by_call_status: calls }: CampaignCounts) {
  const { completed = 0, failed = 0, busy = 0, canceled = 0, 'no-answer': no_answer = 0 } = calls
  return {
    total_leads: leads,
    called_leads,
    completed_calls: completed,
    failed_calls: failed + busy + canceled,
    no_answer_calls: no_answer,
  }
}

export function showCampaign(campaign: CampaignOfAgent, counts: CampaignCounts) {
  const figures = figuresOf(counts)
  return {
    id: campaign.number,
    campaign_id: campaign.code ?? campaign.id,
    campaign_name: campaign.name,
    segment: campaign.segment,
    agent: campaign.agent_number ?? 0,
    agent_name: campaign.agent_code ?? '',
    status: sayCampaignStatus(campaign.status),
    duration_days: campaign.duration_days ?? 1,
    created_at: showTime(campaign.created_at),
    started_at: showTimeOrNull(campaign.started_at),
    completed_at: showTimeOrNull(campaign.completed_at),
    updated_at: showTime(campaign.updated_at),
    ...figures,
    leads_count: figures.total_leads,
    completion_percentage: percent(figures.called_leads, figures.total_leads),
    metadata: campaign.metadata,
  }
}
export type ShownCampaign = ReturnType<typeof showCampaign>

export function showStats(campaign: CampaignOfAgent, counts: CampaignCounts, pending_leads: number) {
  const { total_leads, called_leads, ...calls } = figuresOf(counts)
  return {
    campaign_id: campaign.code ?? campaign.id,
    total_leads,
    pending_leads,
    called_leads,
    ...calls,
    total_calls: counts.calls,
    completion_rate: percent(called_leads, total_leads),
    success_rate: percent(calls.completed_calls, called_leads),
  }
}
