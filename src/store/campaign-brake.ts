/**
 * The brake: each dial holds it shared from the intent until the carrier has answered, whoever stops a campaign takes
 * it alone. So after a stop was answered, no command of that campaign is on its way. The shared side belongs to a
 * connection, not to a transaction, because the intent must be committed before the command leaves.
 */
import type pg from 'pg'
import type { Pool } from './database.ts'
import { actingStatement, type Tx } from './tx.ts'

const key = (campaignId: string) => `campaign:${campaignId}`

export interface Brake<T> {
  result: T
  /** Lets go; safe to call twice. A connection that fails to unlock is thrown away and its lock with it. */
  release(): Promise<void>
}

/** Runs `work` in a committed transaction of one workspace while holding the campaign's brake shared. */
export async function holdBrakeShared<T>(
  pool: Pool,
  workspaceId: string,
  campaignId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<Brake<T>> {
  const client: pg.PoolClient = await pool.connect()
  try {
    await client.query({
      name: 'brake-shared',
      text: 'select pg_advisory_lock_shared(hashtextextended($1, 0))',
      values: [key(campaignId)],
    })
    await client.query(`begin; ${actingStatement({ workspace_id: workspaceId })}`)
    const result = await work(client)
    await client.query('commit')
    return { result, release: once(() => letGo(client, campaignId)) }
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function letGo(client: pg.PoolClient, campaignId: string): Promise<void> {
  try {
    await client.query({
      name: 'brake-release',
      text: 'select pg_advisory_unlock_shared(hashtextextended($1, 0))',
      values: [key(campaignId)],
    })
    client.release()
  } catch (error) {
    client.release(error as Error)
  }
}

/** Waits until no command of the campaign is on its way, and lets none leave until this transaction ends. */
export async function pullBrake(tx: Tx, campaignId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key(campaignId)])
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= act()
    return done
  }
}
