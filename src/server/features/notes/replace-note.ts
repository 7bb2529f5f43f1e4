import { mayCorrect } from '#domain/disposition.ts'
import type { CallRow } from '#store/call-list.ts'
import { newId } from '#store/ids.ts'
import { changeNote, createNote, lockNewestNote } from '#store/notes.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type Refusal, refuse } from '../../http/problems.ts'

/**
 * Writes the one general note of a call that clients of older systems know: the newest. Its author mends it for ten minutes;
 * after that, and by anybody else, a further note is written, and what was written before stays.
 */
export async function replaceNote(
  tx: Tx,
  { workspace_id, user_id: author_user_id }: Caller,
  { id: call_id, contact_id }: CallRow,
  content: string,
  at: number,
): Promise<Refusal | null> {
  const newest = await lockNewestNote(tx, workspace_id, call_id, 'general')
  if (content === (newest?.content ?? '')) return null
  if (content === '') return refuse('conflict', 'What was noted stays: write another note instead.')
  if (newest && mayCorrect({ by: [newest.author_user_id], at: newest.created_at.getTime() }, author_user_id, at)) {
    await changeNote(tx, workspace_id, newest.id, { content }, at)
  } else {
    const note = { id: newId(at), call_id, contact_id, type: 'general' as const, content, important: false }
    await createNote(tx, workspace_id, { ...note, author_user_id }, at)
  }
  return null
}
