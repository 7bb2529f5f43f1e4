/**
 * Days of a plan, drawn: what is believed may be a little wrong, each day differs from the others, and within a day chance
 * has its share. The simulated shifts say how busy agents are and how many are abandoned; the rest follows from counting.
 */
import { normal } from '../pacing/simulation/chance.ts'
import type { Roster } from '../pacing/simulation/scenario.ts'
import type { ShiftResult } from '../pacing/simulation/shift-account.ts'
import type { Random } from '../random.ts'
import type { Presence } from './presence.ts'
import type { ShiftBelief } from './shift-belief.ts'
import type { ShiftPlan } from './shift-plan.ts'
import type { Effort } from './shift-runs.ts'

/** Of a day: shares from 0 to 1, otherwise counts. */
export interface DrawnDay {
  utilisation: number
  abandon_rate: number
  live_answers: number
  talks: number
  dials: number
}

/** What a campaign truly is, in one of its possible worlds. */
export interface World {
  /** Logarithms of how far the share of live answers and the time of a call with an agent are off what is believed. */
  answered: number
  busy: number
}

/** Days differ from each other by so much, of the logarithm of the share answered, and of time with agents: a guess. */
export const daily = { answered: 0.03, busy: 0.02 }

/**
 * How far an agent's idle time per call is off its mean, relative to it, as a variance: about 1 by theory, and more where a
 * budget of few abandons steers it. Found so in simulated days; believed as if seen in so many shifts.
 */
const idleVariance = { chance: 1.4, budget: 0.1, weight: 6 }
/** Variance of the count of abandons, by its mean: pacers keep to a cap, which makes it less than chance would. */
const abandonSpread = { predictive: 0.08, power: 0.5, progressive: 1.2 }

export interface DayModel {
  drawWorld(random: Random): World
  drawDay(random: Random, world: World): DrawnDay
}

export function modelDays(
  plan: ShiftPlan,
  belief: ShiftBelief,
  { roster, staffed }: { roster: Roster; staffed: Presence['staffed'] },
  shifts: readonly ShiftResult[],
  effort: Effort,
): DayModel {
  const { agents, mode } = plan
  const share = belief.shares.live
  const busy = belief.talk.mean + belief.wrap.mean
  const busySd = Math.hypot(belief.talk.sd, belief.wrap.sd)
  const cv = busySd / busy
  const usual = usualShift(plan, shifts, effort)
  const speed = roster.speedSd * Math.sqrt(1 / agents + 1 / belief.agents)
  const meanSd =
    Math.hypot(belief.talk.sd / Math.sqrt(belief.talk.weight), belief.wrap.sd / Math.sqrt(belief.wrap.weight)) / busy
  // What is known is of a few days, which were not as others.
  const answeredSd = Math.hypot(
    Math.sqrt((1 - share) / (share * belief.dials)),
    daily.answered / Math.sqrt(belief.days),
  )
  const busyOff = Math.hypot(meanSd, speed, daily.busy / Math.sqrt(belief.days))
  // How much of a change of answers or times shows in idle time: all of it where nobody is called ahead.
  const passed = mode === 'predictive' ? Math.min(1, 1.2 / Math.sqrt(agents)) : 1
  const spread = spreadOf(plan, shifts, usual, passed * cv, passed * roster.speedSd)
  const gauss = (random: Random) => normal(1 - random(), random())

  return {
    drawWorld: (random) => ({ answered: answeredSd * gauss(random), busy: busyOff * gauss(random) }),
    drawDay(random, world) {
      const calls = Math.max(1, (staffed.mean * usual.utilisation) / busy)
      const luck = (cv * gauss(random)) / Math.sqrt(calls)
      const answered = world.answered + daily.answered * gauss(random)
      const longer = world.busy + daily.busy * gauss(random)
      const known = Math.sqrt(1 / calls + 1 / usual.calls)
      const odds = usual.odds + passed * (answered + longer + luck) + spread * known * gauss(random)
      const utilisation = 1 / (1 + Math.exp(-odds))
      const time = busy * Math.exp(longer)
      const there = staffed.mean + staffed.sd * gauss(random)
      // Those who still talk at the end were called within the shift.
      const running = (agents * utilisation * (1 + cv * cv)) / 2
      const talks = Math.max(1, (there * utilisation) / (time * Math.exp(luck)) + running)
      const abandon_rate = drawAbandons(random, gauss, usual, talks, mode)
      const live_answers = talks / (1 - abandon_rate)
      const answerRate = Math.min(0.95, share * Math.exp(answered))
      const dials =
        (live_answers / answerRate) * Math.max(0.2, 1 + Math.sqrt((1 - answerRate) / live_answers) * gauss(random))
      return within(plan.daily_limit, { utilisation, abandon_rate, live_answers, talks, dials })
    },
  }
}

