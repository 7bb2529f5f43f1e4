import { z } from 'zod'
import { callStatuses } from '#store/campaign-counts.ts'
import { freeObject, id, instantText, longText } from '../../http/schema.ts'

/** Of the system it was done in; its own ids are unique there. */
const source = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'must be a short name such as telecard')

const mostAtOnce = 1000

export const pastCalls = z.strictObject({
  source,
  calls: z
    .array(
      z.strictObject({
        external_id: z
          .string()
          .min(1)
          .max(200)
          .describe("The other system's id of the call; the same one is taken once"),
        number: z.string().max(100).describe('Of the person'),
        caller_id: z.string().max(100).nullable().exactOptional(),
        direction: z.enum(['outbound', 'inbound']).default('outbound'),
        status: z.enum(callStatuses),
        campaign_id: id.nullable().exactOptional(),
        agent_id: id.nullable().exactOptional(),
        initiated_at: instantText,
        answered_at: instantText.nullable().exactOptional(),
        ended_at: instantText.nullable().exactOptional(),
        duration_seconds: z.number().min(0).max(604_800).nullable().exactOptional(),
        provider_call_id: z.string().max(200).nullable().exactOptional(),
        external_lead_id: z.string().max(200).nullable().exactOptional(),
        recording_url: z.string().max(2000).nullable().exactOptional(),
        metadata: freeObject.exactOptional(),
        disposition: z.string().max(50).nullable().exactOptional(),
        note: longText.exactOptional(),
      }),
    )
    .min(1)
    .max(mostAtOnce),
})
export type PastCallInput = z.output<typeof pastCalls>['calls'][number]

export const pastLeads = z.strictObject({
  source,
  leads: z
    .array(
      z.strictObject({
        campaign_id: id,
        number: z.string().max(100),
        status: z.enum(['completed', 'called', 'failed', 'skipped', 'do_not_call']).nullable().exactOptional(),
        attempts: z.number().int().min(0).max(100).default(0),
        last_attempt_at: instantText.nullable().exactOptional(),
      }),
    )
    .min(1)
    .max(mostAtOnce),
})
export type PastLeadInput = z.output<typeof pastLeads>['leads'][number]

const refused = z.array(z.object({ index: z.number().int(), message: z.string() }))

export const recordedCalls = z
  .object({ added: z.number().int(), known: z.number().int(), refused })
  .meta({ id: 'RecordedPastCalls' })
export const settledLeads = z
  .object({ settled: z.array(z.object({ index: z.number().int(), lead_id: id })), refused })
  .meta({ id: 'SettledPastLeads' })
