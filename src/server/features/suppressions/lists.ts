import { writeCsvRecord } from '#domain/csv-cell.ts'
import { removeUpload } from '#intake/uploads.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { announce } from '#store/live-events.ts'
import {
  beginVersion,
  createSuppressionList,
  listRefusals,
  listSuppressionLists,
  readSuppressionList,
  removeSuppressionList,
  type SuppressionList,
  type SuppressionListFilters,
  type SuppressionListSort,
} from '#store/suppression-lists.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import type { SuppressionListInput } from './list-schema.ts'
import { findCampaignFault, findExpiryFault } from './suppressions.ts'

export async function listOfLists(
  house: ServerDeps,
  caller: Caller,
  filters: SuppressionListFilters,
  page: PageOf<SuppressionListSort>,
): Promise<Page<SuppressionList>> {
  return withinAll(house, caller, (tx) => listSuppressionLists(tx, caller.workspace_id, filters, page))
}

export async function readOneList(house: ServerDeps, caller: Caller, id: string): Promise<SuppressionList | Refusal> {
  return withinAll(
    house,
    caller,
    async (tx) => (await readSuppressionList(tx, caller.workspace_id, id)) ?? refuseUnknown('suppression list'),
  )
}

export async function makeList(
  house: ServerDeps,
  caller: Caller,
  wanted: SuppressionListInput,
): Promise<SuppressionList | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const { brand = null, campaign_id = null, country = null, region = null, expires_at = null, ...rest } = wanted
  const faults = findScopeFaults(wanted)
  const fault = (await findCampaignFault(house, caller, campaign_id)) ?? findExpiryFault(expires_at, at)
  if (fault) faults.push(fault)
  if (faults.length > 0) return refuseValues(faults)
  const reach = { brand, campaign_id, country, region, expires_at }
  const list = await withinAll(house, caller, async (tx) => {
    const made = { ...rest, ...reach, id: newId(at), created_by: user_id }
    await announce(tx, workspace_id, 'suppression-list.updated', { list_id: made.id, status: 'empty' }, at)
    return createSuppressionList(tx, workspace_id, made, at)
  })
  house.engine.wake(workspace_id, 'live')
  return list
}

/** What each scope has to name, and what it may. */
const named = ['brand', 'campaign_id', 'country', 'region'] as const
type Named = (typeof named)[number]
const scopes: Record<SuppressionListInput['scope'], { needs: Named | null; may?: Named }> = {
  workspace: { needs: null },
  litigator: { needs: null },
  brand: { needs: 'brand' },
  campaign: { needs: 'campaign_id' },
  national: { needs: 'country' },
  state: { needs: 'region', may: 'country' },
}

function findScopeFaults(wanted: SuppressionListInput): ValueFault[] {
  const { needs, may } = scopes[wanted.scope]
  return named.flatMap((path): ValueFault[] => {
    const given = wanted[path] !== undefined
    if (path === needs) return given ? [] : [{ path, message: `is needed with the scope ${wanted.scope}` }]
    return given && path !== may ? [{ path, message: `does not go with the scope ${wanted.scope}` }] : []
  })
}

export interface ListFile {
  file_name: string
  file_size_bytes: number
  file_path: string
  options: object
}

/** Writes an upload down as the list's next version; a runner takes it up at once. A refused one leaves no file behind. */
export async function beginListFile(
  house: ServerDeps,
  caller: Caller,
  id: string,
  { file_name, file_size_bytes, file_path, options }: ListFile,
): Promise<SuppressionList | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const file = { file_name, file_size_bytes, file_path, options, uploaded_by: user_id }
  const begun = await withinAll(house, caller, async (tx) => {
    const list = await beginVersion(tx, workspace_id, id, file, at)
    if (!list) return refuseBusy(await readSuppressionList(tx, workspace_id, id))
    await announce(tx, workspace_id, 'suppression-list.updated', { list_id: id, status: list.status }, at)
    return list
  })
  if (isRefusal(begun)) {
    await removeUpload(house.config.data_dir, file_path)
    return begun
  }
  house.suppression_lists.wake()
  house.engine.wake(workspace_id, 'live')
  return begun
}

/** Why a list takes no file. */
export function refuseBusy(list: SuppressionList | null): Refusal {
  if (!list) return refuseUnknown('suppression list')
  if (list.removed_at) return refuse('transition-not-allowed', 'The list was removed. Make a new one.')
  return refuse('conflict', 'A file is being read into the list. Wait until its status is no longer importing.', {
    current_status: list.status,
  })
}

/** Takes a list away, with a reason that is kept; the leads it held are judged anew. */
export async function removeList(
  house: ServerDeps,
  caller: Caller,
  id: string,
  reason: string,
): Promise<SuppressionList | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const removed = await withinAll(house, caller, async (tx) => {
    const done = await removeSuppressionList(tx, workspace_id, id, { user_id, reason, at })
    if (!done) return refuseUnknown('suppression list')
    await announce(tx, workspace_id, 'suppression-list.updated', { list_id: id, status: 'removed' }, at)
    return done
  })
  if (isRefusal(removed)) return removed
  await removeUpload(house.config.data_dir, removed.file_path)
  house.suppression_lists.wake()
  house.engine.wake(workspace_id, 'live')
  return removed.list
}

/** The refused rows of the latest file; `text` is read from the database as it is taken. */
export async function openRefusedRows(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<AsyncGenerator<string> | Refusal> {
  const list = await readOneList(house, caller, id)
  return isRefusal(list) ? list : writeRefusedRows(house, caller, list.latest)
}

const refusedAtOnce = 1_000

async function* writeRefusedRows(house: ServerDeps, caller: Caller, version: number | null): AsyncGenerator<string> {
  yield writeCsvRecord(['row', 'text', 'reason'])
  if (version === null) return
  for (let after = -1; ; ) {
    const page = { after, limit: refusedAtOnce }
    const rows = await withinAll(house, caller, (tx) => listRefusals(tx, caller.workspace_id, version, page))
    yield rows.map(({ row, text, reason }) => writeCsvRecord([String(row), text, reason])).join('')
    if (rows.length < refusedAtOnce) return
    after = rows.at(-1)?.row as number
  }
}
