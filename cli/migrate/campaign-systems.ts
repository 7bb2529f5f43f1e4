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

/** How the results of calls were spelt besides. */
const results: Record<string, (typeof oldStatuses)[number]> = {
  success: 'completed',
  disconnected: 'completed',
  'in-progress': 'answered',
  no_answer: 'no-answer',
  cancelled: 'canceled',
}

/** The lists of the two systems that share their objects: campaigns, contacts, agents and calls, and CSVs of contacts. */
export function readCampaignSystem(source: 'callcampaign' | 'campaignqueue') {
  return (rows: Row[]): Brought => {
    const brought = nothingBrought()
    for (const row of rows) {
      if ('result' in row || 'contactId' in row) brought.calls.push(readCall(row))
      else if ('dailyLimit' in row || 'first_call_time' in row || 'retryAttempts' in row) {
        brought.campaigns.push(readCampaign(source, row))
      } else if (text(row, 'phone', 'phone_number', 'number') !== null && !('agent_id' in row || 'extension' in row)) {
        brought.leads.push(readContact(row))
      } else if (text(row, 'id') !== null && text(row, 'name') !== null) brought.agents.push(readAgent(source, row))
      else brought.left['rows of no known kind'] = (brought.left['rows of no known kind'] ?? 0) + 1
    }
    return brought
  }
}

function readAgent(source: string, row: Row): Brought['agents'][number] {
  const id = text(row, 'id') as string
  const kind = row.kind === 'human' || row.type === 'human' ? ('human' as const) : ('ai' as const)
  return { key: id, body: { code: `${source}-${id}`, name: text(row, 'name') ?? id, kind } }
}

function readCampaign(source: string, row: Row): BroughtCampaign {
  const id = text(row, 'id') as string
  const agent = text(row, 'agent_id')
  const [window_start, window_end] = [timeOfDay(row.first_call_time), timeOfDay(row.last_call_time)]
  const retries = whole(row, { min: 0, max: 99 }, 'retryAttempts', 'retry_attempts')
  const day = (...names: string[]) => instant(row, ...names)?.slice(0, 10) ?? null
  return {
    key: id,
    body: {
      ...{ code: `${source}-${id}`, name: text(row, 'name', 'campaign_name') ?? id },
      ...{ mode: agent === null ? 'broadcast' : 'ai', completes: source === 'callcampaign' ? 'by_hand' : 'when_done' },
      ...said({
        description: text(row, 'description'),
        script: text(row, 'script'),
        next_action: text(row, 'next_action'),
        max_attempts: retries === null ? null : retries + 1,
        daily_limit:
          (count(row, 'dailyLimit') ?? 0) > 0 ? whole(row, { min: 1, max: 1_000_000_000 }, 'dailyLimit') : null,
        start_date: day('start_date', 'startDate'),
        end_date: day('end_date', 'endDate'),
      }),
      ...(window_start !== null && window_end !== null ? { window_start, window_end } : {}),
    },
    agent_keys: agent === null ? [] : [agent],
    ended: ['completed', 'cancelled'].includes(text(row, 'status') ?? ''),
    total_leads: count(row, 'total_contacts'),
  }
}

function readContact(row: Row): BroughtLead {
  return {
    campaign_key: text(row, 'campaignId', 'campaign_id', 'campaign') ?? '',
    body: said<LeadBody>({
      phone: text(row, 'phone', 'phone_number', 'number'),
      full_name: text(row, 'name', 'full_name'),
      email: text(row, 'email'),
      company: text(row, 'company'),
      metadata: object(row, 'metadata'),
    }) as LeadBody,
    past: { attempts: 0, ...(row.isDoNotCall === true ? { status: 'do_not_call' as const } : {}) },
    callback_at: null,
  }
}

function readCall(row: Row): BroughtCall {
  const result = (text(row, 'result', 'status') ?? '').toLowerCase()
  return {
    campaign_key: text(row, 'campaignId', 'campaign_id'),
    agent_key: null,
    body: {
      external_id: text(row, 'id') ?? JSON.stringify(row),
      number: text(row, 'phone', 'phone_number') ?? '',
      status: oldStatuses.find((each) => each === result) ?? results[result] ?? 'failed',
      initiated_at: instant(row, 'createdAt', 'created_at') ?? '',
      ...said({
        duration_seconds: count(row, 'duration'),
        recording_url: text(row, 'recordingUrl'),
        note: text(row, 'transcript'),
      }),
    },
  }
}
