import type { z } from 'zod'
import { revokeApiKeysOf } from '#store/api-keys.ts'
import { endSessionsIn } from '#store/sessions.ts'
import { asUser, type Tx } from '#store/tx.ts'
import { changeMember, countActiveOwners, listMembers, type Member, type Role, readMember } from '#store/users.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import type { userChange } from './schema.ts'

export async function listUsers(house: ServerDeps, caller: Caller, after: string | null, limit: number) {
  return withinAll(house, caller, (tx) => listMembers(tx, caller.workspace_id, after, limit))
}

export async function readUser(house: ServerDeps, caller: Caller, id: string): Promise<Member | Refusal> {
  return withinAll(
    house,
    caller,
    async (tx) => (await readMember(tx, caller.workspace_id, id)) ?? refuseUnknown('user'),
  )
}

/** Role, limit and suspension of a member. A suspended member is signed out and their keys are revoked. */
export async function changeUser(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof userChange>,
): Promise<Member | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const { suspended, ...rest } = change
  const changed = await withinAll(house, caller, async (tx) => {
    const owners = await countActiveOwners(tx, workspace_id)
    const member = await readMember(tx, workspace_id, id)
    if (!member) return refuseUnknown('user')
    const refusal = refuseRank(caller, member.role, change.role) ?? refuseLastOwner(member, owners, change)
    if (refusal) return refusal
    const suspended_at = suspended === undefined ? {} : { suspended_at: suspended ? new Date(at) : null }
    await changeMember(tx, workspace_id, id, { ...rest, ...suspended_at })
    if (suspended) await revokeApiKeysOf(tx, workspace_id, id, at)
    return readAgain(tx, workspace_id, id)
  })
  if (isRefusal(changed)) return changed
  // A role of another kind is a new sign-in, as a suspension is none.
  if (suspended || change.role !== undefined) {
    await asUser(house.pool, id, (tx) => endSessionsIn(tx, id, workspace_id, at))
  }
  house.engine.wake(workspace_id, 'dial')
  return changed
}

/** Nobody hands out, or takes away, a role above their own. */
export function refuseRank(caller: Caller, ...touched: (Role | undefined)[]): Refusal | null {
  const above = touched.find((role) => role !== undefined && !reaches(caller.role, role))
  return above ? refuse('forbidden', `Only a member with the role ${above} or above may do this.`) : null
}

function refuseLastOwner(member: Member, owners: number, change: z.output<typeof userChange>): Refusal | null {
  const leaves = change.suspended === true || (change.role !== undefined && change.role !== 'owner')
  if (member.role !== 'owner' || member.suspended_at !== null || !leaves || owners > 1) return null
  return refuse('last-owner', 'Make somebody else an owner first.')
}

async function readAgain(tx: Tx, workspaceId: string, id: string): Promise<Member> {
  return (await readMember(tx, workspaceId, id)) as Member
}
