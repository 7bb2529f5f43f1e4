import { agentlessModes, ringingModes } from '#domain/campaign.ts'
import { type LegNeeds, phoneClient } from '#domain/held-leg.ts'
import type { Tx } from './tx.ts'

export interface AgentLegNeeds {
  agent_id: string
  /** Softphone identity, extension, or E.164. */
  address: string
  needs: LegNeeds
}

/** More of them than this say nothing new: the rest after them is at its longest. */
const pastLegs = 6

const ms = (time: string) => `round(extract(epoch from ${time}) * 1000)`

/** The active campaigns that human agents serve, read once for all agents. */
const served = `
  line as materialized (
    select t.id, t.is_default, t.active and coalesce((select l.blocked_until from dial_limits l
        where l.workspace_id = $1 and l.limited_id = t.id) <= $2, true) as usable,
      t.channels > (select count(*) from attempts a
        where a.workspace_id = $1 and a.trunk_id = t.id and a.ended_at is null) as free
    from trunks t where t.workspace_id = $1
  ), served as materialized (
    select c.id, c.weight, c.caller_id, c.mode = any ($4::text[]) as rings, has_due_lead($1, c.id, $2) as due,
      coalesce(c.trunk_id, (select id from line where is_default)) as trunk_id,
      (select a.claimed_at from attempts a where a.workspace_id = $1 and a.campaign_id = c.id
        order by a.id desc limit 1) as claimed_at,
      array(select x.agent_id from campaign_agents x where x.workspace_id = $1 and x.campaign_id = c.id
        union select m.agent_id from campaign_teams x
          join team_members m on m.workspace_id = $1 and m.team_id = x.team_id
          where x.workspace_id = $1 and x.campaign_id = c.id) as agents
    from campaigns c where c.workspace_id = $1 and c.status = 'active' and c.mode <> all ($3::text[])
  )`

/** Every agent who may have a leg, or may need one. */
const concerned = `array(
  select s.agent_id from agent_sessions s where s.workspace_id = $1 and s.ended_at is null
  union select l.agent_id from legs l where l.workspace_id = $1 and l.down_at is null and l.agent_id is not null
  union select unnest(agents) from served where rings)`

const openSession = 'from agent_sessions s where s.workspace_id = $1 and s.agent_id = a.id and s.ended_at is null'

const needs = `jsonb_build_object(
  'reached_at', a.reached_at, 'present', a.active and a.deleted_at is null and a.kind = 'human',
  'session', (select jsonb_build_object('state', s.state, 'state_since', ${ms('s.state_since')}, 'leg_id', s.leg_id,
      'by_engine', s.ip is null and s.client is not distinct from '${phoneClient}') ${openSession}),
  'ended_session', (select jsonb_build_object('ended_at', ${ms('s.ended_at')}, 'reason', s.reason) from agent_sessions s
      where s.workspace_id = $1 and s.agent_id = a.id and s.ended_at is not null order by s.started_at desc limit 1),
  'call', (select jsonb_build_object('attempt_id', t.id, 'trunk_id', t.trunk_id) from attempts t
      where t.workspace_id = $1 and t.id = (select s.call_id ${openSession}) and t.ended_at is null
        and t.session_id = (select s.id ${openSession})
        and (select c.state from calls c where c.workspace_id = $1 and c.id = t.id) = 'answered'
        and (select x.act from call_acts x where x.workspace_id = $1 and x.call_id = t.id and x.result = 'done'
          and x.act in ('park', 'unpark') order by x.seq desc limit 1) is distinct from 'park'),
  'leg', (select jsonb_build_object('id', l.id, 'state', l.state, 'trunk_id', l.trunk_id, 'closing', l.closing,
      'asked_at', ${ms('l.asked_at')}) from legs l
    where l.workspace_id = $1 and l.agent_id = a.id and l.down_at is null),
  'past', (select coalesce(jsonb_agg(jsonb_build_object('was_up', l.up_at is not null, 'down_at', ${ms('l.down_at')},
      'closing', l.closing) order by l.asked_at desc, l.id desc), '[]')
    from (select * from legs p where p.workspace_id = $1 and p.agent_id = a.id and p.down_at is not null
      order by p.asked_at desc limit ${pastLegs}) l),
  'campaigns', (select coalesce(jsonb_agg(jsonb_build_object('trunk_id', c.trunk_id, 'caller_id', c.caller_id,
      'rings', c.rings, 'due', c.due, 'last_claim_at', ${ms('c.claimed_at')},
      'usable', coalesce((select line.usable from line where line.id = c.trunk_id), false),
      'free', coalesce((select line.free from line where line.id = c.trunk_id), false)) order by c.weight desc, c.id), '[]')
    from served c where a.id = any (c.agents)),
  'default_trunk', (select jsonb_build_object('id', line.id, 'usable', line.usable) from line where line.is_default))`

/** What is known of these agents' legs; of all who may have or need one, when none are named. */
export async function readLegNeeds(
  tx: Tx,
  workspaceId: string,
  agentIds: string[] | null,
  at: number,
): Promise<AgentLegNeeds[]> {
  const { rows } = await tx.query<AgentLegNeeds>({
    name: agentIds === null ? 'read-all-leg-needs' : 'read-leg-needs',
    text: `with ${served}
      select a.id as agent_id, ${needs} as needs,
        case a.reached_at when 'extension' then a.extension when 'outside' then a.phone_number else a.id::text end as address
      from agents a where a.workspace_id = $1 and a.id = any (${agentIds === null ? concerned : '$5::uuid[]'}) order by a.id`,
    values: [...[workspaceId, new Date(at), agentlessModes, ringingModes], ...(agentIds === null ? [] : [agentIds])],
  })
  return rows
}

/** Holds an agent with the open leg and session, so that two who look after the same agent follow each other. */
export async function lockAgentsLeg(tx: Tx, workspaceId: string, agentId: string): Promise<void> {
  const values = [workspaceId, agentId]
  await Promise.all([
    tx.query('select from agents where workspace_id = $1 and id = $2 for no key update', values),
    tx.query(
      'select from legs where workspace_id = $1 and agent_id = $2 and down_at is null for no key update',
      values,
    ),
    tx.query(
      'select from agent_sessions where workspace_id = $1 and agent_id = $2 and ended_at is null for no key update',
      values,
    ),
  ])
}
