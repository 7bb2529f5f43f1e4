import type { Pulse } from '#analytics/pulse.ts'
import { roomFor, roomOf } from '#domain/line-room.ts'
import { callsOf, type Decided, paceAgents } from './agent-pace.ts'

/** More leads than this are never locked at once for one campaign. */
export const mostAtOnce = 100

/**
 * How many leads of each campaign to ask for now. Agentless campaigns dial as many as their limits leave, the others as
 * many as their agents can answer; owners whose turn it is come first, and within an owner the heavier campaign.
 */
export function paceCampaigns(pulse: Pulse, at: number, decided: Decided): { campaign_id: string; take: number }[] {
  const room = roomOf(pulse, at, callsOf(paceAgents(pulse, decided)))
  const turns = new Map(pulse.owners.map((owner) => [owner.id, owner.turn ?? -1]))
  return pulse.campaigns
    .map((campaign) => ({ campaign, take: roomFor(campaign, room, pulse.routes?.[campaign.id] ?? null, mostAtOnce) }))
    .filter(({ take }) => take > 0)
    .sort(
      (a, b) =>
        (turns.get(a.campaign.owner_user_id) ?? -1) - (turns.get(b.campaign.owner_user_id) ?? -1) ||
        b.campaign.weight - a.campaign.weight,
    )
    .map(({ campaign, take }) => ({ campaign_id: campaign.id, take }))
}
