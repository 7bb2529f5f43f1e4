import { z } from 'zod'
import { callStates, outcomes } from '#domain/call.ts'
import { callSorts } from '#store/call-list.ts'
import { id, instant, listQuery, pageQuery, sortQuery } from '../../http/schema.ts'

export const call = z
  .object({
    id,
    number: z.number().int(),
    direction: z.string(),
    campaign_id: id.nullable(),
    lead_id: id.nullable(),
    contact_id: id.nullable(),
    owner_user_id: id,
    trunk_id: id,
    provider: z.string(),
    provider_call_id: z.string().nullable(),
    from_number: z.string().nullable(),
    to_number: z.string().nullable(),
    state: z.enum(callStates),
    outcome: z.string().nullable(),
    detection: z.string().nullable(),
    hangup_cause: z.string().nullable(),
    disposition: z.string().nullable(),
    initiated_at: instant,
    ringing_at: instant.nullable(),
    answered_at: instant.nullable(),
    agent_id: id.nullable().describe('Who talked first'),
    connected_at: instant.nullable(),
    abandoned_at: instant.nullable(),
    ended_at: instant.nullable(),
    short: z.boolean().describe('Somebody who was to talk to an agent hung up before one was found in time'),
    ring_ms: z.number().int().nullable(),
    wait_ms: z.number().int().nullable().describe('From the answer to the agent'),
    talk_ms: z.number().int().nullable(),
    duration_seconds: z.number().int().nullable(),
  })
  .meta({ id: 'Call' })

export const callEvent = z
  .object({
    event_key: z.string(),
    kind: z.string(),
    at: instant,
    received_at: instant,
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CallEvent' })

const filters = {
  ...pageQuery,
  sort: sortQuery(callSorts, '-created_at'),
  to_number: z.string().max(30).exactOptional(),
  state: listQuery(callStates),
  outcome: listQuery(outcomes),
  disposition: z.string().max(50).exactOptional(),
}

export const campaignCallQuery = z.strictObject(filters)
export const callQuery = z.strictObject({
  ...filters,
  campaign_id: id.exactOptional(),
  lead_id: id.exactOptional(),
  contact_id: id.exactOptional(),
  agent_id: id.exactOptional(),
})

export const newCall = z
  .strictObject({
    lead_id: id.exactOptional(),
    contact_id: id.exactOptional(),
    number: z.string().max(60).exactOptional(),
    campaign_id: id.describe('Whose hours and caller id hold; of a lead, its own').exactOptional(),
  })
  .describe('Whom to call: one of lead_id, contact_id and number')

export const placedCall = z.object({ id, session_id: id }).meta({ id: 'PlacedCall' })
