import type { CallFacts } from '#domain/call.ts'
import type { TakenReport } from './event-inbox.ts'
import { addRecordings } from './recordings.ts'
import type { Tx } from './tx.ts'

/** Appends reports to the calls' histories, and what was recorded to what is fetched; returns those that were new. */
export async function appendCallEvents(
  tx: Tx,
  workspaceId: string,
  reports: (TakenReport & { call_id: string })[],
): Promise<Set<string>> {
  const { rows } = await tx.query<{ call_id: string; event_key: string }>({
    name: 'append-call-events',
    text: `insert into call_events (workspace_id, call_id, event_key, kind, at, received_at, detail)
      select $1, r.call_id, r.event_key, r.event ->> 'kind', (r.event ->> 'at')::timestamptz, r.received_at,
        r.event - 'kind' - 'at'
      from jsonb_to_recordset($2) as r (call_id uuid, event_key text, event jsonb, received_at timestamptz)
      on conflict do nothing returning call_id, event_key`,
    values: [workspaceId, JSON.stringify(reports)],
  })
  const fresh = new Set(rows.map((row) => `${row.call_id} ${row.event_key}`))
  await addRecordings(
    tx,
    workspaceId,
    reports.filter(({ call_id, event_key }) => fresh.has(`${call_id} ${event_key}`)),
  )
  return fresh
}

export interface StoredCall extends CallFacts {
  id: string
  campaign_id: string | null
  lead_id: string | null
  /** Null until its carrier has told which call it is. */
  provider_call_id: string | null
  /** Somebody of ours is to talk. */
  with_agents: boolean
}

/** Locks calls, always in the order of their ids, and reads their facts. */
export async function lockCalls(tx: Tx, workspaceId: string, ids: string[]): Promise<StoredCall[]> {
  const { rows } = await tx.query<StoredCall>({
    name: 'lock-calls',
    text: `select id, campaign_id, lead_id, provider_call_id, state, outcome, detection, hangup_cause, recording_url, agent_id,
        cost::double precision as cost, cost_currency, ${iso('ringing_at')},
        ${iso('answered_at')}, ${iso('connected_at')}, ${iso('abandoned_at')}, ${iso('ended_at')},
        coalesce((select not a.agentless from attempts a where a.workspace_id = $1 and a.id = calls.id), false) as with_agents
      from calls where workspace_id = $1 and id = any ($2) order by id for no key update`,
    values: [workspaceId, ids],
  })
  return rows
}

/** The call that its carrier knows by this id; null when it is none of the trunk's. */
export async function findCallOfProvider(
  tx: Tx,
  workspaceId: string,
  trunkId: string,
  providerCallId: string,
): Promise<{ id: string; campaign_id: string | null; lead_id: string | null } | null> {
  const { rows } = await tx.query<{ id: string; campaign_id: string | null; lead_id: string | null }>(
    `select id, campaign_id, lead_id from calls
     where workspace_id = $1 and trunk_id = $2 and provider_call_id = $3 limit 1`,
    [workspaceId, trunkId, providerCallId],
  )
  return rows[0] ?? null
}

/** Whom a call over this trunk was for; null where it is none, or was for no lead. */
export async function findLeadOfCall(tx: Tx, workspaceId: string, trunkId: string, callId: string) {
  const { rows } = await tx.query<{ lead_id: string | null }>(
    'select lead_id from calls where workspace_id = $1 and trunk_id = $2 and id = $3',
    [workspaceId, trunkId, callId],
  )
  return rows[0]?.lead_id ?? null
}

/** Writes merged facts back and tells those who watch. */
export async function saveCalls(tx: Tx, workspaceId: string, calls: StoredCall[], at: number): Promise<void> {
  if (calls.length === 0) return
  await tx.query({
    name: 'save-calls',
    text: `
      with changed as (
        update calls c set state = f.state, outcome = f.outcome, detection = f.detection, hangup_cause = f.hangup_cause,
          ringing_at = f.ringing_at, answered_at = f.answered_at, connected_at = f.connected_at, agent_id = f.agent_id,
          abandoned_at = f.abandoned_at, ended_at = f.ended_at, recording_url = f.recording_url,
          cost = f.cost, cost_currency = f.cost_currency
        from jsonb_to_recordset($2) as f (id uuid, state text, outcome text, detection text, hangup_cause text, recording_url text,
          agent_id uuid, ringing_at timestamptz, answered_at timestamptz, connected_at timestamptz,
          abandoned_at timestamptz, ended_at timestamptz, cost numeric, cost_currency text)
        where c.workspace_id = $1 and c.id = any ($4) and c.id = f.id
        returning c.id, c.campaign_id, c.state, c.outcome
      )
      insert into live_outbox (workspace_id, type, data, at)
      select $1, 'call.updated',
        jsonb_build_object('call_id', id, 'campaign_id', campaign_id, 'state', state, 'outcome', outcome), $3
      from changed`,
    values: [workspaceId, JSON.stringify(calls), new Date(at), calls.map((call) => call.id)],
  })
}

function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`
}
