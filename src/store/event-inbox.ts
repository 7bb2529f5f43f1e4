import type { CallEvent } from '#domain/call.ts'
import type { Tx } from './tx.ts'

/** A carrier's report as it came through the door. */
export interface Report {
  trunk_id: string
  event_key: string
  attempt_id: string | null
  provider_call_id: string | null
  event: CallEvent
}

/** Stores reports durably; one that is here already, or was applied before, is not stored twice. */
export async function appendReports(tx: Tx, workspaceId: string, reports: Report[], at: number): Promise<void> {
  await tx.query({
    name: 'append-reports',
    text: `insert into event_inbox (workspace_id, trunk_id, event_key, attempt_id, provider_call_id, event, received_at)
      select $1, r.trunk_id, r.event_key, r.attempt_id, r.provider_call_id, r.event, $3
      from jsonb_to_recordset($2) as r (trunk_id uuid, event_key text, attempt_id uuid, provider_call_id text, event jsonb)
      order by r.trunk_id, r.event_key
      on conflict do nothing`,
    values: [workspaceId, JSON.stringify(reports), new Date(at)],
  })
}

/** A report taken out of the inbox, with the call it speaks of; `call_id` is null when no such call is known. */
export interface TakenReport extends Report {
  id: number
  call_id: string | null
  received_at: Date
}

/** Takes the oldest reports that no other tracker holds. They leave the inbox when this transaction commits. */
export async function takeReports(tx: Tx, workspaceId: string, limit: number): Promise<TakenReport[]> {
  const { rows } = await tx.query<TakenReport>({
    name: 'take-reports',
    text: `
      with taken as (
        delete from event_inbox where (workspace_id, trunk_id, event_key) in (
          select workspace_id, trunk_id, event_key from event_inbox
          where workspace_id = $1 and not waiting order by id limit $2 for update skip locked)
        returning *
      )
      select t.id, t.trunk_id, t.event_key, t.attempt_id, t.provider_call_id, t.event, t.received_at,
        coalesce(
          (select c.id from calls c where c.workspace_id = $1 and c.id = t.attempt_id and c.trunk_id = t.trunk_id),
          case when t.attempt_id is null then (select c.id from calls c where c.workspace_id = $1
            and c.trunk_id = t.trunk_id and c.provider_call_id = t.provider_call_id limit 1) end) as call_id
      from taken t order by t.id`,
    values: [workspaceId, limit],
  })
  return rows
}

/** Puts reports back to wait until a dial's answer names their call. */
export async function returnToWait(tx: Tx, workspaceId: string, reports: TakenReport[]): Promise<void> {
  if (reports.length === 0) return
  await tx.query(
    `insert into event_inbox (workspace_id, trunk_id, event_key, attempt_id, provider_call_id, event, received_at, waiting)
     select $1, r.trunk_id, r.event_key, r.attempt_id, r.provider_call_id, r.event, r.received_at, true
     from jsonb_to_recordset($2) as r (trunk_id uuid, event_key text, attempt_id uuid, provider_call_id text, event jsonb,
       received_at timestamptz)`,
    [workspaceId, JSON.stringify(reports)],
  )
}

/**
 * Sets a report aside with the reason why it can't be applied, for somebody to look at. It gives its key free: should the
 * carrier tell the same again, that is tried anew.
 */
export async function parkReport(
  tx: Tx,
  workspaceId: string,
  report: Pick<Report, 'trunk_id' | 'event_key'>,
  reason: string,
): Promise<void> {
  await tx.query(
    `with parked as (
       delete from event_inbox where workspace_id = $1 and trunk_id = $2 and event_key = $3 and not waiting returning *
     )
     insert into event_inbox (workspace_id, trunk_id, event_key, attempt_id, provider_call_id, event, received_at, waiting,
       parked_reason)
     select $1, $2, 'parked ' || event_key, attempt_id, provider_call_id, event, received_at, true, $4 from parked
     on conflict (workspace_id, trunk_id, event_key) do update
       set event = excluded.event, received_at = excluded.received_at, parked_reason = excluded.parked_reason`,
    [workspaceId, report.trunk_id, report.event_key, reason],
  )
}

/**
 * Lets reports go whose call has got its name since: it may have come in the very moment in which they were put back to
 * wait.
 */
export async function releaseNamedReports(tx: Tx, workspaceId: string): Promise<void> {
  await tx.query({
    name: 'release-named-reports',
    text: `update event_inbox i set waiting = false where i.workspace_id = $1 and i.waiting and i.parked_reason is null
      and exists (select from calls c where c.workspace_id = $1 and c.trunk_id = i.trunk_id
        and c.provider_call_id = i.provider_call_id)`,
    values: [workspaceId],
  })
}
