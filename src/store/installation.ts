import type { Pool } from './database.ts'
import type { Tx } from './tx.ts'

/** The user who made this installation; null on an empty database. */
export async function readInstallationOwner(db: Pool | Tx): Promise<string | null> {
  const { rows } = await db.query<{ owner_user_id: string }>('select owner_user_id from installation')
  return rows[0]?.owner_user_id ?? null
}

/** Claims the installation for its first owner; false when another server was quicker. */
export async function claimInstallation(tx: Tx, userId: string, at: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'insert into installation (owner_user_id, created_at) values ($1, $2) on conflict do nothing',
    [userId, new Date(at)],
  )
  return rowCount === 1
}

/** Whether the database answers and has been migrated. */
export async function isSchemaThere(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>("select to_regclass('public.live_events') is not null as there")
  return rows[0]?.there ?? false
}
