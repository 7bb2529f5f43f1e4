import type { BreakReason } from '#domain/break-reasons.ts'
import { addLimitsRow } from './dial-limits.ts'
import { addDefaultDispositions } from './dispositions.ts'
import type { Tx } from './tx.ts'

export interface Workspace {
  id: string
  name: string
  country: string
  time_zone: string
  visibility: 'all' | 'own'
  concurrent_calls: number
  calls_per_second: number | null
  daily_spend_limit: number | null
  hours: number[][][] | null
  /** Days, on the clock of the person called, on which nobody is called. */
  closed_dates: string[]
  number_rules: { drop_prefixes: string[] }
  consent_declaration: Record<string, unknown> | null
  /** Null: the product's own list. */
  break_reasons: BreakReason[] | null
  is_demo: boolean
  created_at: Date
  updated_at: Date
}

export type NewWorkspace = Pick<Workspace, 'id' | 'name' | 'country' | 'time_zone' | 'consent_declaration'> &
  Partial<Pick<Workspace, 'concurrent_calls' | 'is_demo' | 'visibility'>>

/** Makes the workspace with the rows every claim and every live event lean on. Runs inside the new workspace. */
export async function createWorkspace(tx: Tx, workspace: NewWorkspace, at: number): Promise<void> {
  await tx.query(
    `insert into workspaces (id, name, country, time_zone, consent_declaration, concurrent_calls, is_demo, visibility,
       created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      workspace.id,
      workspace.name,
      workspace.country,
      workspace.time_zone,
      workspace.consent_declaration,
      workspace.concurrent_calls ?? 10,
      workspace.is_demo ?? false,
      workspace.visibility ?? 'all',
      new Date(at),
    ],
  )
  await addLimitsRow(tx, workspace.id, workspace.id)
  await tx.query("insert into number_counters (workspace_id, noun, last) values ($1, 'live-events', 0)", [workspace.id])
  await addDefaultDispositions(tx, workspace.id, at)
}

export async function readWorkspace(tx: Tx, id: string): Promise<Workspace | null> {
  const { rows } = await tx.query<Workspace>('select * from workspaces where id = $1', [id])
  return rows[0] ?? null
}

export type WorkspaceChange = Partial<
  Pick<
    Workspace,
    | 'name'
    | 'country'
    | 'time_zone'
    | 'calls_per_second'
    | 'daily_spend_limit'
    | 'visibility'
    | 'concurrent_calls'
    | 'hours'
    | 'closed_dates'
    | 'number_rules'
    | 'consent_declaration'
    | 'break_reasons'
  >
>

export async function changeWorkspace(
  tx: Tx,
  id: string,
  change: WorkspaceChange,
  at: number,
): Promise<Workspace | null> {
  const { rows } = await tx.query<Workspace>(
    `update workspaces w set updated_at = $3,
       name = coalesce(c.name, w.name), country = coalesce(c.country, w.country), time_zone = coalesce(c.time_zone, w.time_zone),
       visibility = coalesce(c.visibility, w.visibility), concurrent_calls = coalesce(c.concurrent_calls, w.concurrent_calls),
       calls_per_second = case when $2::jsonb ? 'calls_per_second' then c.calls_per_second else w.calls_per_second end,
       daily_spend_limit = case when $2::jsonb ? 'daily_spend_limit' then c.daily_spend_limit else w.daily_spend_limit end,
       hours = case when $2::jsonb ? 'hours' then nullif(c.hours, 'null') else w.hours end,
       closed_dates = coalesce(c.closed_dates, w.closed_dates), number_rules = coalesce(c.number_rules, w.number_rules),
       consent_declaration = coalesce(c.consent_declaration, w.consent_declaration),
       break_reasons = case when $2::jsonb ? 'break_reasons' then nullif(c.break_reasons, 'null') else w.break_reasons end
     from jsonb_to_record($2) as c (name text, country text, time_zone text, visibility text, concurrent_calls integer,
       calls_per_second double precision, daily_spend_limit double precision, hours jsonb, closed_dates date[], number_rules jsonb, consent_declaration jsonb, break_reasons jsonb)
     where w.id = $1 returning w.*`,
    [id, JSON.stringify(change), new Date(at)],
  )
  return rows[0] ?? null
}
