import type { CallerIdUse } from '#domain/caller-id-choice.ts'
import type { Tx } from './tx.ts'

export interface CallerId {
  number: string
  name: string | null
  calls_per_hour: number | null
  rests_until: Date | null
}

export async function listCallerIds(tx: Tx, workspaceId: string, trunkId: string): Promise<CallerId[]> {
  const { rows } = await tx.query<CallerId>(
    'select number, name, calls_per_hour, rests_until from caller_ids where workspace_id = $1 and trunk_id = $2 order by number',
    [workspaceId, trunkId],
  )
  return rows
}

/** Registers a number on a trunk; one that is there already takes the new name and limits. */
export async function addCallerId(
  tx: Tx,
  workspaceId: string,
  callerId: CallerId & { trunk_id: string },
  at: number,
): Promise<void> {
  await tx.query(
    `insert into caller_ids (workspace_id, trunk_id, number, name, calls_per_hour, rests_until, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, trunk_id, number) do update set name = excluded.name,
       calls_per_hour = excluded.calls_per_hour, rests_until = excluded.rests_until`,
    [
      ...[workspaceId, callerId.trunk_id, callerId.number, callerId.name],
      ...[callerId.calls_per_hour, callerId.rests_until, new Date(at)],
    ],
  )
}

export async function removeCallerId(tx: Tx, workspaceId: string, trunkId: string, number: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from caller_ids where workspace_id = $1 and trunk_id = $2 and number = $3',
    [workspaceId, trunkId, number],
  )
  return rowCount === 1
}

/** What these trunks' numbers (null: all) may be shown for, and how often each was in the hour before `at` (epoch ms); by trunk. */
export async function readCallerIdUse(
  tx: Tx,
  workspaceId: string,
  { trunkIds, numbers }: { trunkIds: string[]; numbers: string[] | null },
  at: number,
): Promise<Map<string, CallerIdUse[]>> {
  const { rows } = await tx.query<CallerIdUse & { trunk_id: string }>({
    name: 'read-caller-id-use',
    text: `select i.trunk_id, i.number, i.calls_per_hour, (extract(epoch from i.rests_until) * 1000)::double precision as rests_until,
        (select count(*)::int from attempts a where a.workspace_id = $1 and a.trunk_id = i.trunk_id and a.caller_id = i.number
          and a.claimed_at > $3 and a.state <> 'dropped') as calls
      from caller_ids i where i.workspace_id = $1 and i.trunk_id = any ($2)
        and ($4::text[] is null or i.number = any ($4)) order by i.number`,
    values: [workspaceId, trunkIds, new Date(at - 3_600_000), numbers],
  })
  return Map.groupBy(rows, ({ trunk_id }) => trunk_id)
}
