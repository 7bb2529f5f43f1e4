import type { LeadStatus } from '#domain/lead.ts'
import type { Tx } from './tx.ts'

/** How a call stands, in one of eight words: those older systems know. */
export const callStatuses = [
  'initiated',
  'ringing',
  'answered',
  'completed',
  'failed',
  'busy',
  'no-answer',
  'canceled',
] as const
export type CallStatus = (typeof callStatuses)[number]

/** A recount of one campaign. */
export interface CampaignCounts {
  leads: number
  /** Leads with at least one attempt. */
  called_leads: number
  by_lead_status: Partial<Record<LeadStatus, number>>
  calls: number
  by_call_status: Partial<Record<CallStatus, number>>
}

/** Counts the leads and calls of these campaigns; each of them has its counts. */
export async function countCampaigns(
  tx: Tx,
  workspaceId: string,
  campaignIds: string[],
): Promise<Map<string, CampaignCounts>> {
  const { rows } = await tx.query<CampaignCounts & { id: string }>({
    name: 'count-campaigns',
    text: `
      select w.id, l.*, c.* from unnest($2::uuid[]) as w (id),
      lateral (
        select coalesce(sum(n), 0)::int as leads, coalesce(sum(called), 0)::int as called_leads,
          coalesce(jsonb_object_agg(status, n), '{}') as by_lead_status
        from (select status, count(*) as n, count(*) filter (where attempts > 0 or carrier_faults > 0) as called
          from leads where workspace_id = $1 and campaign_id = w.id group by status) s
      ) l,
      lateral (
        select coalesce(sum(n), 0)::int as calls, coalesce(jsonb_object_agg(status, n), '{}') as by_call_status
        from (select call_status(state, outcome, answered_at is not null) as status, count(*) as n
          from calls where workspace_id = $1 and campaign_id = w.id group by 1) s
      ) c`,
    values: [workspaceId, campaignIds],
  })
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}
