import type { ContactabilityInput } from '#domain/contactability.ts'
import type { Random } from '#domain/random.ts'
import { ownRows } from '#domain/rule-packs/read-pack.ts'
import type { OwnRules } from '#domain/rule-packs/rule-packs.ts'
import { daily, type Hours } from './law.ts'
import { anywhere, byNumber, type Somebody, zonesToSay } from './places.ts'
import { type DayName, daysFrom } from './wall-clock.ts'

/** One question, said twice: as the product is asked, and as the oracle is. */
export interface Case {
  at: number
  who: Somebody
  campaign: { hours: Hours | null; zone: string; in_person_zone: boolean; closed: readonly string[] }
  house: { hours: Hours | null; closed_days: readonly DayName[]; closed: readonly string[] }
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
const chance = (random: Random, share: number) => random() < share

/** Nights on which clocks change somewhere, 29 February and the turn of a year come far more often than by chance. */
const turns = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2028-02-29',
  '2027-01-01',
]
const from = Date.parse('2026-01-01T00:00:00Z')
const years = 4 * 365 * 86_400_000

function instant(random: Random): number {
  if (chance(random, 0.5)) return from + Math.floor(random() * years)
  const day = Date.parse(`${pick(random, turns)}T00:00:00Z`)
  return day + Math.floor((random() * 3 - 1) * 86_400_000)
}

const times = [
  '00:00',
  '00:30',
  '01:30',
  '02:00',
  '02:30',
  '03:00',
  '08:00',
  '09:00',
  '12:15',
  '17:00',
  '20:00',
  '22:00',
  '23:59',
]
const dayNames: readonly DayName[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function someHours(random: Random): Hours {
  const days = dayNames.filter(() => chance(random, 0.8))
  return { from: pick(random, times), to: pick(random, times), days: days.length === 0 ? dayNames : days }
}

const someDates = (random: Random, at: number) => {
  const today = new Date(at).toISOString().slice(0, 10)
  return [0, 1, -1].filter(() => chance(random, 0.4)).map((days) => daysFrom(today, days))
}

function somebody(random: Random): Somebody {
  if (chance(random, 0.05)) return anywhere
  const who = pick(random, byNumber)
  if (chance(random, 0.5)) return who
  const zone = pick(random, zonesToSay)
  return { ...who, zone, zones: [zone] }
}

export function makeCase(random: Random): Case {
  const at = instant(random)
  return {
    at,
    who: somebody(random),
    campaign: {
      hours: chance(random, 0.7) ? someHours(random) : null,
      zone: pick(random, zonesToSay),
      in_person_zone: chance(random, 0.5),
      closed: chance(random, 0.1) ? someDates(random, at) : [],
    },
    house: {
      hours: chance(random, 0.2) ? daily(pick(random, times), pick(random, times)) : null,
      closed_days: chance(random, 0.2) ? [pick(random, dayNames)] : [],
      closed: chance(random, 0.1) ? someDates(random, at) : [],
    },
  }
}

/** The question as the product takes it; nothing but place and clock can forbid the call. */
export function toInput({ at, who, campaign, house }: Case): ContactabilityInput {
  const { number, zone, region, postcode } = who
  return {
    at,
    lead: { status: 'pending', attempts: 0, max_attempts: 1, not_before: null },
    person: { number, zone, country: null, region, postcode },
    campaign: {
      ...{ status: 'active', starts_at: null, ends_at: null, zone: campaign.zone },
      hours: campaign.hours && toWeek(campaign.hours),
      hours_zone: campaign.in_person_zone ? 'person' : 'campaign',
      closed_dates: campaign.closed,
    },
    workspace: {
      hours: house.hours && toWeek(house.hours),
      closed_dates: house.closed,
      ...(house.closed_days.length > 0 ? { own_rules: closeOn(house.closed_days) } : {}),
    },
    suppressions: [],
    consent: { needed: false, basis: null },
    number_rest_until: null,
    recent_attempts: [],
  }
}

/** The workspace's own rule that closes these days, where the person is. */
function closeOn(closed: readonly DayName[]): OwnRules {
  const open = dayNames.filter((day) => !closed.includes(day))
  const value = Object.fromEntries(open.map((day) => [day.toLowerCase(), '00:00-24:00']))
  const rules = ownRows.parse({ hours: [{ id: 'custom/days', value, source: 'closed days' }] })
  return { version: '1', rules }
}

function toWeek({ from: first, to, days }: Hours): [number, number][][] {
  return dayNames.map((day) => (days.includes(day) ? [[minuteOf(first), minuteOf(to)]] : []))
}

export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
