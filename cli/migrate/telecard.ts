import {
  type Brought,
  type BroughtCall,
  type BroughtCampaign,
  type BroughtLead,
  type LeadBody,
  nothingBrought,
  oldStatuses,
} from './brought.ts'
import { count, instant, object, said, text, whole } from './cells.ts'
import type { Row } from './old-files.ts'

/** The words of a lead CSV; whatever else a row has is metadata. */
const leadColumns = ['campaign', 'campaign_id', 'name', 'number', 'phone_number', 'customer_name', 'city', 'attempts']
const leadExtras = ['segment', 'customer_segment', 'last_order_date', 'last_call_date', 'follow_up_date', 'status']
const finals = ['completed', 'called', 'failed', 'skipped', 'do_not_call'] as const

/** Lists of agents, campaigns, leads and call logs, and CSVs of leads and of call logs. */
export function readTelecard(rows: Row[]): Brought {
  const brought = nothingBrought()
  for (const row of rows) {
    if ('call_id' in row || 'freeswitch_uuid' in row) brought.calls.push(readCall(row))
    else if ('import_id' in row) brought.left['import logs'] = (brought.left['import logs'] ?? 0) + 1
    else if ('campaign_name' in row && 'campaign_id' in row) brought.campaigns.push(readCampaign(row))
    else if ('extension' in row && 'agent_id' in row) brought.agents.push(readAgent(row))
    else if (text(row, 'phone_number', 'number') !== null) brought.leads.push(readLead(row))
    else brought.left['rows of no known kind'] = (brought.left['rows of no known kind'] ?? 0) + 1
  }
  return brought
}

function readAgent(row: Row): Brought['agents'][number] {
  const code = text(row, 'agent_id') as string
  const extension = text(row, 'extension')
  const phone_number = text(row, 'phone_number')
  const reached_at = extension ? ('extension' as const) : phone_number ? ('outside' as const) : ('browser' as const)
  return {
    key: text(row, 'id') ?? code,
    body: {
      ...{ code, name: code, reached_at, active: row.is_active !== false },
      ...said({ extension, phone_number, email: text(row, 'email') }),
      max_concurrent_calls: whole(row, { min: 1, max: 1000 }, 'max_concurrent_calls') ?? 1,
    },
  }
}

function readCampaign(row: Row): BroughtCampaign {
  const code = text(row, 'campaign_id') as string
  return {
    key: text(row, 'id') ?? code,
    body: {
      ...{ code, name: text(row, 'campaign_name') ?? code, mode: 'progressive', completes: 'at_end' },
      ...said({ segment: text(row, 'segment'), metadata: object(row, 'metadata') }),
      duration_days: whole(row, { min: 1, max: 3650 }, 'duration_days') ?? 1,
    },
    agent_keys: [text(row, 'agent')].filter((key) => key !== null),
    ended: ['completed', 'archived'].includes(text(row, 'status') ?? ''),
    total_leads: count(row, 'total_leads', 'leads_count'),
  }
}

function readLead(row: Row): BroughtLead {
  const status = finals.find((each) => each === row.status) ?? null
  // A list says how many tries a lead has had; in an uploaded file `attempts` is how many it may have.
  const tried = whole(row, { min: 0, max: 100 }, 'attempt_count') ?? 0
  const body = said<LeadBody>({
    phone: text(row, 'phone_number', 'number'),
    full_name: text(row, 'customer_name', 'name'),
    city: text(row, 'city'),
    max_attempts: whole(row, { min: 1, max: 100 }, 'max_attempts', 'attempts') ?? 1,
    customer_segment: text(row, 'customer_segment'),
    last_order_date: instant(row, 'last_order_date'),
    follow_up_date: instant(row, 'follow_up_date'),
    metadata: 'lead_id' in row ? object(row, 'metadata') : furtherColumns(row),
  }) as LeadBody
  return {
    campaign_key:
      text(row, 'lead_id') === null ? (text(row, 'campaign_id', 'campaign') as string) : (text(row, 'campaign') ?? ''),
    body,
    past: { ...(status === null ? {} : { status }), attempts: tried, last_attempt_at: instant(row, 'last_call_date') },
    callback_at: null,
  }
}

function furtherColumns(row: Row): Row | null {
  const known = [...leadColumns, ...leadExtras, 'max_attempts', 'attempt_count']
  const further = Object.entries(row).filter(([name, value]) => !known.includes(name) && value !== '')
  return further.length === 0 ? null : Object.fromEntries(further)
}

function readCall(row: Row): BroughtCall {
  return {
    campaign_key: text(row, 'campaign', 'campaign_id'),
    agent_key: text(row, 'agent', 'agent_id'),
    body: {
      external_id: text(row, 'call_id', 'freeswitch_uuid', 'id') ?? JSON.stringify(row),
      number: text(row, 'phone_number', 'number') ?? '',
      status: oldStatuses.find((each) => each === row.status) ?? 'failed',
      direction: row.direction === 'inbound' ? 'inbound' : 'outbound',
      initiated_at: instant(row, 'initiated_at', 'answered_at', 'ended_at') ?? '',
      ...said({
        answered_at: instant(row, 'answered_at'),
        ended_at: instant(row, 'ended_at'),
        duration_seconds: count(row, 'duration'),
        provider_call_id: text(row, 'freeswitch_uuid'),
        recording_url: text(row, 'recording_url'),
      }),
    },
  }
}
