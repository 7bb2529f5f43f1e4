import { type OwnCredentials, readOwnCredentials, savePasswordHash } from '#store/passwords.ts'
import { endAllSessions } from '#store/sessions.ts'
import { asUser } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import { tryPassword } from './guesses.ts'
import { canHashPasswords, hashPassword, verifyPassword } from './password-hash.ts'
import { type Opened, openSession, passwordsOff, type Sender } from './sign-in.ts'

/** So long after a one-time link the present password is not asked for: whoever forgot it comes in by a link. */
const linkFreshMs = 15 * 60_000

export interface WantedPassword {
  password: string
  current_password?: string
}

/**
 * Sets the caller's password and signs them out everywhere; their own session goes on under a new secret, which is in the
 * answer. Null for a caller with a key.
 */
export async function setPassword(
  house: ServerDeps,
  caller: Caller,
  wanted: WantedPassword,
  from: Sender,
): Promise<Opened | null | Refusal> {
  if (!canHashPasswords) return passwordsOff
  const { workspace_id, user_id, by } = caller
  const session = by.kind === 'session' ? Buffer.from(by.id, 'hex') : null
  const linkedAfter = house.clock.now() - linkFreshMs
  const own = await withinAll(house, caller, (tx) =>
    readOwnCredentials(tx, workspace_id, user_id, session, linkedAfter),
  )
  if (wanted.password.toLowerCase() === own.email) {
    return refuseValues([{ path: 'password', message: 'must be another text than the e-mail address' }])
  }
  const refusal = await refuseStranger(house, own, wanted, from)
  if (refusal) return refusal
  const hash = await hashPassword(wanted.password)
  return asUser(house.pool, user_id, async (tx) => {
    await savePasswordHash(tx, user_id, hash, house.clock.now())
    await endAllSessions(tx, user_id)
    return session === null ? null : openSession(house, tx, caller, 'password', from)
  })
}

/**
 * A password opens every workspace of its owner, and any workspace's admin can invite them and keep the link. So without
 * the present password it is only set from the workspace that their account was made in.
 */
async function refuseStranger(
  house: ServerDeps,
  { email, password_hash, fresh_link, at_home }: OwnCredentials,
  { current_password }: WantedPassword,
  { ip }: Sender,
): Promise<Refusal | null> {
  if (at_home && (password_hash === null || fresh_link)) return null
  if (password_hash === null) {
    return refuse('forbidden', 'A first password is set from the workspace that your account was made in.')
  }
  if (current_password === undefined) {
    return refuseValues([{ path: 'current_password', message: 'is needed to set another' }])
  }
  const right = await tryPassword(house, { email, ip }, async () =>
    (await verifyPassword(current_password, password_hash)) ? true : null,
  )
  if (isRefusal(right)) return right
  return right ? null : refuseValues([{ path: 'current_password', message: 'is not your present password' }])
}
