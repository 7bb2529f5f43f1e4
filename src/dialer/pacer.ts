import type { CampaignUsage, Pulse } from '#analytics/pulse.ts'
import type { Room } from '#domain/fairness.ts'
import { type AgentPace, type Decided, paceAgents } from './agent-pace.ts'

/** More leads than this are never locked at once for one campaign. */
export const mostAtOnce = 100

/**
 * How many leads of each campaign to ask for now. Agentless campaigns dial as many as their limits leave, the others as
 * many as their agents can answer; owners whose turn it is come first, and within an owner the heavier campaign.
 */
export function paceCampaigns(pulse: Pulse, at: number, decided: Decided): { campaign_id: string; take: number }[] {
  const room = roomOf(pulse, at, paceAgents(pulse, decided))
  const turns = new Map(pulse.owners.map((owner) => [owner.id, owner.turn ?? -1]))
  return pulse.campaigns
    .map((campaign) => ({ campaign, take: Math.min(mostAtOnce, roomFor(campaign, room)) }))
    .filter(({ take }) => take > 0)
    .sort(
      (a, b) =>
        (turns.get(a.campaign.owner_user_id) ?? -1) - (turns.get(b.campaign.owner_user_id) ?? -1) ||
        b.campaign.weight - a.campaign.weight,
    )
    .map(({ campaign, take }) => ({ campaign_id: campaign.id, take }))
}

/** The lines that each limit leaves free. */
export function roomOf(pulse: Pulse, at: number, paces: Map<string, AgentPace>): Room {
  return {
    installation: pulse.installation_left,
    workspace: pulse.agentless_cap - pulse.agentless_in_use,
    workspace_tokens: wholeTokens(pulse.toll.tokens),
    money: pulse.toll.spend_left,
    reserves: new Map(Object.entries(pulse.toll.reserves ?? {})),
    trunk: new Map(pulse.trunks.map((trunk) => [trunk.id, linesOf(trunk, at)])),
    trunk_tokens: new Map(pulse.trunks.map((trunk) => [trunk.id, wholeTokens(trunk.tokens)])),
    owner: new Map(pulse.owners.map((owner) => [owner.id, owner.cap - owner.in_use])),
    campaign: new Map(pulse.campaigns.map((c) => [c.id, c.cap === null ? null : c.cap - c.in_use])),
    campaign_today: new Map(
      pulse.campaigns.map((c) => [c.id, c.daily_limit === null ? null : c.daily_limit - c.dials_today]),
    ),
    campaign_run: new Map(pulse.campaigns.map((c) => [c.id, c.run_left])),
    agents: new Map([...paces].map(([id, { calls }]) => [id, calls])),
  }
}

/** After a rest because its carrier took no call, a trunk is tried with one. */
function linesOf({ blocked_until, channels, in_use }: Pulse['trunks'][number], at: number): number {
  if (blocked_until === null) return channels - in_use
  return Date.parse(blocked_until) > at ? 0 : Math.min(channels, 1) - in_use
}

function wholeTokens(tokens: number | null): number {
  return tokens === null ? Number.POSITIVE_INFINITY : Math.floor(tokens)
}

/** Calls on the trunk that the day's money is enough for. */
function affordable(trunkId: string, { money, reserves }: Room): number {
  if (money === null) return Number.POSITIVE_INFINITY
  const reserve = reserves.get(trunkId) ?? Number.POSITIVE_INFINITY
  if (reserve === 0) return money < 0 ? 0 : Number.POSITIVE_INFINITY
  return Math.max(0, Math.floor(money / reserve))
}

function roomFor(campaign: CampaignUsage, room: Room): number {
  if (campaign.trunk_id === null) return 0
  return Math.min(
    freeLines(campaign, room),
    campaign.agentless ? room.workspace : unlimited,
    room.workspace_tokens,
    affordable(campaign.trunk_id, room),
    campaign.agentless ? (room.owner.get(campaign.owner_user_id) ?? 0) : (room.agents.get(campaign.id) ?? 0),
    room.campaign_today.get(campaign.id) ?? unlimited,
    room.campaign_run.get(campaign.id) ?? unlimited,
    room.trunk_tokens.get(campaign.trunk_id) ?? 0,
  )
}

const unlimited = Number.POSITIVE_INFINITY

/** Lines that the campaign could take now besides those it has, whatever else bounds its dials. */
export function freeLines({ id, trunk_id }: CampaignUsage, room: Room): number {
  const free = Math.min(
    room.installation ?? unlimited,
    room.campaign.get(id) ?? unlimited,
    trunk_id === null ? 0 : (room.trunk.get(trunk_id) ?? 0),
  )
  return Math.max(0, free)
}

/** Milliseconds until a trunk or workspace that is out of tokens has one again; null when none is. */
export function nextTokenIn(pulse: Pulse): number | null {
  const waits = [...pulse.trunks, pulse.toll].flatMap(({ calls_per_second: rate, tokens }) =>
    rate === null || tokens === null || tokens >= 1 ? [] : [((1 - tokens) / rate) * 1000],
  )
  return waits.length === 0 ? null : Math.ceil(Math.min(...waits))
}
