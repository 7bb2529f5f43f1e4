import { z } from 'zod'
import { contactSorts } from '#store/contacts.ts'
import { country, freeObject, id, instant, pageQuery, sortQuery, timeZone } from '../../http/schema.ts'
import { campaign, newCampaign } from '../campaigns/schema.ts'

const text = z.string().trim().max(300)

/** What is known of a person besides their numbers. */
export const personFields = {
  full_name: text.exactOptional(),
  first_name: text.exactOptional(),
  last_name: text.exactOptional(),
  company: text.exactOptional(),
  email: z.string().trim().max(320).exactOptional(),
  city: text.exactOptional(),
  time_zone: timeZone.nullable().exactOptional(),
  country: country.nullable().exactOptional(),
  region: z.string().trim().max(100).nullable().exactOptional(),
  postcode: z.string().trim().max(20).nullable().exactOptional(),
  custom: freeObject.exactOptional(),
}

/** In the order in which they are tried. */
const phones = z.array(z.string().max(100)).min(1).max(10)
const language = z.string().max(35).nullable()

export const newContact = z.strictObject({ ...personFields, phones, language: language.exactOptional() })
export const contactChange = z.strictObject({
  ...personFields,
  phones: phones.exactOptional(),
  language: language.exactOptional(),
})

export const contact = z
  .object({
    id,
    owner_user_id: id,
    full_name: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    company: z.string(),
    email: z.string(),
    city: z.string(),
    time_zone: z.string().nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    postcode: z.string().nullable(),
    language: z.string().nullable(),
    custom: z.record(z.string(), z.unknown()),
    phones: z.array(z.object({ number: z.string(), extension: z.string().nullable() })),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Contact' })

export const erasureReason = z.strictObject({ reason: z.string().trim().min(1).max(1000) })
export const erasure = z
  .object({
    id,
    contact_id: id,
    erased_by: id,
    reason: z.string(),
    numbers: z.int().describe('How many numbers of theirs stay blocked'),
    erased_rows: z.record(z.string(), z.int()).describe('Rows deleted or blanked, by table'),
    erased_at: instant,
  })
  .meta({ id: 'Erasure' })

const filters = {
  phone: z.string().max(30).exactOptional(),
  import_id: id.exactOptional(),
  country: country.exactOptional(),
  campaign_id: id.describe('Those who stand in it').exactOptional(),
  search: z.string().max(200).describe('Part of the name, company, e-mail address or number').exactOptional(),
}
export const contactFilters = z.strictObject(filters)
export const contactQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(contactSorts, '-created_at'),
  ...filters,
})
export const contactCount = z.object({ count: z.number().int() }).meta({ id: 'ContactCount' })

/** Ids in a request of at most 1 MB. */
const idsAtOnce = 10_000
export const bulkCall = z.strictObject({
  campaign: newCampaign,
  contact_ids: z.array(id).min(1).max(idsAtOnce).describe('These people').exactOptional(),
  matching: contactFilters.describe('Or all who fit, as the list has them; `{}` for everybody').exactOptional(),
})
export const bulkCalled = z.object({ campaign, added: z.number().int() }).meta({ id: 'BulkCall' })
