/** Everything the checks look at, read once the run has come to rest: the carrier's testimony and our own records. */
import type { CallEvent, CallFacts } from '#domain/call.ts'
import { clockJumpMs } from './faults.ts'
import type { Outages } from './outages.ts'
import type { ChaosPostgres } from './postgres.ts'
import { readTestimony, type Testimony } from './witness.ts'

export interface AttemptRow {
  id: string
  workspace_id: string
  lead_id: string
  campaign_id: string
  owner_user_id: string
  trunk_id: string
  number: string
  state: string
  outcome: string | null
  day: string
  claimed_at: number
  intent_at: number | null
  ended_at: number | null
}

export interface LeadRow {
  id: string
  campaign_id: string
  status: string
  due_at: number | null
  attempts: number
  carrier_faults: number
  max_attempts: number
}

export interface EventRow {
  call_id: string
  event_key: string
  event: CallEvent
}

/** A limit and the attempts it holds for. */
export interface LimitRow {
  kind: 'trunk' | 'workspace' | 'owner' | 'campaign'
  workspace_id: string
  id: string
  cap: number
}

export interface Evidence {
  testimony: Testimony
  attempts: AttemptRow[]
  leads: LeadRow[]
  calls: Map<string, CallFacts>
  /** Oldest first, as they came in. */
  events: Map<string, EventRow[]>
  limits: LimitRow[]
  rates: { trunk_id: string; calls_per_second: number }[]
  days: { campaign_id: string; day: string; dials: number; daily_limit: number | null }[]
  /** Reports that the tracker never applied. */
  left_in_inbox: number
  dialers: number
  outages: Outages
  /** Instants of our records that a dialer wrote while its clock was wrong, and that were put right here. */
  written_by_wrong_clocks: number
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::double precision as ${column}`
const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export async function readEvidence(
  postgres: ChaosPostgres,
  paths: { ledger: string; journal: string },
  run: { dialers: number; outages: Outages; began_at: number },
): Promise<Evidence> {
  const { ask } = postgres
  const over_at = Date.now()
  let written_by_wrong_clocks = 0
  /** A run takes less than an hour, so what was written by a clock that had jumped lies before or after it. */
  const putRight = (instant: number): number => {
    if (instant >= run.began_at && instant <= over_at) return instant
    written_by_wrong_clocks += 1
    return instant > over_at ? instant - clockJumpMs : instant + clockJumpMs
  }
  const attempts = await ask<AttemptRow>(
    `select id, workspace_id, lead_id, campaign_id, owner_user_id, trunk_id, number, state, outcome, day, ${ms('claimed_at')},
       ${ms('intent_at')}, ${ms('ended_at')} from attempts order by id`,
  )
  const calls = await ask<CallFacts & { id: string }>(
    `select id, state, outcome, detection, hangup_cause, ${iso('ringing_at')} as ringing_at,
       ${iso('answered_at')} as answered_at, ${iso('connected_at')} as connected_at, agent_id,
       ${iso('abandoned_at')} as abandoned_at, ${iso('ended_at')} as ended_at, recording_url,
       cost::double precision as cost, cost_currency from calls`,
  )
  const events = await ask<EventRow>(
    `select call_id, event_key, jsonb_build_object('kind', kind, 'at', ${iso('at')}) || detail as event from call_events
     where kind <> 'initiated' order by received_at`,
  )
  return {
    testimony: readTestimony(paths.ledger, paths.journal),
    // Intents bear the database's clock.
    attempts: attempts.map((attempt) => ({
      ...attempt,
      claimed_at: putRight(attempt.claimed_at),
      ended_at: attempt.ended_at === null ? null : putRight(attempt.ended_at),
    })),
    leads: await ask<LeadRow>(
      `select l.id, l.campaign_id, l.status, ${ms('due_at').replace('from due_at', 'from l.due_at')}, l.attempts, l.carrier_faults,
         coalesce(l.max_attempts, c.max_attempts) as max_attempts
       from leads l join campaigns c on c.workspace_id = l.workspace_id and c.id = l.campaign_id`,
    ),
    calls: new Map(calls.map(({ id, ...facts }) => [id, facts])),
    events: Map.groupBy(events, (row) => row.call_id),
    limits: await ask<LimitRow>(limitsSql),
    rates: await ask('select id as trunk_id, calls_per_second from trunks where calls_per_second is not null'),
    days: await ask(
      `select d.campaign_id, d.day, d.dials, c.daily_limit from campaign_days d
       join campaigns c on c.workspace_id = d.workspace_id and c.id = d.campaign_id`,
    ),
    left_in_inbox: (await ask('select from event_inbox')).length,
    dialers: run.dialers,
    outages: run.outages,
    written_by_wrong_clocks,
  }
}

const limitsSql = `
  select 'trunk' as kind, workspace_id, id, channels as cap from trunks
  union all select 'workspace', id, id, concurrent_calls from workspaces
  union all select 'owner', workspace_id, user_id, concurrent_calls from memberships
  union all select 'campaign', workspace_id, id, max_concurrent_calls from campaigns where max_concurrent_calls is not null`
