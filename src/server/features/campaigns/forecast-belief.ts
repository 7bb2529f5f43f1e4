import { pastCallsOf, rehearsedCalls } from '#domain/forecast/past-call.ts'
import { coldBelief, learn, type ShiftBelief, timesOf, weaken } from '#domain/forecast/shift-belief.ts'
import type { CampaignBounds } from '#store/campaign-forecast.ts'
import type { Campaign } from '#store/campaigns.ts'
import { type EndedDials, readEndedDials } from '#store/past-calls.ts'
import type { Tx } from '#store/tx.ts'
import { foreseeCalls, rehearsal_provider } from '#telephony/registry.ts'
import type { ServerDeps } from '../../http/house.ts'

/** What is believed of a campaign's calls, and on how many calls that rests. */
export interface FoundBelief {
  belief: ShiftBelief
  calls: number
  workspace_calls: number
  otherwise: 'simulated_carrier' | 'cold_list'
}

/** Its own tell most: of few answers many dials are needed until their share is known. */
const mostOwn = 4_000
const mostOthers = 1_000
/** Of the last calls the short ones end first; after so long all but a few have. */
const ripeMs = 30 * 60_000
/** What the workspace's other campaigns, and what a cold list, say of this one: no more than so many of its own dials. */
const trust = { workspace: 60, cold_list: 10 }

/** Its own calls, and those of others. */
export async function readPast(
  tx: Tx,
  workspaceId: string,
  id: string,
  at: number,
): Promise<{ own: EndedDials; others: EndedDials }> {
  const of = { campaign_id: id, before: at - ripeMs }
  return {
    own: await readEndedDials(tx, workspaceId, { ...of, others: false }, mostOwn),
    others: await readEndedDials(tx, workspaceId, { ...of, others: true }, mostOthers),
  }
}

export function believe(
  house: ServerDeps,
  campaign: Campaign,
  { trunk }: CampaignBounds,
  { own, others }: Awaited<ReturnType<typeof readPast>>,
): FoundBelief {
  const simulated = trunk?.provider === rehearsal_provider
  const [calls, workspace_calls] = [own.dials.length, others.dials.length]
  const rehearsed = rehearse(house, campaign, trunk, simulated)
  // It plays every call as it says, so this alone is known of a simulated trunk beforehand.
  const trusted = simulated && calls + workspace_calls === 0 ? rehearsed : weaken(rehearsed, trust.cold_list)
  const workspace = workspace_calls === 0 ? trusted : weaken(learn(trusted, pastCallsOf(others)), trust.workspace)
  const belief = calls === 0 ? workspace : learn(workspace, pastCallsOf(own))
  return { belief, calls, workspace_calls, otherwise: simulated ? 'simulated_carrier' : 'cold_list' }
}

function rehearse(
  house: ServerDeps,
  campaign: Campaign,
  trunk: CampaignBounds['trunk'],
  simulated: boolean,
): ShiftBelief {
  const { sim } = house.config
  const foreseen = foreseeCalls(trunk?.provider ?? '', sim.script_file, campaign.ring_timeout_seconds * 1000)
  const speed = simulated ? (trunk?.speed ?? sim.speed) : 1
  const samples = foreseen.map((call) => ({ ...call, line_ms: call.line_ms / speed, talk_ms: call.talk_ms / speed }))
  const { wrap_up_seconds: wrap } = campaign
  const cold = { ...coldBelief, wrap: timesOf(coldBelief.wrap.weight, wrap, wrap * 0.6) }
  return learn(cold, rehearsedCalls(samples))
}
