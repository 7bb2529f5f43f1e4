import { allowedTransitions, type CampaignStatus, isAgentless, mayMove } from '#domain/campaign.ts'
import { pullBrakes } from '#store/campaign-brake.ts'
import { lockActiveCampaigns } from '#store/campaign-list.ts'
import { type Campaign, lockCampaign, moveCampaign } from '#store/campaigns.ts'
import { readCampaignEvidence } from '#store/lead-evidence.ts'
import { countLeadsWithoutConsent } from '#store/lead-review.ts'
import { announce } from '#store/live-events.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { readOneCampaign } from './campaigns.ts'
import { reviewCampaign } from './review.ts'
import { findRouteFault } from './route-fault.ts'
import { findCallerIdFault } from './settings.ts'
import { isBeforeStart } from './start-date.ts'
import { findUnreachable } from './trunk-reach.ts'

/**
 *   act      from                                to
 *   start    draft, scheduled, paused, completed active, or scheduled while a draft's start date lies ahead
 *   resume   paused, completed                   active
 *   pause    active                              paused
 *   stop     active, paused                      completed
 *   cancel   draft, scheduled, active, paused    cancelled
 *   archive  draft, paused, completed, cancelled archived
 */
export const acts = ['start', 'resume', 'pause', 'stop', 'cancel', 'archive'] as const
export type Act = (typeof acts)[number]

const targets: Record<Act, CampaignStatus> = {
  start: 'active',
  resume: 'active',
  pause: 'paused',
  stop: 'completed',
  cancel: 'cancelled',
  archive: 'archived',
}

/** What goes with an act: why, and of a start how many calls its run has at most. */
export interface ActOptions {
  reason?: string | null
  limit?: number | null
  /** Those whom the law lets no AI or recorded voice call are passed over, and that is known. */
  skip_without_consent?: boolean
}

/** Does one act on a campaign. When a pause, stop or cancel has been answered, no command of it is on its way any more. */
export async function actOnCampaign(
  house: ServerDeps,
  caller: Caller,
  id: string,
  act: Act,
  { reason = null, limit = null, skip_without_consent = false }: ActOptions = {},
): Promise<Campaign | Refusal> {
  const starts = act === 'start' || act === 'resume'
  if (starts) {
    const ready = await prepareStart(house, caller, id, act, skip_without_consent)
    if (isRefusal(ready)) return ready
  }
  const { workspace_id } = caller
  const moved = await within(house, caller, async (tx) => {
    const campaign = await lockCampaign(tx, workspace_id, id)
    if (!campaign) return refuseUnknown('campaign')
    const at = house.clock.now()
    const to = targetOf(act, campaign, at)
    if (!isAllowed(act, campaign.status, to)) return refuseMove(act, campaign.status)
    const by = caller.user_id
    return moveAndTell(tx, workspace_id, id, { to, reason, at, by, ...(starts ? { run_limit: limit } : {}) })
  })
  if (isRefusal(moved)) return moved
  house.engine.wake(workspace_id, 'live')
  house.engine.wake(workspace_id, 'dial')
  return moved
}

/** Pauses whatever calls in the workspace, all at once; gives how many campaigns that were. */
export async function stopAll(house: ServerDeps, caller: Caller): Promise<number> {
  const { workspace_id } = caller
  const stopped = await within(house, caller, async (tx) => {
    const ids = await lockActiveCampaigns(tx, workspace_id)
    await pauseLocked(tx, workspace_id, ids, {
      reason: 'everything was stopped',
      by: caller.user_id,
      at: house.clock.now(),
    })
    return ids.length
  })
  house.engine.wake(workspace_id, 'live')
  return stopped
}

/** Pauses campaigns that were locked in the order of their ids; from here on no command of theirs is on its way. */
export async function pauseLocked(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  pause: { reason: string; by: string; at: number },
): Promise<void> {
  await pullBrakes(tx, ids)
  for (const id of ids) await moveAndTell(tx, workspaceId, id, { to: 'paused', ...pause })
}

async function moveAndTell(
  tx: Tx,
  workspaceId: string,
  id: string,
  move: { to: CampaignStatus; reason: string | null; at: number; by: string; run_limit?: number | null },
): Promise<Campaign> {
  const moved = (await moveCampaign(tx, workspaceId, id, move)) as Campaign
  await announce(tx, workspaceId, 'campaign.updated', { campaign_id: id, status: moved.status }, move.at)
  return moved
}

/** Everything that speaks against a start, and new due times for the leads; done before the campaign is locked. */
async function prepareStart(
  house: ServerDeps,
  caller: Caller,
  id: string,
  act: Act,
  skipWithoutConsent: boolean,
): Promise<null | Refusal> {
  const { workspace_id } = caller
  const campaign = await readOneCampaign(house, caller, id)
  if (isRefusal(campaign)) return campaign
  const misfit = refuseActNow(act, campaign, house.clock.now())
  if (misfit) return misfit
  const callerId = await within(house, caller, (tx) => findCallerIdFault(tx, workspace_id, campaign))
  if (callerId) return callerId
  const route = await within(house, caller, (tx) => findRouteFault(tx, workspace_id, campaign))
  if (route) return route
  const evidence = await within(house, caller, (tx) => readCampaignEvidence(tx, workspace_id, [id]))
  const { mode } = campaign
  const trunk_id = evidence.get(id)?.trunk_id ?? null
  const unreachable = await findUnreachable(house, workspace_id, { mode, trunk_id })
  if (unreachable !== null) return refuseValues([{ path: 'trunk_id', message: unreachable }])
  const judgedTo = await reviewCampaign(house, workspace_id, id)
  if (!isAgentless(campaign.mode) || skipWithoutConsent) return null
  const count = await within(house, caller, (tx) => countLeadsWithoutConsent(tx, workspace_id, id, judgedTo))
  return count === 0 ? null : refuseWithoutConsent(count)
}

function refuseWithoutConsent(count: number): Refusal {
  return refuse(
    'consent-missing',
    `${count} people on the list have no consent basis, or none as strong as the law wants where they are, and an AI or ` +
      'recorded voice may not call them. Name the basis with the import or the leads, record their consents, declare one ' +
      'for the workspace, or start with skip_without_consent to pass them over.',
    { count, setting: 'consent_declaration', change_with: 'PATCH /api/v1/workspaces/{id}' },
  )
}

/** Null where the campaign takes the act as it stands. */
export function refuseActNow(act: Act, campaign: Campaign, at: number): Refusal | null {
  return isAllowed(act, campaign.status, targetOf(act, campaign, at)) ? null : refuseMove(act, campaign.status)
}

function targetOf(act: Act, campaign: Campaign, at: number): CampaignStatus {
  if (act === 'start' && campaign.status === 'draft' && isBeforeStart(campaign, at)) return 'scheduled'
  return targets[act]
}

function isAllowed(act: Act, from: CampaignStatus, to: CampaignStatus): boolean {
  if (act === 'resume' && from !== 'paused' && from !== 'completed') return false
  return mayMove(from, to)
}

export function refuseMove(act: string, status: CampaignStatus): Refusal {
  return refuse('transition-not-allowed', `A campaign that is ${status} does not take “${act}”.`, {
    current_status: status,
    allowed: allowedTransitions(status),
  })
}
