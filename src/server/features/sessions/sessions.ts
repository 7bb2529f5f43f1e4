import type { FastifyRequest } from 'fastify'
import { hashToken, makeSignInLink } from '#server/features/installation/first-owner.ts'
import { endSession } from '#store/sessions.ts'
import { asUser } from '#store/tx.ts'
import { readMember } from '#store/users.ts'
import { readWorkspace } from '#store/workspaces.ts'
import { sessionCookie } from '../../http/auth.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { actionNames, refuseAction } from '../../http/permissions.ts'
import { refuseUnknown } from '../../http/problems.ts'
import type { Sender } from './sign-in.ts'

export function senderOf(request: FastifyRequest): Sender {
  const { ip, headers, cookies } = request
  return { ip, client: headers['user-agent'] ?? null, session: cookies[sessionCookie] ?? null }
}

export async function signOut(house: ServerDeps, userId: string, token: string): Promise<void> {
  await asUser(house.pool, userId, (tx) => endSession(tx, hashToken(token)))
}

export async function readMe(house: ServerDeps, caller: Caller) {
  return withinAll(house, caller, async (tx) => {
    const user = await readMember(tx, caller.workspace_id, caller.user_id)
    const workspace = await readWorkspace(tx, caller.workspace_id)
    if (!user || !workspace) return refuseUnknown('user')
    const scopes = caller.by.kind === 'key' ? caller.by.scopes : null
    const may = actionNames.filter((action) => refuseAction(caller.role, scopes, action) === null)
    return { user, workspace, scopes, may }
  })
}

/** A one-time link that signs the caller in, in a browser. */
export async function makeOwnLink(house: ServerDeps, caller: Caller): Promise<{ token: string }> {
  const { user_id, workspace_id } = caller
  return { token: await makeSignInLink(house.pool, house.clock, { user_id, workspace_id }) }
}
