/**
 * Which share of dials is answered live, as a belief over a grid of log odds: it drifts, may jump, and learns from calls
 * that ended as well as from those that still ring: answers come early and the others late, and shares of ended calls lag.
 */
const gridSize = 48
const lowest = logOdds(0.004)
const highest = logOdds(0.95)
export const gridStep = (highest - lowest) / (gridSize - 1)
export const shareGrid = Float64Array.from({ length: gridSize }, (_, place) => chanceOf(lowest + place * gridStep))
const logLive = shareGrid.map(Math.log)
const logOther = shareGrid.map((share) => Math.log(1 - share))

/** Variance of the drift of log odds per second, and how often the share jumps, per second. */
const drift = 0.02 / 1000
const jumps = 1 / 5400

export interface ShareMemory {
  belief: number[]
}

export class AnswerShare {
  /** From calls that ended. */
  private belief: Float64Array
  /** And from those that ring, of the last look. */
  private readonly now = new Float64Array(gridSize)
  mean: number
  /** Of the share, relative to it: variance by the mean squared. */
  spread = 1

  private readonly prior: Float64Array

  constructor(prior: Float64Array) {
    this.prior = prior
    this.belief = Float64Array.from(prior)
    this.mean = meanOf(this.belief)
  }

  static prior(middle: number, sd: number): Float64Array {
    const weights = shareGrid.map((share) => Math.exp(-0.5 * ((logOdds(share) - logOdds(middle)) / sd) ** 2))
    return normalised(weights)
  }

  ended(live: boolean): void {
    const logs = live ? logLive : logOther
    const top = logs[live ? gridSize - 1 : 0] as number
    for (let place = 0; place < gridSize; place += 1)
      this.belief[place] = (this.belief[place] as number) * Math.exp((logs[place] as number) - top)
    this.belief = normalised(this.belief)
  }

  /** Time goes by: the share may have moved. */
  pass(seconds: number): void {
    const step = Math.min(0.25, (drift * seconds) / (2 * gridStep * gridStep))
    const jump = Math.min(1, jumps * seconds)
    const before = this.belief
    this.belief = before.map((value, place) => {
      const below = before[Math.max(0, place - 1)] as number
      const above = before[Math.min(gridSize - 1, place + 1)] as number
      return (value + step * (below + above - 2 * value)) * (1 - jump) + (this.prior[place] as number) * jump
    })
  }

  /** Looks at calls in flight: `logLikelihood` of what they show, for each share of the grid. */
  look(logLikelihood: Float64Array): void {
    let top = Number.NEGATIVE_INFINITY
    for (const value of logLikelihood) top = Math.max(top, value)
    let total = 0
    let first = 0
    let second = 0
    for (let place = 0; place < gridSize; place += 1) {
      const weight = (this.belief[place] as number) * Math.exp((logLikelihood[place] as number) - top)
      const share = shareGrid[place] as number
      this.now[place] = weight
      total += weight
      first += weight * share
      second += weight * share * share
    }
    this.mean = first / total
    this.spread = Math.max(0, second / total / (this.mean * this.mean) - 1)
  }
}

function normalised(weights: Float64Array): Float64Array {
  let total = 0
  for (const weight of weights) total += weight
  return weights.map((weight) => weight / total)
}

function meanOf(weights: Float64Array): number {
  return weights.reduce((sum, weight, place) => sum + weight * (shareGrid[place] as number), 0)
}

export function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance))
}

export function chanceOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}
