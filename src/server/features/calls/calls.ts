import { leastDigits, leastLetters, readCallSearch } from '#domain/call-search.ts'
import { spanOfDays } from '#domain/day-span.ts'
import {
  type CallEventRow,
  type CallFilters,
  type CallRow,
  type CallSort,
  listCalls,
  readCall,
  readCallEvents,
} from '#store/call-list.ts'
import { findCalls } from '#store/call-search.ts'
import { readCampaign } from '#store/campaigns.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import type { Tx } from '#store/tx.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown, refuseValues } from '../../http/problems.ts'
import type { AskedCalls } from './schema.ts'

export async function listOfCalls(
  house: ServerDeps,
  caller: Caller,
  asked: AskedCalls,
  page: PageOf<CallSort>,
): Promise<Page<CallRow> | Refusal> {
  return within(house, caller, async (tx) => {
    const filters = await readFilters(tx, caller.workspace_id, asked)
    return isRefusal(filters) ? filters : listCalls(tx, caller.workspace_id, filters, page)
  })
}

/** What was asked for, as the store looks for it. */
export async function readFilters(tx: Tx, workspaceId: string, asked: AskedCalls): Promise<CallFilters | Refusal> {
  const { search, since, until, zone: _, ...filters } = asked
  const { campaign_id } = filters
  if (campaign_id !== undefined && !(await readCampaign(tx, workspaceId, campaign_id))) return refuseUnknown('campaign')
  const wanted = search === undefined || search.trim() === '' ? undefined : readCallSearch(search)
  if (wanted === null) {
    return refuseValues([{ path: 'search', message: `needs ${leastDigits} digits or ${leastLetters} letters` }])
  }
  const zone = await readZone(tx, workspaceId, asked)
  return {
    ...filters,
    ...(wanted && { found: await findCalls(tx, workspaceId, wanted) }),
    ...spanOfDays(zone, { ...(since !== undefined && { since }), ...(until !== undefined && { until }) }),
  }
}

export async function readZone(tx: Tx, workspaceId: string, { zone }: { zone?: string }): Promise<string> {
  return zone ?? ((await readWorkspace(tx, workspaceId))?.time_zone as string)
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
