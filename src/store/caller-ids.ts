import type { AnswerCount } from '#domain/answer-rate.ts'
import { outcomes, wasAnswered } from '#domain/call.ts'
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

export interface AnswerRates {
  number: string
  /** Of the 24 hours before, and of the seven days before them. */
  last_day: AnswerCount
  week_before: AnswerCount
}

/** Calls enough to tell; more would only take longer. */
const most_calls = { last_day: 1000, week_before: 4000 }
const rang = ['human', 'machine', 'answered', 'fax', 'screened', 'abandoned', 'busy', 'no_answer', 'rejected']

/** How often people answered calls that showed a trunk's numbers, of the latest calls that rang; `at` in epoch ms. */
export async function readAnswerRates(
  tx: Tx,
  workspaceId: string,
  trunkId: string,
  at: number,
): Promise<AnswerRates[]> {
  const answered = outcomes.filter((outcome) => wasAnswered(outcome))
  const count = (limit: number, from: string, to: string) => `(select jsonb_build_object('calls', count(*),
      'answered', count(*) filter (where latest.outcome = any ($5))) from (
        select a.outcome from attempts a where a.workspace_id = $1 and a.trunk_id = $2 and a.caller_id = i.number
          and a.claimed_at > $3::timestamptz - interval '${from}' and a.claimed_at <= $3::timestamptz - interval '${to}'
          and a.outcome = any ($4)
        order by a.claimed_at desc limit ${limit}) as latest)`
  const { rows } = await tx.query<AnswerRates>(
    `select i.number, ${count(most_calls.last_day, '1 day', '0')} as last_day,
       ${count(most_calls.week_before, '8 days', '1 day')} as week_before
     from caller_ids i where i.workspace_id = $1 and i.trunk_id = $2 order by i.number`,
    [workspaceId, trunkId, new Date(at), rang, answered],
  )
  return rows
}
