import type { z } from 'zod'
import { correctionMs, mayCorrect } from '#domain/disposition.ts'
import { hasCallInHand } from '#store/agent-sessions.ts'
import { readContact } from '#store/contacts.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import {
  changeNote,
  createNote,
  listNotes,
  lockNote,
  type Note,
  type NoteChange,
  type NoteFilters,
} from '#store/notes.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { reachCall } from '../calls/reach.ts'
import type { newNote } from './schema.ts'

export async function listNotesOfCall(
  house: ServerDeps,
  caller: Caller,
  callId: string,
  filters: NoteFilters,
  page: PageOf<'created_at'>,
): Promise<Page<Note> | Refusal> {
  return withinAll(house, caller, async (tx) => {
    const reached = await reachCall(tx, caller, callId)
    if (isRefusal(reached)) return reached
    return listNotes(tx, caller.workspace_id, { ...filters, call_id: callId }, page)
  })
}

/** Everything written down about a person, whichever call it was. */
export async function listNotesOfContact(
  house: ServerDeps,
  caller: Caller,
  contactId: string,
  filters: NoteFilters,
  page: PageOf<'created_at'>,
): Promise<Page<Note> | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    if (!(await readContact(tx, workspace_id, contactId))) return refuseUnknown('contact')
    return listNotes(tx, workspace_id, { ...filters, contact_id: contactId }, page)
  })
}

export async function makeNote(
  house: ServerDeps,
  caller: Caller,
  callId: string,
  wanted: z.output<typeof newNote>,
): Promise<Note | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  return withinAll(house, caller, async (tx) => {
    const reached = await reachCall(tx, caller, callId)
    if (isRefusal(reached)) return reached
    const { contact_id } = reached.call
    const written = { ...wanted, id: newId(at), call_id: callId, contact_id, author_user_id: user_id }
    return createNote(tx, workspace_id, written, at)
  })
}

/** By its author, while the call is in hand and for ten minutes: later it is what was written then. */
export async function changeOneNote(
  house: ServerDeps,
  caller: Caller,
  callId: string,
  id: string,
  change: NoteChange,
): Promise<Note | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  return withinAll(house, caller, async (tx) => {
    const reached = await reachCall(tx, caller, callId)
    if (isRefusal(reached)) return reached
    const note = await lockNote(tx, workspace_id, callId, id)
    if (!note) return refuseUnknown('note')
    if (note.author_user_id !== user_id) return refuse('forbidden', 'Only its author changes a note.')
    const said = { by: [note.author_user_id], at: note.created_at.getTime() }
    const open = mayCorrect(said, user_id, at) || (await hasCallInHand(tx, workspace_id, callId, user_id))
    if (!open) {
      return refuse('conflict', 'A note is changed for ten minutes; write another one.', {
        editable_until: new Date(said.at + correctionMs),
      })
    }
    return changeNote(tx, workspace_id, id, change, at)
  })
}
