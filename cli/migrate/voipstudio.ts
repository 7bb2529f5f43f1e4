import {
  type Brought,
  type BroughtCall,
  type BroughtCampaign,
  type BroughtLead,
  type LeadBody,
  nothingBrought,
  oldStatuses,
} from './brought.ts'
import { count, instant, object, said, text, timeOfDay, whole } from './cells.ts'
import type { Row } from './old-files.ts'

const modes = ['manual', 'power', 'predictive', 'preview'] as const

/** Lists of campaigns, contacts, calls and dispositions, and CSVs of contacts and of calls. */
export function readVoipstudio(rows: Row[]): Brought {
  const brought = nothingBrought()
  const dispositions = new Map<string, Row>()
  for (const row of rows) {
    if ('disposition' in row && 'call_id' in row && !('to_number' in row)) dispositions.set(String(row.call_id), row)
  }
  for (const row of rows) {
    if (dispositions.get(String(row.call_id)) === row) continue
    if ('to_number' in row) brought.calls.push(readCall(row, dispositions))
    else if ('retry_interval' in row || ('name' in row && 'type' in row)) brought.campaigns.push(readCampaign(row))
    else if (text(row, 'phone_number', 'number', 'phone') !== null) brought.leads.push(readContact(row))
    else brought.left['rows of no known kind'] = (brought.left['rows of no known kind'] ?? 0) + 1
  }
  return brought
}

function readCampaign(row: Row): BroughtCampaign {
  const id = text(row, 'id') as string
  const hours = object(row, 'active_hours')
  const [window_start, window_end] = [timeOfDay(hours?.start), timeOfDay(hours?.end)]
  const total = object(row, 'stats')?.total
  return {
    key: id,
    body: {
      ...{ code: `voipstudio-${id}`, name: text(row, 'name') ?? id, completes: 'by_hand' },
      ...{ mode: modes.find((each) => each === row.type) ?? 'power', power_ratio: 1 },
      ...said({
        description: text(row, 'description'),
        script: text(row, 'script'),
        caller_id: text(row, 'caller_id'),
        max_attempts: whole(row, { min: 1, max: 100 }, 'max_attempts'),
        retry_interval_seconds: whole(row, { min: 0, max: 31_536_000 }, 'retry_interval'),
        time_zone: text(row, 'timezone'),
      }),
      ...(window_start !== null && window_end !== null ? { window_start, window_end } : {}),
    },
    agent_keys: [],
    ended: ['completed', 'archived'].includes(text(row, 'status') ?? ''),
    total_leads: typeof total === 'number' ? total : null,
  }
}

const finals: Record<string, 'completed' | 'failed' | 'do_not_call'> = {
  completed: 'completed',
  failed: 'failed',
  'do-not-call': 'do_not_call',
}

function readContact(row: Row): BroughtLead {
  const status = finals[text(row, 'status') ?? ''] ?? null
  return {
    campaign_key: text(row, 'campaign_id', 'campaign') ?? '',
    body: said<LeadBody>({
      phone: text(row, 'phone_number', 'number', 'phone'),
      first_name: text(row, 'first_name'),
      last_name: text(row, 'last_name'),
      full_name: text(row, 'first_name', 'last_name') === null ? text(row, 'name', 'full_name') : null,
      email: text(row, 'email'),
      company: text(row, 'company'),
      metadata: object(row, 'metadata'),
    }) as LeadBody,
    past: {
      ...(status === null ? {} : { status }),
      ...{
        attempts: whole(row, { min: 0, max: 100 }, 'attempts') ?? 0,
        last_attempt_at: instant(row, 'last_attempt_at'),
      },
    },
    callback_at: row.status === 'callback' ? instant(row, 'next_attempt_at') : null,
  }
}

function readCall(row: Row, dispositions: ReadonlyMap<string, Row>): BroughtCall {
  const said_of = [text(row, 'id'), text(row, 'call_id')].map((id) => dispositions.get(id ?? '')).find(Boolean)
  const inbound = row.direction === 'inbound'
  return {
    campaign_key: text(row, 'campaign_id'),
    agent_key: null,
    body: {
      external_id: text(row, 'id', 'call_id') ?? JSON.stringify(row),
      number: text(row, inbound ? 'from_number' : 'to_number') ?? '',
      status: oldStatuses.find((each) => each === row.status) ?? 'failed',
      direction: inbound ? 'inbound' : 'outbound',
      initiated_at: instant(row, 'started_at', 'created_at') ?? '',
      ...said({
        caller_id: text(row, inbound ? 'to_number' : 'from_number'),
        answered_at: instant(row, 'answered_at'),
        ended_at: instant(row, 'ended_at'),
        duration_seconds: count(row, 'duration'),
        provider_call_id: text(row, 'call_id'),
        external_lead_id: text(row, 'lead_id'),
        recording_url: text(row, 'recording_url'),
        metadata: object(row, 'metadata'),
        disposition: said_of ? text(said_of, 'disposition') : null,
        note: (said_of ? text(said_of, 'notes') : null) ?? text(row, 'notes'),
      }),
    },
  }
}
