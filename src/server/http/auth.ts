import type { FastifyRequest } from 'fastify'
import { hashToken } from '#server/features/installation/first-owner.ts'
import { recordKeyUse } from '#store/api-keys.ts'
import { readCaller } from '#store/callers.ts'
import { findApiKey, findSession } from '#store/finders.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Caller } from './caller.ts'
import type { ServerDeps } from './house.ts'
import { reaches } from './permissions.ts'
import { isRefusal, type Refusal, refuse } from './problems.ts'
import { isUpgrade } from './same-origin.ts'

export const sessionCookie = 'outdial_session'
/** A key's last use is written down no more often than this. */
const useNotedEveryMs = 60_000

export interface Authenticator {
  /** Who sends this request, or why nobody does. */
  recognise(request: FastifyRequest): Promise<Caller | Refusal>
  /** Whether the caller of a request that goes on, such as an event stream, would still be let in. */
  stillKnows(request: FastifyRequest): Promise<boolean>
}

type Presented = { kind: 'key' | 'session'; token: string }

export function createAuthenticator(house: ServerDeps): Authenticator {
  const noted = new Map<string, number>()

  function noteUse(workspaceId: string, keyId: string, at: number): void {
    if (at - (noted.get(keyId) ?? 0) < useNotedEveryMs) return
    noted.set(keyId, at)
    inWorkspace(house.pool, { workspace_id: workspaceId }, (tx) => recordKeyUse(tx, workspaceId, keyId, at)).catch(
      (error: Error) => house.log.warn({ err: error }, "a key's last use was not noted"),
    )
  }

  async function find({ kind, token }: Presented) {
    const at = house.clock.now()
    if (kind === 'session') return { ...(await findSession(house.pool, hashToken(token), at)), api_key_id: null }
    const key = await findApiKey(house.pool, hashToken(token))
    if (key) noteUse(key.workspace_id, key.api_key_id, at)
    return { ...key }
  }

  async function recognise(request: FastifyRequest): Promise<Caller | Refusal> {
    const presented = readToken(request)
    if (!presented) return unauthenticated
    const { workspace_id, user_id, api_key_id = null } = await find(presented)
    if (workspace_id === undefined || user_id === undefined) return unauthenticated
    const row = await inWorkspace(house.pool, { workspace_id, user_id }, (tx) =>
      readCaller(tx, workspace_id, user_id, api_key_id),
    )
    if (!row) return unauthenticated
    if (row.suspended_at !== null) return refuse('suspended', 'An owner or admin of the workspace can lift this.')
    return {
      workspace_id,
      user_id,
      role: row.role,
      only_own: row.visibility === 'own' && !reaches(row.role, 'supervisor'),
      by:
        api_key_id === null
          ? { kind: 'session', id: hashToken(presented.token).toString('hex') }
          : { kind: 'key', id: api_key_id, scopes: row.scopes ?? [] },
    }
  }

  return {
    recognise,
    stillKnows: async (request) => !isRefusal(await recognise(request)),
  }
}

const unauthenticated = refuse('unauthenticated', 'Send an API key as "Authorization: Bearer …", or sign in.')

/** What a browser's WebSocket, which can send no header, names its key by. */
const keyProtocol = /(?:^|,)\s*bearer\.([^\s,]+)/

/** A key goes before a cookie: a browser that sends both means the key. */
export function readToken(request: FastifyRequest): Presented | null {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer +(.+)$/i.exec(authorization)?.[1]
    return token === undefined ? null : { kind: 'key', token }
  }
  const named = isUpgrade(request) && keyProtocol.exec(request.headers['sec-websocket-protocol'] ?? '')?.[1]
  if (named) return { kind: 'key', token: named }
  const cookie = request.cookies[sessionCookie]
  return cookie ? { kind: 'session', token: cookie } : null
}
