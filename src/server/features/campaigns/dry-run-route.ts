import { choiceOf, findRoute, type RoutedTrunk } from '#domain/routing.ts'
import type { CampaignBounds } from '#store/campaign-forecast.ts'
import type { LeadEvidence } from '#store/lead-evidence.ts'
import type { Trunk } from '#store/trunks.ts'
import { sayUnfit } from './route-fault.ts'

/** Counts for each trunk of a campaign that chooses for how many leads it would be the first. */
export interface RouteTally {
  /** False where no trunk serves the lead's number. */
  add(lead: LeadEvidence): boolean
  firsts(): ReadonlyMap<string, number>
  unserved(): number
}

export function createRouteTally(route: RoutedTrunk[]): RouteTally {
  const firsts = new Map(route.map(({ id }) => [id, 0]))
  let unserved = 0
  return {
    add(lead) {
      const choice = choiceOf('least_cost', lead)
      const [first] = findRoute({ number: lead.number ?? '', ...choice }, route).trunks
      if (first) firsts.set(first.trunk_id, (firsts.get(first.trunk_id) ?? 0) + 1)
      else unserved += 1
      return first !== undefined
    },
    firsts: () => firsts,
    unserved: () => unserved,
  }
}

export function showRoute(route: RoutedTrunk[], tally: RouteTally) {
  const trunks = route.map((trunk) => {
    const [why] = sayUnfit(trunk)
    const rests = trunk.blocked_until === null ? null : 'It rests, because its carrier took no call.'
    const why_not = why === undefined ? rests : `It ${why}.`
    return { trunk_id: trunk.id, name: trunk.name, leads: tally.firsts().get(trunk.id) ?? 0, why_not }
  })
  return { trunks, unserved: tally.unserved() }
}

/** What the route's trunks bound together, as those of one trunk; at the mean price of those whom each would call first. */
export function boundsOver(
  bounds: CampaignBounds,
  route: RoutedTrunk[],
  trunks: Trunk[],
  tally: RouteTally,
): CampaignBounds {
  const usable = trunks.filter(({ id }) => route.some((each) => each.id === id && each.unfit === null))
  if (!bounds.trunk) return bounds
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
  const rates = usable.map(({ calls_per_second }) => calls_per_second)
  const shares = usable.map((trunk) => ({ ...trunk, leads: tally.firsts().get(trunk.id) ?? 0 }))
  const called = shares.filter(({ leads }) => leads > 0)
  const leads = sum(called.map((each) => each.leads))
  const isPriced = leads > 0 && called.every(({ price_per_minute }) => price_per_minute !== null)
  const spent = sum(called.map((each) => each.leads * (each.price_per_minute ?? 0)))
  return {
    ...bounds,
    trunk: {
      ...bounds.trunk,
      channels: sum(usable.map(({ channels }) => channels)),
      calls_per_second: rates.includes(null) ? null : sum(rates.flatMap((rate) => rate ?? [])),
      price_per_minute: isPriced ? spent / leads : null,
      currency: called[0]?.currency ?? null,
    },
  }
}
