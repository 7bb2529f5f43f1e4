import { type AgentKind, holdAgents } from './agents.ts'
import { holdTeams } from './teams.ts'
import type { Tx } from './tx.ts'

/** Columns of a campaign `c`: who takes its calls. */
export const crewColumns = `
  array(select x.agent_id from campaign_agents x where x.workspace_id = c.workspace_id and x.campaign_id = c.id
    order by x.agent_id) as agent_ids,
  array(select x.team_id from campaign_teams x where x.workspace_id = c.workspace_id and x.campaign_id = c.id
    order by x.team_id) as team_ids`

/** Which of these agents and teams exist, held so that none goes before this transaction ends. */
export async function holdCrew(
  tx: Tx,
  workspaceId: string,
  crew: { agent_ids: string[]; team_ids: string[] },
): Promise<{ agents: Map<string, AgentKind>; teams: Set<string> }> {
  const agents = await holdAgents(tx, workspaceId, crew.agent_ids)
  return { agents, teams: await holdTeams(tx, workspaceId, crew.team_ids) }
}

/** Replaces what is given of a campaign's crew; an absent list stays as it is. */
export async function setCrew(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  crew: { agent_ids?: string[] | undefined; team_ids?: string[] | undefined },
): Promise<void> {
  if (crew.agent_ids) await replace(tx, 'campaign_agents', 'agent_id', [workspaceId, campaignId, crew.agent_ids])
  if (crew.team_ids) await replace(tx, 'campaign_teams', 'team_id', [workspaceId, campaignId, crew.team_ids])
}

async function replace(tx: Tx, table: string, column: string, values: [string, string, string[]]): Promise<void> {
  await tx.query(`delete from ${table} where workspace_id = $1 and campaign_id = $2 and ${column} <> all ($3)`, values)
  await tx.query(
    `insert into ${table} (workspace_id, campaign_id, ${column}) select $1, $2, unnest($3::uuid[]) on conflict do nothing`,
    values,
  )
}

const crewOf = `(
  select x.agent_id from campaign_agents x where x.workspace_id = c.workspace_id and x.campaign_id = c.id
  union select m.agent_id from campaign_teams x
    join team_members m on m.workspace_id = x.workspace_id and m.team_id = x.team_id
    where x.workspace_id = c.workspace_id and x.campaign_id = c.id)`

/** How a campaign's agents stand now: deleted and inactive ones are not counted. */
export interface CrewCount {
  assigned: number
  signed_on: number
  available: number
  in_call: number
  wrapping_up: number
  on_break: number
}

export async function countCrew(tx: Tx, workspaceId: string, campaignId: string): Promise<CrewCount> {
  const { rows } = await tx.query<CrewCount>({
    name: 'count-crew',
    text: `select count(*) as assigned, count(s.state) as signed_on,
        count(*) filter (where s.state = 'available') as available,
        count(*) filter (where s.state in ('reserved', 'on_call')) as in_call,
        count(*) filter (where s.state = 'wrap_up') as wrapping_up,
        count(*) filter (where s.state = 'break') as on_break
      from campaigns c join agents a on a.workspace_id = $1 and a.id in ${crewOf}
      left join agent_sessions s on s.workspace_id = $1 and s.agent_id = a.id and s.ended_at is null
      where c.workspace_id = $1 and c.id = $2 and a.active and a.deleted_at is null`,
    values: [workspaceId, campaignId],
  })
  return rows[0] as CrewCount
}

export interface NamedCampaign {
  id: string
  number: number
  name: string
}

/** Active campaigns that name this agent, or that would have nobody without them. */
export async function activeCampaignsOfAgent(tx: Tx, workspaceId: string, agentId: string): Promise<NamedCampaign[]> {
  const { rows } = await tx.query<NamedCampaign>(
    `select c.id, c.number, c.name from campaigns c
     where c.workspace_id = $1 and c.status = 'active' and (
       exists (select from campaign_agents x where x.workspace_id = $1 and x.campaign_id = c.id and x.agent_id = $2)
       or ($2 in ${crewOf} and not exists (select from agents a where a.workspace_id = $1 and a.id in ${crewOf}
         and a.id <> $2 and a.active and a.deleted_at is null)))
     order by c.id`,
    [workspaceId, agentId],
  )
  return rows
}

/** Active campaigns that name this team. */
export async function activeCampaignsOfTeam(tx: Tx, workspaceId: string, teamId: string): Promise<NamedCampaign[]> {
  const { rows } = await tx.query<NamedCampaign>(
    `select c.id, c.number, c.name from campaigns c
     join campaign_teams x on x.workspace_id = $1 and x.campaign_id = c.id and x.team_id = $2
     where c.workspace_id = $1 and c.status = 'active' order by c.id`,
    [workspaceId, teamId],
  )
  return rows
}
