/**
 * A person who asked to be forgotten. In: whom, and why. Out: nothing of them in any table, their numbers blocked by a keyed
 * hash, and a certificate. It must never take away a call or a try: what is counted stays, without saying who it was.
 */
import { holdClaims } from '#store/claim-attempts.ts'
import { eraseByIds, eraseByText } from '#store/erase-rows.ts'
import {
  beginErasing,
  type Erasure,
  findLaterCalls,
  findPerson,
  hasRunningImports,
  keepErasure,
  lockContact,
  readErasure,
  undoErasing,
} from '#store/erasure.ts'
import { newId } from '#store/ids.ts'
import type { Tx } from '#store/tx.ts'

export type ErasureReply = { ok: true; erasure: Erasure } | { ok: false; reason: 'unknown' | 'in_call' | 'importing' }

/** All of it or nothing. Whoever is erased already gets the same certificate again. */
export async function erasePerson(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  by: { user_id: string; reason: string; at: number },
): Promise<ErasureReply> {
  const { user_id, reason, at } = by
  const known = await lockContact(tx, workspaceId, contactId)
  if (!known) return { ok: false, reason: 'unknown' }
  const before = known.erased_at && (await readErasure(tx, workspaceId, contactId))
  if (before) return { ok: true, erasure: before }
  if (await hasRunningImports(tx, workspaceId)) return { ok: false, reason: 'importing' }
  const person = await findPerson(tx, workspaceId, contactId)
  if (person.in_call) return { ok: false, reason: 'in_call' }
  await beginErasing(tx)
  const by_text = await eraseByText(tx, workspaceId, person, known)
  // No claim is made from here to the commit, and none that was made meanwhile is passed over.
  await holdClaims(tx, workspaceId)
  const later = await findLaterCalls(tx, workspaceId, person)
  if (later.in_call) {
    await undoErasing(tx)
    return { ok: false, reason: 'in_call' }
  }
  const by_ids = await eraseByIds(tx, workspaceId, { ...person, calls: [...person.calls, ...later.calls] }, at)
  const erased_rows = { ...by_text, ...by_ids }
  const erasure = { id: newId(at), contact_id: contactId, erased_by: user_id, reason, erased_rows }
  return { ok: true, erasure: await keepErasure(tx, workspaceId, erasure, person.numbers, at) }
}
