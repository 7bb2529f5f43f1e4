import type { CallState } from '#domain/call.ts'
import type { Tx } from './tx.ts'

export interface CallInHand {
  id: string
  state: CallState
  trunk_id: string
  provider_call_id: string | null
  campaign_id: string | null
  /** Of the workspace: numbers to transfer to are read as there. */
  country: string
  wrap_up_ms: number
  /** The session in whose hands it is. */
  hand: { session_id: string; agent_id: string; user_id: string | null; leg_id: string | null } | null
  /** The supervisor who has taken it over. */
  taken: { join_id: string; user_id: string; leg_id: string } | null
}

/** A call with the session that talks on it; null when there is no such call. */
export async function readCallInHand(tx: Tx, workspaceId: string, callId: string): Promise<CallInHand | null> {
  const { rows } = await tx.query<CallInHand>({
    name: 'read-call-in-hand',
    text: `
      select c.id, c.state, c.trunk_id, c.provider_call_id, c.campaign_id,
        (select w.country from workspaces w where w.id = $1) as country,
        coalesce((select p.wrap_up_seconds from campaigns p where p.workspace_id = $1 and p.id = c.campaign_id), 30) * 1000
          as wrap_up_ms,
        (select jsonb_build_object('session_id', s.id, 'agent_id', s.agent_id, 'leg_id', s.leg_id,
            'user_id', (select a.user_id from agents a where a.workspace_id = $1 and a.id = s.agent_id))
          from agent_sessions s where s.workspace_id = $1 and s.call_id = c.id and s.state = 'on_call'
) as hand,
        (select jsonb_build_object('join_id', j.id, 'user_id', j.user_id, 'leg_id', j.leg_id) from call_joins j
          where j.workspace_id = $1 and j.call_id = c.id and j.how = 'take_over' and j.state = 'joined') as taken
      from calls c where c.workspace_id = $1 and c.id = $2`,
    values: [workspaceId, callId],
  })
  return rows[0] ?? null
}

export interface CallActRow {
  /** Rises from row to row. */
  seq: number
  act_id: string
  call_id: string
  act: string
  /** `unknown`: the carrier may have done it, and did not say so. */
  result: 'asked' | 'done' | 'refused' | 'unknown'
  detail: Record<string, unknown>
  /** Who did it; null for the engine. */
  user_id: string | null
  /** In whose hands the call was. */
  agent_id: string | null
  at: Date
}

const columns = 'seq, act_id, call_id, act, result, detail, user_id, agent_id, at'

/** Appends one row and tells those who watch the call. */
export async function addCallAct(
  tx: Tx,
  workspaceId: string,
  row: Omit<CallActRow, 'at' | 'seq'> & { at: number },
): Promise<CallActRow> {
  const { rows } = await tx.query<CallActRow>({
    name: 'add-call-act',
    text: `
      with noted as (
        insert into call_acts (workspace_id, act_id, call_id, act, result, detail, user_id, agent_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *
      ), told as (
      insert into live_outbox (workspace_id, type, data, at)
      select $1, 'call.act', jsonb_build_object('call_id', call_id, 'act_id', act_id, 'act', act, 'result', result,
        'user_id', user_id, 'agent_id', agent_id), $9 from noted where result <> 'asked'
      )
      select ${columns} from noted`,
    values: [
      ...[workspaceId, row.act_id, row.call_id, row.act, row.result, JSON.stringify(row.detail)],
      ...[row.user_id, row.agent_id, new Date(row.at)],
    ],
  })
  return rows[0] as CallActRow
}

/** Everything that was done with a call, oldest first. */
export async function listCallActs(tx: Tx, workspaceId: string, callId: string): Promise<CallActRow[]> {
  const { rows } = await tx.query<CallActRow>({
    name: 'list-call-acts',
    text: `select ${columns} from call_acts
      where workspace_id = $1 and call_id = $2 order by seq`,
    values: [workspaceId, callId],
  })
  return rows
}
