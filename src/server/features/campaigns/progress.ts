import { judge } from '#dialer/gate.ts'
import { finalLeadStatuses } from '#domain/lead.ts'
import { isHoursRule } from '#domain/rule-words.ts'
import { type CrewCount, countCrew } from '#store/campaign-agents.ts'
import { countProgress, findFirstHeld, type ProgressCount } from '#store/campaign-progress.ts'
import { type Campaign, readCampaign } from '#store/campaigns.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { readDoubt } from '#store/pacer-states.ts'
import { readBalances } from '#store/trunk-balances.ts'
import type { Tx } from '#store/tx.ts'
import { readUsage } from '#store/usage.ts'
import { readMember } from '#store/users.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, refuseUnknown } from '../../http/problems.ts'
import { countClosed, type Opening } from './diagnose-quiet.ts'
import { readRouteStates } from './diagnose-trunk.ts'
import { diagnose } from './diagnosis.ts'
import { sayReasons } from './reasons.ts'
import { findUnreachable } from './trunk-reach.ts'

/** A recount of the campaign as it stands, with a sentence on what decides its pace. */
export async function readProgress(house: ServerDeps, caller: Caller, id: string) {
  const { workspace_id } = caller
  const at = house.clock.now()
  const read = await within(house, caller, async (tx) => {
    const campaign = await readCampaign(tx, workspace_id, id)
    if (!campaign) return refuseUnknown('campaign')
    const count = await countProgress(tx, workspace_id, id, at)
    const usage = await readUsage(tx, workspace_id, at, house.config.system_concurrent_calls)
    const balances = await readBalances(tx, workspace_id)
    const agents = await countCrew(tx, workspace_id, id)
    const opening = await findOpening(tx, workspace_id, campaign, count, at)
    const moved_by = await findMover(tx, workspace_id, campaign.status_by)
    const doubt = campaign.mode === 'predictive' ? await readDoubt(tx, workspace_id, id) : null
    return { campaign, count, agents, usage, balances, doubt, opening, moved_by, at }
  })
  if (isRefusal(read)) return read
  const { campaign, count, agents, usage } = read
  const trunk_id = usage.campaigns.find((own) => own.id === id)?.trunk_id ?? null
  const unreachable = await findUnreachable(house, workspace_id, { mode: campaign.mode, trunk_id })
  const route = usage.routes?.[id]
  const trunks = route ? readRouteStates(route, usage, at) : null
  return { ...showProgress(campaign, count, agents, diagnose({ ...read, unreachable }), at), route: trunks }
}

/** The first window to open of those that hold leads back. */
async function findOpening(
  tx: Tx,
  workspaceId: string,
  campaign: Campaign,
  count: ProgressCount,
  at: number,
): Promise<Opening | null> {
  const rules = Object.keys(count.waiting.by_rule).filter(isHoursRule)
  if (rules.length === 0) return null
  const first = await findFirstHeld(tx, workspaceId, campaign.id, rules, at)
  if (first === null) return null
  const [lead] = await readLeadEvidence(tx, workspaceId, [first.lead_id], at)
  const detail = lead ? judge(lead, at).verdict.evidence.detail : null
  // A verdict that hours hold back names the zone whose clock they go by; a start goes by the campaign's.
  const zone = detail?.startsWith('in ') ? detail.slice(3) : campaign.time_zone
  return { at: first.due_at, zone }
}

async function findMover(tx: Tx, workspaceId: string, userId: string | null): Promise<string | null> {
  if (userId === null) return null
  return (await readMember(tx, workspaceId, userId))?.name ?? 'somebody who has left'
}

function showProgress(
  campaign: Campaign,
  count: ProgressCount,
  agents: CrewCount,
  diagnosis: { code: string; sentence: string },
  at: number,
) {
  const { waiting, leads } = count
  const forRetry = (waiting.by_rule.lead_not_before ?? 0) + (waiting.by_rule.retry ?? 0)
  const done = finalLeadStatuses.reduce((sum, status) => sum + (leads.by_status[status] ?? 0), 0)
  return {
    campaign_id: campaign.id,
    status: campaign.status,
    status_reason: campaign.status_reason,
    status_by: campaign.status_by,
    status_at: campaign.status_at,
    at: new Date(at),
    detection_off_reason: campaign.detection_off_reason,
    ...count,
    agents,
    done_percent: leads.total === 0 ? 0 : Math.floor((done / leads.total) * 1000) / 10,
    waiting: { ...waiting, for_retry: forRetry, for_window: countClosed(count) },
    reasons: sayReasons([...Object.entries(waiting.by_rule), ...Object.entries(count.skipped_by_reason)]),
    diagnosis,
  }
}
