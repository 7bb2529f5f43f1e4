import { outcomes, wasAnswered } from '#domain/call.ts'
import type { Tx } from './tx.ts'

/** A recount of a campaign at one instant. */
export interface ProgressCount {
  leads: { total: number; by_status: Record<string, number> }
  due_now: number
  /**
   * Leads that become due later, by the rule that holds them; `retry` where only their own time does. Of those that wait
   * for their own time `callbacks` were promised it.
   */
  waiting: { total: number; next_due_at: string | null; by_rule: Record<string, number>; callbacks: number }
  /** Settled by a rule, not by a call. */
  skipped_by_reason: Record<string, number>
  attempts: { total: number; in_flight: number; dialed: number; answered: number; dropped: number; unknown: number }
  /** How the dialed attempts that are over ended. */
  by_outcome: Record<string, number>
  /** What was said of its calls: how many were contacts and successes by their categories. */
  dispositions: { total: number; contacts: number; successes: number; by_key: Record<string, number> }
  importing: number
}

const answered = outcomes.filter(wasAnswered)

/** Counts leads, attempts and imports in one statement, so that the figures belong to one moment. */
export async function countProgress(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  at: number,
): Promise<ProgressCount> {
  const { rows } = await tx.query<{ progress: ProgressCount }>({
    name: 'count-progress',
    text: `
      with lead as materialized (
        select status, count(*) as n, count(*) filter (where due_at <= $3) as due,
          count(*) filter (where due_at > $3) as later,
          count(*) filter (where due_at > $3 and status = 'callback' and coalesce(held_by, 'lead_not_before') = 'lead_not_before') as promised,
          min(due_at) filter (where due_at > $3) as next_due,
          case when status in ('skipped', 'do_not_call', 'failed') then coalesce(held_by, 'other')
            when due_at > $3 then coalesce(held_by, 'retry') end as rule
        from leads where workspace_id = $1 and campaign_id = $2 group by status, rule
      ), attempt as materialized (
        select state, outcome, intent_at is not null and state <> 'dropped' as dialed, ended_at is null as live, count(*) as n
        from attempts where workspace_id = $1 and campaign_id = $2 group by 1, 2, 3, 4
      ), said as materialized (
        select d.key, d.counts_as_contact, d.success, count(*) as n from call_dispositions x
        join disposition_categories d on d.workspace_id = $1 and d.id = x.disposition_id
        where x.workspace_id = $1 and x.campaign_id = $2 group by 1, 2, 3
      )
      select jsonb_build_object(
        'leads', jsonb_build_object(
          'total', (select coalesce(sum(n), 0) from lead),
          'by_status', (select coalesce(jsonb_object_agg(status, n), '{}')
            from (select status, sum(n) as n from lead group by status) s)),
        'due_now', (select coalesce(sum(due), 0) from lead),
        'waiting', jsonb_build_object(
          'total', (select coalesce(sum(later), 0) from lead),
          'next_due_at', (select to_char(min(next_due) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from lead),
          'by_rule', (select coalesce(jsonb_object_agg(rule, n), '{}')
            from (select rule, sum(later) as n from lead where later > 0 group by rule) r),
          'callbacks', (select coalesce(sum(promised), 0) from lead)),
        'skipped_by_reason', (select coalesce(jsonb_object_agg(rule, n), '{}')
          from (select rule, sum(n) as n from lead where status in ('skipped', 'do_not_call') group by rule) k),
        'attempts', (select jsonb_build_object(
          'total', coalesce(sum(n), 0),
          'in_flight', coalesce(sum(n) filter (where live), 0),
          'dialed', coalesce(sum(n) filter (where dialed), 0),
          'answered', coalesce(sum(n) filter (where dialed and outcome = any ($4)), 0),
          'dropped', coalesce(sum(n) filter (where state = 'dropped'), 0),
          'unknown', coalesce(sum(n) filter (where state = 'unknown'), 0)) from attempt),
        'by_outcome', (select coalesce(jsonb_object_agg(outcome, n), '{}')
          from (select outcome, sum(n) as n from attempt where state = 'ended' and outcome is not null group by outcome) o),
        'dispositions', (select jsonb_build_object(
          'total', coalesce(sum(n), 0),
          'contacts', coalesce(sum(n) filter (where counts_as_contact), 0),
          'successes', coalesce(sum(n) filter (where success), 0),
          'by_key', coalesce(jsonb_object_agg(key, n), '{}')) from said),
        'importing', (select count(*) from imports
          where workspace_id = $1 and campaign_id = $2 and status in ('pending', 'processing'))
      ) as progress`,
    values: [workspaceId, campaignId, new Date(at), answered],
  })
  return (rows[0] as { progress: ProgressCount }).progress
}

/** The first lead to become due of those that one of these rules holds. */
export async function findFirstHeld(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  rules: string[],
  at: number,
): Promise<{ lead_id: string; due_at: number } | null> {
  const { rows } = await tx.query<{ lead_id: string; due_at: Date }>({
    name: 'find-first-held',
    text: `select id as lead_id, due_at from leads
      where workspace_id = $1 and campaign_id = $2 and due_at > $4 and held_by = any ($3) order by due_at, id limit 1`,
    values: [workspaceId, campaignId, rules, new Date(at)],
  })
  const [first] = rows
  return first ? { ...first, due_at: first.due_at.getTime() } : null
}

/** How many of a campaign's leads are being called or may still be, now or later. */
export async function countCallableLeads(tx: Tx, workspaceId: string, campaignId: string): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    `select count(*)::int as n from leads where workspace_id = $1 and campaign_id = $2
       and (status = 'calling' or status in ('pending', 'callback') and due_at is not null)`,
    [workspaceId, campaignId],
  )
  return rows[0]?.n ?? 0
}
