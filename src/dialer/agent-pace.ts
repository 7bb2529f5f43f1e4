import type { Pulse } from '#analytics/pulse.ts'
import { patienceMs } from '#domain/live-answer.ts'
import { dealAgents } from '#domain/pacing/deal-agents.ts'
import type { Snapshot } from '#domain/pacing/pacer-contract.ts'
import { powerPacerOf } from '#domain/pacing/power.ts'
import { createPacer as createProgressive } from '#domain/pacing/progressive.ts'
import type { CampaignUsage, IdleSession } from '#store/usage.ts'

/** What an agents' campaign may do now: so many calls more, and the agents they are for. */
export interface AgentPace {
  calls: number
  agents: IdleSession[]
}

/** What the pacers of predictive campaigns decided, by campaign: so many calls more. A campaign that is absent dials nobody. */
export type Decided = ReadonlyMap<string, number>

/** Deals the idle agents to the campaigns that dial for them; each agent stands for one campaign at most. */
export function dealIdle(pulse: Pulse): Map<string, IdleSession[]> {
  const campaigns = dialForAgents(pulse).map((campaign) => ({
    ...campaign,
    dials_ahead: campaign.mode === 'predictive',
  }))
  return dealAgents(campaigns, pulse.idle)
}

/**
 * Each campaign's agents, and how many calls its pacer says. Progressive and power are asked anew whenever the agents are;
 * what predictive pacers said holds, for they are asked once for the same calls.
 */
export function paceAgents(pulse: Pulse, decided: Decided): Map<string, AgentPace> {
  const dealt = dealIdle(pulse)
  return new Map(
    dialForAgents(pulse).map((campaign) => {
      const agents = dealt.get(campaign.id) ?? []
      const isPredictive = campaign.mode === 'predictive'
      const calls = isPredictive ? (decided.get(campaign.id) ?? 0) : decide(campaign, agents, pulse)
      return [campaign.id, { agents, calls }]
    }),
  )
}

/** How many calls more, by campaign. */
export function callsOf(paces: Map<string, AgentPace>): Map<string, number> {
  return new Map([...paces].map(([id, { calls }]) => [id, calls]))
}

/** Campaigns whose calls go to agents as they are answered. */
export function dialForAgents({ campaigns }: Pulse): CampaignUsage[] {
  return campaigns.filter(({ calls_per_agent }) => calls_per_agent > 0)
}

/** What a pacer asks for beyond this makes no difference. */
const secondsOfDay = 86_400

function decide(campaign: CampaignUsage, agents: IdleSession[], pulse: Pulse): number {
  const trunk = pulse.trunks.find(({ id }) => id === campaign.trunk_id)
  const lines = trunk === undefined ? 0 : trunk.channels
  const createPacer = campaign.mode === 'power' ? powerPacerOf(campaign.calls_per_agent) : createProgressive
  const pacer = createPacer({
    ...{ abandonCap: campaign.abandon_cap, patience: patienceMs / 1000, tick: 1, ringTimeout: 25 },
    ...{ shiftEnd: secondsOfDay, lineCap: lines, maxAgents: agents.length, segments: 1 },
  })
  const snapshot: Snapshot = {
    ...{ now: 0, lineCap: lines, linesInUse: trunk?.in_use ?? 0, dialed: campaign.dials_today },
    ...{ liveAnswers: campaign.live_answers, abandoned: campaign.abandoned },
    agents: agents.map((_, id) => ({ id, state: 'idle', since: 0, pausePending: false })),
    calls: Array.from({ length: campaign.awaiting }, (_, id) => {
      return { id, state: 'ringing', dialedAt: 0, since: 0, segment: 0 } as const
    }),
    upcomingSegment: () => 0,
  }
  return pacer.decide(snapshot)
}
