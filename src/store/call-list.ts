import type { CallState } from '#domain/call.ts'
import { type CountedAs, callsAsCounted, conditionOf, localHour, localWeekday, tryOfCall } from './call-figures.ts'
import type { CallStatus } from './campaign-counts.ts'
import { bindFilters, type Filter, type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import { firstUuidAt } from './partitions.ts'
import type { Tx } from './tx.ts'

export interface CallRow {
  id: string
  number: number
  direction: string
  campaign_id: string | null
  lead_id: string | null
  contact_id: string | null
  owner_user_id: string
  trunk_id: string
  provider: string
  provider_call_id: string | null
  from_number: string | null
  to_number: string | null
  state: CallState
  /** How it stands, in one of the eight words of older systems. */
  status: CallStatus
  outcome: string | null
  detection: string | null
  hangup_cause: string | null
  recording_url: string | null
  /** By its carrier's own account, which may come minutes after the end. */
  cost: number | null
  cost_currency: string | null
  /** The key of what somebody says it meant. */
  disposition: string | null
  initiated_at: Date
  ringing_at: Date | null
  answered_at: Date | null
  /** Who of ours talked first, and when; and when the person was left without anybody. */
  agent_id: string | null
  connected_at: Date | null
  abandoned_at: Date | null
  ended_at: Date | null
  /** Somebody who was to talk to an agent hung up before one could be found in time. */
  short: boolean
  ring_ms: number | null
  /** From the answer to the agent, or to whatever ended the waiting. */
  wait_ms: number | null
  talk_ms: number | null
  /** Answered to ended, in whole seconds. */
  duration_seconds: number | null
  hold_ms: number
  /** Who dialed it by hand. */
  placed_by: string | null
  metadata: Record<string, unknown>
  /** Whom the client that dialed it means, in its own words. */
  external_lead_id: string | null
  contact_name: string | null
  campaign_name: string | null
  agent_name: string | null
  trunk_name: string
  /** The clock of whoever was called, as far as their number tells. */
  zone: string | null
}

function ms(from: string, to: string): string {
  return `round(extract(epoch from ${to} - ${from}) * 1000)::int`
}

export const callSorts = ['created_at', 'number'] as const
export type CallSort = (typeof callSorts)[number]

export const callListing: Listing<CallSort> = {
  columns: `c.id, c.number, c.direction, c.campaign_id, c.lead_id, c.contact_id, c.owner_user_id, c.trunk_id, c.provider,
    c.provider_call_id, c.from_number, c.to_number, c.state, call_status(c.state, c.outcome, c.answered_at is not null) as status,
    c.outcome, c.detection, c.hangup_cause, c.recording_url, c.cost::double precision as cost, c.cost_currency, c.initiated_at, c.ringing_at, c.answered_at, c.agent_id,
    c.connected_at, c.abandoned_at, c.ended_at, c.placed_by, c.metadata, c.external_lead_id,
    c.ended_at is not null and c.connected_at is null and c.outcome in ('human', 'answered') and exists (select from attempts a
      where a.workspace_id = c.workspace_id and a.id = c.id and not a.agentless) as short,
    ${ms('c.ringing_at', 'coalesce(c.answered_at, c.ended_at)')} as ring_ms,
    ${ms('c.answered_at', 'coalesce(c.connected_at, c.abandoned_at, c.ended_at)')} as wait_ms,
    ${ms('c.connected_at', 'c.ended_at')} as talk_ms,
    floor(extract(epoch from c.ended_at - c.answered_at))::int as duration_seconds,
    call_hold_ms(c.workspace_id, c.id, c.ended_at) as hold_ms,
    meant.key as disposition, c.zone,
    (select n.full_name from contacts n where n.workspace_id = c.workspace_id and n.id = c.contact_id) as contact_name,
    (select p.name from campaigns p where p.workspace_id = c.workspace_id and p.id = c.campaign_id) as campaign_name,
    (select g.name from agents g where g.workspace_id = c.workspace_id and g.id = c.agent_id) as agent_name,
    (select k.name from trunks k where k.workspace_id = c.workspace_id and k.id = c.trunk_id) as trunk_name`,
  from: callsAsCounted,
  id: 'c.id',
  sorts: {
    // A call's id begins with the instant of its making.
    created_at: { by: 'c.id', type: 'uuid' },
    number: { by: 'c.number', type: 'bigint' },
  },
}

export interface CallFilters {
  campaign_id?: string
  lead_id?: string
  contact_id?: string
  to_number?: string
  state?: CallState[]
  outcome?: string[]
  disposition?: string
  agent_id?: string
  trunk_id?: string
  /** What somebody wrote who looks for a call, looked up already (call-search.ts). */
  found?: Filter
  /** From then on, and before. */
  from?: Date
  before?: Date
  counted_as?: CountedAs
  try?: number
  local_weekday?: number
  local_hour?: number
}

export async function listCalls(
  tx: Tx,
  workspaceId: string,
  filters: CallFilters,
  page: PageOf<CallSort>,
): Promise<Page<CallRow>> {
  return readPage<CallRow, CallSort>(tx, callListing, filtersOf(workspaceId, filters), page)
}

/** How many there are, as far as `most` and one more. */
export async function countListedCalls(
  tx: Tx,
  workspaceId: string,
  filters: CallFilters,
  most: number,
): Promise<number> {
  const { where, values } = bindFilters(filtersOf(workspaceId, filters))
  const { rows } = await tx.query<{ n: number }>(
    `select count(*)::int as n from (select from ${callListing.from} where ${where} limit $${values.push(most + 1)}) c`,
    values,
  )
  return (rows[0] as { n: number }).n
}

/** The same by the place in the list, newest first. */
export async function listCallsByPlace(
  tx: Tx,
  workspaceId: string,
  filters: CallFilters,
  place: Place,
): Promise<OffsetPage<CallRow>> {
  const page = { ...place, order: 'c.id desc' }
  return readOffsetPage<CallRow>(tx, callListing, filtersOf(workspaceId, filters), page)
}

/** A call's id is made before the call begins, and within this: the ids of a stretch are a range of the index. */
const idAheadMs = 86_400_000

const idAt = (at: Date | undefined, ahead: number) => at && firstUuidAt(new Date(Math.max(0, at.getTime() - ahead)))

/** Of the calls that are up there are few, of all there may be millions: theirs are the attempts without an end. */
const amongLive = 'c.id = any (array(select a.id from attempts a where a.workspace_id = ? and a.ended_at is null))'

export function filtersOf(workspaceId: string, filters: CallFilters): Filter[] {
  const { found, counted_as, state } = filters
  return [
    ['c.workspace_id = ?', workspaceId],
    ['c.campaign_id = ?', filters.campaign_id],
    ['c.lead_id = ?', filters.lead_id],
    ['c.contact_id = ?', filters.contact_id],
    ['c.agent_id = ?', filters.agent_id],
    ['c.to_number = ?', filters.to_number],
    ['c.state = any (?)', state],
    [amongLive, state === undefined || state.includes('ended') ? undefined : workspaceId],
    ['c.outcome = any (?)', filters.outcome],
    [
      `c.id in (select x.call_id from call_dispositions x join disposition_categories d
        on d.workspace_id = x.workspace_id and d.id = x.disposition_id
        where x.workspace_id = c.workspace_id and d.key = ?)`,
      filters.disposition,
    ],
    ['c.trunk_id = ?', filters.trunk_id],
    ['c.initiated_at >= ?', filters.from],
    ['c.initiated_at < ?', filters.before],
    ['c.id >= ?', idAt(filters.from, idAheadMs)],
    ['c.id < ?', idAt(filters.before, 0)],
    ...(counted_as ? [[`(${conditionOf[counted_as]}) = ?`, true] satisfies Filter] : []),
    [`${tryOfCall} = ?`, filters.try],
    [`${localWeekday} = ?`, filters.local_weekday],
    [`${localHour} = ?`, filters.local_hour],
    ...(found ? [found] : []),
  ]
}

export async function readCall(tx: Tx, workspaceId: string, id: string): Promise<CallRow | null> {
  const { rows } = await tx.query<CallRow>(
    `select ${callListing.columns} from ${callListing.from} where c.workspace_id = $1 and c.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

export interface CallEventRow {
  event_key: string
  kind: string
  at: Date
  received_at: Date
  detail: Record<string, unknown>
}

/** A call's history as it came to be known; whoever reads it has read the call first, and with it the right to. */
export async function readCallEvents(tx: Tx, workspaceId: string, callId: string): Promise<CallEventRow[]> {
  const { rows } = await tx.query<CallEventRow>(
    `select event_key, kind, at, received_at, detail from call_events
     where workspace_id = $1 and call_id = $2 order by at, received_at, event_key`,
    [workspaceId, callId],
  )
  return rows
}
