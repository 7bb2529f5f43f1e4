/**
 * Which share of dials is answered live, as a belief over a grid of log odds: it drifts, may jump, and learns from calls
 * that ended as well as from those that still ring: answers come early and the others late, and shares of ended calls lag.
 */
export const gridSize = 48
const lowest = logOdds(0.004)
const highest = logOdds(0.95)
export const gridStep = (highest - lowest) / (gridSize - 1)
export const shareGrid = Float64Array.from({ length: gridSize }, (_, place) => chanceOf(lowest + place * gridStep))
export const logLive = shareGrid.map(Math.log)
export const logOther = shareGrid.map((share) => Math.log(1 - share))

/** Variance of the drift of log odds per second, and how often the share jumps, per second. */
const drift = 0.02 / 1000
const jumps = 1 / 5400

export class AnswerShare {
  private belief: Float64Array
  private prior: Float64Array
  mean = 0
  /** Of the share, relative to it: variance by the mean squared. */
  spread = 1

  /** `share` is what earlier shifts ended with. */
  constructor(share?: number) {
    this.prior = share === undefined ? bell(0.2, 1) : bell(share, 0.35)
    this.belief = Float64Array.from(this.prior)
    this.learn(new Float64Array(gridSize))
  }

  /** Takes it to be about `share`: said by what leads' odds are, not by calls. */
  suppose(share: number): void {
    this.prior = bell(share, 1)
    this.belief = Float64Array.from(this.prior)
    this.learn(new Float64Array(gridSize))
  }

  /** Time goes by: the share may have moved. */
  pass(seconds: number): void {
    const step = Math.min(0.25, (drift * seconds) / (2 * gridStep * gridStep))
    const jump = Math.min(1, jumps * seconds)
    const { belief, prior } = this
    let below = belief[0] as number
    for (let place = 0; place < gridSize; place += 1) {
      const value = belief[place] as number
      const above = belief[Math.min(gridSize - 1, place + 1)] as number
      belief[place] = (value + step * (below + above - 2 * value)) * (1 - jump) + (prior[place] as number) * jump
      below = value
    }
  }

  /** Takes in what was seen: its log likelihood for each share of the grid. */
  learn(seen: Float64Array): void {
    const { belief } = this
    let top = Number.NEGATIVE_INFINITY
    for (const value of seen) top = Math.max(top, value)
    let total = 0
    let first = 0
    let second = 0
    for (let place = 0; place < gridSize; place += 1) {
      const share = shareGrid[place] as number
      const weight = (belief[place] as number) * Math.exp((seen[place] as number) - top)
      belief[place] = weight
      total += weight
      first += weight * share
      second += weight * share * share
    }
    for (let place = 0; place < gridSize; place += 1) belief[place] = (belief[place] as number) / total
    this.mean = first / total
    this.spread = Math.max(0, second / total / (this.mean * this.mean) - 1)
  }
}

/** Shares about a middle; `sd` of their log odds. */
function bell(middle: number, sd: number): Float64Array {
  const weights = shareGrid.map((share) => Math.exp(-0.5 * ((logOdds(share) - logOdds(middle)) / sd) ** 2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

export function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance))
}

export function chanceOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}
