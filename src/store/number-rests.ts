import type { Tx } from './tx.ts'

/** Lets the numbers of these attempts rest until an instant (epoch ms); a longer rest stands. */
export async function restNumbersOf(
  tx: Tx,
  workspaceId: string,
  rests: { attempt_id: string; until: number; reason: string }[],
): Promise<void> {
  await tx.query({
    name: 'rest-numbers',
    text: `insert into number_rests (workspace_id, number, until, reason)
      select distinct on (a.number) $1, a.number, to_timestamp(r.until / 1000), r.reason
      from jsonb_to_recordset($2) as r (attempt_id uuid, until double precision, reason text)
      join attempts a on a.workspace_id = $1 and a.id = r.attempt_id
      where a.workspace_id = $1 and a.id = any ($3)
      order by a.number, r.until desc
      on conflict (workspace_id, number) do update set until = excluded.until, reason = excluded.reason
        where number_rests.until < excluded.until`,
    values: [workspaceId, JSON.stringify(rests), rests.map((rest) => rest.attempt_id)],
  })
}
