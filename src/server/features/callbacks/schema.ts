import { z } from 'zod'
import { callbackStatuses } from '#domain/callback.ts'
import { callbackSorts } from '#store/callbacks.ts'
import { id, instant, instantText, listQuery, longText, name, pageQuery, sortQuery } from '../../http/schema.ts'

/** What the person's own clock is to show. */
const localTime = z
  .string()
  .regex(/^20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d$/, 'must be a local time such as 2026-11-23T15:00')

const when = { at: instantText.exactOptional(), local_time: localTime.exactOptional() }
const whose = { agent_id: id.nullable().exactOptional(), note: longText.exactOptional() }

/** `at` or `local_time`; without an agent it is the team's. */
export const newCallback = z.strictObject({ lead_id: id, ...when, ...whose })
export const callbackChange = z.strictObject({ ...when, ...whose })
export const callbackCancel = z.strictObject({ reason: name.exactOptional() })

export const callback = z
  .object({
    id,
    lead_id: id,
    campaign_id: id,
    contact_id: id,
    full_name: z.string(),
    call_id: id.nullable(),
    agent_id: id.nullable(),
    promised_at: instant,
    local_time: z.string(),
    time_zone: z.string(),
    note: z.string(),
    status: z.enum(callbackStatuses),
    closed_reason: z.string().nullable(),
    closed_call_id: id.nullable(),
    kept_by_agent_id: id.nullable(),
    closed_at: instant.nullable(),
    expires_at: instant,
    reminded_at: instant.nullable(),
    moved_at: instant.nullable(),
    moved_from_agent_id: id.nullable(),
    created_by: id.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Callback' })

export const callbackQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(callbackSorts, 'promised_at'),
  status: listQuery(callbackStatuses),
  lead_id: id.exactOptional(),
  campaign_id: id.exactOptional(),
  agent_id: id.exactOptional(),
  from: instantText.exactOptional(),
  to: instantText.exactOptional(),
})
