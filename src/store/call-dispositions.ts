import type { Meaning } from '#domain/disposition.ts'
import type { Filter } from './keyset.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** What a call meant, and what saying so did. */
export interface CallDisposition {
  call_id: string
  campaign_id: string | null
  disposition_id: string
  /** Of the category, for showing. */
  key: string
  name: string
  note: string
  callback_at: Date | null
  fields: Record<string, unknown>
  set_by: string
  set_at: Date
  changed_by: string
  changed_at: Date
  /** The block it made or strengthened, how often that had been asked for then, and its end before. */
  suppression_id: string | null
  suppression_asked: number | null
  suppression_until: Date | null
  /** The lead's own budget before a promised callback could raise it. */
  lead_max_attempts: number | null
}

export type NewCallDisposition = Omit<CallDisposition, 'key' | 'name'>

export async function readCallDisposition(
  tx: Tx,
  workspaceId: string,
  callId: string,
): Promise<CallDisposition | null> {
  const { rows } = await tx.query<CallDisposition>(
    `select x.*, d.key, d.name from call_dispositions x
     join disposition_categories d on d.workspace_id = $1 and d.id = x.disposition_id
     where x.workspace_id = $1 and x.call_id = $2`,
    [workspaceId, callId],
  )
  return rows[0] ?? null
}

/** Writes what a call means from now on, and appends it to what it ever meant. */
export async function saveCallDisposition(tx: Tx, workspaceId: string, said: NewCallDisposition): Promise<void> {
  await tx.query(
    `with said as (
       select * from jsonb_populate_record(null::call_dispositions, $2) s
     ), former as (
       select disposition_id from call_dispositions where workspace_id = $1 and call_id = (select call_id from said)
     ), noted as (
       insert into call_disposition_changes (workspace_id, call_id, step, from_disposition_id, disposition_id, note,
         callback_at, fields, by_user_id, at)
       select $1, s.call_id, 1 + (select coalesce(max(step), 0) from call_disposition_changes c
           where c.workspace_id = $1 and c.call_id = s.call_id),
         (select disposition_id from former), s.disposition_id, s.note, s.callback_at, s.fields, s.changed_by, s.changed_at
       from said s
     )
     insert into call_dispositions select * from said
     on conflict (workspace_id, call_id) do update set disposition_id = excluded.disposition_id, note = excluded.note,
       callback_at = excluded.callback_at, fields = excluded.fields, changed_by = excluded.changed_by,
       changed_at = excluded.changed_at, suppression_id = excluded.suppression_id,
       suppression_asked = excluded.suppression_asked, suppression_until = excluded.suppression_until`,
    [workspaceId, JSON.stringify({ ...said, workspace_id: workspaceId })],
  )
}

export interface DispositionChange {
  step: number
  from_disposition: string | null
  disposition: string
  note: string
  callback_at: Date | null
  fields: Record<string, unknown>
  by_user_id: string
  at: Date
}

/** Every disposition a call was given, oldest first. */
export async function listDispositionChanges(
  tx: Tx,
  workspaceId: string,
  callId: string,
): Promise<DispositionChange[]> {
  const { rows } = await tx.query<DispositionChange>(
    `select c.step, f.key as from_disposition, d.key as disposition, c.note, c.callback_at, c.fields, c.by_user_id, c.at
     from call_disposition_changes c
     join disposition_categories d on d.workspace_id = $1 and d.id = c.disposition_id
     left join disposition_categories f on f.workspace_id = $1 and f.id = c.from_disposition_id
     where c.workspace_id = $1 and c.call_id = $2 order by c.step`,
    [workspaceId, callId],
  )
  return rows
}

/** What calls were said to mean, the last said first, without calls that a client has hidden. */
export async function listCallDispositions(
  tx: Tx,
  workspaceId: string,
  filters: { call_id?: string },
  place: Place,
): Promise<OffsetPage<Omit<CallDisposition, 'name'>>> {
  const listing = {
    columns: `x.*, (select d.key from disposition_categories d
      where d.workspace_id = x.workspace_id and d.id = x.disposition_id) as key`,
    // The call carries the owner, and with it who may see what it meant.
    from: `call_dispositions x cross join lateral (select from calls c
      where c.workspace_id = x.workspace_id and c.id = x.call_id and c.hidden_at is null limit 1) c`,
    id: 'x.call_id',
  }
  const wanted: Filter[] = [
    ['x.workspace_id = ?', workspaceId],
    ['x.call_id = ?', filters.call_id],
  ]
  return readOffsetPage(tx, listing, wanted, { ...place, order: 'x.set_at desc, x.call_id desc' })
}

export interface SaidOfCalls extends Meaning {
  call_id: string
  /** Epoch ms. */
  callback_at: number | null
}

/** What was said of these calls before they ended. */
export async function readMeanings(tx: Tx, workspaceId: string, callIds: string[]): Promise<Map<string, SaidOfCalls>> {
  const { rows } = await tx.query<SaidOfCalls>({
    name: 'read-meanings',
    text: `select x.call_id, d.key, d.final, d.retries, d.blocks_number,
        (extract(epoch from x.callback_at) * 1000)::double precision as callback_at
      from call_dispositions x join disposition_categories d on d.workspace_id = $1 and d.id = x.disposition_id
      where x.workspace_id = $1 and x.call_id = any ($2)`,
    values: [workspaceId, callIds],
  })
  return new Map(rows.map((row) => [row.call_id, row]))
}

/** Whether the user signs in as an agent who talked on the call. */
export async function talkedOnCall(tx: Tx, workspaceId: string, callId: string, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from agent_transitions t join agents a on a.workspace_id = $1 and a.id = t.agent_id and a.user_id = $3
     where t.workspace_id = $1 and t.call_id = $2 and t.to_state in ('on_call', 'wrap_up') limit 1`,
    [workspaceId, callId, userId],
  )
  return rowCount === 1
}
