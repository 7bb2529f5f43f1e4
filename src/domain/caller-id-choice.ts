/**
 * Which number the person called is shown: the campaign's own, or of those registered on the trunk the one that is nearest to
 * them, and has called least. None that rests, and none that has made its calls of the hour. Pure; times are epoch ms.
 */
import { regionsOfNumber } from './number-zones.ts'
import { callingCountry } from './phone-number.ts'

export const callerIdChoices = ['fixed', 'local'] as const
export type CallerIdChoice = (typeof callerIdChoices)[number]

/** A number registered on a trunk. */
export interface CallerIdUse {
  number: string
  /** It may show in so many calls in any hour; null for any number of them. */
  calls_per_hour: number | null
  /** Calls of the last hour. */
  calls: number
  /** Shown to nobody until then. */
  rests_until: number | null
}

export type ChosenCallerId = { ok: true; caller_id: string | null } | { ok: false; asks_again_at: number }

/**
 * How soon one that has made its calls of the hour is looked at again, for it has a few more by then, and one that rests, whose
 * rest may have been ended.
 */
const looksAgainMs = { spent: 60_000, rests: 600_000 }

/** Null where the carrier shows what it likes: the campaign names no number, and the trunk has none to choose from. */
export function chooseCallerId(
  called: string,
  wanted: { choice: CallerIdChoice; caller_id: string | null },
  registered: readonly CallerIdUse[],
  at: number,
): ChosenCallerId {
  const fixed = wanted.choice === 'fixed' || registered.length === 0
  const own = registered.find(({ number }) => number === wanted.caller_id)
  if (fixed && !own) return { ok: true, caller_id: wanted.caller_id }
  const pool = fixed && own ? [own] : registered
  const free = pool.filter((each) => isFree(each, at))
  const best = free.reduce<CallerIdUse | null>((a, b) => (a === null || compare(called, b, a) < 0 ? b : a), null)
  if (best) return { ok: true, caller_id: best.number }
  return { ok: false, asks_again_at: Math.min(...pool.map((each) => nextLook(each, at))) }
}

export interface ToBeShown {
  number: string
  trunk_id: string
  caller_id: string | null
  caller_id_choice: CallerIdChoice
}

/**
 * Chooses for several people, in their order: each takes a call of the number shown to them. `spent` are those to whom none may
 * be shown now.
 */
export function chooseCallerIds<Person extends ToBeShown>(
  people: readonly Person[],
  registered: ReadonlyMap<string, readonly CallerIdUse[]>,
  at: number,
): { shown: Person[]; spent: { person: Person; asks_again_at: number }[] } {
  const uses = new Map([...registered].map(([trunk, pool]) => [trunk, pool.map((use) => ({ ...use }))]))
  const shown: Person[] = []
  const spent: { person: Person; asks_again_at: number }[] = []
  for (const person of people) {
    const pool = uses.get(person.trunk_id) ?? []
    const wanted = { choice: person.caller_id_choice, caller_id: person.caller_id }
    const chosen = chooseCallerId(person.number, wanted, pool, at)
    if (!chosen.ok) {
      spent.push({ person, asks_again_at: chosen.asks_again_at })
      continue
    }
    const use = pool.find(({ number }) => number === chosen.caller_id)
    if (use) use.calls += 1
    shown.push({ ...person, caller_id: chosen.caller_id })
  }
  return { shown, spent }
}

function isFree({ calls, calls_per_hour, rests_until }: CallerIdUse, at: number): boolean {
  return (calls_per_hour === null || calls < calls_per_hour) && (rests_until === null || rests_until <= at)
}

function nextLook({ rests_until }: CallerIdUse, at: number): number {
  const rests = rests_until !== null && rests_until > at
  return rests ? Math.min(rests_until, at + looksAgainMs.rests) : at + looksAgainMs.spent
}

/** The better one first. */
function compare(called: string, a: CallerIdUse, b: CallerIdUse): number {
  return nearness(called, b.number) - nearness(called, a.number) || a.calls - b.calls || (a.number < b.number ? -1 : 1)
}

/**
 * 0 abroad, 1 in the same country; in North America 2 where both may be in one state, 3 in one area code; elsewhere up to 2 by
 * the digits in common, for area codes are of many lengths.
 */
export function nearness(called: string, shown: string): number {
  const country = callingCountry(called)
  if (country === null || country !== callingCountry(shown)) return 0
  if (!called.startsWith('+1')) return 1 + commonDigits(called, shown) / 16
  if (called.slice(0, 5) === shown.slice(0, 5)) return 3
  const regions = regionsOfNumber(shown)
  return regionsOfNumber(called)?.some((region) => regions?.includes(region)) ? 2 : 1
}

function commonDigits(a: string, b: string): number {
  let digits = 0
  while (digits < a.length && a[digits] === b[digits]) digits += 1
  return digits
}
