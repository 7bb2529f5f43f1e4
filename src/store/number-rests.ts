import type { Tx } from './tx.ts'

/** Lets the numbers of these attempts rest; a longer rest stands. */
export async function restNumbersOf(
  tx: Tx,
  workspaceId: string,
  attemptIds: string[],
  rest: { until: number; reason: string },
): Promise<void> {
  await tx.query(
    `insert into number_rests (workspace_id, number, until, reason)
     select $1, number, $3, $4 from attempts where workspace_id = $1 and id = any ($2)
     on conflict (workspace_id, number) do update set until = excluded.until, reason = excluded.reason
       where number_rests.until < excluded.until`,
    [workspaceId, attemptIds, new Date(rest.until), rest.reason],
  )
}
