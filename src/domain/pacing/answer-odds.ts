/**
 * How likely a lead is to answer live, learned from the campaign's ended calls. In: a lead's traits, and whether it answered.
 * Out: a chance. It must be right on the average of any group before it is sharp: who counts on it dials by the sum.
 *
 * Log odds are the sum of what each trait adds, each known by a mean and a variance, so that few outcomes move it little.
 * Beside it stands the plain share of all leads; each of the two is believed as far as it foretold better until now, so
 * traits that tell nothing cost next to nothing.
 */
import { traits } from './lead-traits.ts'

interface Weight {
  mean: number
  variance: number
}

export interface OddsMemory {
  /** By trait: mean and variance of what it adds to the log odds. */
  weights: Record<string, [number, number]>
  /** Log odds that traits foretell better than the plain share. */
  trust: number
}

/** What every lead has, among its traits and in the plain share. */
const [base, plain] = ['any', 'plain']
/** About every fifth lead answers live; a trait seldom doubles the odds or halves them. */
const priors = { all: { mean: -1.4, variance: 1 }, trait: { mean: 0, variance: 0.2 } }
/**
 * What a weight learned so many outcomes ago counts a third. A trait keeps it for longer: all traits of a lead together follow
 * the day, and would follow every chance with it.
 */
const remembers = { all: 2000, trait: 3000 }
/** Nothing is believed beyond it, and a memory that says so is none. */
const most = { logOdds: 12, trust: 7 }
const trustAtFirst = -2

export class AnswerOdds {
  private readonly weights: Map<string, Weight>
  private trust: number

  /** `kept` is what another gave as its memory; anything else is ignored as a whole. */
  constructor(kept?: unknown) {
    const memory = readMemory(kept)
    this.weights = new Map()
    for (const [name, [mean, variance]] of Object.entries(memory?.weights ?? {}))
      if (isGeneral(name) || traits.has(name)) this.weights.set(name, { mean, variance })
    this.trust = memory?.trust ?? trustAtFirst
  }

  /** That a lead of these traits answers live, from 0 to 1. */
  odds(lead: readonly string[]): number {
    const trusted = chanceOf(this.trust)
    return trusted * this.expect([base, ...lead]) + (1 - trusted) * this.expect([plain])
  }

  learn(lead: readonly string[], live: boolean): void {
    const byTraits = this.teach([base, ...lead], live)
    const byShare = this.teach([plain], live)
    const better = live ? byTraits / byShare : (1 - byTraits) / (1 - byShare)
    this.trust = Math.max(-most.trust, Math.min(most.trust, this.trust + Math.log(better)))
  }

  memory(): OddsMemory {
    const weights = [...this.weights].map(([name, { mean, variance }]) => [name, [mean, variance]])
    return { weights: Object.fromEntries(weights), trust: this.trust }
  }

  private expect(names: readonly string[]): number {
    let [mean, variance] = [0, 0]
    for (const name of names) {
      const weight = this.weightOf(name)
      mean += weight.mean
      variance += weight.variance
    }
    return answersAt(mean, variance)
  }

  /**
   * A Newton step: the weights share what the outcome surprised by, those that are less sure take more of it (assumed density
   * filtering, the covariance kept diagonal). Gives what was expected.
   */
  private teach(names: readonly string[], live: boolean): number {
    const expected = this.expect(names)
    const information = expected * (1 - expected)
    const known = names.map((name) => [name, this.weightOf(name)] as const)
    const spread = 1 + information * known.reduce((sum, [, { variance }]) => sum + variance, 0)
    for (const [name, { mean, variance }] of known) {
      const moved = mean + (variance * ((live ? 1 : 0) - expected)) / spread
      const left = variance * (1 - (variance * information) / spread)
      const forgets = 1 + 1 / (isGeneral(name) ? remembers.all : remembers.trait)
      this.weights.set(name, {
        mean: Math.max(-most.logOdds, Math.min(most.logOdds, moved)),
        variance: Math.min(priorOf(name).variance, left * forgets),
      })
    }
    return expected
  }

  private weightOf(name: string): Weight {
    return this.weights.get(name) ?? priorOf(name)
  }
}

function isGeneral(name: string): boolean {
  return name === base || name === plain
}

function priorOf(name: string): Weight {
  return isGeneral(name) ? priors.all : priors.trait
}

function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** The mean chance over log odds that are known no better than this (MacKay 1992). */
function answersAt(mean: number, variance: number): number {
  return chanceOf(mean / Math.sqrt(1 + (Math.PI * variance) / 8))
}

function readMemory(kept: unknown): OddsMemory | null {
  const { weights, trust } = (kept ?? {}) as Partial<OddsMemory>
  if (typeof weights !== 'object' || weights === null || !isWithin(trust, most.trust)) return null
  const isWhole = Object.entries(weights).every(([name, pair]) => {
    const [mean, variance] = Array.isArray(pair) ? pair : []
    return isWithin(mean, most.logOdds) && isWithin(variance, priorOf(name).variance) && (variance as number) > 0
  })
  return isWhole ? { weights, trust: trust as number } : null
}

function isWithin(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= limit
}
