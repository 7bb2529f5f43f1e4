import { z } from 'zod'
import { outcomes } from '#domain/call.ts'
import { leadStatuses } from '#domain/lead.ts'
import { leadSorts } from '#store/lead-list.ts'
import { freeObject, id, instant, instantText, listQuery, pageQuery, sortQuery } from '../../http/schema.ts'
import { shownVerdict } from '../contactability/schema.ts'
import { personFields } from '../contacts/schema.ts'

export const lead = z
  .object({
    id,
    campaign_id: id,
    contact_id: id,
    import_id: id.nullable(),
    number: z.number().int(),
    phone: z.string().nullable(),
    full_name: z.string(),
    status: z.enum(leadStatuses),
    priority: z.number().int(),
    attempts: z.number().int(),
    carrier_faults: z.number().int(),
    max_attempts: z.number().int(),
    last_outcome: z.string().nullable(),
    last_attempt_at: instant.nullable(),
    due_at: instant.nullable(),
    not_before: instant.nullable(),
    held_by: z.string().nullable(),
    held_because: z.string().nullable().describe('The rule in `held_by`, in words'),
    consent_basis: z.string().nullable(),
    customer_segment: z.string().nullable(),
    last_order_date: instant.nullable(),
    follow_up_date: instant.nullable(),
    metadata: z.record(z.string(), z.unknown()).nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Lead' })

const filters = {
  ...pageQuery,
  sort: sortQuery(leadSorts, 'number'),
  status: listQuery(leadStatuses),
  held_by: z.string().max(100).exactOptional(),
  phone: z.string().max(30).exactOptional(),
}

export const campaignLeadQuery = z.strictObject(filters)
export const leadQuery = z.strictObject({
  ...filters,
  campaign_id: id.exactOptional(),
  contact_id: id.exactOptional(),
  import_id: id.exactOptional(),
})

const priority = z.number().int().min(-100).max(100)
const maxAttempts = z.number().int().min(1).max(100)
const basis = z.string().trim().min(1).max(100)

/** A person to call: one who is in the workspace, or a new one by number. */
const newLead = z.strictObject({
  ...personFields,
  contact_id: id.exactOptional(),
  phone: z.string().max(100).exactOptional(),
  priority: priority.exactOptional(),
  max_attempts: maxAttempts.exactOptional(),
  consent_basis: basis.exactOptional(),
  follow_up_date: instantText.exactOptional(),
  customer_segment: z.string().max(200).exactOptional(),
  last_order_date: instantText.exactOptional(),
  metadata: freeObject.exactOptional(),
})
export type NewLeadInput = z.output<typeof newLead>

export const newLeads = z.strictObject({
  leads: z.array(newLead).min(1).max(1000),
  skip_invalid: z
    .boolean()
    .describe('Take those that can be taken, and name the others under `refused`')
    .exactOptional(),
})

/** One result for each lead of the request that was not refused, in its order. */
export const addedLeads = z
  .object({
    added: z.number().int(),
    duplicates: z.number().int(),
    /** By their places in the request. */
    refused: z.array(z.object({ index: z.number().int(), message: z.string() })),
    results: z.array(z.object({ contact_id: id, lead_id: id.nullable(), result: z.enum(['added', 'duplicate']) })),
  })
  .meta({ id: 'AddedLeads' })

export const leadChange = z.strictObject({
  status: z.enum(['pending', 'called', 'skipped']).exactOptional(),
  priority: priority.exactOptional(),
  max_attempts: maxAttempts.nullable().exactOptional(),
  consent_basis: basis.nullable().exactOptional(),
  customer_segment: z.string().max(200).nullable().exactOptional(),
  follow_up_date: instantText.nullable().exactOptional(),
  metadata: freeObject.exactOptional(),
})

/** Of the completed and failed leads, by their last call. */
export const recycling = z.strictObject({
  dispositions: z.array(z.string().max(50)).max(100).exactOptional(),
  outcomes: z.array(z.enum(outcomes)).max(100).exactOptional(),
  older_than_hours: z.number().min(0).max(87_600).exactOptional(),
  reset_attempts: z.boolean().default(false).describe('Their tries are counted from 0 again'),
})

export const recycled = z
  .object({
    recycled: z.number().int(),
    /** Leads that stay as they were, by the rule that keeps them. */
    kept: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'Recycled' })

export const verdict = z.object(shownVerdict).meta({ id: 'Verdict' })
