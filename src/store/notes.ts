import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

export const noteTypes = ['general', 'transcript', 'follow_up', 'complaint'] as const
export type NoteType = (typeof noteTypes)[number]

/** What somebody wrote down about a call. */
export interface Note {
  id: string
  call_id: string
  contact_id: string | null
  type: NoteType
  content: string
  important: boolean
  author_user_id: string
  created_at: Date
  updated_at: Date
}

const columns = `n.id, n.call_id, n.contact_id, n.type, n.content, n.important, n.author_user_id, n.created_at,
  n.updated_at`

const listing: Listing<'created_at'> = {
  columns,
  from: 'call_notes n',
  id: 'n.id',
  sorts: { created_at: { by: 'n.created_at', type: 'timestamptz' } },
}

export interface NoteFilters {
  call_id?: string
  contact_id?: string
  type?: NoteType[]
  important?: boolean
}

/** Notes of one call or one contact; whoever reads them has read that first, and with it the right to. */
export async function listNotes(
  tx: Tx,
  workspaceId: string,
  filters: NoteFilters,
  page: PageOf<'created_at'>,
): Promise<Page<Note>> {
  return readPage<Note, 'created_at'>(
    tx,
    listing,
    [
      ['n.workspace_id = ?', workspaceId],
      ['n.call_id = ?', filters.call_id],
      ['n.contact_id = ?', filters.contact_id],
      ['n.type = any (?)', filters.type],
      ['n.important = ?', filters.important],
    ],
    page,
  )
}

/** What was said on these calls, by call: the newest transcript of each that has one. */
export async function readTranscripts(tx: Tx, workspaceId: string, callIds: string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ call_id: string; content: string }>(
    `select w.call_id, n.content from unnest($2::uuid[]) as w (call_id), lateral (
       select content from call_notes where workspace_id = $1 and call_id = w.call_id and type = 'transcript'
       order by created_at desc, id desc limit 1) n`,
    [workspaceId, callIds],
  )
  return new Map(rows.map(({ call_id, content }) => [call_id, content]))
}

export async function createNote(
  tx: Tx,
  workspaceId: string,
  note: Omit<Note, 'created_at' | 'updated_at'>,
  at: number,
): Promise<Note> {
  const { id, call_id, contact_id, type, content, important, author_user_id } = note
  const { rows } = await tx.query<Note>(
    `insert into call_notes as n (workspace_id, id, call_id, contact_id, type, content, important, author_user_id,
       created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) returning ${columns}`,
    [workspaceId, id, call_id, contact_id, type, content, important, author_user_id, new Date(at)],
  )
  return rows[0] as Note
}

/** A call's note, locked for a change. */
export async function lockNote(tx: Tx, workspaceId: string, callId: string, id: string): Promise<Note | null> {
  const { rows } = await tx.query<Note>(
    `select ${columns} from call_notes n where n.workspace_id = $1 and n.call_id = $2 and n.id = $3 for update`,
    [workspaceId, callId, id],
  )
  return rows[0] ?? null
}

/** A call's newest note of a type, locked for a change. */
export async function lockNewestNote(
  tx: Tx,
  workspaceId: string,
  callId: string,
  type: NoteType,
): Promise<Note | null> {
  const { rows } = await tx.query<Note>(
    `select ${columns} from call_notes n where n.workspace_id = $1 and n.call_id = $2 and n.type = $3
     order by n.id desc limit 1 for update`,
    [workspaceId, callId, type],
  )
  return rows[0] ?? null
}

export type NoteChange = Partial<Pick<Note, 'type' | 'content' | 'important'>>

export async function changeNote(
  tx: Tx,
  workspaceId: string,
  id: string,
  { type, content, important }: NoteChange,
  at: number,
): Promise<Note> {
  const { rows } = await tx.query<Note>(
    `update call_notes n set type = coalesce($3, n.type), content = coalesce($4, n.content),
       important = coalesce($5, n.important), updated_at = $6
     where n.workspace_id = $1 and n.id = $2 returning ${columns}`,
    [workspaceId, id, type ?? null, content ?? null, important ?? null, new Date(at)],
  )
  return rows[0] as Note
}
