import type { RoutedTrunk } from '#domain/routing.ts'
import type { TollUsage, TrunkUsage, Usage } from '#store/usage.ts'
import type { Diagnosis } from './diagnose-quiet.ts'
import { sayNoRoute, sayUnfit } from './route-fault.ts'

/** A trunk of a campaign that chooses, and why it takes no call of it now; null where it does. */
export interface RouteState {
  trunk_id: string
  name: string
  why_not: string | null
}

/** How each trunk stands that a campaign may choose. */
export function readRouteStates(route: RoutedTrunk[], usage: Usage, at: number): RouteState[] {
  return route.map((trunk) => {
    const used = usage.trunks.find(({ id }) => id === trunk.id)
    const [unfit = null] = sayUnfit(trunk)
    const limit = used ? (findTollLimit(used, usage.toll) ?? findTrunkLimit(used, at)) : null
    return {
      trunk_id: trunk.id,
      name: trunk.name,
      why_not: unfit === null ? (limit?.sentence ?? null) : `It ${unfit}.`,
    }
  })
}

/** What keeps a campaign that chooses from each of its trunks; null while one of them takes calls. */
export function findRouteLimit(route: RoutedTrunk[], usage: Usage, at: number): Diagnosis | null {
  if (route.every(({ unfit }) => unfit !== null)) return say('no_route', sayNoRoute(route))
  const states = readRouteStates(route, usage, at)
  if (states.some(({ why_not }) => why_not === null)) return null
  return say('route_full', `No trunk takes a call: ${states.map(sayState).join(' ')}`)
}

function sayState({ name, why_not }: RouteState): string {
  return `“${name}”: ${why_not}`
}

export function findTollLimit(
  trunk: TrunkUsage,
  { calls_per_second, tokens, spend_left, ...toll }: TollUsage,
): Diagnosis | null {
  const { daily_spend_limit, reserves } = toll
  if (spend_left !== null && daily_spend_limit !== null) {
    const reserve = reserves?.[trunk.id] ?? null
    if (reserve === null) {
      return say('no_price', 'A limit of money holds, and the trunk has no price: say what a minute on it costs, or 0.')
    }
    const spent = (daily_spend_limit - spend_left).toFixed(2)
    const limit = `the workspace's limit is ${daily_spend_limit.toFixed(2)} a day`
    if (spend_left < reserve) {
      return say('spend', `Calls of today cost ${spent}, with ten minutes kept back for each under way; ${limit}.`)
    }
  }
  if (tokens === null || tokens >= 1) return null
  return say('workspace_calls_per_second', `The workspace begins ${calls_per_second} calls a second at most.`)
}

export function findTrunkLimit(trunk: TrunkUsage, at: number): Diagnosis | null {
  const restMs = trunk.blocked_until === null ? 0 : Date.parse(trunk.blocked_until) - at
  if (restMs > 0) {
    const why = trunk.blocked_reason ?? 'no reason was given'
    return say(
      'trunk_blocked',
      `The trunk rests for ${Math.ceil(restMs / 1000)} s, because its carrier took no call: ${why}.`,
    )
  }
  if (trunk.blocked_until !== null && trunk.in_use > 0) {
    const why = trunk.blocked_reason ?? 'no reason was given'
    return say('trunk_blocked', `One call is tried on the trunk, because its carrier took none before: ${why}.`)
  }
  if (trunk.in_use >= trunk.channels)
    return say('trunk_channels', `All ${trunk.channels} lines of the trunk are in use.`)
  if (trunk.tokens === null || trunk.tokens >= 1) return null
  return say('trunk_calls_per_second', `The trunk takes ${trunk.calls_per_second} calls a second.`)
}

function say(code: string, sentence: string): Diagnosis {
  return { code, sentence }
}
