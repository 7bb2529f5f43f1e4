/** What clients send; what they send besides is not looked at. */
import { z } from 'zod'
import { callStatuses } from '#store/campaign-counts.ts'
import { day, freeObject, id, instantText, longText, name, timeOfDay, timeZone } from '../../http/schema.ts'
import { campaignWords, contactWords, dispositionWords, typeWords } from './words.ts'

const limit = z.coerce.number().int().min(1).max(1000)
const offset = z.coerce.number().int().min(0).max(1_000_000_000).default(0)
/** Whole unless a limit is given. */
const whole = { limit: limit.exactOptional(), offset }
const phone = z.string().trim().min(1).max(60)
/** A form's field that was left empty says nothing. */
const empty = z.union([z.literal(''), z.null()])
/** A day, or an instant. */
const date = z
  .union([day, instantText, empty], 'must be a date such as 2026-03-09 or a time such as 2026-03-09T15:00:00Z')
  .exactOptional()

export const callQuery = z.object({
  status: z.enum(callStatuses).exactOptional(),
  direction: z.enum(['inbound', 'outbound']).exactOptional(),
  limit: limit.default(50),
  offset,
})

export const newCall = z.object({
  to: phone,
  from: phone,
  campaignId: id.nullish(),
  /** The client's own. */
  leadId: z.string().max(200).nullish(),
  metadata: freeObject.nullish(),
})

export const callChange = z.object({
  notes: longText.exactOptional(),
  metadata: freeObject.exactOptional(),
  status: z.enum(callStatuses).exactOptional(),
  duration: z.number().int().min(0).max(86_400).exactOptional(),
  ended_at: instantText.exactOptional(),
})

export const campaignQuery = z.object({
  status: z.enum(campaignWords).exactOptional(),
  type: z.enum(typeWords).exactOptional(),
  ...whole,
})

const settings = {
  description: longText.nullish(),
  type: z.enum(typeWords).exactOptional(),
  caller_id: z.string().trim().max(60).nullish(),
  script: longText.nullish(),
  max_attempts: z.number().int().min(1).max(100).exactOptional(),
  /** Seconds. */
  retry_interval: z.number().int().min(0).max(31_536_000).exactOptional(),
  active_hours: z.object({ start: timeOfDay, end: timeOfDay }).nullish(),
  timezone: timeZone.exactOptional(),
}

export const newCampaign = z.object({ name, ...settings })
export const campaignChange = z.object({
  name: name.exactOptional(),
  ...settings,
  status: z.enum(campaignWords).exactOptional(),
})
export type CampaignSettings = Omit<z.output<typeof campaignChange>, 'status'>

export const contactQuery = z.object({ status: z.enum(contactWords).exactOptional(), ...whole })

const text = z.string().trim().max(300).nullish()

export const newContacts = z.object({
  contacts: z
    .array(
      z.object({
        phone_number: z.string().max(100).default(''),
        ...{ first_name: text, last_name: text, email: z.string().trim().max(320).nullish(), company: text },
        metadata: freeObject.nullish(),
      }),
    )
    .min(1)
    .max(10_000),
})
export type NewContact = z.output<typeof newContacts>['contacts'][number]

export const dispositionQuery = z.object({ call_id: id.exactOptional(), ...whole })

export const newDisposition = z.object({
  call_id: id,
  disposition: z.enum(dispositionWords),
  notes: longText.nullish(),
  follow_up_date: date,
})

export const analyticsQuery = z.object({
  start_date: date,
  end_date: date,
  campaign_id: z.union([id, empty], 'must be an id').exactOptional(),
})

/** Where a list that is whole ends. */
export function toPlace({ limit, offset }: { limit?: number; offset: number }): { limit: number; offset: number } {
  return { limit: limit ?? Number.MAX_SAFE_INTEGER, offset }
}
