import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { CampaignInput } from '../../features/campaigns/schema.ts'
import { day, id, instantText, longText, name } from '../../http/schema.ts'

/** Nothing is said by an empty field of a form, and by null. */
const orNothing = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((said) => (said === '' ? null : said), value.nullable())

const date = orNothing(
  z.string().refine((text) => day.or(instantText).safeParse(text).success, 'must be a date such as 2026-02-09'),
).exactOptional()
const time = orNothing(
  z
    .string()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00(:00)?)$/, 'must be a time such as 09:00')
    .transform((text) => text.slice(0, 5)),
).exactOptional()
const count = z.number().int().min(0)
const dailyLimit = count.max(1_000_000_000).nullable().describe('0 for none').exactOptional()
const retryAttempts = count.max(99).exactOptional()
const agent = orNothing(id).exactOptional()
const action = z.string().max(2000).exactOptional()

/** A campaign's settings in either spelling. */
export const campaignFields = {
  description: longText.exactOptional(),
  script: longText.exactOptional(),
  ...{ dailyLimit, daily_limit: dailyLimit },
  ...{ retryAttempts, retry_attempts: retryAttempts },
  ...{ startDate: date, start_date: date, endDate: date, end_date: date },
  ...{ agent_id: agent, agentId: agent },
  ...{ next_action: action, nextAction: action },
  ...{ first_call_time: time, firstCallTime: time, last_call_time: time, lastCallTime: time },
}
export const newCampaign = z.object({ name, ...campaignFields })
const fields = z.object({ name: name.exactOptional(), ...campaignFields })
export type CampaignFields = z.output<typeof fields>

/** The agent that is named; null for nobody, undefined where nothing is said. */
export function agentIn({ agent_id, agentId }: CampaignFields): string | null | undefined {
  return agent_id === undefined ? agentId : agent_id
}

/** What is said of a campaign, as the campaigns' own service takes it; instants are days of `zone`. */
export function readFields(said: CampaignFields, zone: string): CampaignInput {
  const limit = firstSaid(said.dailyLimit, said.daily_limit)
  const retries = said.retryAttempts ?? said.retry_attempts
  const read: { [Name in keyof CampaignInput]?: CampaignInput[Name] | undefined } = {
    ...{ name: said.name, description: said.description, script: said.script },
    daily_limit: limit === 0 ? null : limit,
    max_attempts: retries === undefined ? undefined : retries + 1,
    start_date: dayIn(firstSaid(said.startDate, said.start_date), zone),
    end_date: dayIn(firstSaid(said.endDate, said.end_date), zone),
    next_action: said.next_action ?? said.nextAction,
    window_start: firstSaid(said.first_call_time, said.firstCallTime),
    window_end: firstSaid(said.last_call_time, said.lastCallTime),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as CampaignInput
}

function firstSaid<Value>(one: Value | undefined, other: Value | undefined): Value | undefined {
  return one === undefined ? other : one
}

/** The day on which an instant falls; a day is one already. */
function dayIn(text: string | null | undefined, zone: string): string | null | undefined {
  if (text === null || text === undefined || !text.includes('T')) return text
  return Temporal.Instant.from(text).toZonedDateTimeISO(zone).toPlainDate().toString()
}
