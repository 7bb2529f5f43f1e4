import type { Tx } from './tx.ts'

export interface CalendarMove {
  id: string
  status: string
}

/** Starts the scheduled campaigns whose day has come, by their own zone. */
export async function startScheduled(tx: Tx, workspaceId: string, at: number): Promise<CalendarMove[]> {
  const { rows } = await tx.query<CalendarMove>({
    name: 'start-scheduled',
    text: `update campaigns set status = 'active', status_reason = null, started_at = coalesce(started_at, $2), updated_at = $2
      where workspace_id = $1 and status = 'scheduled' and start_date is not null
        and start_date <= ($2 at time zone time_zone)::date
      returning id, status`,
    values: [workspaceId, new Date(at)],
  })
  return rows
}

/**
 * Completes the active campaigns that are over: past their last day, or, where they complete when done, with no lead
 * that can become due, nothing in flight and nothing importing.
 */
export async function completeFinished(tx: Tx, workspaceId: string, at: number): Promise<CalendarMove[]> {
  const { rows } = await tx.query<CalendarMove>({
    name: 'complete-finished',
    text: `update campaigns c set status = 'completed', completed_at = $2, updated_at = $2,
        status_reason = case when c.completes = 'when_done' then 'every lead is done' else 'its last day is over' end
      where c.workspace_id = $1 and c.status = 'active' and (
        (c.end_date is not null and c.end_date < ($2 at time zone c.time_zone)::date)
        or (c.completes = 'at_end' and c.duration_days is not null
          and ($2 at time zone c.time_zone)::date >= (c.started_at at time zone c.time_zone)::date + c.duration_days)
        or (c.completes = 'when_done' and c.had_leads
          and not exists (select from leads l where l.workspace_id = $1 and l.campaign_id = c.id and l.due_at is not null)
          and not exists (select from attempts a where a.workspace_id = $1 and a.campaign_id = c.id and a.ended_at is null)
          and not exists (select from imports i where i.workspace_id = $1 and i.campaign_id = c.id
            and i.status in ('pending', 'processing'))))
      returning id, status`,
    values: [workspaceId, new Date(at)],
  })
  return rows
}
