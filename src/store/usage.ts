import type { CampaignMode } from '#domain/campaign.ts'
import type { RoutedTrunk } from '#domain/routing.ts'
import { routes } from './trunks.ts'
import type { Tx } from './tx.ts'

/** Lines in use and allowed in one workspace, as the claim sees them. `null` means no such limit. */
export interface Usage {
  installation_left: number | null
  turn: number
  agentless_in_use: number
  agentless_cap: number
  trunks: TrunkUsage[]
  owners: { id: string; cap: number; in_use: number; turn: number | null }[]
  campaigns: CampaignUsage[]
  toll: TollUsage
  /** Of campaigns that choose among trunks: those that say what they serve, by campaign; null where none chooses. */
  routes: Record<string, RoutedTrunk[]> | null
  /** Whoever can take a call this moment, the longest idle first. */
  idle: IdleSession[]
}

/** What bounds a workspace against toll fraud. Money is in the currency of the trunks' prices; `null` means no such limit. */
export interface TollUsage {
  calls_per_second: number | null
  /** Calls the workspace's own bucket holds now. */
  tokens: number | null
  daily_spend_limit: number | null
  /** Of the day, after what is over and what calls under way keep back. */
  spend_left: number | null
  /** What one call more on each trunk keeps back; null where that is not known. */
  reserves: Record<string, number | null> | null
}

export interface IdleSession {
  session_id: string
  agent_id: string
  /** Campaigns that dial for their agents, on the trunk that the agent's leg is on. */
  campaign_ids: string[]
}

export interface TrunkUsage {
  id: string
  channels: number
  in_use: number
  calls_per_second: number | null
  /** Calls the trunk's token bucket holds now; null without a rate. */
  tokens: number | null
  blocked_until: string | null
  blocked_reason: string | null
}

export interface CampaignUsage {
  id: string
  owner_user_id: string
  /** Null when the workspace has no default trunk and the campaign names none. */
  trunk_id: string | null
  weight: number
  agentless: boolean
  cap: number | null
  in_use: number
  daily_limit: number | null
  dials_today: number
  /** Of a run of a few calls: how many it has, and how many may still leave; null when it calls until its end. */
  run_limit: number | null
  run_left: number | null
  /** The day in the campaign's zone. */
  day: string
  mode: CampaignMode
  /** Of modes that dial for agents, for how many calls one is kept; 0 for those that dial by hand or for nobody. */
  calls_per_agent: number
  /** Of modes that dial for agents: whether somebody is to be called now. */
  due: boolean
  /** Calls under way that no agent has yet, and those in an agent's hands. */
  awaiting: number
  talking: number
  /** Abandoned of the live answers of 30 days, at most; from 0 to 1. */
  abandon_cap: number
  /** Of modes that call ahead, over the last 30 days: people who answered, and those of them for whom nobody came in time. */
  live_answers: number
  abandoned: number
}

/** Reads without a lock: good for deciding how much to ask for, not for taking it. */
export async function readUsage(tx: Tx, workspaceId: string, at: number, systemCap: number | null): Promise<Usage> {
  const { rows } = await tx.query<{ usage: Usage }>({
    name: 'read-usage',
    text: `select read_usage($1, $2, $3) || jsonb_build_object('toll', read_toll_limits($1, $2), 'routes', ${routes}) as usage`,
    values: [workspaceId, new Date(at), systemCap],
  })
  return (rows[0] as { usage: Usage }).usage
}

/** How many calls without an agent the owner may have at once besides those under way; read under the limits' lock. */
export async function readOwnerRoom(tx: Tx, workspaceId: string, ownerUserId: string): Promise<number> {
  const { rows } = await tx.query<{ room: number }>({
    name: 'read-owner-room',
    text: `select m.concurrent_calls - (select count(*) from attempts a where a.workspace_id = $1 and a.ended_at is null
        and a.owner_user_id = $2 and a.agentless)::int as room
      from memberships m where m.workspace_id = $1 and m.user_id = $2`,
    values: [workspaceId, ownerUserId],
  })
  return rows[0]?.room ?? 0
}

/**
 * Locks the workspace's and these trunks' limits until the transaction ends, and reads what is in use; with the campaigns' routes
 * where somebody chooses (`chooses`).
 */
export async function lockLimits(
  tx: Tx,
  workspaceId: string,
  trunkIds: string[],
  at: number,
  systemCap: number | null,
  chooses: boolean,
): Promise<Usage> {
  const locked = tx.query<{ usage: Omit<Usage, 'routes'> }>({
    name: 'lock-limits',
    text: 'select lock_limits($1, $2, $3, $4) as usage',
    values: [workspaceId, trunkIds, new Date(at), systemCap],
  })
  // Asked once the lock is held, in the same round trip.
  const read = chooses
    ? tx.query<Pick<Usage, 'routes'>>({
        name: 'read-routes',
        text: `select ${routes} as routes`,
        values: [workspaceId],
      })
    : null
  const [{ rows }, found] = await Promise.all([locked, read])
  return { ...(rows[0] as { usage: Usage }).usage, routes: found?.rows[0]?.routes ?? null }
}
