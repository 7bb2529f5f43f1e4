/** What was recorded of calls: told by carriers, then kept as audio. */
import type { CallEvent } from '#domain/call.ts'
import { newId } from './ids.ts'
import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

export interface Recording {
  id: string
  call_id: string
  campaign_id: string | null
  state: 'waiting' | 'kept' | 'lost' | 'leaving' | 'gone'
  recorded_at: Date
  reason: string | null
  content_type: string | null
  bytes: number | null
  /** In hex. */
  sha256: string | null
  duration_ms: number | null
  kept_at: Date | null
}

/** One that somebody has taken up, alone until its lease lapses; of one that is `kept` the carrier's copy is to go. */
export interface DueRecording {
  id: string
  trunk_id: string
  url: string
  state: 'waiting' | 'leaving' | 'kept'
  /** This one included. */
  tries: number
  duration_ms: number | null
}

/** What is known of audio once it is kept. */
export interface KeptAudio {
  content_type: string
  bytes: number
  sha256: Buffer
  duration_ms: number | null
}

export const recordingSorts = ['recorded_at'] as const
export type RecordingSort = (typeof recordingSorts)[number]

export interface RecordingFilter {
  call_id?: string
  campaign_id?: string
  state?: Recording['state']
}

const columns = `r.id, r.call_id, c.campaign_id, r.state, r.recorded_at, r.reason, r.content_type, r.bytes::float8 as bytes,
  encode(r.sha256, 'hex') as sha256, r.duration_ms, r.kept_at`
/** Through its call: who may not see that, does not see this. */
const from = 'recordings r join calls c on c.workspace_id = r.workspace_id and c.id = r.call_id'

const listing: Listing<RecordingSort> = {
  ...{ columns, from, id: 'r.id', sorts: { recorded_at: { by: 'r.recorded_at', type: 'timestamptz' } } },
}

export async function listRecordings(
  tx: Tx,
  workspaceId: string,
  { call_id, campaign_id, state }: RecordingFilter,
  page: PageOf<RecordingSort>,
): Promise<Page<Recording>> {
  const where: [string, unknown][] = [['r.workspace_id = ?', workspaceId]]
  if (call_id !== undefined) where.push(['r.call_id = ?', call_id])
  if (campaign_id !== undefined) where.push(['c.campaign_id = ?', campaign_id])
  if (state !== undefined) where.push(['r.state = ?', state])
  return readPage<Recording, RecordingSort>(tx, listing, where, page)
}

export async function readRecording(tx: Tx, workspaceId: string, id: string): Promise<Recording | null> {
  const { rows } = await tx.query<Recording>(`select ${columns} from ${from} where r.workspace_id = $1 and r.id = $2`, [
    workspaceId,
    id,
  ])
  return rows[0] ?? null
}

export interface ToldRecording {
  call_id: string
  trunk_id: string
  event: CallEvent
  received_at: Date
}

/** There is audio to be fetched of these calls; of a person who was erased meanwhile none is kept. */
export async function addRecordings(tx: Tx, workspaceId: string, told: ToldRecording[]): Promise<void> {
  const rows = told.flatMap(({ call_id, trunk_id, event, received_at }) => {
    if (event.kind !== 'recorded') return []
    const duration_ms = event.duration === undefined ? null : Math.round(event.duration * 1000)
    return [{ id: newId(received_at.getTime()), call_id, trunk_id, url: event.url, recorded_at: event.at, duration_ms }]
  })
  if (rows.length === 0) return
  await tx.query(
    `insert into recordings (workspace_id, id, call_id, trunk_id, url, recorded_at, duration_ms)
     select $1, r.id, r.call_id, r.trunk_id, r.url, r.recorded_at, r.duration_ms
     from jsonb_to_recordset($2) as r (id uuid, call_id uuid, trunk_id uuid, url text, recorded_at timestamptz, duration_ms integer)
     where not exists (select from attempts a where a.workspace_id = $1 and a.id = r.call_id and a.number = 'erased')
     on conflict do nothing`,
    [workspaceId, JSON.stringify(rows)],
  )
}

/** Null when somebody else has taken it up, or nothing is to be done with it. */
export async function takeRecording(
  tx: Tx,
  workspaceId: string,
  id: string,
  lease_seconds: number,
): Promise<DueRecording | null> {
  const { rows } = await tx.query<DueRecording>(
    `update recordings set tries = tries + 1, due_at = now() + make_interval(secs => $3)
     where workspace_id = $1 and id = $2 and due_at <= now()
     returning id, trunk_id, url, state, tries, duration_ms`,
    [workspaceId, id, lease_seconds],
  )
  return rows[0] ?? null
}

/** False when it may not be kept any more: somebody had it deleted while it was being fetched. */
export async function keepRecording(
  tx: Tx,
  workspaceId: string,
  id: string,
  audio: KeptAudio,
  at: number,
): Promise<boolean> {
  const { content_type, bytes, sha256, duration_ms } = audio
  const { rowCount } = await tx.query(
    `update recordings set state = 'kept', tries = 0, reason = null,
       due_at = (select now() from trunks t where t.workspace_id = $1 and t.id = recordings.trunk_id and t.forgets_recordings), content_type = $3, bytes = $4, sha256 = $5,
       duration_ms = coalesce($6, duration_ms), kept_at = $7
     where workspace_id = $1 and id = $2 and state = 'waiting'`,
    [workspaceId, id, content_type, bytes, sha256, duration_ms, new Date(at)],
  )
  return rowCount === 1
}

/** Its carrier has no copy any more; with a reason, it may still, and is told again then, or never again for null. */
export async function noteForgotten(
  tx: Tx,
  workspaceId: string,
  id: string,
  left: { reason: string; again_in_seconds: number | null } | null,
): Promise<void> {
  await tx.query(
    `update recordings set reason = left($3, 500), due_at = now() + make_interval(secs => $4)
     where workspace_id = $1 and id = $2 and state = 'kept'`,
    [workspaceId, id, left?.reason ?? null, left?.again_in_seconds ?? null],
  )
}

/** Its audio could not be fetched; null for `again_in_seconds` when it never will be. */
export async function postponeRecording(
  tx: Tx,
  workspaceId: string,
  id: string,
  reason: string,
  again_in_seconds: number | null,
): Promise<void> {
  await tx.query(
    `update recordings set reason = left($3, 500), state = case when $4::float8 is null then 'lost' else state end,
       due_at = now() + make_interval(secs => $4)
     where workspace_id = $1 and id = $2 and state = 'waiting'`,
    [workspaceId, id, reason, again_in_seconds],
  )
}

/** Its audio is to be deleted. False for one that is unknown. */
export async function discardRecording(tx: Tx, workspaceId: string, id: string, reason: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update recordings set state = 'leaving', due_at = now(), reason = $3
     where workspace_id = $1 and id = $2 and state <> 'gone'`,
    [workspaceId, id, reason],
  )
  return rowCount === 1
}

/** Its audio is deleted. */
export async function endRecording(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.query(
    `update recordings set state = 'gone', due_at = null
     where workspace_id = $1 and id = $2 and state = 'leaving'`,
    [workspaceId, id],
  )
}
