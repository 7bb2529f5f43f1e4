/**
 * Over which trunk a call goes where its campaign leaves that open. Takes whom it calls and the trunks that say what they serve;
 * gives those that may carry it, the best first, and why the others may not. Pure: who of them has a line is seen at the claim
 * (./fairness.ts).
 *
 *   first   the trunk that names the longest part of the number; a country counts as its calling code
 *   then    the cheapest; one without a price after those with one
 *   then    by lot, as their weights say: the same for the same lead and try, so that it can be shown later
 *
 * A trunk of weight 0 is a reserve: taken when no other one that serves the number is trusted. A trunk that refused the lead's
 * last call is left out of the next, unless none remains.
 */
import { callingCountry } from './phone-number.ts'
import { callingCodeOfCountry, hasPlan } from './phone-number-plan.ts'
import { createRandom } from './random.ts'

/** `fixed`: the campaign's own trunk; `least_cost`: for each call the best of those that serve its number. */
export const trunkChoices = ['fixed', 'least_cost'] as const
export type TrunkChoice = (typeof trunkChoices)[number]

/** A trunk that says what it serves, as one campaign may use it. */
export interface RoutedTrunk {
  id: string
  name: string
  /** `+` and the first digits of numbers, `+` alone for all numbers, or a country such as `DE`. */
  serves: string[]
  weight: number
  price_per_minute: number | null
  /** Since its carrier took no call: rests until then, and is tried with one call after. ISO; null while it is trusted. */
  blocked_until: string | null
  /**
   * Why the campaign can't use it for anybody; null where it can. `rehearsal`: it rings nobody and the campaign's own trunk
   * does, or the other way about. `caller_id`: the campaign's is not registered on it.
   */
  unfit: 'inactive' | 'rehearsal' | 'caller_id' | null
}

export interface Called {
  /** E.164. */
  number: string
  /** What lots are drawn from: the same for the same lead and try. */
  seed: string
  /** Trunks over which the lead's last calls, one after the other, were refused. */
  refused_by: readonly string[]
}

export interface Route {
  seed: string
  /** With the part of the number that each names. */
  trunks: {
    trunk_id: string
    serves: string
    price_per_minute: number | null
    weight: number
    rests_until: string | null
  }[]
  left_out: { trunk_id: string; why: NonNullable<RoutedTrunk['unfit']> | 'other_numbers' | 'refused' | 'reserve' }[]
}

export function findRoute(called: Called, trunks: readonly RoutedTrunk[]): Route {
  const left_out: Route['left_out'] = []
  const leaveOut = (trunk: RoutedTrunk, why: Route['left_out'][number]['why']) => {
    left_out.push({ trunk_id: trunk.id, why })
    return false
  }
  const served = new Map(trunks.map((trunk) => [trunk.id, longestServed(called.number, trunk.serves)]))
  const serving = trunks.filter((trunk) => {
    if (trunk.unfit !== null) return leaveOut(trunk, trunk.unfit)
    return served.get(trunk.id) === null ? leaveOut(trunk, 'other_numbers') : true
  })
  const others = serving.filter(({ id }) => !called.refused_by.includes(id))
  const fresh = others.length === 0 ? serving : others
  for (const trunk of serving) if (!fresh.includes(trunk)) leaveOut(trunk, 'refused')
  const trusted = fresh.some(({ weight, blocked_until }) => weight > 0 && blocked_until === null)
  const usable = fresh.filter((trunk) => trunk.weight > 0 || !trusted || leaveOut(trunk, 'reserve'))
  const ordered = usable
    .map((trunk) => {
      const part = served.get(trunk.id) as string
      return { trunk, part, digits: digitsOf(part), lot: drawLot(called.seed, trunk) }
    })
    .sort(
      (a, b) =>
        Number(a.trunk.weight === 0) - Number(b.trunk.weight === 0) ||
        b.digits - a.digits ||
        comparePrices(a.trunk.price_per_minute, b.trunk.price_per_minute) ||
        a.lot - b.lot,
    )
  const shown = ordered.map(({ trunk: { id, price_per_minute, weight, blocked_until }, part }) => {
    return { trunk_id: id, serves: part, price_per_minute, weight, rests_until: blocked_until }
  })
  return { seed: called.seed, trunks: shown, left_out }
}

/** Trunks that may carry calls of the campaign, whomever they serve. */
export function usableIds(trunks: readonly RoutedTrunk[]): string[] {
  return trunks.filter(({ unfit }) => unfit === null).map(({ id }) => id)
}

/** Whether some of the campaign's trunks serve other numbers than others, so that one may be full while another waits for somebody. */
export function isUneven(trunks: readonly RoutedTrunk[]): boolean {
  return new Set(trunks.flatMap(({ unfit, serves }) => (unfit === null ? [serves.join()] : []))).size > 1
}

