/**
 * What is known of a lead before it is dialed, as traits: names that many leads share, so that what one call taught serves
 * the next. What is not known gives no trait. Pure; facts and an instant in, names out.
 */
import type { Outcome } from '../call.ts'
import { zonesOfPerson } from '../number-zones.ts'
import { localTime } from '../zone-offset.ts'

/** Of the lead as it was before the dial. */
export interface LeadFacts {
  number: string
  zone: string | null
  country: string | null
  region: string | null
  postcode: string | null
  /** Where it is not known in which zone the person is. */
  campaign_zone: string
  /** Tries so far. */
  attempts: number
  last_outcome: string | null
  /** Of the contact's numbers, from 0; null where it can't be told any more. */
  phone_index: number | null
  line: string | null
  /** Epoch ms. */
  listed_at: number
}

const lasts: Partial<Record<Outcome, string>> = {
  ...{ busy: 'busy', rejected: 'busy', no_answer: 'no_answer', human: 'human', answered: 'human', abandoned: 'human' },
  ...{ machine: 'machine', fax: 'machine', screened: 'machine' },
}

/** Lists answer less the older they are: in days, up to each. */
const ages = [1, 3, 7, 30, 90]
const dayMs = 86_400_000

/** Every trait there is, by what it is about; no lead has two of one kind. */
const kinds = {
  attempt: ['1', '2', '3', 'more'],
  hour: ['0', '8', '10', '12', '14', '16', '18', '20'],
  weekday: ['1', '2', '3', '4', '5', '6', '7'],
  last: ['none', 'busy', 'no_answer', 'human', 'machine', 'failed'],
  line: ['mobile', 'fixed'],
  listed: [...ages.map(String), 'longer'],
  phone: ['1', '2', 'more'],
}

export const traits: ReadonlySet<string> = new Set(
  Object.entries(kinds).flatMap(([kind, values]) => values.map((value) => `${kind}_${value}`)),
)

/** Of a lead that is dialed at `at`, epoch ms. */
export function traitsOf(facts: LeadFacts, at: number): string[] {
  const { attempts, last_outcome, phone_index, line, listed_at } = facts
  const zone = zonesOfPerson(facts)[0] ?? facts.campaign_zone
  const { weekday, minute_of_day } = localTime(zone, at)
  const hour = Math.floor(minute_of_day / 60)
  const days = (at - listed_at) / dayMs
  const named = [
    `attempt_${attempts < 3 ? attempts + 1 : 'more'}`,
    `hour_${hour < 8 ? 0 : Math.min(20, hour - (hour % 2))}`,
    `weekday_${weekday}`,
    `last_${last_outcome === null ? 'none' : (lasts[last_outcome as Outcome] ?? 'failed')}`,
    `line_${line}`,
    `listed_${ages.find((age) => days < age) ?? 'longer'}`,
    phone_index === null ? '' : `phone_${phone_index < 2 ? phone_index + 1 : 'more'}`,
  ]
  return named.filter((name) => traits.has(name))
}
