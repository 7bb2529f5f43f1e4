import {
  type CallEventRow,
  type CallFilters,
  type CallRow,
  type CallSort,
  listCalls,
  readCall,
  readCallEvents,
} from '#store/call-list.ts'
import { readCampaign } from '#store/campaigns.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'

export async function listOfCalls(
  house: ServerDeps,
  caller: Caller,
  filters: CallFilters,
  page: PageOf<CallSort>,
): Promise<Page<CallRow> | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    const { campaign_id } = filters
    if (campaign_id !== undefined && !(await readCampaign(tx, workspace_id, campaign_id)))
      return refuseUnknown('campaign')
    return listCalls(tx, workspace_id, filters, page)
  })
}

export async function readOneCall(house: ServerDeps, caller: Caller, id: string): Promise<CallRow | Refusal> {
  return within(house, caller, async (tx) => (await readCall(tx, caller.workspace_id, id)) ?? refuseUnknown('call'))
}

export async function listEventsOfCall(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<CallEventRow[] | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    if (!(await readCall(tx, workspace_id, id))) return refuseUnknown('call')
    return readCallEvents(tx, workspace_id, id)
  })
}
