/**
 * Which campaign an idle agent waits for. Agents who serve several campaigns are shared by the campaigns' weights, and
 * none is counted twice: a call under way has its agents first (of a campaign that dials ahead as far as its share goes), who
 * is left goes where the share is smallest.
 */
export interface DealtCampaign {
  id: string
  weight: number
  /** It has somebody to call. */
  due: boolean
  /** Calls under way that nobody has yet. */
  awaiting: number
  /** Agents in its calls now. */
  talking: number
  /** How many calls one idle agent answers for. */
  calls_per_agent: number
  /** It dials for agents who talk, too, and always has calls under way: they get it no more than its share. */
  dials_ahead?: boolean
}

export interface IdleAgent {
  session_id: string
  /** Whose calls the agent may take. */
  campaign_ids: readonly string[]
}

/** A campaign without weight is served when no other of the agent's has somebody to call. */
export const almostNoWeight = 1e-6

/** The agents dealt to each campaign, each of them to one at most, in the order in which they came. */
export function dealAgents<A extends IdleAgent>(
  campaigns: readonly DealtCampaign[],
  idle: readonly A[],
): Map<string, A[]> {
  const dealt = new Map<string, A[]>(campaigns.map(({ id }) => [id, []]))
  const ready = campaigns.filter(({ due }) => due)
  // Who can do least is dealt first, so that nobody's only agent answers for somebody else's call.
  const places = new Map(idle.map((agent, place) => [agent, place]))
  const left = new Set([...idle].sort((a, b) => choices(a, dealt) - choices(b, dealt)))
  const give = (agent: A, id: string) => {
    left.delete(agent)
    dealt.get(id)?.push(agent)
  }
  const everybody = idle.length + ready.reduce((sum, { talking }) => sum + talking, 0)
  const weights = ready.reduce((sum, { weight }) => sum + Math.max(weight, almostNoWeight), 0)
  for (const { id, awaiting, calls_per_agent, dials_ahead, talking, weight } of campaigns) {
    const fair = Math.max(1, (everybody * Math.max(weight, almostNoWeight)) / weights)
    let covered = 0
    for (const agent of left) {
      if (covered * calls_per_agent >= awaiting || (dials_ahead && covered + talking >= fair)) break
      if (!agent.campaign_ids.includes(id)) continue
      give(agent, id)
      covered += 1
    }
  }
  for (const agent of left) {
    const mine = ready.filter(({ id }) => agent.campaign_ids.includes(id))
    const share = ({ id, talking, weight }: DealtCampaign) =>
      ((dealt.get(id) as A[]).length + talking + 1) / Math.max(weight, almostNoWeight)
    const neediest = mine.reduce<DealtCampaign | null>((a, b) => (a === null || share(b) < share(a) ? b : a), null)
    if (neediest) give(agent, neediest.id)
  }
  for (const agents of dealt.values()) agents.sort((a, b) => (places.get(a) as number) - (places.get(b) as number))
  return dealt
}

function choices({ campaign_ids }: IdleAgent, campaigns: Map<string, unknown>): number {
  return campaign_ids.filter((id) => campaigns.has(id)).length
}
