import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

export interface VoicemailDrop {
  id: string
  name: string
  /** The carrier's name of the recording; not asked for where there is audio of our own. */
  message: string | null
  /** Of our own audio. */
  bytes: number | null
  /** In hex. */
  sha256: string | null
  duration_seconds: number | null
  /** How often it was left. */
  usage_count: number
  created_at: Date
  updated_at: Date
}
/** Enough to tell a carrier what to play. */
export type DropMessage = Pick<VoicemailDrop, 'id' | 'message' | 'sha256'>
export type VoicemailDropSettings = Pick<VoicemailDrop, 'name' | 'message' | 'duration_seconds'>

export const voicemailDropSorts = ['name', 'created_at'] as const
export type VoicemailDropSort = (typeof voicemailDropSorts)[number]

const listing: Listing<VoicemailDropSort> = {
  columns: `v.id, v.name, v.message, v.bytes, encode(v.sha256, 'hex') as sha256, v.duration_seconds, v.usage_count,
    v.created_at, v.updated_at`,
  from: 'voicemail_drops v',
  id: 'v.id',
  sorts: {
    name: { by: 'v.name', type: 'text' },
    created_at: { by: 'v.created_at', type: 'timestamptz' },
  },
}

export async function listVoicemailDrops(
  tx: Tx,
  workspaceId: string,
  page: PageOf<VoicemailDropSort>,
): Promise<Page<VoicemailDrop>> {
  return readPage<VoicemailDrop, VoicemailDropSort>(tx, listing, [['v.workspace_id = ?', workspaceId]], page)
}

export async function readVoicemailDrop(tx: Tx, workspaceId: string, id: string): Promise<VoicemailDrop | null> {
  const { rows } = await tx.query<VoicemailDrop>(
    `select ${listing.columns} from ${listing.from} where v.workspace_id = $1 and v.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** A name that another one has is refused by the database. */
export async function createVoicemailDrop(
  tx: Tx,
  workspaceId: string,
  drop: VoicemailDropSettings & { id: string },
  at: number,
): Promise<void> {
  await tx.query(
    `insert into voicemail_drops (workspace_id, id, name, message, duration_seconds, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [workspaceId, drop.id, drop.name, drop.message, drop.duration_seconds, new Date(at)],
  )
}

/** Null when there is none of this id. */
export async function changeVoicemailDrop(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<VoicemailDropSettings>,
  at: number,
): Promise<VoicemailDrop | null> {
  const { name, message, duration_seconds } = change
  await tx.query(
    `update voicemail_drops set name = coalesce($3, name), message = coalesce($4, message),
       duration_seconds = case when $5 then $6 else duration_seconds end, updated_at = $7
     where workspace_id = $1 and id = $2`,
    [
      ...[workspaceId, id, name ?? null, message ?? null],
      ...[duration_seconds !== undefined, duration_seconds ?? null, new Date(at)],
    ],
  )
  return readVoicemailDrop(tx, workspaceId, id)
}

/** Its audio is there. False when there is no drop of this id. */
export async function keepDropAudio(
  tx: Tx,
  workspaceId: string,
  id: string,
  { bytes, sha256, duration_ms }: { bytes: number; sha256: Buffer; duration_ms: number },
  at: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update voicemail_drops set bytes = $3, sha256 = $4, duration_seconds = $5, updated_at = $6
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, bytes, sha256, Math.ceil(duration_ms / 1000), new Date(at)],
  )
  return rowCount === 1
}

/** One that campaigns leave on machines is kept by the database. */
export async function deleteVoicemailDrop(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from voicemail_drops where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ])
  return rowCount === 1
}

/** It was left once more. */
export async function countVoicemailDrop(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.query('update voicemail_drops set usage_count = usage_count + 1 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ])
}
