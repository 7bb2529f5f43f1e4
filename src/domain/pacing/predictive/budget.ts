/**
 * How willing to abandon: the chance that one answer more finds nobody, up to which a dial is worth it. What the cap leaves
 * is spread over the answers still to come, so that there is no ramp at the start and no cliff at the end.
 */
import type { PacerConfig } from '../pacer-contract.ts'

export interface BudgetMemory {
  spent: number
  willing: number
}

export interface Tally {
  liveAnswers: number
  abandoned: number
  /** Live answers still to come until the end of the shift. */
  toCome: number
  /** Live answers a second. */
  pace: number
  /** Seconds since the last look. */
  passed: number
}

export interface Allowance {
  /** That one answer more finds nobody. */
  abandon: number
  /** So many abandons are within the cap still. */
  affordable: number
  /** That one answer more is the one too many. */
  ruin: number
}

/** Abandons per answer are about so much times the willingness at which they were dialed; believed as if seen in so many. */
const believed = { ratio: 1.1, abandons: 20 }
/** Never more willing than so many times the cap: what is left at the end is not worth a burst. */
const mostWilling = 5
/** Of the answers that are expected still, and of the cap, so much is counted on. */
const sure = { toCome: 0.93, cap: 0.997 }
/** Abandons that are never planned for, and those that happen for other reasons, of answers: agents leave as it rings. */
const reserve = { least: 0.4, accidents: 0.006, mostAccidents: 1 }
/** That the cap is passed in the end. */
const ruin = 0.006
/** From a dial to its answer and the end of patience, in seconds. */
const lag = 14
/** What is left at the end of a shift is not spent within less. */
const shortest = 900
/** Of what earlier shifts of the cap's period left over, no more than this share of the shift's own. */
const mostInherited = 0.5

export class Budget {
  /** Abandons, and what the willingness at which they happened would have made of the same answers. */
  private spent: number
  private willing: number
  private last = { liveAnswers: 0, abandoned: 0 }
  private limit = 0
  private lagged = 0
  private readonly cap: number
  private readonly inherited: number

  constructor({ abandonCap, before }: Pick<PacerConfig, 'abandonCap' | 'before'>, memory?: BudgetMemory) {
    this.cap = abandonCap
    this.inherited = before === undefined ? 0 : abandonCap * before.liveAnswers - before.abandoned
    this.spent = memory?.spent ?? believed.abandons
    this.willing = memory?.willing ?? believed.abandons / believed.ratio
  }

  /** Up to which chances to dial now. */
  allow({ liveAnswers, abandoned, toCome, pace, passed }: Tally): Allowance {
    this.lagged += (this.limit - this.lagged) * Math.min(1, passed / lag)
    this.spent += Math.max(0, abandoned - this.last.abandoned)
    this.willing += Math.max(0, liveAnswers - this.last.liveAnswers) * this.lagged
    this.last = { liveAnswers, abandoned }
    const ratio = this.spent / this.willing
    const underWay = this.lagged * ratio * Math.min(toCome, pace * lag)
    const own = sure.cap * this.cap * (liveAnswers + sure.toCome * toCome)
    const left =
      own +
      Math.min(this.inherited, mostInherited * own) -
      abandoned -
      (underWay + 1.5 * Math.sqrt(underWay)) -
      (reserve.least + Math.min(reserve.mostAccidents, reserve.accidents * toCome))
    const rest = Math.max(1, sure.toCome * toCome, pace * shortest)
    const affordable = Math.max(0, Math.floor(left))
    this.limit = Math.min(affordable === 0 ? ruin / rest : spend(left) / rest / ratio, mostWilling * this.cap)
    return { abandon: this.limit, affordable, ruin: ruin / rest }
  }

  memory(): BudgetMemory {
    // Older shifts count, but not for ever.
    const kept = Math.min(1, 60 / this.spent)
    return { spent: this.spent * kept, willing: this.willing * kept }
  }

  debug() {
    return { willingness: this.limit, abandons_per_willingness: this.spent / this.willing }
  }
}

/**
 * How many of the abandons that are left are to be had from the answers that are left, so that the most is made of them: the
 * gain grows as the root of their share, and once they are gone there is none.
 */
function spend(left: number): number {
  const whole = left < 8 ? Math.floor(left) : left
  return whole - 1 + 0.6 / (whole + 0.2)
}
