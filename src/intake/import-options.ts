import { z } from 'zod'
import { fields } from './fields.ts'

const role = z.enum([...fields, 'custom', 'ignore'])

/** What the person who imports says of the file; each of it is found out where nothing is said. */
export const importOptionsSchema = z
  .object({
    /** Column → what it is. A column goes by its header, or by its place in the file counted from 1. */
    mapping: z.record(z.string().max(1000), role).optional(),
    delimiter: z.enum([',', ';', '\t', '|']).optional(),
    encoding: z.string().max(40).optional(),
    header: z.boolean().optional(),
    /** The country (ISO code) of numbers that name none; the workspace's unless set. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    /** Added to the workspace's rules. */
    number_rules: z
      .object({
        drop_prefixes: z.array(z.string().min(1).max(20)).max(20).optional(),
        allow_international_digits: z.boolean().optional(),
      })
      .optional(),
    /** Replaces what contacts say already; otherwise only blanks are filled. */
    overwrite: z.boolean().optional(),
    /** On what ground the people of this file may be called; a consent column goes before it, row by row. */
    consent_basis: z.string().min(1).max(200).optional(),
    /** Reads a column `attempts` as the lead's budget; `default` where it is blank or no number. */
    attempts: z.object({ default: z.int().min(1).max(100) }).optional(),
    /** How `03/04/2026` is meant; by the country unless set. */
    date_order: z.enum(['day_first', 'month_first']).optional(),
  })
  .strict()

export type ImportOptions = z.infer<typeof importOptionsSchema>
