import { hashToken, makeSignInLink, makeToken } from '#server/features/installation/first-owner.ts'
import { findSignInLink } from '#store/finders.ts'
import { createSession, endSession } from '#store/sessions.ts'
import { spendSignInLink } from '#store/sign-in-links.ts'
import { asUser } from '#store/tx.ts'
import { readMember } from '#store/users.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'

/** A working day and its overtime. */
export const sessionMs = 12 * 3_600_000

export interface Opened {
  /** The session's secret, for the cookie alone. */
  token: string
  workspace_id: string
  user_id: string
}

/** Spends a one-time link and opens a session with a new secret. */
export async function signIn(
  house: ServerDeps,
  linkToken: string,
  from: { ip: string; client: string | null },
): Promise<Opened | Refusal> {
  const hash = hashToken(linkToken)
  const link = await findSignInLink(house.pool, hash)
  if (!link) return linkSpent
  const token = makeToken()
  const at = house.clock.now()
  const opened = await asUser(house.pool, link.user_id, async (tx) => {
    if (!(await spendSignInLink(tx, hash, at))) return false
    await createSession(tx, {
      ...{ ...link, id_hash: hashToken(token), ip: from.ip, client: from.client?.slice(0, 300) ?? null },
      ...{ at, expires_at: at + sessionMs },
    })
    return true
  })
  return opened ? { token, workspace_id: link.workspace_id, user_id: link.user_id } : linkSpent
}

const linkSpent = refuse('link-spent', 'Ask for a new link: outdial sign-in-link, or an admin of the workspace.')

export async function signOut(house: ServerDeps, userId: string, token: string): Promise<void> {
  await asUser(house.pool, userId, (tx) => endSession(tx, hashToken(token)))
}

export async function readMe(house: ServerDeps, caller: Caller) {
  return withinAll(house, caller, async (tx) => {
    const user = await readMember(tx, caller.workspace_id, caller.user_id)
    const workspace = await readWorkspace(tx, caller.workspace_id)
    if (!user || !workspace) return refuseUnknown('user')
    const { by } = caller
    return { user, workspace, scopes: by.kind === 'key' ? by.scopes : null }
  })
}

/** A one-time link that signs the caller in, in a browser. */
export async function makeOwnLink(house: ServerDeps, caller: Caller): Promise<{ token: string }> {
  const { user_id, workspace_id } = caller
  return { token: await makeSignInLink(house.pool, house.clock, { user_id, workspace_id }) }
}
