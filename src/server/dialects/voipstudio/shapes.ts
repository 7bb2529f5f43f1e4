/** Rows as the older client reads them. */
import type { CallDisposition } from '#store/call-dispositions.ts'
import type { CampaignCounts } from '#store/campaign-counts.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { ClientCall } from '#store/client-calls.ts'
import type { ClientLead } from '#store/client-leads.ts'
import { showTime } from '../../features/campaigns/present.ts'
import { wordOfDisposition, wordOfLead, wordOfMode, wordOfStatus } from './words.ts'

export function showCall(call: ClientCall) {
  const { id, user_id, direction, from_number, to_number, status, campaign_id, metadata } = call
  return {
    ...{ id, user_id, call_id: call.provider_call_id ?? id, direction, from_number, to_number, status },
    ...{ duration: call.duration_seconds, recording_url: call.recording_url, notes: call.note ?? '' },
    // The client's own id goes before ours: it knows no other.
    ...{ lead_id: call.external_lead_id ?? call.lead_id, campaign_id, metadata },
    ...{ started_at: call.initiated_at, answered_at: call.answered_at, ended_at: call.ended_at },
    ...{ created_at: call.initiated_at, updated_at: call.updated_at },
  }
}

/** `lawful`: the workspace's hours, in minutes of the day, where the campaign has none of its own. */
export function showCampaign(row: Campaign, counts: CampaignCounts, lawful: { start: number; end: number }) {
  const start = row.window_start ?? lawful.start
  const end = row.window_end ?? lawful.end
  return {
    ...{ id: row.id, user_id: row.owner_user_id, name: row.name, description: row.description },
    ...{ type: wordOfMode(row.mode), status: wordOfStatus(row.status), caller_id: row.caller_id ?? '' },
    ...{ script: row.script, max_attempts: row.max_attempts, retry_interval: row.retry_interval_seconds ?? 3600 },
    ...{ active_hours: { start: showTime(start), end: showTime(end) }, timezone: row.time_zone },
    ...{ stats: showStats(counts), created_at: row.created_at, updated_at: row.updated_at },
  }
}

function showStats({ leads, by_lead_status, by_call_status: calls }: CampaignCounts) {
  const { answered = 0, completed = 0, failed = 0, busy = 0 } = calls
  return {
    ...{ total: leads, completed, pending: by_lead_status.pending ?? 0, failed },
    ...{ answered: answered + completed, no_answer: calls['no-answer'] ?? 0, busy },
  }
}

export function showContact(row: ClientLead) {
  const { id, campaign_id, phone, first_name, last_name, email, company, status, attempts, last_call_id } = row
  return {
    ...{ id, campaign_id, phone_number: phone, first_name, last_name, email, company, status: wordOfLead(status) },
    ...{ attempts, last_attempt_at: row.last_attempt_at, next_attempt_at: row.due_at, last_call_id },
    ...{ metadata: row.metadata ?? {}, created_at: row.created_at, updated_at: row.updated_at },
  }
}

/** A call has one disposition, which goes by the call's id. */
export function showDisposition(
  row: Pick<CallDisposition, 'call_id' | 'key' | 'note' | 'set_by' | 'set_at' | 'fields' | 'callback_at'>,
) {
  return {
    ...{ id: row.call_id, call_id: row.call_id, user_id: row.set_by, disposition: wordOfDisposition(row.key) },
    ...{ notes: row.note, follow_up_date: row.fields.follow_up_date ?? row.callback_at, created_at: row.set_at },
  }
}
