import { hashToken, makeToken } from '#server/features/installation/first-owner.ts'
import { findCredentials, findSignInLink, findWorkspacesOf } from '#store/finders.ts'
import { savePasswordHash } from '#store/passwords.ts'
import { createSession, endSession } from '#store/sessions.ts'
import { spendSignInLink } from '#store/sign-in-links.ts'
import { asUser, type Tx } from '#store/tx.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { tryPassword } from './guesses.ts'
import { canHashPasswords, hashPassword, isOutdated, verifyPassword } from './password-hash.ts'

/** A working day and its overtime. */
export const sessionMs = 12 * 3_600_000

/** Where a sign-in comes from. */
export interface Sender {
  ip: string
  client: string | null
  /** The session its browser had until now; it ends. */
  session: string | null
}

export interface Opened {
  /** The session's secret, for the cookie alone. */
  token: string
  workspace_id: string
  user_id: string
}

type Who = { user_id: string; workspace_id: string }

/** Spends a one-time link and opens a session with a new secret. */
export async function signInByLink(house: ServerDeps, linkToken: string, from: Sender): Promise<Opened | Refusal> {
  const hash = hashToken(linkToken)
  const link = await findSignInLink(house.pool, hash)
  if (!link) return linkSpent
  return asUser(house.pool, link.user_id, async (tx) => {
    if (!(await spendSignInLink(tx, hash, house.clock.now()))) return linkSpent
    return openSession(house, tx, link, 'link', from)
  })
}

const linkSpent = refuse('link-spent', 'Ask for a new link: outdial sign-in-link, or an admin of the workspace.')

export interface Credentials {
  email: string
  password: string
  workspace_id?: string
}

/** Opens a session in the workspace named, else in the one joined first. Who is unknown hears what a wrong password hears. */
export async function signInByPassword(
  house: ServerDeps,
  { email, password, workspace_id }: Credentials,
  from: Sender,
): Promise<Opened | Refusal> {
  if (!canHashPasswords) return passwordsOff
  const known = await tryPassword(house, { email, ip: from.ip }, async () => {
    const found = await findCredentials(house.pool, email)
    return (await verifyPassword(password, found?.password_hash ?? null)) ? found : null
  })
  if (known === null) return refuse('wrong-password', 'Try again, or ask for a link that signs you in.')
  if (isRefusal(known)) return known
  const workspaces = await findWorkspacesOf(house.pool, known.user_id)
  if (workspaces.length === 0) return refuse('suspended', 'An owner or admin of the workspace can lift this.')
  const chosen = workspace_id === undefined ? workspaces[0] : workspaces.find((each) => each === workspace_id)
  if (chosen === undefined) return refuseUnknown('workspace')
  const newer = isOutdated(known.password_hash) ? await hashPassword(password) : null
  return asUser(house.pool, known.user_id, async (tx) => {
    if (newer !== null) await savePasswordHash(tx, known.user_id, newer, house.clock.now())
    return openSession(house, tx, { user_id: known.user_id, workspace_id: chosen }, 'password', from)
  })
}

export const passwordsOff = refuse('unavailable', 'Passwords need Node 24.7 or newer on the server; sign in by a link.')

/** Runs as the user it is for. */
export async function openSession(
  house: ServerDeps,
  tx: Tx,
  { user_id, workspace_id }: Who,
  opened_by: 'link' | 'password',
  { ip, client, session }: Sender,
): Promise<Opened> {
  const token = makeToken()
  const at = house.clock.now()
  if (session !== null) await endSession(tx, hashToken(session))
  await createSession(tx, {
    ...{ user_id, workspace_id, opened_by, ip, client: client?.slice(0, 300) ?? null },
    ...{ id_hash: hashToken(token), at, expires_at: at + sessionMs },
  })
  return { token, workspace_id, user_id }
}
