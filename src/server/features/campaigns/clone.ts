import { type Campaign, readCampaign } from '#store/campaigns.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'
import { makeDraft } from './campaigns.ts'
import { showCampaign } from './present.ts'
import { type CampaignInput, campaignChange } from './schema.ts'

/** What is of one campaign alone: its code is unique, and its days are over one day. */
const own: readonly string[] = ['code', 'start_date', 'end_date']
const settings = (Object.keys(campaignChange.shape) as (keyof CampaignInput)[]).filter((name) => !own.includes(name))

/** A draft with the settings and the agents of another campaign, and without its people. */
export async function cloneCampaign(
  house: ServerDeps,
  caller: Caller,
  id: string,
  wanted: { name?: string },
): Promise<Campaign | Refusal> {
  return makeDraft(house, caller, async (draft, tx) => {
    const found = await readCampaign(tx, caller.workspace_id, id)
    if (!found) return refuseUnknown('campaign')
    const shown = showCampaign(found) as unknown as Record<string, unknown>
    const same = Object.fromEntries(settings.map((name) => [name, shown[name]])) as CampaignInput
    return draft({ ...same, name: wanted.name ?? found.name })
  })
}
