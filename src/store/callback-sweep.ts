import { awayGraceMs, remindBeforeMs } from '#domain/callback.ts'
import { handLeads, tellCallbacks, tellCallbacksAs } from './callbacks.ts'
import type { Tx } from './tx.ts'

export type CallbackStep = 'cancel' | 'miss' | 'move' | 'remind'

/** An open callback for which time has brought something about. */
export interface SteppedCallback {
  id: string
  step: CallbackStep
  lead_id: string
  campaign_id: string
  contact_id: string
  full_name: string
  agent_id: string | null
  /** Its agent's open session. */
  session_id: string | null
  promised_at: Date
  local_time: string
  note: string
  /** Of `cancel`: why. */
  reason: string | null
  /** Its lead waits for it, and for nothing else from now on. */
  lead_waits: boolean
}

/** When it is its agent's turn: at the time promised, or at the next try. */
const due = 'greatest(k.promised_at, l.due_at)'

/** The table in domain/callback.ts, asked of all at once. */
const stepOf = `case
  when l.status not in ('callback', 'calling') then 'cancel'
  when l.status = 'calling' then null
  when c.status in ('cancelled', 'archived') then 'cancel'
  when k.expires_at <= $2 then 'miss'
  when k.agent_id is not null and ${due} <= $2
    and (s.id is null or (s.state <> 'available' and ${due} <= $3)) then 'move'
  when k.reminded_at is null and k.promised_at <= $4 and (k.agent_id is null or s.id is not null) then 'remind'
end`

/** What is far ahead is only asked whether its lead or campaign was closed: one look-up for each of the many. */
const mayStep = `(k.promised_at <= $4
  or (select l.status not in ('callback', 'calling') from leads l where l.workspace_id = $1 and l.id = k.lead_id)
  or (select c.status in ('cancelled', 'archived') from campaigns c where c.workspace_id = $1 and c.id = k.campaign_id))`

/** The steps that are due, most urgent first; with `leadIds`, of those leads alone. */
export async function findCallbackSteps(
  tx: Tx,
  workspaceId: string,
  { at, limit, lead_ids }: { at: number; limit: number; lead_ids: string[] | null },
): Promise<SteppedCallback[]> {
  const { rows } = await tx.query<SteppedCallback>({
    name: lead_ids === null ? 'find-callback-steps' : 'find-callback-steps-of-leads',
    text: `
      with k as materialized (select * from callbacks k where k.workspace_id = $1 and k.status = 'open'
        and ${lead_ids === null ? mayStep : 'k.lead_id = any ($6)'}),
      stepped as (
        select k.*, s.id as session_id, l.status = 'callback' as lead_waits,
          case when l.status = 'callback' then 'campaign_' || c.status else coalesce(l.held_by, l.status) end as reason,
          ${stepOf} as step
        from k
        join lateral (select * from leads l where l.workspace_id = $1 and l.id = k.lead_id limit 1) l on true
        join lateral (select * from campaigns c where c.workspace_id = $1 and c.id = k.campaign_id limit 1) c on true
        left join lateral (select * from agent_sessions s where s.workspace_id = $1 and s.agent_id = k.agent_id
          and s.ended_at is null limit 1) s on true
      )
      select t.id, t.step, t.lead_id, t.campaign_id, t.contact_id, t.agent_id, t.session_id, t.promised_at, t.note,
        t.lead_waits, case when t.step = 'cancel' then t.reason end as reason,
        to_char(t.promised_at at time zone t.time_zone, 'YYYY-MM-DD"T"HH24:MI') as local_time,
        (select n.full_name from contacts n where n.workspace_id = $1 and n.id = t.contact_id) as full_name
      from stepped t where t.step is not null order by t.promised_at, t.id limit $5`,
    values: [
      workspaceId,
      new Date(at),
      new Date(at - awayGraceMs),
      new Date(at + remindBeforeMs),
      limit,
      ...(lead_ids === null ? [] : [lead_ids]),
    ],
  })
  return rows
}

/** Locks sessions whose agents are to be told, before any lead. */
export async function lockSessionsToTell(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query({
    name: 'lock-sessions-to-tell',
    text: `select from agent_sessions where workspace_id = $1 and id = any ($2) and ended_at is null
      order by id for no key update`,
    values: [workspaceId, ids],
  })
}

/** Locks leads whose callbacks are to be stepped, passing over those that somebody else has. */
export async function lockLeadsToStep(tx: Tx, workspaceId: string, ids: string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'lock-leads-to-step',
    text: `select id from leads where workspace_id = $1 and id = any ($2) order by id for no key update skip locked`,
    values: [workspaceId, ids],
  })
  return rows.map(({ id }) => id)
}

/** Hands callbacks to the team, because their agent is away. Who watches hears it, and with it that they are due. */
export async function moveToTeam(tx: Tx, workspaceId: string, ids: string[], at: number): Promise<void> {
  if (ids.length === 0) return
  await tx.query({
    name: 'move-callbacks-to-team',
    text: `
      with changed as (
        update callbacks k set moved_from_agent_id = k.agent_id, agent_id = null, moved_at = $3, updated_at = $3,
          reminded_at = coalesce(k.reminded_at, $3)
        where k.workspace_id = $1 and k.id = any ($2) and k.status = 'open' returning *
      ), handed as (${handLeads}) ${tellCallbacks}`,
    values: [workspaceId, ids, new Date(at)],
  })
}

/** Notes that somebody was told that these are to come. */
export async function noteReminded(tx: Tx, workspaceId: string, ids: string[], at: number): Promise<void> {
  if (ids.length === 0) return
  await tx.query({
    name: 'note-reminded',
    text: `
      with changed as (
        update callbacks k set reminded_at = $3, updated_at = $3 where k.workspace_id = $1 and k.id = any ($2) returning *
      ) ${tellCallbacksAs('callback.due')}`,
    values: [workspaceId, ids, new Date(at)],
  })
}
