import type { Pulse } from '#analytics/pulse.ts'
import { defaultAbandonCap, patienceMs } from '#domain/live-answer.ts'
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

/** Deals the idle agents to the campaigns that dial for them, and lets each campaign's pacer say how many. */
export function paceAgents(pulse: Pulse): Map<string, AgentPace> {
  const campaigns = pulse.campaigns.filter(({ calls_per_agent }) => calls_per_agent > 0)
  const dealt = dealAgents(campaigns, pulse.idle)
  return new Map(
    campaigns.map((campaign) => {
      const agents = dealt.get(campaign.id) ?? []
      return [campaign.id, { agents, calls: decide(campaign, agents, pulse) }]
    }),
  )
}

/** What a pacer asks for beyond this makes no difference. */
const secondsOfDay = 86_400

function decide(campaign: CampaignUsage, agents: IdleSession[], pulse: Pulse): number {
  const trunk = pulse.trunks.find(({ id }) => id === campaign.trunk_id)
  const lines = trunk === undefined ? 0 : trunk.channels
  const createPacer = campaign.mode === 'power' ? powerPacerOf(campaign.calls_per_agent) : createProgressive
  const pacer = createPacer({
    ...{ abandonCap: defaultAbandonCap, patience: patienceMs / 1000, tick: 1, ringTimeout: 25, shiftEnd: secondsOfDay },
    ...{ lineCap: lines, maxAgents: agents.length, segments: 1 },
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
