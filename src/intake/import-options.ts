import { z } from 'zod'
import { fields } from './fields.ts'

const role = z.enum([...fields, 'custom', 'ignore'])

/** What the person who imports says of the file; each of it is found out where nothing is said. Described in the API's document. */
export const importOptionsSchema = z
  .object({
    mapping: z
      .record(z.string().max(1000), role)
      .describe('Column to what it is. A column goes by its header, or by its place in the file counted from 1')
      .optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    encoding: z.string().max(40).describe('Such as utf-8 or windows-1252').optional(),
    header: z.boolean().describe('Whether the first row names the columns').optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe("The country (ISO code) of numbers that name none; the workspace's unless set")
      .optional(),
    number_rules: z
      .object({
        drop_prefixes: z.array(z.string().min(1).max(20)).max(20).optional(),
        allow_international_digits: z.boolean().optional(),
      })
      .describe("Added to the workspace's rules")
      .optional(),
    overwrite: z.boolean().describe('Replaces what contacts say already; otherwise only blanks are filled').optional(),
    consent_basis: z
      .string()
      .min(1)
      .max(200)
      .describe('On what ground these people may be called; a consent column goes before it, row by row')
      .optional(),
    attempts: z
      .object({ default: z.int().min(1).max(100) })
      .describe("Reads a column `attempts` as the lead's budget; `default` where it is blank or no number")
      .optional(),
    date_order: z
      .enum(['day_first', 'month_first'])
      .describe('How 03/04/2026 is meant; by the country unless set')
      .optional(),
  })
  .strict()

export type ImportOptions = z.infer<typeof importOptionsSchema>
