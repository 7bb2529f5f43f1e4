import { signOn } from '#floor/agent-sessions.ts'
import type { Pool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import type { TestDatabase } from './database.ts'
import type { Tenant } from './tenant.ts'

export interface AgentOptions {
  name?: string
  user_id?: string
  reached_at?: 'browser' | 'extension'
  skills?: string[]
  kind?: 'human' | 'ai'
  /** The campaign it is assigned to by name. */
  campaign_id?: string
}

let made = 0
let waiting = 0

/** An agent at an extension unless `options` say otherwise. */
export async function makeAgent(
  owner: TestDatabase['owner'],
  tenant: Tenant,
  at: number,
  options: AgentOptions = {},
): Promise<string> {
  const id = newId(at)
  made += 1
  const reached_at = options.reached_at ?? 'extension'
  await owner.query(
    `with numbered as (
       insert into number_counters (workspace_id, noun, last) values ($1, 'agents', 1)
       on conflict (workspace_id, noun) do update set last = number_counters.last + 1 returning last
     )
     insert into agents (workspace_id, id, number, name, user_id, reached_at, extension, skills, kind, created_at, updated_at)
     select $1, $2, last, $3, $4, $5, $6, $7, $8, $9, $9 from numbered`,
    [
      ...[tenant.workspace_id, id, options.name ?? `Agent ${made}`, options.user_id ?? null, reached_at],
      ...[
        reached_at === 'extension' ? String(made) : null,
        options.skills ?? [],
        options.kind ?? 'human',
        new Date(at),
      ],
    ],
  )
  if (options.campaign_id) {
    await owner.query('insert into campaign_agents values ($1, $2, $3)', [tenant.workspace_id, options.campaign_id, id])
  }
  return id
}

/** Puts agents into a new team, and the team on a campaign where one is named. */
export async function makeTeam(
  owner: TestDatabase['owner'],
  tenant: Tenant,
  at: number,
  agentIds: string[],
  campaignId?: string,
): Promise<string> {
  const id = newId(at)
  const { workspace_id } = tenant
  await owner.query('insert into teams values ($1, $2, $3, $4, $4)', [workspace_id, id, `Team ${id}`, new Date(at)])
  await owner.query('insert into team_members select $1, $2, unnest($3::uuid[])', [workspace_id, id, agentIds])
  if (campaignId) await owner.query('insert into campaign_teams values ($1, $2, $3)', [workspace_id, campaignId, id])
  return id
}

/** Lets the session's agent have a leg that is up, without a carrier; for tests in which nobody is put through. */
export async function giveLeg(pool: Pool, tenant: Tenant, sessionId: string, at: number): Promise<void> {
  await inWorkspace(pool, tenant, async (tx) => {
    await tx.query(
      `insert into legs (workspace_id, id, trunk_id, agent_id, reached_at, address, state, asked_at, up_at, check_at)
       select $1, $2, $3, agent_id, 'browser', agent_id::text, 'up', $4, $4, 'infinity' from agent_sessions
       where workspace_id = $1 and id = $5 on conflict do nothing`,
      [tenant.workspace_id, newId(at), tenant.trunk_id, new Date(at), sessionId],
    )
    await tx.query(
      `update agent_sessions s set leg_id = (select l.id from legs l
         where l.workspace_id = $1 and l.agent_id = s.agent_id and l.down_at is null)
       where s.workspace_id = $1 and s.id = $2`,
      [tenant.workspace_id, sessionId],
    )
  })
}

/** An answered call of the campaign's that waits for an agent, without a carrier; gives its id. */
export async function makeWaitingCall(pool: Pool, tenant: Tenant, campaignId: string, at: number): Promise<string> {
  const id = newId(at)
  waiting += 1
  const number = `+1212${5_550_000 + waiting}`
  await inWorkspace(pool, tenant, (tx) =>
    tx.query(
      `insert into attempts (workspace_id, id, campaign_id, owner_user_id, trunk_id, agentless, number, state, verdict,
         claimed_by, claimed_at, lease_until, awaits_agent, live_at)
       values ($1, $2, $3, $4, $5, false, $6, 'dialed', '{}', 'test', $7, 'infinity', true, $7)`,
      [...[tenant.workspace_id, id, campaignId, tenant.user_id, tenant.trunk_id], ...[number, new Date(at)]],
    ),
  )
  return id
}

/** Signs an agent on as available; gives the session's id. */
export async function signOnAgent(pool: Pool, tenant: Tenant, agentId: string, at: number): Promise<string> {
  const opened = { id: newId(at), agent_id: agentId, ip: null, client: null, by_user_id: null }
  const session = await inWorkspace(pool, tenant, (tx) =>
    signOn(tx, tenant.workspace_id, opened, { to: 'available' }, at),
  )
  if (session === null) throw new Error('the agent has an open session')
  return session.id
}
