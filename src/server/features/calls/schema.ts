import { z } from 'zod'
import { callStates, outcomes } from '#domain/call.ts'
import { joinHows, plainActs } from '#domain/call-act.ts'
import { countedAs } from '#store/call-figures.ts'
import { callSorts } from '#store/call-list.ts'
import { day, freeObject, id, instant, listQuery, pageQuery, sortQuery, timeZone } from '../../http/schema.ts'

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
    recording_url: z.string().nullable(),
    cost: z.number().nullable().describe("By the carrier's own account; null until it tells, and where it does not"),
    cost_currency: z.string().nullable(),
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
    /** How long the person was held, parked, or waited for a consultation. */
    hold_ms: z.number().int(),
    placed_by: id.nullable().describe('Who dialed it by hand'),
    metadata: z.record(z.string(), z.unknown()),
    external_lead_id: z.string().nullable(),
    contact_name: z.string().nullable(),
    campaign_name: z.string().nullable(),
    agent_name: z.string().nullable(),
    trunk_name: z.string(),
    zone: z.string().nullable().describe('The clock of whoever was called, as far as their number tells'),
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

const dayOfCalls = day.refine((text) => text >= '1971' && text < '9999', 'must be a day from 1971 to 9998')

/** Days of a zone, both included. */
export const dayFilters = {
  since: dayOfCalls.describe('The first day').exactOptional(),
  until: dayOfCalls.describe('The last day').exactOptional(),
  zone: timeZone.describe("Whose days these are; the workspace's unless said").exactOptional(),
}

const filters = {
  ...dayFilters,
  search: z
    .string()
    .max(200)
    .describe('An id, `#` and a number, at least 3 last digits of a phone number, or how a name begins')
    .exactOptional(),
  to_number: z.string().max(30).exactOptional(),
  state: listQuery(callStates),
  outcome: listQuery(outcomes),
  disposition: z.string().max(50).exactOptional(),
  agent_id: id.exactOptional(),
  trunk_id: id.exactOptional(),
  counted_as: z.enum(countedAs).describe('Only what the reports count as this').exactOptional(),
  try: z.coerce.number().int().min(1).max(32_000).describe('Which call of its lead it is').exactOptional(),
  local_weekday: z.coerce.number().int().min(1).max(7).describe('1 is Monday, where the phone rang').exactOptional(),
  local_hour: z.coerce.number().int().min(0).max(23).describe('Where the phone rang').exactOptional(),
}
const paged = { ...pageQuery, sort: sortQuery(callSorts, '-created_at') }
const whose = { campaign_id: id.exactOptional(), lead_id: id.exactOptional(), contact_id: id.exactOptional() }

export const campaignCallQuery = z.strictObject({ ...paged, ...filters })
export const callQuery = z.strictObject({ ...paged, ...filters, ...whose })
export const callFileQuery = z.strictObject({ ...filters, ...whose })
export type AskedCalls = z.output<typeof callFileQuery>

export const newCall = z
  .strictObject({
    lead_id: id.exactOptional(),
    contact_id: id.exactOptional(),
    number: z.string().max(60).exactOptional(),
    campaign_id: id.describe('Whose hours and caller id hold; of a lead, its own').exactOptional(),
    trunk_id: id
      .describe('Over which trunk, instead of the usual one; not together with campaign_id or lead_id')
      .exactOptional(),
    caller_id: z.string().max(60).describe("Shown to the person instead of the campaign's").exactOptional(),
    metadata: freeObject.exactOptional(),
    external_lead_id: z.string().min(1).max(200).describe('Whom you mean, in your own words').exactOptional(),
    without_agent: z
      .boolean()
      .describe('Nobody is put through; counts against the limits of calls without an agent')
      .exactOptional(),
  })
  .describe('Whom to call: one of lead_id, contact_id and number')

export const placedCall = z.object({ id, session_id: id.nullable() }).meta({ id: 'PlacedCall' })

export const callChange = z.strictObject({ metadata: freeObject.describe('In place of what was there') })

/** An extension, or E.164. */
const to = z
  .string()
  .regex(/^(\+[1-9]\d{3,14}|\d{2,8})$/, 'must be an extension of 2 to 8 digits, or a number like +12125550100')
const digits = z.string().regex(/^[0-9*#A-D]{1,32}$/, 'must be 1 to 32 of 0-9, *, # and A-D')

export const callAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(plainActs) }),
  z.strictObject({ act: z.literal('dtmf'), digits }),
  z.strictObject({ act: z.enum(['transfer', 'consult']), to }),
  z.strictObject({ act: z.literal('voicemail_drop'), voicemail_drop_id: id }),
  z.strictObject({ act: z.literal('leave') }),
  z
    .strictObject({
      act: z.enum(joinHows),
      /** Where you are reached, when not at your browser. */
      extension: z
        .string()
        .regex(/^[0-9*#]{1,20}$/)
        .exactOptional(),
      number: z
        .string()
        .regex(/^\+[1-9]\d{3,14}$/)
        .exactOptional(),
    })
    .refine(
      ({ extension, number }) => extension === undefined || number === undefined,
      'names two places to reach you',
    ),
])
export type AskedAct = z.output<typeof callAct>

export const shownJoin = z
  .object({
    id,
    call_id: id,
    user_id: id,
    leg_id: id,
    how: z.enum(joinHows),
    /** `opening` until your line is up; the live events of type `call.join` tell of every change. */
    state: z.enum(['opening', 'joined', 'over']),
    reason: z.string().nullable(),
    asked_at: instant,
    joined_at: instant.nullable(),
    ended_at: instant.nullable(),
  })
  .meta({ id: 'CallJoin' })

export const shownAct = z
  .object({
    seq: z.number().int(),
    /** Shared by the rows of one act: that it was asked for, and what came of it. */
    act_id: id,
    call_id: id,
    act: z.string(),
    result: z.enum(['asked', 'done', 'refused', 'unknown']),
    detail: z.record(z.string(), z.unknown()),
    user_id: id.nullable(),
    /** In whose hands the call was. */
    agent_id: id.nullable(),
    at: instant,
  })
  .meta({ id: 'CallAct' })
