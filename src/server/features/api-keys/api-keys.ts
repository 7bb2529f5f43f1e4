import type { z } from 'zod'
import { hashToken, makeToken, shownOfToken } from '#server/features/installation/first-owner.ts'
import { type ApiKey, createApiKey, listApiKeys, readApiKey, revokeApiKey } from '#store/api-keys.ts'
import { newId } from '#store/ids.ts'
import { readInstallationOwner } from '#store/installation.ts'
import { readMember } from '#store/users.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { holdsScope } from '../../http/permissions.ts'
import { type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { refuseRank } from '../users/users.ts'
import type { newApiKey } from './schema.ts'

export async function listKeys(house: ServerDeps, caller: Caller, after: string | null, limit: number) {
  return withinAll(house, caller, (tx) => listApiKeys(tx, caller.workspace_id, after, limit))
}

export async function readKey(house: ServerDeps, caller: Caller, id: string): Promise<ApiKey | Refusal> {
  return withinAll(
    house,
    caller,
    async (tx) => (await readApiKey(tx, caller.workspace_id, id)) ?? refuseUnknown('API key'),
  )
}

/** Makes a key that acts as the caller, or as a member who may do no more than the caller. */
export async function makeKey(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newApiKey>,
): Promise<(ApiKey & { token: string }) | Refusal> {
  const { workspace_id, by } = caller
  const beyond = by.kind === 'key' ? wanted.scopes.find((scope) => !holdsScope(by.scopes, scope)) : undefined
  if (beyond) return refuse('missing-scope', `A key makes no key with more scopes than its own: ${beyond}.`)
  const user_id = wanted.user_id ?? caller.user_id
  if (user_id !== caller.user_id && user_id === (await readInstallationOwner(house.pool))) {
    return refuse('forbidden', "Nobody else may act as the installation's first owner.")
  }
  const { dialect = null } = wanted
  const token = makeToken(dialect)
  const at = house.clock.now()
  return withinAll(house, caller, async (tx) => {
    const member = await readMember(tx, workspace_id, user_id)
    if (!member || member.suspended_at !== null) {
      return refuseValues([{ path: 'user_id', message: 'is no active member of the workspace' }])
    }
    const rank = refuseRank(caller, member.role)
    if (rank) return rank
    const id = newId(at)
    const prefix = token.slice(0, shownOfToken + (dialect === null ? 0 : dialect.length + 1))
    const scopes = [...new Set(wanted.scopes)]
    const key = { id, user_id, name: wanted.name, prefix, scopes, token_hash: hashToken(token), at }
    await createApiKey(tx, workspace_id, key)
    return { ...((await readApiKey(tx, workspace_id, id)) as ApiKey), token }
  })
}

export async function revokeKey(house: ServerDeps, caller: Caller, id: string): Promise<ApiKey | Refusal> {
  const { workspace_id } = caller
  return withinAll(
    house,
    caller,
    async (tx) => (await revokeApiKey(tx, workspace_id, id, house.clock.now())) ?? refuseUnknown('API key'),
  )
}
