import type { CallState } from '#domain/call.ts'
import type { JoinHow } from '#domain/call-act.ts'
import type { LegState } from '#domain/leg.ts'
import type { Tx } from './tx.ts'

export interface CallJoin {
  id: string
  call_id: string
  user_id: string
  leg_id: string
  how: JoinHow
  act_id: string
  state: 'opening' | 'joined' | 'over'
  reason: string | null
  asked_at: Date
  joined_at: Date | null
  ended_at: Date | null
}

const columns = `j.id, j.call_id, j.user_id, j.leg_id, j.how, j.act_id, j.state, j.reason, j.asked_at, j.joined_at, j.ended_at`

/** What watchers hear of rows `changed`; leaves with the statement that changed them. */
const tell = (at: string) => `insert into live_outbox (workspace_id, type, data, at)
  select $1, 'call.join', jsonb_build_object('join_id', id, 'call_id', call_id, 'user_id', user_id, 'how', how,
    'state', state, 'reason', reason), ${at} from changed`

/** The join that a user is in or asks for. */
export async function lockOpenJoin(tx: Tx, workspaceId: string, userId: string): Promise<CallJoin | null> {
  const { rows } = await tx.query<CallJoin>({
    name: 'lock-open-join',
    text: `select ${columns} from call_joins j where j.workspace_id = $1 and j.user_id = $2 and j.ended_at is null
      for no key update`,
    values: [workspaceId, userId],
  })
  return rows[0] ?? null
}

export interface AskedJoin extends Pick<CallJoin, 'id' | 'call_id' | 'user_id' | 'leg_id' | 'how' | 'act_id'> {
  at: number
}

/** Writes down that a user asks to be in a call, or to be in it in another way; null when they asked for another just now. */
export async function askForJoin(tx: Tx, workspaceId: string, asked: AskedJoin): Promise<CallJoin | null> {
  const { rows } = await tx.query<CallJoin>({
    name: 'ask-for-join',
    text: `
      with changed as (
        insert into call_joins as j (workspace_id, id, call_id, user_id, leg_id, how, act_id, asked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (workspace_id, user_id) where ended_at is null do update
          set how = excluded.how, act_id = excluded.act_id, leg_id = excluded.leg_id, state = 'opening', check_at = now()
          where j.call_id = excluded.call_id
        returning ${columns}
      ), told as (${tell('$8')})
      select * from changed`,
    values: [
      ...[workspaceId, asked.id, asked.call_id, asked.user_id, asked.leg_id, asked.how, asked.act_id],
      new Date(asked.at),
    ],
  })
  return rows[0] ?? null
}

/** Takes a join whose leg is up, to let it into its call; others leave it alone for ten seconds. */
export async function takeReadyJoin(tx: Tx, workspaceId: string, id: string): Promise<CallJoin | null> {
  const { rows } = await tx.query<CallJoin>({
    name: 'take-ready-join',
    text: `update call_joins j set check_at = now() + interval '10 seconds'
      where j.workspace_id = $1 and j.id = $2 and j.state = 'opening' and j.check_at <= now()
        and (select l.state from legs l where l.workspace_id = $1 and l.id = j.leg_id) = 'up'
      returning ${columns}`,
    values: [workspaceId, id],
  })
  return rows[0] ?? null
}

/** Its leg is in the call; null when the join is over, or was asked for in another way meanwhile. */
export async function markJoined(tx: Tx, workspaceId: string, join: CallJoin, at: number): Promise<CallJoin | null> {
  const { rows } = await tx.query<CallJoin>({
    name: 'mark-joined',
    text: `
      with changed as (
        update call_joins j set state = 'joined', joined_at = coalesce(j.joined_at, $4)
        where j.workspace_id = $1 and j.id = $2 and j.act_id = $3 and j.state = 'opening' returning ${columns}
      ), told as (${tell('$4')})
      select * from changed`,
    values: [workspaceId, join.id, join.act_id, new Date(at)],
  })
  return rows[0] ?? null
}

/** Ends joins, once each; gives those that it ended. */
export async function endJoins(
  tx: Tx,
  workspaceId: string,
  which: { ids: string[] } | { call_id: string; but?: string },
  reason: string,
  at: number,
): Promise<CallJoin[]> {
  const [condition, value] = 'ids' in which ? ['j.id = any ($2)', which.ids] : ['j.call_id = $2', which.call_id]
  const but = 'but' in which ? which.but : null
  const { rows } = await tx.query<CallJoin>({
    text: `
      with changed as (
        update call_joins j set state = 'over', reason = $3, ended_at = $4
        where j.workspace_id = $1 and ${condition} and j.ended_at is null and j.id is distinct from $5 returning ${columns}
      ), told as (${tell('$4')})
      select * from changed`,
    values: [workspaceId, value, reason, new Date(at), but ?? null],
  })
  return rows
}

export interface SettlingJoin extends CallJoin {
  trunk_id: string
  leg_state: LegState
  leg_cause: string | null
  call_state: CallState
}

/** The joins that are not over, with what they hang on. */
export async function listOpenJoins(tx: Tx, workspaceId: string): Promise<SettlingJoin[]> {
  const { rows } = await tx.query<SettlingJoin>({
    name: 'list-open-joins',
    text: `select ${columns}, l.trunk_id, l.state as leg_state, l.hangup_cause as leg_cause,
        (select c.state from calls c where c.workspace_id = $1 and c.id = j.call_id) as call_state
      from call_joins j join legs l on l.workspace_id = $1 and l.id = j.leg_id
      where j.workspace_id = $1 and j.ended_at is null order by j.id`,
    values: [workspaceId],
  })
  return rows
}

/** Open legs of supervisors who have been in no call since before `since`. */
export async function listIdleSupervisorLegs(
  tx: Tx,
  workspaceId: string,
  since: number,
): Promise<{ id: string; trunk_id: string }[]> {
  const { rows } = await tx.query<{ id: string; trunk_id: string }>({
    name: 'list-idle-supervisor-legs',
    text: `select l.id, l.trunk_id from legs l
      where l.workspace_id = $1 and l.down_at is null and l.user_id is not null and not l.closing and l.asked_at <= $2
        and not exists (select from call_joins j where j.workspace_id = $1 and j.leg_id = l.id
          and (j.ended_at is null or j.ended_at > $2))
      order by l.id`,
    values: [workspaceId, new Date(since)],
  })
  return rows
}
