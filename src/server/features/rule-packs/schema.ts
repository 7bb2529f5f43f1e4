import { z } from 'zod'
import { ownRows } from '#domain/rule-packs/read-pack.ts'
import { id, instant } from '../../http/schema.ts'

const shownRules = z.record(z.string(), z.array(z.record(z.string(), z.unknown())))

export const rulePack = z
  .object({
    id: z.string(),
    version: z.string(),
    countries: z.array(z.string()),
    rules: shownRules.describe(
      'Rows by kind, each with its source; `checked` says whether it was compared with the text',
    ),
  })
  .meta({ id: 'RulePack' })

export const ownRules = z
  .object({
    version: z.number().int(),
    rules: shownRules,
    loosens: z.array(z.string()).describe('What of it the law, or the country of the workspace, would not allow'),
    reason: z.string(),
    set_by: id,
    set_at: instant,
  })
  .meta({ id: 'OwnRules' })

export const newOwnRules = z.strictObject({
  rules: ownRows,
  reason: z.string().trim().min(1).max(1000).describe('Why; kept for good'),
})
