import { z } from 'zod'
import { callActs } from '#domain/call-act.ts'
import { freeObject, id, instant, instantText, name } from '../../http/schema.ts'

export const trunk = z
  .object({
    id,
    name: z.string(),
    provider: z.string(),
    is_default: z.boolean(),
    active: z.boolean(),
    channels: z.number().int(),
    calls_per_second: z.number().nullable(),
    settings: z.record(z.string(), z.unknown()),
    price_per_minute: z.number().nullable().describe('Billed per started minute of talk'),
    currency: z.string().nullable(),
    serves: z.array(z.string()),
    weight: z.number().int(),
    low_balance: z.number().nullable(),
    balance: z
      .object({
        amount: z.number().nullable(),
        currency: z.string().nullable(),
        told_at: instant.nullable(),
        asked_at: instant,
        fault: z.string().nullable().describe('Why the last question was not answered; the amount is the one before'),
      })
      .nullable()
      .describe(
        'What is left on the account; null where its carrier does not tell, or no campaign has run over it yet',
      ),
    forgets_recordings: z.boolean(),
    has_secret: z.boolean(),
    caller_ids: z.array(
      z.object({
        number: z.string(),
        name: z.string().nullable(),
        calls_per_hour: z.number().int().nullable(),
        rests_until: instant.nullable(),
        calls_last_hour: z.number().int(),
      }),
    ),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Trunk' })

export const trunkProvider = z
  .object({
    provider: z.string(),
    settings: freeObject.nullable().describe('JSON Schema of what a trunk says in its settings; null: nothing'),
    needs_secret: z.boolean(),
    undialed: z.string().nullable().describe('Why nobody is dialed over it'),
  })
  .meta({ id: 'TrunkProvider' })

const count = z.object({ calls: z.number().int(), answered: z.number().int() })
const rates = {
  last_day: count,
  week_before: count,
  fallen: z.boolean().describe('Answered less often in the last day than in the week before, beyond chance'),
}
export const answerRates = z
  .object({ ...rates, caller_ids: z.array(z.object({ number: z.string(), ...rates })) })
  .meta({ id: 'AnswerRates' })

const channels = z.number().int().min(0).max(100_000)
const calls_per_second = z.number().positive().max(10_000).nullable()
const price_per_minute = z
  .number()
  .min(0)
  .max(100_000)
  .nullable()
  .describe('Billed per started minute of talk; goes with `currency`')
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be a currency code such as USD')
  .nullable()

const serves = z
  .array(z.string().regex(/^(\+\d{0,15}|[A-Z]{2})$/, 'must be + and digits, + alone, or a country such as DE'))
  .max(1000)
  .describe('Which numbers campaigns that choose may call over it: `+4930`, `DE`, `+` for all; empty: none')
const weight = z.number().int().min(0).max(1000).describe('Its share among equals; 0: a reserve')
const low_balance = z
  .number()
  .min(0)
  .max(1_000_000_000)
  .nullable()
  .describe("In the account's currency: at so little campaigns name it in their diagnosis")
const forgets_recordings = z.boolean().describe('Its carrier deletes its own copy of a recording once it is kept here')

export const newTrunk = z.strictObject({
  name,
  provider: z.string().min(1).max(50),
  is_default: z.boolean().default(false),
  channels: channels.exactOptional().describe('20 where it is not said; fewer where the provider can not have so many'),
  calls_per_second: calls_per_second.default(null),
  settings: freeObject.default({}),
  price_per_minute: price_per_minute.default(null),
  currency: currency.default(null),
  serves: serves.default([]),
  weight: weight.default(1),
  low_balance: low_balance.default(null),
  forgets_recordings: forgets_recordings.default(false),
  /** Credentials; kept sealed and never shown again. */
  secret: z.string().min(1).max(5000).exactOptional(),
})

export const trunkChange = z.strictObject({
  name: name.exactOptional(),
  is_default: z.literal(true).exactOptional(),
  active: z.boolean().exactOptional(),
  channels: channels.exactOptional(),
  calls_per_second: calls_per_second.exactOptional(),
  settings: freeObject.exactOptional(),
  price_per_minute: price_per_minute.exactOptional(),
  currency: currency.exactOptional(),
  serves: serves.exactOptional(),
  weight: weight.exactOptional(),
  low_balance: low_balance.exactOptional(),
  forgets_recordings: forgets_recordings.exactOptional(),
  secret: z.string().min(1).max(5000).exactOptional(),
})

export const callerId = z.strictObject({
  number: z.string().max(100),
  name: name.nullable().default(null),
  calls_per_hour: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe('Shown in so many calls in any hour at most'),
  rests_until: instantText.nullable().default(null).describe('Shown to nobody until then'),
})

export const possibleActs = z.object({ acts: z.array(z.enum(callActs)) }).meta({ id: 'PossibleActs' })
