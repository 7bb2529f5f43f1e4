import type { CallStatus } from './campaign-counts.ts'
import type { Filter } from './keyset.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

/** A call as clients of older systems see it: its last facts, and what they say of it themselves. */
export interface ClientCall {
  id: string
  /** Who dialed it by hand, else whose campaign it was. */
  user_id: string
  provider_call_id: string | null
  direction: string
  from_number: string | null
  to_number: string | null
  status: CallStatus
  duration_seconds: number
  recording_url: string | null
  /** The newest general one. */
  note: string | null
  lead_id: string | null
  external_lead_id: string | null
  campaign_id: string | null
  metadata: Record<string, unknown>
  initiated_at: Date
  answered_at: Date | null
  ended_at: Date | null
  updated_at: Date
}

/** What its carrier told, or while that is no end, what a client said. */
const status = `coalesce(case when c.ended_at is null then c.said ->> 'status' end,
  call_status(c.state, c.outcome, c.answered_at is not null))`

const notes = `call_notes n where n.workspace_id = c.workspace_id and n.call_id = c.id and n.type = 'general'`

const listing = {
  columns: `c.id, coalesce(c.placed_by, c.owner_user_id) as user_id, c.provider_call_id, c.direction, c.from_number, c.to_number,
    ${status} as status, c.recording_url, c.lead_id, c.external_lead_id, c.campaign_id, c.metadata, c.initiated_at, c.answered_at,
    coalesce(floor(extract(epoch from c.ended_at - c.answered_at)),
      case when c.ended_at is null then (c.said ->> 'duration')::int end, 0)::int as duration_seconds,
    coalesce(c.ended_at, (c.said ->> 'ended_at')::timestamptz) as ended_at,
    (select n.content from ${notes} order by n.id desc limit 1) as note,
    greatest(c.initiated_at, c.ringing_at, c.answered_at, c.connected_at, c.abandoned_at, c.ended_at, c.changed_at,
      (select max(n.updated_at) from ${notes})) as updated_at`,
  from: 'calls c',
  id: 'c.id',
}

export interface ClientCallFilters {
  status?: CallStatus
  direction?: 'inbound' | 'outbound'
  campaign_id?: string
  /** From then on, and before. */
  from?: Date
  before?: Date
}

/** Newest first, without those that a client has hidden. */
export async function listClientCalls(
  tx: Tx,
  workspaceId: string,
  filters: ClientCallFilters,
  place: Place,
): Promise<OffsetPage<ClientCall>> {
  const wanted: Filter[] = [
    ['c.workspace_id = ? and c.hidden_at is null', workspaceId],
    [`${status} = ?`, filters.status],
    ['c.direction = ?', filters.direction],
    ['c.campaign_id = ?', filters.campaign_id],
    ['c.initiated_at >= ?', filters.from],
    ['c.initiated_at < ?', filters.before],
  ]
  return readOffsetPage(tx, listing, wanted, { ...place, order: 'c.id desc' })
}

export async function readClientCall(tx: Tx, workspaceId: string, id: string): Promise<ClientCall | null> {
  const { rows } = await tx.query<ClientCall>(
    `select ${listing.columns} from ${listing.from} where c.workspace_id = $1 and c.id = $2 and c.hidden_at is null`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}
