import { z } from 'zod'
import { definitions } from '#analytics/call-report.ts'
import { campaignStatuses } from '#domain/campaign.ts'
import { day, id, instant } from '../../http/schema.ts'
import { reasons } from './reasons.ts'

const counts = z.record(z.string(), z.number().int())

export const progress = z
  .object({
    campaign_id: id,
    status: z.enum(campaignStatuses),
    status_reason: z.string().nullable(),
    status_by: id.nullable(),
    status_at: instant,
    at: instant,
    detection_off_reason: z.string().nullable(),
    leads: z.object({ total: z.number().int(), by_status: counts }),
    /** Share of the leads that are final, from 0 to 100. */
    done_percent: z.number(),
    due_now: z.number().int(),
    waiting: z.object({
      total: z.number().int(),
      for_window: z.number().int(),
      for_retry: z.number().int(),
      next_due_at: z.string().nullable(),
      by_rule: counts,
      callbacks: z.number().int().describe('Of those that wait for their own time: promised'),
    }),
    skipped_by_reason: counts,
    reasons: reasons.describe('What holds the waiting ones back and passed the skipped ones over, in words'),
    attempts: z.object({
      total: z.number().int(),
      in_flight: z.number().int(),
      dialed: z.number().int(),
      answered: z.number().int(),
      dropped: z.number().int(),
      unknown: z.number().int(),
    }),
    by_outcome: counts,
    dispositions: z.object({
      total: z.number().int(),
      contacts: z.number().int(),
      successes: z.number().int(),
      by_key: counts,
    }),
    importing: z.number().int(),
    /** Its agents as they stand: those of its teams included, inactive ones not. */
    agents: z.object({
      assigned: z.number().int(),
      signed_on: z.number().int(),
      available: z.number().int(),
      in_call: z.number().int(),
      wrapping_up: z.number().int(),
      on_break: z.number().int(),
    }),
    route: z
      .array(z.object({ trunk_id: id, name: z.string(), why_not: z.string().nullable() }))
      .nullable()
      .describe('Of a running campaign that chooses: its trunks, and why one takes no call of it now'),
    /** What decides the pace now, for programs and for people. */
    diagnosis: z.object({ code: z.string(), sentence: z.string() }),
  })
  .meta({ id: 'CampaignProgress' })

const errors = z.object({
  labelled: z.number().int().describe('Calls of which an agent has said who it was'),
  wrong: z.number().int(),
  wrong_percent: z.number().nullable(),
  least_percent: z.number().describe('The interval of Wilson, 95 %'),
  most_percent: z.number(),
})
export const detectionErrors = z
  .object({
    detects_machines: z.boolean(),
    off_reason: z.string().nullable(),
    since: instant.nullable().describe('When it was turned on last; null: from the beginning'),
    budget_percent: z.number(),
    false_machines: errors.describe('Machines that were people'),
    missed_machines: errors.describe('People, or unknown, that were machines'),
  })
  .meta({ id: 'DetectionErrors' })

export const liveAnswersQuery = z.strictObject({ from: day.exactOptional(), to: day.exactOptional() })

const answered = {
  live_answers: z.number().int().describe('People, and machines that passed as such'),
  connected: z.number().int(),
  abandoned: z.number().int().describe('Nobody came within two seconds'),
  short: z.number().int().describe('Hung up before'),
  /** Of the live answers, never of the dials. */
  abandoned_percent: z.number(),
}
export const liveAnswers = z
  .object({
    from: z.string(),
    to: z.string(),
    total: z.object(answered),
    days: z.array(z.object({ date: z.string(), ...answered })),
  })
  .meta({ id: 'LiveAnswers' })

export const campaignMinutes = z
  .object({
    minutes: z
      .array(
        z.object({
          at: instant.describe('The beginning of the minute, whole in UTC'),
          calls: z.number().int().describe('Calls that began in this minute, dialed or come in'),
          human: z.number().int().describe(`Of them. ${definitions.human}`),
          abandoned: z.number().int().describe(`Of them. ${definitions.abandoned}`),
        }),
      )
      .describe('Sixty, oldest first, those without a call too; the last is the one that runs'),
  })
  .meta({ id: 'CampaignMinutes' })