/** Trunks that somebody's call might take now. Where all serve the same, a reserve waits until no other one is trusted. */
export function idsInService(trunks: readonly RoutedTrunk[]): string[] {
  const usable = trunks.filter(({ unfit }) => unfit === null)
  const waits = !isUneven(trunks) && usable.some(({ weight, blocked_until }) => weight > 0 && blocked_until === null)
  return usable.filter(({ weight }) => weight > 0 || !waits).map(({ id }) => id)
}

/** What a call says of its trunk. */
export type Choice = { trunk_choice: TrunkChoice } & Pick<Called, 'seed' | 'refused_by'>

export const noChoice: Choice = { trunk_choice: 'fixed', seed: '', refused_by: [] }

/** Of a lead's next call. */
export function choiceOf(
  trunk_choice: TrunkChoice,
  lead: { lead_id: string; attempts: number; carrier_faults: number; refused_by: string[] | null },
): Choice {
  if (trunk_choice === 'fixed') return noChoice
  const seed = `${lead.lead_id} ${lead.attempts + lead.carrier_faults}`
  return { trunk_choice, seed, refused_by: lead.refused_by ?? [] }
}

export interface ToBeRouted {
  campaign_id: string
  number: string
  choice: Choice
}

/**
 * Finds the routes of those whose campaign chooses, over the trunks that are `locked`; `unserved` are those whose number none of
 * the campaign's trunks serves. Others stay as they are; a campaign that has stopped meanwhile has no routes, and nobody to call.
 */
export function routeEach<Person extends ToBeRouted>(
  people: Person[],
  routes: Record<string, RoutedTrunk[]> | null,
  locked: readonly string[],
): { routed: (Person & { route?: Route })[]; unserved: Person[] } {
  if (people.every(({ choice }) => choice.trunk_choice === 'fixed')) return { routed: people, unserved: [] }
  const unserved: Person[] = []
  const routed = people.flatMap((person): (Person & { route?: Route })[] => {
    const { campaign_id, number, choice } = person
    if (choice.trunk_choice === 'fixed') return [person]
    const trunks = routes?.[campaign_id]
    if (!trunks) return []
    const route = findRoute(
      { number, ...choice },
      trunks.filter(({ id }) => locked.includes(id)),
    )
    if (route.trunks.length > 0) return [{ ...person, route }]
    unserved.push(person)
    return []
  })
  return { routed, unserved }
}

/** What is kept of a choice: what there was to choose from, and why the trunks before the one that was taken were not. */
export function proveRoute(
  { seed, trunks, left_out }: Route,
  trunkId: string,
  passed: readonly { trunk_id: string; limit: string }[],
) {
  const shown = trunks.map((trunk) => {
    const limit = passed.find(({ trunk_id }) => trunk_id === trunk.trunk_id)?.limit
    return { ...trunk, ...(limit === undefined ? {} : { passed_for: limit }) }
  })
  return { trunk_id: trunkId, seed, trunks: shown, left_out }
}

/** Whether somebody whom `refused_by` just refused can be called over another trunk at once; `at` is epoch ms. */
export function mayGoElsewhere(called: Omit<Called, 'seed'>, trunks: readonly RoutedTrunk[], at: number): boolean {
  return trunks.some(({ id, unfit, blocked_until, serves }) => {
    const rests = blocked_until !== null && Date.parse(blocked_until) > at
    return unfit === null && !rests && !called.refused_by.includes(id) && longestServed(called.number, serves) !== null
  })
}

/** Whether this says what a trunk serves; the form alone is for the door to ask. */
export function isServable(part: string): boolean {
  return part.startsWith('+') || hasPlan(part)
}

/** Of what a trunk serves, what names the longest part of the number; null where nothing does. */
export function longestServed(number: string, serves: readonly string[]): string | null {
  let country: string | null | undefined
  let longest: string | null = null
  for (const part of serves) {
    if (!part.startsWith('+')) country ??= callingCountry(number)
    const isServed = part.startsWith('+') ? number.startsWith(part) : part === country
    if (isServed && (longest === null || digitsOf(part) > digitsOf(longest))) longest = part
  }
  return longest
}

function digitsOf(part: string): number {
  return part.startsWith('+') ? part.length - 1 : (callingCodeOfCountry(part) ?? '').length
}

function comparePrices(a: number | null, b: number | null): number {
  if (a === b) return 0
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
}

/** The lowest is first: of many seeds each trunk is first as often as its weight says, whoever else there is. */
function drawLot(seed: string, { id, weight }: RoutedTrunk): number {
  return -Math.log(1 - createRandom(hash(`${seed} ${id}`))()) / Math.max(weight, 1)
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let mixed = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) mixed = Math.imul(mixed ^ text.charCodeAt(index), 0x01000193)
  return mixed >>> 0
}
