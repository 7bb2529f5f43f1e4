import { writeCsvRecord } from '#domain/csv-cell.ts'
import { type CallFilters, type CallRow, countListedCalls, listCalls } from '#store/call-list.ts'
import type { PageOf } from '#store/keyset.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import { readFilters } from './calls.ts'
import type { AskedCalls } from './schema.ts'

/** What spreadsheets open. */
const mostRows = 1_000_000
const rowsAtOnce = 1_000
/** Without it spreadsheets take the file for one in an old encoding. */
const byteOrderMark = '\ufeff'

const columns: Record<string, (call: CallRow) => string | number | null> = {
  id: ({ id }) => id,
  number: ({ number }) => number,
  initiated_at: ({ initiated_at }) => initiated_at.toISOString(),
  zone: ({ zone }) => zone,
  direction: ({ direction }) => direction,
  from_number: ({ from_number }) => from_number,
  to_number: ({ to_number }) => to_number,
  contact: ({ contact_name }) => contact_name,
  campaign: ({ campaign_name }) => campaign_name,
  agent: ({ agent_name }) => agent_name,
  trunk: ({ trunk_name }) => trunk_name,
  state: ({ state }) => state,
  outcome: ({ outcome }) => outcome,
  disposition: ({ disposition }) => disposition,
  answered_at: ({ answered_at }) => answered_at?.toISOString() ?? null,
  ended_at: ({ ended_at }) => ended_at?.toISOString() ?? null,
  duration_seconds: ({ duration_seconds }) => duration_seconds,
  talk_ms: ({ talk_ms }) => talk_ms,
  cost: ({ cost }) => cost,
  cost_currency: ({ cost_currency }) => cost_currency,
  contact_id: ({ contact_id }) => contact_id,
  campaign_id: ({ campaign_id }) => campaign_id,
  lead_id: ({ lead_id }) => lead_id,
  agent_id: ({ agent_id }) => agent_id,
  hangup_cause: ({ hangup_cause }) => hangup_cause,
}

/** The file's text, piece by piece: as a list shows these calls, so a file has them. */
export async function openCallFile(
  house: ServerDeps,
  caller: Caller,
  asked: AskedCalls,
): Promise<AsyncGenerator<string> | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    const filters = await readFilters(tx, workspace_id, asked)
    if (isRefusal(filters)) return filters
    const count = await countListedCalls(tx, workspace_id, filters, mostRows)
    return count > mostRows
      ? refuse('too-large', `A file has at most ${mostRows} calls: ask for fewer days.`, { most: mostRows })
      : writeCalls(house, caller, filters)
  })
}

async function* writeCalls(house: ServerDeps, caller: Caller, filters: CallFilters): AsyncGenerator<string> {
  yield byteOrderMark + writeCsvRecord(Object.keys(columns))
  let page: PageOf<'created_at'> = { sort: 'created_at', descending: true, after: null, limit: rowsAtOnce }
  for (;;) {
    const { rows, next } = await within(house, caller, (tx) => listCalls(tx, caller.workspace_id, filters, page))
    yield rows.map((call) => writeCsvRecord(Object.values(columns).map((cell) => String(cell(call) ?? '')))).join('')
    if (next === null) return
    page = { ...page, after: next }
  }
}
