/**
 * The brake: each dial holds it shared from the intent until the carrier has answered, whoever stops a campaign takes
 * it alone. So after a stop was answered, no command of that campaign is on its way. The shared side belongs to a
 * connection, not to a transaction, because the intent must be committed before the command leaves.
 */
import type pg from 'pg'
import type { Pool } from './database.ts'
import { actingStatement, asUuid, commitWork, type SendLast, type Tx } from './tx.ts'

const key = (campaignId: string) => `campaign:${asUuid(campaignId)}`

export interface Brakes<T> {
  result: T
  /** Lets go; safe to call twice. A connection that fails to unlock is thrown away and its locks with it. */
  release(): Promise<void>
}

/** Runs `work` in a committed transaction of one workspace while holding these campaigns' brakes shared. */
export async function holdBrakesShared<T>(
  pool: Pool,
  workspaceId: string,
  campaignIds: string[],
  work: (tx: Tx, sendLast: SendLast) => Promise<T>,
): Promise<Brakes<T>> {
  const client: pg.PoolClient = await pool.connect()
  const keys = inOrder(campaignIds)
  try {
    // One round trip; the locks are the session's, so they outlive the transaction that begins right after them.
    const locks = keys.map((key) => `select pg_advisory_lock_shared(hashtextextended('${key}', 0))`)
    const opening = [...locks, 'begin', actingStatement({ workspace_id: workspaceId })].join('; ')
    const result = await commitWork(client, client.query(opening), work)
    return { result, release: once(() => letGo(client, keys)) }
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function letGo(client: pg.PoolClient, keys: string[]): Promise<void> {
  try {
    await client.query({
      name: 'brakes-release',
      text: 'select pg_advisory_unlock_shared(hashtextextended(k, 0)) from unnest($1::text[]) k',
      values: [keys],
    })
    client.release()
  } catch (error) {
    client.release(error as Error)
  }
}

/**
 * A dial lets go of its brake after a second at the latest, and sends nothing later than half a second after its intent
 * (engine.ts). Whoever still holds one after this is frozen or cut off, and has nothing left that it would send.
 */
const patienceMs = 3_000

/** Waits until no command of these campaigns is on its way, and lets none leave until this transaction ends. */
export async function pullBrakes(tx: Tx, campaignIds: string[], patience_ms = patienceMs): Promise<void> {
  await tx.query('savepoint brakes')
  try {
    await tx.query(`set local lock_timeout = ${Math.round(patience_ms)}`)
    await tx.query('select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest($1::text[]) k', [
      inOrder(campaignIds),
    ])
    await tx.query('set local lock_timeout = 0')
  } catch (error) {
    if ((error as { code?: string }).code !== lockNotAvailable) throw error
    await tx.query('rollback to savepoint brakes')
  }
}

/** SQLSTATE of a lock that was waited for too long. */
const lockNotAvailable = '55P03'

/** Everybody takes several brakes in the same order, or two of them could wait for each other. */
function inOrder(campaignIds: string[]): string[] {
  return [...new Set(campaignIds)].sort().map(key)
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= act()
    return done
  }
}
