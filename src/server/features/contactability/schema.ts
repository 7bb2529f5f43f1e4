import { z } from 'zod'
import { id } from '../../http/schema.ts'

export const contactabilityQuery = z.strictObject({
  number: z.string().min(1).max(100),
  campaign: id.describe('Whose hours, list and budget hold besides the law').exactOptional(),
})

export const shownVerdict = {
  answer: z.enum(['now', 'later', 'never']),
  at: z.string().nullable(),
  sentence: z.string().describe('The answer in words'),
  rule: z.record(z.string(), z.unknown()),
  evidence: z.record(z.string(), z.unknown()),
}

export const contactability = z
  .object({ number: z.string(), lead_id: id.nullable(), ...shownVerdict })
  .meta({ id: 'Contactability' })