/** A day ends early where its dials are spent. */
function within(limit: number | null, day: DrawnDay): DrawnDay {
  if (limit === null || day.dials <= limit) return day
  const part = limit / day.dials
  return { ...day, live_answers: day.live_answers * part, talks: day.talks * part, dials: limit }
}

interface UsualShift {
  utilisation: number
  odds: number
  abandonRate: number
  abandoned: number
  liveAnswers: number
  /** In all shifts together. */
  calls: number
}

function usualShift(
  { mode, abandon_cap: cap, hours }: ShiftPlan,
  shifts: readonly ShiftResult[],
  { tick, seconds }: Effort,
): UsualShift {
  const sum = (of: (shift: ShiftResult) => number) => shifts.reduce((total, shift) => total + of(shift), 0)
  const [worked, idle] = [sum(({ talkTime, wrapTime }) => talkTime + wrapTime), sum(({ idleTime }) => idleTime)]
  const connected = Math.max(
    1,
    sum(({ connected }) => connected),
  )
  // Asked every so many seconds only, a pacer dials that much later than it would in the product.
  const later = mode === 'predictive' ? (1.4 * (tick - 1)) / 2 : 0
  const idlePerCall = Math.max(0.2, idle / connected - later)
  const odds = Math.log(Math.max(1, worked / connected) / idlePerCall)
  const [abandoned, liveAnswers] = [sum((shift) => shift.abandoned), sum((shift) => shift.liveAnswers)]
  // What a pacer leaves of its cap, to be sure, is the less the more answers a day has.
  const rate = (abandoned + 0.05) / (liveAnswers + 1)
  return {
    ...{ utilisation: 1 / (1 + Math.exp(-odds)), odds, abandoned, liveAnswers, calls: connected },
    abandonRate: mode === 'predictive' && rate < cap ? cap - (cap - rate) * (seconds / 3600 / hours) ** 0.7 : rate,
  }
}

/** By theory, and by how far the simulated shifts lie apart; without what times and speeds of agents have in it. */
function spreadOf(
  { mode, abandon_cap, agents }: ShiftPlan,
  shifts: readonly ShiftResult[],
  usual: UsualShift,
  times: number,
  speeds: number,
): number {
  const { chance, budget, weight } = idleVariance
  let squares = weight * (chance + (mode === 'predictive' ? budget / abandon_cap : 0))
  for (const { utilisation, connected } of shifts) {
    const held = Math.min(0.995, Math.max(0.005, utilisation))
    const off = connected * (Math.log(held / (1 - held)) - usual.odds) ** 2
    squares += Math.max(0, off - times ** 2 - (speeds ** 2 * connected) / agents)
  }
  return Math.sqrt(squares / (weight + shifts.length - 1))
}

function drawAbandons(
  random: Random,
  gauss: (random: Random) => number,
  usual: UsualShift,
  talks: number,
  mode: ShiftPlan['mode'],
): number {
  const spread = abandonSpread[mode]
  const expected = usual.abandonRate * talks * Math.exp(Math.sqrt(spread / (usual.abandoned + 1)) * gauss(random))
  const count =
    expected < 8 && mode === 'progressive'
      ? poisson(random, expected)
      : expected + Math.sqrt(spread * expected) * gauss(random)
  return Math.min(0.5, Math.max(0, count / talks))
}

function poisson(random: Random, mean: number): number {
  let count = 0
  for (let left = Math.exp(-mean), p = random(); p > left; p *= random()) count += 1
  return count
}
