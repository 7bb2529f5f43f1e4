import { z } from 'zod'
import { campaignStatuses } from '#domain/campaign.ts'
import { id, instant } from '../../http/schema.ts'
import { range } from './forecast-schema.ts'
import { reasons } from './reasons.ts'

const count = z.number().int()

export const dryRun = z
  .object({
    campaign_id: id,
    status: z.enum(campaignStatuses),
    at: instant,
    counted_at: instant.describe('The verdicts are of this instant: now, or the start that lies ahead'),
    leads: z.object({
      total: count,
      now: count,
      later: count,
      never: count.describe('No try could bring them back'),
      calling: count.describe('In a call at this moment'),
      done: z.record(z.string(), count).describe('Final already, by status'),
      next_due_at: instant.nullable().describe('When the first of the later ones may be called'),
    }),
    route: z
      .object({
        trunks: z.array(z.object({ trunk_id: id, name: z.string(), leads: count, why_not: z.string().nullable() })),
        unserved: count.describe('Whose number no trunk of the campaign serves; counted as later'),
      })
      .nullable()
      .describe(
        'Of a campaign that chooses: for how many leads each trunk would be the first, and why one can not be used',
      ),
    reasons: z.object({ now: reasons, later: reasons, never: reasons }),
    hours: z
      .array(
        z.object({
          zone: z.string(),
          leads: count,
          hours: z.array(
            z.object({
              at: instant,
              local: z.string().describe("What the zone's clock shows then"),
              callable: count.describe('As if nobody were called before'),
              becoming: count.describe('Whose first hour it is'),
            }),
          ),
        }),
      )
      .describe('Per zone and UTC hour of the next 7 days; hours in which nobody is callable are left out'),
    shift: z
      .object({ agents: count, hours: z.number(), utilisation_percent: range, abandoned_percent: range })
      .nullable()
      .describe('A working day of its agents; null where no pacer dials for them'),
    finish: z.object({
      finishes_at: instant.nullable(),
      earliest: instant.nullable().describe('With `latest` the range of nine in ten forecasts'),
      latest: instant.nullable(),
      reason: z.object({ code: z.string(), sentence: z.string() }).nullable().describe('Why it does not finish'),
      dials: count,
      talk_minutes: count.describe('Started minutes'),
      unreached: count.describe('Callable by the rules, and not reached before its end'),
    }),
    cost: z
      .object({
        amount: z.number(),
        currency: z.string(),
        price_per_minute: z.number(),
        billed: z.literal('started_minutes_of_talk'),
      })
      .nullable()
      .describe('Null where the trunk has no price'),
    assumptions: z.object({
      lines: count.describe('Calls at once'),
      bound_by: z.enum(['trunk', 'campaign', 'owner', 'workspace', 'installation', 'agents']),
      based_on: z.enum(['campaign', 'workspace', 'simulated_carrier', 'cold_list']),
      calls: count,
      answered_percent: z.number(),
      stands_for: z.number().describe('Leads that each one played stands for'),
      runs: count,
      sentences: z.array(z.string()),
    }),
  })
  .meta({ id: 'CampaignDryRun' })
