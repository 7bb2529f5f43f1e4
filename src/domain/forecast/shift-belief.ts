/**
 * What is believed of a campaign's calls, and on how many of them each belief rests: shares of dials, and how long ringing,
 * talk and wrap-up last. A belief learns from calls; another campaign's belief, weakened, is what a new one begins with.
 */
import type { Mixture } from '../pacing/simulation/scenario.ts'

export type CallResult = 'live' | 'machine' | 'busy' | 'noanswer' | 'failed'

/** A call that ended. Times in seconds. */
export interface PastCall {
  result: CallResult
  /** From the dial until somebody or something picked up, or until it was given up. */
  ring: number
  /** From there until it was known who that is. */
  heard: number
  /** With an agent; null where no agent had it. */
  talk: number | null
}

export interface PastCalls {
  calls: readonly PastCall[]
  /** Wrap-ups, in seconds. */
  wraps: readonly number[]
  agents: number
  days: number
}

export interface Times {
  /** Rests on so many, as far as its mean goes. */
  weight: number
  mean: number
  sd: number
  parts: readonly Mixture[]
}

export interface ShiftBelief {
  /** Shares rest on so many dials. */
  dials: number
  shares: Record<CallResult, number>
  /** From dial to pick-up. */
  ring: Record<'live' | 'machine', { weight: number; mean: number; sd: number }>
  heard: Record<'live' | 'machine', number>
  talk: Times
  wrap: Times
  /** Whose talk and wrap-up were seen. */
  agents: number
  /** On so many days. */
  days: number
}

/** A cold list, as the pacers' public scenarios have it (docs/pacing.md). It is a guess, and weighs as little. */
export const coldBelief: ShiftBelief = {
  dials: 10,
  shares: { live: 0.2, machine: 0.26, busy: 0.08, noanswer: 0.39, failed: 0.07 },
  ring: { live: { weight: 4, mean: 10.5, sd: 5.5 }, machine: { weight: 4, mean: 18.5, sd: 3 } },
  heard: { live: 1.3, machine: 2.4 },
  talk: timesOf(4, 180, 162),
  wrap: timesOf(4, 25, 15),
  agents: 4,
  days: 1,
}

/** Calls of others say something of these, but never more than so many dials of their own would. */
export function weaken(belief: ShiftBelief, dials: number): ShiftBelief {
  const { ring, talk, wrap } = belief
  const talks = Math.max(4, dials / 5)
  const most = <T extends { weight: number }>(times: T) => ({ ...times, weight: Math.min(talks, times.weight) })
  return {
    ...belief,
    dials: Math.min(dials, belief.dials),
    ring: { live: most(ring.live), machine: most(ring.machine) },
    ...{ talk: most(talk), wrap: most(wrap) },
  }
}

export function learn(before: ShiftBelief, { calls, wraps, agents, days }: PastCalls): ShiftBelief {
  const dials = before.dials + calls.length
  const count = (result: CallResult) => calls.filter((call) => call.result === result).length
  const share = (result: CallResult) => (before.shares[result] * before.dials + count(result)) / dials
  const rings = (result: 'live' | 'machine') => calls.filter((call) => call.result === result)
  const talks = calls.flatMap(({ talk }) => talk ?? [])
  return {
    dials,
    shares: {
      ...{ live: share('live'), machine: share('machine'), busy: share('busy') },
      ...{ noanswer: share('noanswer'), failed: share('failed') },
    },
    ring: {
      live: learnMean(before.ring.live, rings('live')),
      machine: learnMean(before.ring.machine, rings('machine')),
    },
    heard: {
      live: meanHeard(rings('live'), before.heard.live),
      machine: meanHeard(rings('machine'), before.heard.machine),
    },
    talk: learnTimes(before.talk, talks),
    wrap: learnTimes(before.wrap, wraps),
    agents: talks.length === 0 ? before.agents : Math.max(1, agents),
    days: calls.length === 0 ? before.days : Math.max(1, days),
  }
}

/** Of lognormal shape until there are enough to have a shape of their own. */
export function timesOf(weight: number, mean: number, sd: number): Times {
  return { weight, mean, sd, parts: [{ share: 1, mean, cv: mean > 0 ? sd / mean : 0 }] }
}

function learnTimes(before: Times, seen: readonly number[]): Times {
  const { weight, mean, sd } = blend(before, seen)
  const parts = seen.length < 40 ? timesOf(weight, mean, sd).parts : slices(seen, mean)
  return { weight, mean, sd, parts }
}

function learnMean(before: ShiftBelief['ring']['live'], calls: readonly PastCall[]) {
  return blend(
    before,
    calls.map(({ ring }) => ring),
  )
}

function meanHeard(calls: readonly PastCall[], otherwise: number): number {
  return calls.length < 10 ? otherwise : calls.reduce((sum, { heard }) => sum + heard, 0) / calls.length
}

function blend({ weight, mean, sd }: { weight: number; mean: number; sd: number }, seen: readonly number[]) {
  const all = weight + seen.length
  const middle = (weight * mean + seen.reduce((sum, each) => sum + each, 0)) / all
  const squares = seen.reduce((sum, each) => sum + (each - middle) ** 2, weight * (sd ** 2 + (mean - middle) ** 2))
  return { weight: all, mean: middle, sd: Math.sqrt(squares / all) }
}

const mostSlices = 40

/** The shape of what was seen: slices of equal share, each by its mean; together of the mean that is believed. */
function slices(seen: readonly number[], mean: number): Mixture[] {
  const sorted = [...seen].sort((a, b) => a - b)
  const seenMean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length
  const scale = seenMean > 0 ? mean / seenMean : 0
  return Array.from({ length: mostSlices }, (_, slice) => {
    const from = Math.floor((slice * sorted.length) / mostSlices)
    const part = sorted.slice(from, Math.max(from + 1, Math.floor(((slice + 1) * sorted.length) / mostSlices)))
    const sum = part.reduce((total, each) => total + each, 0)
    // A hair more than the rest, so that the shares are never less than one by how a computer adds.
    const share = slice === mostSlices - 1 ? 1 : 1 / mostSlices
    return { share, mean: (scale * sum) / part.length, cv: 0 }
  })
}
