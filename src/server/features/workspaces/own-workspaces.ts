import { revokeApiKeysOf } from '#store/api-keys.ts'
import { findWorkspacesOf } from '#store/finders.ts'
import { endSessionsIn } from '#store/sessions.ts'
import { asUser, inWorkspace } from '#store/tx.ts'
import { changeMember, listMembers, readMember } from '#store/users.ts'
import { readWorkspace, type Workspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { stopAll } from '../campaigns/acts.ts'
import { type Opened, openSession, type Sender } from '../sessions/sign-in.ts'

/** Those that the caller is let into; by a key, the key's own. */
export async function listOwnWorkspaces(house: ServerDeps, caller: Caller): Promise<Workspace[]> {
  const ids = caller.by.kind === 'key' ? [caller.workspace_id] : await findWorkspacesOf(house.pool, caller.user_id)
  const found = await Promise.all(ids.map((id) => readOne(house, caller, id)))
  return found.filter((workspace) => workspace !== null)
}

function readOne(house: ServerDeps, { user_id }: Caller, workspace_id: string): Promise<Workspace | null> {
  return inWorkspace(house.pool, { workspace_id, user_id }, (tx) => readWorkspace(tx, workspace_id))
}

/** A session in another workspace of the caller's, in place of the present one. */
export async function goTo(house: ServerDeps, caller: Caller, id: string, from: Sender): Promise<Opened | Refusal> {
  if (caller.by.kind === 'key')
    return refuse('conflict', 'A key is of one workspace; the other one has keys of its own.')
  const { user_id } = caller
  if (!(await findWorkspacesOf(house.pool, user_id)).includes(id)) return refuseUnknown('workspace')
  return asUser(house.pool, user_id, (tx) => openSession(house, tx, { user_id, workspace_id: id }, 'link', from))
}

/**
 * Ends the demo, from another workspace of its owner: nothing of it is dialed, and nobody is let in any more. What others own is
 * never ended so.
 */
export async function endDemo(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  if (caller.workspace_id === id) return refuse('conflict', 'Go to another workspace first.')
  const mine = (await listOwnWorkspaces(house, caller)).find((workspace) => workspace.id === id)
  if (!mine) return refuseUnknown('workspace')
  if (!mine.is_demo) return refuse('conflict', 'Only the demo can be ended; a workspace of your own stays.')
  const { user_id } = caller
  const there = { workspace_id: id, user_id }
  const refused = await inWorkspace(house.pool, there, async (tx) => {
    const role = (await readMember(tx, id, user_id))?.role
    return role === 'owner' ? null : refuse('forbidden', 'Only its owner ends the demo.')
  })
  if (isRefusal(refused)) return refused
  await stopAll(house, { ...caller, workspace_id: id, only_own: false })
  const at = house.clock.now()
  const members = await inWorkspace(house.pool, there, async (tx) => {
    const all = await listMembers(tx, id, null, 1000)
    for (const member of all) {
      await changeMember(tx, id, member.id, { suspended_at: new Date(at) })
      await revokeApiKeysOf(tx, id, member.id, at)
    }
    return all
  })
  for (const member of members) await asUser(house.pool, member.id, (tx) => endSessionsIn(tx, member.id, id, at))
  return null
}
