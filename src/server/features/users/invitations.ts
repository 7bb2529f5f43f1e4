import type { z } from 'zod'
import { hashToken, makeToken, signInLinkMs } from '#server/features/installation/first-owner.ts'
import { findUser, findWorkspacesOf } from '#store/finders.ts'
import { newId } from '#store/ids.ts'
import { readInstallationOwner } from '#store/installation.ts'
import { createSignInLink, hasSpentLink } from '#store/sign-in-links.ts'
import { inWorkspace } from '#store/tx.ts'
import { addMember, createUser, type Member, readMember } from '#store/users.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import type { newUser } from './schema.ts'
import { readUser, refuseRank } from './users.ts'

type Invited = { user: Member; invite_token: string }

/** Makes a person a member; the link that lets them in is in the answer and nowhere else. */
export async function inviteUser(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newUser>,
): Promise<Invited | Refusal> {
  const rank = refuseRank(caller, wanted.role)
  if (rank) return rank
  const { workspace_id } = caller
  const known = await findUser(house.pool, wanted.email)
  // A link signs in as its user, and this one may do more than members of a workspace may.
  if (known !== null && known === (await readInstallationOwner(house.pool)) && known !== caller.user_id) {
    return refuse('already-exists', 'This person can not be invited.')
  }
  const at = house.clock.now()
  const user_id = known ?? newId(at)
  const { role, concurrent_calls } = wanted
  const added = await inWorkspace(house.pool, { workspace_id, user_id }, async (tx) => {
    if (known === null) await createUser(tx, { id: user_id, email: wanted.email, name: wanted.name }, at)
    else if (await readMember(tx, workspace_id, user_id)) return refuse('already-exists', 'They are a member already.')
    const cap = concurrent_calls === undefined ? {} : { concurrent_calls }
    await addMember(tx, workspace_id, { user_id, role, ...cap }, at)
    return (await readMember(tx, workspace_id, user_id)) as Member
  })
  if (isRefusal(added)) return added
  return { user: added, invite_token: await makeInviteLink(house, workspace_id, user_id) }
}

/** A new link for somebody who has not used theirs; from then on only they themselves make links that sign them in. */
export async function renewInvitation(house: ServerDeps, caller: Caller, id: string): Promise<Invited | Refusal> {
  const user = await readUser(house, caller, id)
  if (isRefusal(user)) return user
  const rank = refuseRank(caller, user.role)
  if (rank) return rank
  const { workspace_id } = caller
  const spent = await inWorkspace(house.pool, { workspace_id, user_id: id }, (tx) => hasSpentLink(tx, id))
  const elsewhere = (await findWorkspacesOf(house.pool, id)).some((other) => other !== workspace_id)
  if (spent || elsewhere || id === (await readInstallationOwner(house.pool))) {
    return refuse('conflict', 'They have signed in before, so they make their own links.')
  }
  return { user, invite_token: await makeInviteLink(house, workspace_id, id) }
}

async function makeInviteLink(house: ServerDeps, workspace_id: string, user_id: string): Promise<string> {
  const token = makeToken()
  const at = house.clock.now()
  const link = { user_id, workspace_id, kind: 'invite' as const, at, expires_at: at + signInLinkMs }
  await inWorkspace(house.pool, { workspace_id, user_id }, (tx) =>
    createSignInLink(tx, { ...link, token_hash: hashToken(token) }),
  )
  return token
}
