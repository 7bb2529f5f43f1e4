import { z } from 'zod'
import { closedDates, country, id, instant, name, timeZone } from '../../http/schema.ts'

/** [first minute, end) pairs of a day; 1440 is midnight at its end. */
const daysHours = z.array(z.array(z.number().int().min(0).max(1440)).length(2)).max(10)
const hours = z.array(daysHours).length(7)
const consent = z.strictObject({
  basis: z.string().trim().min(1).max(100),
  text: z.string().trim().min(1).max(2000),
})
const breakReasons = z
  .array(
    z.strictObject({
      reason: z.string().trim().min(1).max(50),
      minutes_a_day: z.number().int().min(0).max(1440).nullable(),
    }),
  )
  .min(1)
  .max(50)
const numberRules = z.strictObject({ drop_prefixes: z.array(z.string().min(1).max(20)).max(50) })

export const workspace = z
  .object({
    id,
    name: z.string(),
    country: z.string(),
    time_zone: z.string(),
    visibility: z.enum(['all', 'own']),
    concurrent_calls: z.number().int(),
    calls_per_second: z.number().nullable(),
    daily_spend_limit: z.number().nullable(),
    hours: z.array(z.array(z.array(z.number()))).nullable(),
    closed_dates: z.array(z.string()),
    number_rules: z.object({ drop_prefixes: z.array(z.string()) }),
    consent_declaration: z.record(z.string(), z.unknown()).nullable(),
    /** Null: rest, lunch, training, meeting and technical, with the product's own allowances. */
    break_reasons: z.array(z.object({ reason: z.string(), minutes_a_day: z.number().nullable() })).nullable(),
    is_demo: z.boolean(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Workspace' })

export const newWorkspace = z.strictObject({
  name,
  country: country.exactOptional(),
  time_zone: timeZone.exactOptional(),
})

export const workspaceChange = z.strictObject({
  name: name.exactOptional(),
  country: country.exactOptional(),
  time_zone: timeZone.exactOptional(),
  visibility: z.enum(['all', 'own']).exactOptional(),
  concurrent_calls: z.number().int().min(0).max(100_000).exactOptional(),
  calls_per_second: z
    .number()
    .positive()
    .max(1000)
    .nullable()
    .describe('Calls that may begin in a second, over all trunks')
    .exactOptional(),
  daily_spend_limit: z
    .number()
    .min(0)
    .max(1e9)
    .nullable()
    .describe("What the calls of a day may cost by their trunks' prices; each call under way keeps back ten minutes")
    .exactOptional(),
  hours: hours.nullable().exactOptional(),
  closed_dates: closedDates.describe('Days, where the person called is, on which nobody is called').exactOptional(),
  number_rules: numberRules.exactOptional(),
  consent_declaration: consent.exactOptional(),
  break_reasons: breakReasons.nullable().exactOptional(),
})

/** The key and the link are shown this once. */
export const madeWorkspace = z
  .object({ workspace, api_key: z.string().nullable(), sign_in_token: z.string().nullable() })
  .meta({ id: 'MadeWorkspace' })
