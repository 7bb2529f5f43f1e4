import { z } from 'zod'
import { readDate } from '#intake/row-dates.ts'
import { type LeadOfCampaign, leadOrderings } from '#store/numbered-leads.ts'
import { asked, numberQuery, pageQuery, searchQuery } from './pages.ts'
import { leadWords, sayLeadStatus, segments, showDigits, showTime, showTimeOrNull } from './words.ts'

export const leadQuery = z.object({
  ...pageQuery,
  campaign: numberQuery,
  segment: asked(z.enum(segments)),
  status: asked(z.enum(leadWords)),
  search: searchQuery,
  ordering: asked(z.enum(leadOrderings)),
})

export function showLead(lead: LeadOfCampaign) {
  const digits = showDigits(lead.phone)
  const tries = lead.attempts + lead.carrier_faults
  const { metadata, last_call } = takeLastCall(lead)
  return {
    id: lead.number,
    lead_id: `${lead.campaign_code ?? lead.campaign_id}-${digits}`,
    phone_number: digits,
    customer_name: lead.full_name,
    city: lead.city,
    segment: lead.segment,
    campaign: lead.campaign_number,
    campaign_name: lead.campaign_name,
    customer_segment: lead.customer_segment ?? 'small',
    last_order_date: showTimeOrNull(lead.last_order_date),
    last_call_date: showTimeOrNull(lead.last_attempt_at) ?? last_call,
    follow_up_date: showTimeOrNull(lead.follow_up_date),
    status: sayLeadStatus(lead.status, tries),
    attempt_count: tries,
    max_attempts: lead.max_attempts,
    metadata,
    created_at: showTime(lead.created_at),
    updated_at: showTime(lead.updated_at),
  }
}

/** When another system called last, as the file said it; it is no attempt of ours, and the model keeps it as it came. */
function takeLastCall({ metadata: kept, campaign_zone: zone, import_id }: LeadOfCampaign) {
  const said = import_id === null ? (kept ?? {}) : readCells(kept ?? {})
  const { last_call_date: written, ...metadata } = said
  const read = typeof written === 'string' ? readDate(written, { order: 'day_first', zone }) : null
  return read === null ? { metadata: said, last_call: null } : { metadata, last_call: showTime(new Date(read.at)) }
}

/** A cell has no type; the old system took those for numbers that look like one. */
function readCells(metadata: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(metadata).map(([name, value]): [string, unknown] => {
    const isNumber = typeof value === 'string' && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/.test(value)
    return [name, isNumber ? Number(value) : value]
  })
  return Object.fromEntries(entries)
}
