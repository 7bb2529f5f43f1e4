import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#domain/clock.ts'
import { createApiKey } from '#store/api-keys.ts'
import type { Pool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import { claimInstallation, readInstallationOwner } from '#store/installation.ts'
import { createSignInLink } from '#store/sign-in-links.ts'
import { createTrunk } from '#store/trunks.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { addMember, createUser } from '#store/users.ts'
import { createWorkspace } from '#store/workspaces.ts'
import { rehearsal_provider } from '#telephony/registry.ts'

/** A sign-in link works once and for this long. */
export const signInLinkMs = 24 * 3_600_000
/** Enough of a token to tell it from others, far too little to guess it. */
export const shownOfToken = 14
/** Channels of the simulated trunk that every new workspace has. */
const simulatedChannels = 20

export interface FirstOwnerOptions {
  data_dir: string
  country: string
  time_zone: string
  /** The whole Bearer token; null: one is made. */
  api_key: string | null
}

export interface FirstOwner {
  user_id: string
  workspace_id: string
  /** Where the key was written, for its owner alone; null when it was given from outside. */
  key_file: string | null
}

/** On an empty installation: its owner, their workspace with a simulated trunk, and their API key. Null later on. */
export async function makeFirstOwner(pool: Pool, clock: Clock, options: FirstOwnerOptions): Promise<FirstOwner | null> {
  if ((await readInstallationOwner(pool)) !== null) return null
  const at = clock.now()
  const owner = { user_id: newId(at), workspace_id: newId(at) }
  const token = options.api_key ?? makeToken()
  const made = await inWorkspace(pool, owner, async (tx) => {
    if (!(await claimInstallation(tx, owner.user_id, at))) return false
    await createUser(tx, { id: owner.user_id, email: 'owner@localhost', name: 'Owner' }, at)
    await openWorkspace(
      tx,
      { ...owner, name: 'My workspace', country: options.country, time_zone: options.time_zone },
      at,
    )
    await createApiKey(tx, owner.workspace_id, {
      id: newId(at),
      user_id: owner.user_id,
      name: "owner's key",
      prefix: token.slice(0, shownOfToken),
      token_hash: hashToken(token),
      scopes: ['admin'],
      at,
    })
    return true
  })
  if (!made) return null
  return { ...owner, key_file: options.api_key === null ? keepToken(options.data_dir, token) : null }
}

export interface WorkspaceOpening {
  workspace_id: string
  user_id: string
  name: string
  country: string
  time_zone: string
  /** Lines of the simulated trunk and of both limits. */
  lines?: number
  speed?: number
  is_demo?: boolean
}

/** A workspace ready to call: its owner, and a simulated trunk until another is made default. */
export async function openWorkspace(tx: Tx, opening: WorkspaceOpening, at: number): Promise<string> {
  const { workspace_id, user_id, lines } = opening
  await createWorkspace(
    tx,
    {
      id: workspace_id,
      name: opening.name,
      country: opening.country,
      time_zone: opening.time_zone,
      ...(lines === undefined ? {} : { concurrent_calls: lines }),
      is_demo: opening.is_demo ?? false,
      // Good for simulated calls only: a real trunk asks for a declaration that somebody made.
      consent_declaration: {
        basis: 'simulated',
        text: 'Nobody real is called over a simulated trunk.',
        simulated: true,
      },
    },
    at,
  )
  await addMember(
    tx,
    workspace_id,
    { user_id, role: 'owner', ...(lines === undefined ? {} : { concurrent_calls: lines }) },
    at,
  )
  const trunkId = newId(at)
  await createTrunk(
    tx,
    workspace_id,
    {
      id: trunkId,
      name: 'Simulated',
      provider: rehearsal_provider,
      is_default: true,
      channels: lines ?? simulatedChannels,
      calls_per_second: null,
      settings: opening.speed === undefined ? {} : { speed: opening.speed },
      sealed_secret: null,
    },
    at,
  )
  return trunkId
}

/** Makes a one-time link for a member of a workspace; the token is only in the answer. */
export async function makeSignInLink(
  pool: Pool,
  clock: Clock,
  who: { user_id: string; workspace_id: string },
): Promise<string> {
  const token = makeToken()
  const at = clock.now()
  await inWorkspace(pool, who, (tx) =>
    createSignInLink(tx, { ...who, token_hash: hashToken(token), kind: 'sign_in', at, expires_at: at + signInLinkMs }),
  )
  return token
}

/** 256 bits that nobody guesses; the prefix tells people and secret scanners what it is, and a server for which dialect. */
export function makeToken(dialect: string | null = null): string {
  return `outdial_${dialect === null ? '' : `${dialect}_`}${randomBytes(32).toString('base64url')}`
}

/** Tokens have 256 random bits, so one fast hash is enough. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function keepToken(dataDir: string, token: string): string {
  const path = join(dataDir, 'owner-api-key')
  writeFileSync(path, `${token}\n`, { mode: 0o600 })
  return path
}
