import { z } from 'zod'
import { campaignModes } from '#domain/campaign.ts'
import { id, instant } from '../../http/schema.ts'

export const pacedModes = ['progressive', 'power', 'predictive'] as const

export const forecastQuery = z.strictObject({
  agents: z.coerce.number().int().min(1).max(1000).exactOptional(),
  abandon_cap_percent: z.coerce.number().min(0.5).max(3).multipleOf(0.01).exactOptional(),
  hours: z.coerce.number().min(0.5).max(24).describe('Of a working day').exactOptional(),
  leads: z.coerce.number().int().min(1).max(10_000_000).describe('Still to be called').exactOptional(),
  mode: z.enum(pacedModes).exactOptional(),
})

export const range = z
  .object({ low: z.number(), middle: z.number(), high: z.number() })
  .describe('The middle one, and what eight of ten days are expected to lie within')

const moment = instant.nullable()

export const setting = z.object({
  mode: z.enum(pacedModes),
  agents: z.number().int(),
  abandon_cap_percent: z.number(),
  hours: z.number(),
  leads: z.number().int(),
  lines: z.number().int().describe('Calls at once'),
  utilisation_percent: range.describe('Talk and wrap-up of the time agents are there and do not rest'),
  abandoned_percent: range.describe('Of live answers'),
  live_answers: range.describe('On a whole working day'),
  talks: range.describe('On a whole working day'),
  dials: range.describe('On a whole working day'),
  working_days: range.nullable().describe('Until everybody is called as often as the rules say; null: no end in sight'),
  finishes_at: z
    .object({ low: moment, middle: moment, high: moment })
    .describe('The same in the hours and on the days of its window, from now on or from its start'),
})

export const campaignForecast = z
  .object({
    campaign_id: id,
    at: instant,
    mode: z.enum(campaignModes),
    as_is: setting
      .nullable()
      .describe('As the campaign stands; null where nobody is assigned, or its mode paces nobody'),
    what_if: setting.nullable().describe('As asked; null where nothing else was asked'),
    based_on: z.object({
      calls: z.number().int().describe("The campaign's own, of the last 4,000"),
      workspace_calls: z.number().int().describe("The workspace's others, of the last 1,000"),
      otherwise: z.enum(['simulated_carrier', 'cold_list']).describe('What stands in where calls are few'),
      answered_percent: z.number(),
      talk_seconds: z.number(),
      wrap_up_seconds: z.number(),
    }),
    assumptions: z.array(z.string()),
  })
  .meta({ id: 'CampaignForecast' })
