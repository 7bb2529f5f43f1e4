import { z } from 'zod'
import { outcomes } from '#domain/call.ts'
import { callerIdChoices } from '#domain/caller-id-choice.ts'
import { campaignModes, campaignStatuses, completionRules, leadOrders } from '#domain/campaign.ts'
import { machineActs } from '#domain/live-answer.ts'
import { trunkChoices } from '#domain/routing.ts'
import { campaignSorts } from '#store/campaign-list.ts'
import {
  brand,
  closedDates,
  day,
  freeObject,
  id,
  instant,
  listQuery,
  longText,
  name,
  pageQuery,
  sortQuery,
  timeOfDay,
  timeZone,
} from '../../http/schema.ts'

const retryRule = z.strictObject({
  delay_seconds: z.number().int().min(0).max(31_536_000).exactOptional(),
  max_attempts: z.number().int().min(1).max(100).exactOptional(),
  next_phone: z.boolean().describe("The next try goes to the contact's next number").exactOptional(),
  next_daypart: z
    .boolean()
    .describe("The next try is in another part of the person's day: before 12:00, before 17:00, or later")
    .exactOptional(),
})
const retryRules = z.strictObject(Object.fromEntries(outcomes.map((outcome) => [outcome, retryRule.exactOptional()])))

const dispositionRules = z
  .record(z.string().max(50), retryRule)
  .describe("What follows from a disposition that retries, by its key; goes before the outcome's retry rule")

const onDetection = z
  .strictObject({
    screened: z.enum(machineActs).exactOptional(),
    fax: z.enum(['hang_up', 'connect']).exactOptional(),
  })
  .describe('Where somebody screens calls, or a fax answers; what is missing follows `on_machine`, without a message')

/** What a campaign's maker sets; each has a default that the law allows. */
const settings = {
  code: z.string().trim().min(1).max(100).nullable().exactOptional(),
  description: longText.exactOptional(),
  segment: z.string().max(200).nullable().exactOptional(),
  brand: brand.nullable().describe('The name it calls under; blocks may be of one brand').exactOptional(),
  mode: z.enum(campaignModes).exactOptional(),
  purpose: z
    .enum(['marketing', 'information'])
    .describe('What the calls are for: marketing by AI or recorded voices needs the stronger consent')
    .exactOptional(),
  trunk_id: id.nullable().exactOptional(),
  trunk_choice: z
    .enum(trunkChoices)
    .describe(
      '`least_cost`: each call goes over the cheapest of the trunks that serve its number; of ai and broadcast mode',
    )
    .exactOptional(),
  caller_id: z.string().max(30).nullable().exactOptional(),
  caller_id_choice: z
    .enum(callerIdChoices)
    .describe('`local`: of the numbers registered on the trunk the one nearest to whoever is called')
    .exactOptional(),
  script: longText.exactOptional(),
  next_action: z.string().max(2000).exactOptional(),
  max_attempts: z.number().int().min(1).max(100).exactOptional(),
  retry_interval_seconds: z.number().int().min(0).max(31_536_000).nullable().exactOptional(),
  retry_rules: retryRules.exactOptional(),
  disposition_rules: dispositionRules.exactOptional(),
  window_start: timeOfDay.nullable().exactOptional(),
  window_end: timeOfDay.nullable().exactOptional(),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).exactOptional(),
  time_zone: timeZone.exactOptional(),
  hours_zone: z.enum(['campaign', 'person']).exactOptional(),
  start_date: day.nullable().exactOptional(),
  end_date: day.nullable().exactOptional(),
  closed_dates: closedDates.describe('Days of its zone on which it calls nobody').exactOptional(),
  duration_days: z.number().int().min(1).max(3650).nullable().exactOptional(),
  daily_limit: z.number().int().min(1).max(1_000_000_000).nullable().exactOptional(),
  max_concurrent_calls: z.number().int().min(1).max(100_000).nullable().exactOptional(),
  weight: z.number().int().min(0).max(1000).exactOptional(),
  lead_order: z
    .enum(leadOrders)
    .describe(
      'Who goes first of the leads that are due; callbacks, priority and named people keep their places before it',
    )
    .exactOptional(),
  ring_timeout_seconds: z.number().int().min(15).max(120).exactOptional(),
  wrap_up_seconds: z.number().int().min(0).max(3600).exactOptional(),
  abandon_cap_percent: z
    .number()
    .min(0.5)
    .max(3)
    .multipleOf(0.01)
    .describe("Of power and predictive dialing: how many of 30 days' live answers may be abandoned, in %")
    .exactOptional(),
  power_ratio: z.number().min(1).max(10).describe('Of power dialing: calls at once per idle agent').exactOptional(),
  script_id: id.nullable().describe('What the agent reads out; without one, the text in `script`').exactOptional(),
  skills: z
    .array(z.string().trim().min(1).max(100))
    .max(50)
    .describe('Each of which an agent must have')
    .exactOptional(),
  preview_seconds: z.number().int().min(5).max(3600).describe('Of preview: how long a lead is shown').exactOptional(),
  preview_ends: z.enum(['skip', 'dial']).describe('Of preview: what happens when that is over').exactOptional(),
  detects_machines: z
    .boolean()
    .describe(
      'A carrier that can is asked who answered, before an agent hears it. Unless it is said: in ai and broadcast mode',
    )
    .exactOptional(),
  on_machine: z
    .enum(machineActs)
    .describe('`leave_message`: the voicemail drop, once the machine has greeted; then the call ends')
    .exactOptional(),
  on_detection: onDetection.exactOptional(),
  voicemail_drop_id: id.nullable().describe('The message that is left on machines').exactOptional(),
  machine_sample_percent: z
    .number()
    .int()
    .min(0)
    .max(10)
    .describe('Of the machines so many are connected to agents all the same, who say whether they are')
    .exactOptional(),
  waits_from: z
    .enum(['answer', 'detection'])
    .describe('From when a person waits for an agent; after 2 s without one the call is abandoned')
    .exactOptional(),
  abandon_message: z.string().trim().min(1).max(200).describe('What an abandoned person hears').exactOptional(),
  consent_line: z
    .string()
    .trim()
    .max(1000)
    .describe('Said first on calls whose carrier asks what to say; empty for nothing')
    .exactOptional(),
  completes: z.enum(completionRules).exactOptional(),
  metadata: freeObject.exactOptional(),
  agent_ids: z.array(id).max(1000).exactOptional(),
  team_ids: z.array(id).max(1000).exactOptional(),
}

