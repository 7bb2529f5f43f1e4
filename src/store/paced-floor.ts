import type { OpenSession, SessionMove } from '#domain/pacing/follow-agents.ts'
import type { FloorCall } from '#domain/pacing/observe-calls.ts'
import type { ShiftHours } from '#domain/pacing/shift-end.ts'
import { type NextLead, readNextLeads } from './next-leads.ts'
import type { Tx } from './tx.ts'

export interface PacedCampaign extends ShiftHours {
  id: string
  ring_timeout_seconds: number
  /** The dialer whose pacer speaks for it; null when none ever did. */
  held_by: string | null
}

export interface PacedFloor {
  campaigns: PacedCampaign[]
  calls: (FloorCall & { campaign_id: string })[]
  sessions: OpenSession[]
  moves: SessionMove[]
  /** Whom each campaign calls next, in order. */
  next: NextLead[]
}

/** What the reading before knew: its sessions, its calls of which there is more to hear, and when it was (epoch ms). */
export interface KnownFloor {
  calls: string[]
  sessions: { session_id: string; steps: number }[]
  since: number
}

const ms = (time: string) => `(extract(epoch from ${time}) * 1000)::double precision as ${time.split('.')[1]}`

/** All that the pacers of these campaigns look at, in one round trip. `sharing`: campaigns that may have agents in common. */
export async function readPacedFloor(
  tx: Tx,
  workspaceId: string,
  campaignIds: string[],
  known: KnownFloor,
  sharing: string[],
  at: number,
): Promise<PacedFloor> {
  const [campaigns, calls, sessions, next] = await Promise.all([
    readCampaigns(tx, workspaceId, campaignIds),
    readCalls(tx, workspaceId, campaignIds, known),
    readSessions(tx, workspaceId, known, sharing),
    readNextLeads(tx, workspaceId, campaignIds, at),
  ])
  return { campaigns, calls, ...sessions, next }
}

async function readCampaigns(tx: Tx, workspaceId: string, ids: string[]): Promise<PacedCampaign[]> {
  const { rows } = await tx.query<PacedCampaign>({
    name: 'read-paced-campaigns',
    text: `select c.id, c.ring_timeout_seconds, c.window_start, c.window_end, c.weekdays, c.time_zone, c.hours_zone,
        (select p.held_by from pacer_states p where p.workspace_id = $1 and p.campaign_id = c.id) as held_by
      from campaigns c where c.workspace_id = $1 and c.id = any ($2)`,
    values: [workspaceId, ids],
  })
  return rows
}

/** The lead of attempt `a` as it was before: by its row while it is called, and by what was written down where that is over. */
const leadBefore = `jsonb_build_object('number', a.number, 'zone', n.time_zone, 'country', n.country, 'region', n.region,
  'postcode', n.postcode, 'campaign_zone', z.time_zone, 'listed_at', extract(epoch from l.created_at) * 1000,
  'line', (select p.kind from contact_phones p where p.workspace_id = $1 and p.number = a.number),
  'phone_index', case when a.ended_at is null then l.phone_index end,
  'attempts', case when a.ended_at is null then l.attempts
    else coalesce((a.verdict #>> '{input,lead,attempts}')::integer, l.attempts - 1) end,
  'last_outcome', case when a.ended_at is null then l.last_outcome
    else (select p.outcome from attempts p where p.workspace_id = $1 and p.lead_id = a.lead_id and p.id < a.id
      and p.outcome is not null order by p.lead_id desc, p.id desc limit 1) end)`

