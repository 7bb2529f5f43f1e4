/**
 * The lines that a workspace's limits leave free, as they stand at one moment, and how many of them one campaign could use. Pure;
 * takes what the store counted.
 */
import type { Room } from './fairness.ts'
import { idsInService, isUneven, type RoutedTrunk } from './routing.ts'

export interface LinesInUse {
  installation_left: number | null
  agentless_in_use: number
  agentless_cap: number
  trunks: TrunkLines[]
  owners: { id: string; cap: number; in_use: number }[]
  campaigns: CampaignLines[]
  toll: Rate & { spend_left: number | null; reserves: Record<string, number | null> | null }
  /** Of campaigns that choose among trunks. */
  routes: Record<string, RoutedTrunk[]> | null
}

interface Rate {
  calls_per_second: number | null
  /** Calls that the bucket holds now; null without a rate. */
  tokens: number | null
}

export interface TrunkLines extends Rate {
  id: string
  channels: number
  in_use: number
  /** ISO; null while it is trusted. */
  blocked_until: string | null
}

export interface CampaignLines {
  id: string
  owner_user_id: string
  trunk_id: string | null
  agentless: boolean
  cap: number | null
  in_use: number
  daily_limit: number | null
  dials_today: number
  run_left: number | null
}

/** `agents`: how many calls more the agents of a campaign can take, by campaign. */
export function roomOf(used: LinesInUse, at: number, agents: Map<string, number>): Room {
  return {
    installation: used.installation_left,
    workspace: used.agentless_cap - used.agentless_in_use,
    workspace_tokens: wholeTokens(used.toll.tokens),
    money: used.toll.spend_left,
    reserves: new Map(Object.entries(used.toll.reserves ?? {})),
    trunk: new Map(used.trunks.map((trunk) => [trunk.id, linesOf(trunk, at)])),
    trunk_tokens: new Map(used.trunks.map((trunk) => [trunk.id, wholeTokens(trunk.tokens)])),
    owner: new Map(used.owners.map((owner) => [owner.id, owner.cap - owner.in_use])),
    campaign: new Map(used.campaigns.map((c) => [c.id, c.cap === null ? null : c.cap - c.in_use])),
    campaign_today: new Map(
      used.campaigns.map((c) => [c.id, c.daily_limit === null ? null : c.daily_limit - c.dials_today]),
    ),
    campaign_run: new Map(used.campaigns.map((c) => [c.id, c.run_left])),
    agents,
  }
}

/** After a rest because its carrier took no call, a trunk is tried with one. */
function linesOf({ blocked_until, channels, in_use }: TrunkLines, at: number): number {
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

/** Calls that could begin now over a trunk. */
function trunkRoom(trunkId: string, room: Room): number {
  const lines = room.trunk.get(trunkId) ?? 0
  return Math.max(0, Math.min(lines, room.trunk_tokens.get(trunkId) ?? 0, affordable(trunkId, room)))
}

const unlimited = Number.POSITIVE_INFINITY

/**
 * How many leads of the campaign to ask for. One that chooses among trunks may have room on one that serves others than whoever is
 * first in line: then `most` are asked for, so that those who could be called are found behind them.
 */
export function roomFor(campaign: CampaignLines, room: Room, route: RoutedTrunk[] | null, most: number): number {
  const { id, agentless, owner_user_id } = campaign
  const trunks = route === null ? [campaign.trunk_id ?? ''] : idsInService(route)
  const rooms = trunks.map((trunk) => trunkRoom(trunk, room))
  const lines = Math.min(
    rooms.reduce((sum, each) => sum + each, 0),
    room.installation ?? unlimited,
    room.campaign.get(id) ?? unlimited,
    agentless ? room.workspace : unlimited,
    room.workspace_tokens,
    agentless ? (room.owner.get(owner_user_id) ?? 0) : (room.agents.get(id) ?? 0),
    room.campaign_today.get(id) ?? unlimited,
    room.campaign_run.get(id) ?? unlimited,
  )
  const looksFurther = route !== null && rooms.includes(0) && isUneven(route)
  return lines > 0 && looksFurther ? most : Math.min(most, lines)
}

/** Lines that the campaign could take now besides those it has, whatever else bounds its dials. */
export function freeLines({ id, trunk_id }: Pick<CampaignLines, 'id' | 'trunk_id'>, room: Room): number {
  const free = Math.min(
    room.installation ?? unlimited,
    room.campaign.get(id) ?? unlimited,
    trunk_id === null ? 0 : (room.trunk.get(trunk_id) ?? 0),
  )
  return Math.max(0, free)
}

/** Milliseconds until a trunk or workspace that is out of tokens has one again; null when none is. */
export function nextTokenIn({ trunks, toll }: Pick<LinesInUse, 'trunks' | 'toll'>): number | null {
  const waits = [...trunks, toll].flatMap(({ calls_per_second: rate, tokens }) =>
    rate === null || tokens === null || tokens >= 1 ? [] : [((1 - tokens) / rate) * 1000],
  )
  return waits.length === 0 ? null : Math.ceil(Math.min(...waits))
}
