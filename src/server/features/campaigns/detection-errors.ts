import type { z } from 'zod'
import { errorInterval, falseMachineBudget, type LabelCount, labelsCounted } from '#domain/detection-errors.ts'
import { readCampaign } from '#store/campaigns.ts'
import { countDetectionLabels } from '#store/detection-labels.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'
import type { detectionErrors } from './figures-schema.ts'

/** How often detection erred, as far as agents have said so. */
export async function readDetectionErrors(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<z.input<typeof detectionErrors> | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    const campaign = await readCampaign(tx, workspace_id, id)
    if (!campaign) return refuseUnknown('campaign')
    const { false_machines, missed_machines } = await countDetectionLabels(tx, workspace_id, id, labelsCounted)
    return {
      ...{ detects_machines: campaign.detects_machines, off_reason: campaign.detection_off_reason },
      ...{ since: campaign.detection_trusted_from, budget_percent: falseMachineBudget * 100 },
      ...{ false_machines: withShares(false_machines), missed_machines: withShares(missed_machines) },
    }
  })
}

function withShares(count: LabelCount) {
  const { low, high } = errorInterval(count)
  const percent = (share: number) => Math.round(share * 1000) / 10
  const wrong = count.labelled === 0 ? null : percent(count.wrong / count.labelled)
  return { ...count, wrong_percent: wrong, least_percent: percent(low), most_percent: percent(high) }
}