/** Open calls that nobody has, those of which there is more to hear, and those that were dialed since, over or not. */
async function readCalls(
  tx: Tx,
  workspaceId: string,
  campaignIds: string[],
  known: KnownFloor,
): Promise<PacedFloor['calls']> {
  const { rows } = await tx.query<PacedFloor['calls'][number]>({
    name: 'read-paced-calls',
    text: `
      with wanted as materialized (
        select a.id from attempts a where a.workspace_id = $1 and a.campaign_id = any ($2) and a.ended_at is null
          and a.session_id is null
        union select unnest($3::uuid[])
        union select a.id from attempts a where a.workspace_id = $1 and a.campaign_id = any ($2) and a.id >= first_uuid_at($4)
      )
      select a.id, a.campaign_id, ${ms('a.claimed_at')}, ${ms('c.ringing_at')}, ${ms('c.answered_at')}, ${ms('a.live_at')},
        ${ms('c.connected_at')}, ${ms('a.abandoned_at')}, ${ms('a.ended_at')}, coalesce(c.outcome, a.outcome) as outcome,
        case when c.detection in ('machine', 'fax', 'screened') then (select (extract(epoch from min(e.at)) * 1000)::double precision
          from call_events e where e.workspace_id = $1 and e.call_id = w.id and e.kind = 'detected') end as machine_at,
        a.hang_up_at is not null as ending, a.session_id, f.lead
      from wanted w
      cross join lateral (select * from attempts x where x.workspace_id = $1 and x.id = w.id limit 1) a
      left join lateral (select * from calls x where x.workspace_id = $1 and x.id = w.id limit 1) c on true
      left join unnest($3::uuid[]) as k (id) on k.id = w.id
      left join lateral (select ${leadBefore} as lead
        from (select * from leads x where x.workspace_id = $1 and x.id = a.lead_id limit 1) l
        cross join lateral (select * from contacts x where x.workspace_id = $1 and x.id = l.contact_id limit 1) n
        cross join lateral (select time_zone from campaigns x where x.workspace_id = $1 and x.id = a.campaign_id limit 1) z
        where k.id is null) f on true
      where a.kind = 'campaign' and not a.agentless
      order by a.id`,
    values: [workspaceId, campaignIds, known.calls, new Date(known.since)],
  })
  return rows
}

/**
 * Open sessions, and what those known before passed through since. Their agents' numbers are asked for once: without
 * statistics each of these look-ups reads all agents.
 */
async function readSessions(
  tx: Tx,
  workspaceId: string,
  { sessions }: KnownFloor,
  sharing: string[],
): Promise<Pick<PacedFloor, 'sessions' | 'moves'>> {
  const known = sessions.map(({ session_id }) => session_id)
  const [open, moves] = await Promise.all([
    tx.query<OpenSession>({
      name: 'read-paced-sessions',
      text: `select s.id as session_id, s.state, (extract(epoch from s.state_since) * 1000)::double precision as since, s.steps,
          s.next_state is not null as pause_pending,
          case when s.id <> all ($2) then (select g.number from agents g where g.workspace_id = $1 and g.id = s.agent_id) end as agent,
          case when s.call_id is not null then
            (select a.campaign_id from attempts a where a.workspace_id = $1 and a.id = s.call_id) end as campaign_id,
          case when s.call_id is null then '{}' else array(select c.id from campaigns c
            where c.workspace_id = $1 and c.id = any ($3) and takes_calls_of($1, c.id, s.agent_id)
              and (select g.skills @> c.skills from agents g where g.workspace_id = $1 and g.id = s.agent_id)
              and (select l.trunk_id from legs l where l.workspace_id = $1 and l.id = s.leg_id) = coalesce(c.trunk_id,
                (select t.id from trunks t where t.workspace_id = $1 and t.is_default))) end as serves
        from agent_sessions s where s.workspace_id = $1 and s.ended_at is null`,
      values: [workspaceId, known, sharing],
    }),
    tx.query<SessionMove>({
      name: 'read-paced-moves',
      text: `select t.session_id, t.step, t.to_state as state, (extract(epoch from t.at) * 1000)::double precision as at,
          case when t.call_id is not null then
            (select a.campaign_id from attempts a where a.workspace_id = $1 and a.id = t.call_id) end as campaign_id
        from unnest($2::uuid[], $3::int[]) as k (session_id, steps)
        cross join lateral (select * from agent_transitions x
          where x.workspace_id = $1 and x.session_id = k.session_id and x.step > k.steps order by x.step) t
        order by t.session_id, t.step`,
      values: [workspaceId, known, sessions.map(({ steps }) => steps)],
    }),
  ])
  return { sessions: open.rows, moves: moves.rows }
}
