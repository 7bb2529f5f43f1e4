/** Campaigns drawn by a seed: whom they have on their lists, and what bounds them. */
import { createRandom } from '#domain/random.ts'

export interface ForesightCase {
  seed: number
  start: string
  channels: number
  owner_concurrent_calls: number
  /** What everybody consented to, by the workspace's word. */
  declares_consent: boolean
  settings: Record<string, unknown>
  people: DrawnPerson[]
}

export interface DrawnPerson {
  lead: Record<string, unknown> & { phone: string }
  suppressed: 'for_good' | 'for_hours' | null
  deleted: boolean
  promised_in_hours: number | null
}

/** Prefixes of places in eight zones and four countries, the states with rules of their own among them. */
const prefixes = [
  ...['+1212', '+1305', '+1312', '+1303', '+1213', '+1206', '+1405', '+1410', '+1512'],
  ...['+4420', '+9221', '+9122'],
]
const rest: Record<string, number> = { '+4420': 8, '+9221': 8, '+9122': 8 }

export function drawCase(seed: number): ForesightCase {
  const random = createRandom(seed * 7919)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const one = <T>(of: readonly T[]) => of[whole(0, of.length - 1)] as T
  const chance = (share: number) => random() < share
  const day = whole(2, 20)
  const start = `2026-03-${String(day).padStart(2, '0')}T${String(whole(0, 23)).padStart(2, '0')}:${one(['00', '17', '40'])}:00Z`
  const declares_consent = chance(0.6)
  const used = prefixes.slice(0, one([3, 6, prefixes.length]))
  const people = Array.from({ length: whole(100, 300) }, (_, index): DrawnPerson => {
    const prefix = one(used)
    const digits = String(2_000_000 + seed * 1000 + index).slice(-7)
    const phone = `${prefix}${prefix in rest ? `7${digits}` : digits}`
    return {
      lead: {
        phone,
        ...(chance(0.1) ? { time_zone: one(['America/Chicago', 'Asia/Dubai', 'Europe/Paris']) } : {}),
        ...(chance(0.1) ? { region: one(['FL', 'WA', 'MD']) } : {}),
        ...(chance(0.8) ? { consent_basis: one(['written', 'written', 'written', 'opt-in', 'contract']) } : {}),
        ...(chance(0.05)
          ? { follow_up_date: new Date(Date.parse(start) + whole(1, 30) * 3_600_000).toISOString() }
          : {}),
      },
      suppressed: chance(0.06) ? one(['for_good', 'for_hours'] as const) : null,
      deleted: chance(0.03),
      promised_in_hours: chance(0.03) ? whole(1, 20) : null,
    }
  })
  const [window_start, window_end] = one([
    [null, null],
    ['09:00', '18:00'],
    ['10:00', '20:00'],
    ['08:00', '12:30'],
  ])
  const settings = {
    mode: one(['ai', 'broadcast']),
    ...(window_start ? { window_start, window_end } : {}),
    hours_zone: one(['campaign', 'person']),
    time_zone: one(['America/New_York', 'Europe/London', 'Asia/Karachi', 'America/Los_Angeles']),
    weekdays: one([
      [1, 2, 3, 4, 5, 6, 7],
      [1, 2, 3, 4, 5],
    ]),
    max_attempts: whole(1, 4),
    ...one([
      {},
      { retry_interval_seconds: 1800 },
      { retry_rules: { machine: { delay_seconds: 7200 }, no_answer: { delay_seconds: 3600, max_attempts: 2 } } },
    ]),
    ...(chance(0.2) ? { closed_dates: [`2026-03-${String(day + 1).padStart(2, '0')}`] } : {}),
    ...(chance(0.2) ? { start_date: `2026-03-${String(day + 2).padStart(2, '0')}` } : {}),
    ...(chance(0.2) ? { end_date: '2026-05-30' } : {}),
    ...(chance(0.2) ? { daily_limit: whole(90, 160) } : {}),
    ...(chance(0.3) ? { max_concurrent_calls: whole(2, 6) } : {}),
    ...(chance(0.3) ? { lead_order: one(['newest_first', 'fewest_attempts_first', 'random']) } : {}),
  }
  return {
    ...{ seed, start, channels: whole(3, 12), owner_concurrent_calls: whole(2, 10) },
    ...{ declares_consent, settings, people },
  }
}
