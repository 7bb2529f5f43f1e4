import { z } from 'zod'
import { definitions } from '#analytics/call-report.ts'
import { countedAs } from '#store/call-figures.ts'
import { id } from '../../http/schema.ts'
import { dayFilters } from '../calls/schema.ts'

const count = z.number().int()

const figures = {
  calls: count.describe(definitions.calls),
  ...(Object.fromEntries(countedAs.map((name) => [name, count.describe(definitions[name])])) as Record<
    (typeof countedAs)[number],
    typeof count
  >),
}

export const callReportQuery = z.strictObject({
  ...dayFilters,
  campaign_id: id.exactOptional(),
  agent_id: id.exactOptional(),
})

export const callReport = z
  .object({
    since: z.string(),
    until: z.string(),
    zone: z.string(),
    leads: count.describe(definitions.leads),
    totals: z.object({
      ...figures,
      talk_seconds: count.describe(definitions.talk_seconds),
      costs: z.array(z.object({ currency: z.string(), amount: z.number() })).describe(definitions.costs),
    }),
    by_day: z.array(z.object({ date: z.string(), ...figures })).describe(definitions.by_day),
    by_local_hour: z
      .array(z.object({ weekday: count.describe('1 is Monday'), hour: count, ...figures }))
      .describe(definitions.by_local_hour),
    by_outcome: z.array(z.object({ outcome: z.string(), calls: count })).describe(definitions.by_outcome),
    by_disposition: z
      .array(z.object({ key: z.string(), name: z.string(), calls: count }))
      .describe(definitions.by_disposition),
    by_agent: z
      .array(z.object({ agent_id: id, name: z.string(), talk_seconds: count, ...figures }))
      .describe(definitions.by_agent),
    contacts_by_try: z.array(z.object({ try: count, contact: count })).describe(definitions.contacts_by_try),
    abandon_windows: z
      .array(
        z.object({ date: z.string(), human: count, abandoned: count, window_human: count, window_abandoned: count }),
      )
      .describe(definitions.abandon_windows),
    definitions: z.record(z.string(), z.string()).describe('What each figure counts, in a sentence'),
  })
  .meta({ id: 'CallReport' })
