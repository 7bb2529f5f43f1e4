import { moveCampaign } from './campaigns.ts'
import { announce } from './live-events.ts'
import type { Tx } from './tx.ts'

export interface CalendarMove {
  id: string
  status: string
}

/** Starts the scheduled campaigns whose day has come, by their own zone. */
export async function startScheduled(tx: Tx, workspaceId: string, at: number): Promise<CalendarMove[]> {
  const { rows } = await tx.query<CalendarMove>({
    name: 'start-scheduled',
    text: `update campaigns set status = 'active', status_reason = null, started_at = coalesce(started_at, $2), updated_at = $2,
        status_by = null, status_at = $2
      where workspace_id = $1 and status = 'scheduled' and start_date is not null
        and start_date <= ($2 at time zone time_zone)::date
      returning id, status`,
    values: [workspaceId, new Date(at)],
  })
  return rows
}

/**
 * Locks a campaign that completed when it was done and whose last day is not over, so that leads added to it set it going
 * again; false for any other. Taken before the leads, as everybody does who takes both.
 */
export async function lockReopenable(tx: Tx, workspaceId: string, campaignId: string, at: number): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'lock-reopenable',
    text: `select from campaigns where workspace_id = $1 and id = $2 and status = 'completed' and completes = 'when_done'
      and (end_date is null or end_date >= ($3::timestamptz at time zone time_zone)::date) for no key update`,
    values: [workspaceId, campaignId, new Date(at)],
  })
  return rowCount === 1
}

/** Sets a campaign going again that was locked so, and announces it. */
export async function reopenCampaign(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  at: number,
  reason = 'leads were added',
): Promise<void> {
  const moved = await moveCampaign(tx, workspaceId, campaignId, { to: 'active', reason, at })
  await announce(tx, workspaceId, 'campaign.updated', { campaign_id: campaignId, status: moved?.status }, at)
}

/**
 * Completes the active campaigns that are over: past their last day, or, where they complete when done, with no lead
 * that can become due, nothing in flight and nothing importing.
 */
export async function completeFinished(tx: Tx, workspaceId: string, at: number): Promise<CalendarMove[]> {
  const { rows: over } = await tx.query<{ id: string }>({
    name: 'find-finished',
    text: `select id from campaigns c where c.workspace_id = $1 and ${isOver} order by id for update skip locked`,
    values: [workspaceId, new Date(at)],
  })
  if (over.length === 0) return []
  // Asked again under the lock, which whoever adds leads would hold: what they added meanwhile is seen now.
  const { rows } = await tx.query<CalendarMove>({
    name: 'complete-finished',
    text: `update campaigns c set status = 'completed', completed_at = $2, updated_at = $2, status_by = null, status_at = $2,
        status_reason = case when c.completes = 'when_done' then 'every lead is done' else 'its last day is over' end
      where c.workspace_id = $1 and c.id = any ($3) and ${isOver}
      returning id, status`,
    values: [workspaceId, new Date(at), over.map(({ id }) => id)],
  })
  return rows
}

/** Pauses the active campaigns whose run of a few calls is spent: each of them has left, and none can come back. */
export async function pauseSpentRuns(tx: Tx, workspaceId: string, at: number): Promise<CalendarMove[]> {
  const { rows: spent } = await tx.query<{ id: string }>({
    name: 'find-spent-runs',
    text: `select id from campaigns c where c.workspace_id = $1 and ${isSpent} order by id for no key update skip locked`,
    values: [workspaceId],
  })
  if (spent.length === 0) return []
  const { rows } = await tx.query<CalendarMove>({
    name: 'pause-spent-runs',
    text: `update campaigns c set status = 'paused', status_reason = 'this run''s ' || c.run_limit || ' calls were made', updated_at = $2,
        status_by = null, status_at = $2
      where c.workspace_id = $1 and c.id = any ($3) and ${isSpent} returning id, status`,
    values: [workspaceId, new Date(at), spent.map(({ id }) => id)],
  })
  return rows
}

const ofRun = `select from attempts a where a.workspace_id = $1 and a.campaign_id = c.id and a.id >= c.run_from
  and a.kind in ('campaign', 'manual')`
/** What is claimed, being dialed or unknown may still be dropped, and then another call goes in its place. */
const isSpent = `c.status = 'active' and c.run_limit is not null
  and not exists (${ofRun} and a.state in ('claimed', 'dialing', 'unknown'))
  and (select count(*) from (${ofRun} and a.state <> 'dropped' limit c.run_limit) made) >= c.run_limit`

const isOver = `c.status = 'active' and (
  (c.end_date is not null and c.end_date < ($2 at time zone c.time_zone)::date)
  or (c.completes = 'at_end' and c.duration_days is not null
    and ($2 at time zone c.time_zone)::date >= (c.started_at at time zone c.time_zone)::date + c.duration_days)
  or (c.completes = 'when_done' and c.had_leads
    and not exists (select from leads l where l.workspace_id = $1 and l.campaign_id = c.id and l.due_at is not null)
    and not exists (select from attempts a where a.workspace_id = $1 and a.campaign_id = c.id and a.ended_at is null)
    and not exists (select from imports i where i.workspace_id = $1 and i.campaign_id = c.id
      and i.status in ('pending', 'processing'))))`
