import { errorInterval, isPastBudget, labelsCounted, machineDisposition } from '#domain/detection-errors.ts'
import type { StoredCall } from '#store/calls.ts'
import { lockCampaign } from '#store/campaigns.ts'
import { countDetectionLabels, keepDetectionLabel, stopDetecting } from '#store/detection-labels.ts'
import { announce } from '#store/live-events.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { ServerDeps } from '../../http/house.ts'

/** What is said of a connected call is a label of what detection had made of it. */
export async function labelDetection(
  tx: Tx,
  workspaceId: string,
  { id: call_id, campaign_id, connected_at, detection }: StoredCall,
  said: string,
  at: number,
): Promise<void> {
  const judged = detection === 'machine' || detection === 'human' || detection === 'unknown'
  if (campaign_id === null || connected_at === null || !judged) return
  const label = { heard_machine: detection === 'machine', was_machine: said === machineDisposition }
  await keepDetectionLabel(tx, workspaceId, { call_id, campaign_id, ...label }, at)
}

/** Lets a campaign listen no more for machines where too many of them turn out to be people. */
export async function judgeDetection(
  { pool, engine }: Pick<ServerDeps, 'pool' | 'engine'>,
  workspace_id: string,
  campaignId: string,
  at: number,
): Promise<void> {
  const stopped = await inWorkspace(pool, { workspace_id }, async (tx) => {
    const { false_machines } = await countDetectionLabels(tx, workspace_id, campaignId, labelsCounted)
    if (!isPastBudget(false_machines)) return false
    const campaign = await lockCampaign(tx, workspace_id, campaignId)
    if (!campaign?.detects_machines) return false
    const { labelled, wrong } = false_machines
    const least = Math.floor(errorInterval(false_machines).low * 1000) / 10
    const reason = `Of the last ${labelled} machines that agents heard, ${wrong} were people: at least ${least} % in all likelihood. Nobody listens for machines any more until detects_machines is set again.`
    await stopDetecting(tx, workspace_id, campaignId, reason, at)
    const told = { campaign_id: campaignId, status: campaign.status, detection_off_reason: reason }
    await announce(tx, workspace_id, 'campaign.updated', told, at)
    return true
  })
  if (stopped) engine.wake(workspace_id, 'live')
}
