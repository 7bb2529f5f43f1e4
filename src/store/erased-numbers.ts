/**
 * Numbers of people who were erased. What is kept of one is its keyed hash (number_hash), which the database works out by
 * the key that each connection of the product is given as it starts; it blocks like a suppression of the workspace.
 */
import type { Pool } from './database.ts'
import type { Tx } from './tx.ts'

/** SQL, with the workspace as $1: the row that stands for an erased number among suppressions. */
export function erasedSuppression(number: string): string {
  return `select e.erasure_id as id, ${number} as number, 'workspace' as scope, null::uuid as campaign_id, null as brand,
      'the person was erased' as reason, 'erasure' as source, x.erased_by as added_by, null::timestamptz as expires_at, 1 as asked,
      e.erased_at as created_at, null::timestamptz as removed_at, null::uuid as removed_by
    from erased_numbers e join erasures x on x.workspace_id = $1 and x.id = e.erasure_id
    where e.workspace_id = $1 and e.number_hash = number_hash($1, ${number})`
}

/** Fails on a connection that has no key: a block that could not be written must not seem to be there. */
export async function blockErased(
  tx: Tx,
  workspaceId: string,
  erasureId: string,
  numbers: string[],
  at: number,
): Promise<void> {
  await tx.query(
    `insert into erased_numbers (workspace_id, number_hash, erasure_id, erased_at, key_check)
     select $1, number_hash($1, n), $2, $4, number_hash('00000000-0000-0000-0000-000000000000', '')
     from unnest($3::text[]) n on conflict do nothing`,
    [workspaceId, erasureId, numbers, new Date(at)],
  )
}

/** Refuses to run beside another key than the one people were erased under: they would be dialed again. */
export async function refuseForeignNumberKey(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ foreign: boolean }>('select find_foreign_number_key() as foreign')
  if (!rows[0]?.foreign) return
  throw new Error(
    'people were erased on this database under another master key, so their numbers would not be known as blocked and the ' +
      'server does not start. Put the master.key that belongs to the database back into the data folder.',
  )
}
