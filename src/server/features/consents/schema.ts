import { z } from 'zod'
import { consentSorts } from '#store/consents.ts'
import { id, instant, instantText, pageQuery, sortQuery } from '../../http/schema.ts'

const strength = z
  .enum(['stated', 'express', 'written'])
  .describe('`written` where the person signed or typed it, `express` where they agreed, `stated` for any other basis')

export const consent = z
  .object({
    id,
    number: z.string(),
    basis: z.string(),
    strength,
    text: z.string(),
    source: z.string(),
    given_at: instant,
    expires_at: instant.nullable(),
    recorded_by: id,
    created_at: instant,
    withdrawn_at: instant.nullable(),
    withdrawn_by: id.nullable(),
    withdrawn_reason: z.string().nullable(),
  })
  .meta({ id: 'Consent' })

const number = z.string().max(100)

export const newConsent = z.strictObject({
  number,
  basis: z.string().trim().min(1).max(100),
  strength: strength.describe('Read from the words of the basis unless it is said').exactOptional(),
  text: z.string().trim().max(5000).describe('The words the person agreed to').default(''),
  source: z.string().trim().min(1).max(500).describe('Where it can be looked up: a form, a recording, a paper'),
  given_at: instantText.exactOptional(),
  expires_at: instantText.exactOptional(),
})

export const withdrawal = z.strictObject({ number, reason: z.string().trim().min(1).max(500) })
export const withdrawn = z.object({ number: z.string(), consents: z.array(consent) }).meta({ id: 'WithdrawnConsents' })

export const consentQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(consentSorts, '-created_at'),
  number: number.exactOptional(),
})