export const newCampaign = z.strictObject({ name, ...settings })
export const campaignChange = z.strictObject({ name: name.exactOptional(), ...settings })
export const campaignClone = z.strictObject({ name: name.exactOptional() }).nullish()
export type CampaignInput = z.output<typeof campaignChange>

export const campaign = z
  .object({
    id,
    number: z.number().int(),
    code: z.string().nullable(),
    name: z.string(),
    description: z.string(),
    segment: z.string().nullable(),
    brand: z.string().nullable(),
    mode: z.enum(campaignModes),
    purpose: z.enum(['marketing', 'information']),
    status: z.enum(campaignStatuses),
    status_reason: z.string().nullable(),
    status_by: id.nullable().describe('Who moved it to its status; null: the system'),
    status_at: instant,
    owner_user_id: id,
    trunk_id: id.nullable(),
    trunk_choice: z.enum(trunkChoices),
    caller_id: z.string().nullable(),
    caller_id_choice: z.enum(callerIdChoices),
    script: z.string(),
    next_action: z.string(),
    max_attempts: z.number().int(),
    retry_interval_seconds: z.number().int().nullable(),
    retry_rules: z.record(z.string(), z.unknown()),
    disposition_rules: z.record(z.string(), z.unknown()),
    window_start: z.string().nullable(),
    window_end: z.string().nullable(),
    weekdays: z.array(z.number().int()),
    time_zone: z.string(),
    hours_zone: z.enum(['campaign', 'person']),
    start_date: z.string().nullable(),
    end_date: z.string().nullable(),
    closed_dates: z.array(z.string()),
    duration_days: z.number().int().nullable(),
    daily_limit: z.number().int().nullable(),
    max_concurrent_calls: z.number().int().nullable(),
    weight: z.number().int(),
    lead_order: z.enum(leadOrders),
    ring_timeout_seconds: z.number().int(),
    wrap_up_seconds: z.number().int(),
    power_ratio: z.number(),
    abandon_cap_percent: z.number(),
    script_id: id.nullable(),
    skills: z.array(z.string()),
    preview_seconds: z.number().int(),
    preview_ends: z.enum(['skip', 'dial']),
    detects_machines: z.boolean(),
    on_machine: z.enum(machineActs),
    on_detection: onDetection,
    voicemail_drop_id: id.nullable(),
    machine_sample_percent: z.number().int(),
    detection_off_reason: z
      .string()
      .nullable()
      .describe('Why it was turned off by itself: too many people were taken for machines'),
    waits_from: z.enum(['answer', 'detection']),
    abandon_message: z.string(),
    consent_line: z.string(),
    run_limit: z.number().int().nullable().describe('This run makes so many calls at most; null: as many as there are'),
    completes: z.enum(completionRules),
    metadata: z.record(z.string(), z.unknown()),
    agent_ids: z.array(id),
    team_ids: z.array(id),
    rehearses: z.boolean().describe('Its calls ring nobody: its own trunk is of the simulated carrier'),
    started_at: instant.nullable(),
    completed_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Campaign' })

export const campaignQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(campaignSorts, '-created_at'),
  status: listQuery(campaignStatuses),
  mode: listQuery(campaignModes),
  owner_user_id: id.exactOptional(),
  code: z.string().max(100).exactOptional(),
  search: z.string().max(200).exactOptional(),
})
