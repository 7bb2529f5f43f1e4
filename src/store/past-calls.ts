import type { EndedDial } from '#domain/forecast/past-call.ts'
import type { Tx } from './tx.ts'

export interface EndedDials {
  dials: EndedDial[]
  /** Seconds. */
  wraps: number[]
}

/**
 * The last dials for agents that were begun before an instant, and how long the wrap-ups of those calls were: a campaign's
 * own, or (`others`) those of the workspace's other campaigns.
 */
export async function readEndedDials(
  tx: Tx,
  workspaceId: string,
  { campaign_id, others, before }: { campaign_id: string; others: boolean; before: number },
  limit: number,
): Promise<EndedDials> {
  const { rows } = await tx.query<EndedDial & { wrap: number | null }>({
    name: others ? 'read-ended-dials-of-others' : 'read-ended-dials',
    text: `
      with last as materialized (
        select id, live_at from attempts
        where workspace_id = $1 and ${others ? '(campaign_id is null or campaign_id <> $2)' : 'campaign_id = $2'}
          and not agentless and state = 'ended' and kind = 'campaign' and intent_at <= $3
        order by id desc limit $4
      )
      select c.outcome, last.live_at is not null as live, c.agent_id, (c.initiated_at at time zone 'UTC')::date::text as day,
        ${seconds('coalesce(c.answered_at, c.ended_at)', 'c.initiated_at')} as ring,
        ${seconds('coalesce(last.live_at, c.ended_at)', 'c.answered_at')} as heard,
        ${seconds('c.ended_at', 'c.connected_at')} as talk,
        (select ${seconds('n.at', 't.at')} from agent_transitions t
          join agent_transitions n on n.workspace_id = $1 and n.session_id = t.session_id and n.step = t.step + 1
          where t.workspace_id = $1 and t.call_id = c.id and t.to_state = 'wrap_up' order by t.at limit 1) as wrap
      from last join calls c on c.workspace_id = $1 and c.id = last.id
      where c.outcome is not null and c.ended_at is not null`,
    values: [workspaceId, campaign_id, new Date(before), limit],
  })
  return { dials: rows, wraps: rows.flatMap(({ wrap }) => wrap ?? []) }
}

/** Leads of a campaign that are not final. */
export async function countOpenLeads(tx: Tx, workspaceId: string, campaignId: string): Promise<number> {
  const { rows } = await tx.query<{ n: number }>({
    name: 'count-open-leads',
    text: `select count(*)::int as n from leads where workspace_id = $1 and campaign_id = $2
      and status in ('pending', 'callback', 'calling')`,
    values: [workspaceId, campaignId],
  })
  return (rows[0] as { n: number }).n
}

function seconds(until: string, since: string): string {
  return `case when ${since} <= ${until} then extract(epoch from ${until} - ${since})::double precision end`
}
