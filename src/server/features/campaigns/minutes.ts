import { type CallMinute, countCallMinutes } from '#store/call-minutes.ts'
import { readCampaign } from '#store/campaigns.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'

const minuteMs = 60_000
const shownMinutes = 60

/** Its calls by the minute in which they began: the minute that runs and the 59 before it, recounted. */
export async function readMinutes(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<{ minutes: CallMinute[] } | Refusal> {
  const { workspace_id } = caller
  const end = (Math.floor(house.clock.now() / minuteMs) + 1) * minuteMs
  const span = { from: new Date(end - shownMinutes * minuteMs), before: new Date(end) }
  return within(house, caller, async (tx) => {
    if (!(await readCampaign(tx, workspace_id, id))) return refuseUnknown('campaign')
    return { minutes: await countCallMinutes(tx, workspace_id, id, span) }
  })
}
