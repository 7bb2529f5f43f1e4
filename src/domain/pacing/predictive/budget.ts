/**
 * How willing to abandon: the chance that one answer more finds nobody, up to which a dial is worth it. What the cap leaves
 * is spread over the answers still to come, so that there is no ramp at the start and no cliff at the end.
 */
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

export const tuning = { trust: 20, ratio: 1.1, most: 0.2, sure: 0.93, strict: 0.02, lag: 14, burst: 1.5, keep: 0.997, reserve: 0.4, accidents: 0.006 }

export class Budget {
  /** Abandons, and what the willingness at which they happened would have made of the same answers. */
  private spent: number
  private willing: number
  private last = { liveAnswers: 0, abandoned: 0 }
  private limit = 0
  private lagged = 0
  private readonly cap: number

  constructor(cap: number, memory?: BudgetMemory) {
    this.cap = cap
    this.spent = memory?.spent ?? tuning.trust * tuning.ratio
    this.willing = memory?.willing ?? tuning.trust
  }

  /** Up to which chances to dial now. */
  allow({ liveAnswers, abandoned, toCome, pace, passed }: Tally): Allowance {
    const { cap } = this
    this.lagged += (this.limit - this.lagged) * Math.min(1, passed / tuning.lag)
    this.spent += abandoned - this.last.abandoned
    this.willing += (liveAnswers - this.last.liveAnswers) * this.lagged
    this.last = { liveAnswers, abandoned }
    const ratio = this.spent / this.willing
    const underWay = this.lagged * ratio * Math.min(toCome, pace * tuning.lag)
    const left =
      tuning.keep * cap * (liveAnswers + tuning.sure * toCome) -
      abandoned -
      underWay -
      tuning.burst * Math.sqrt(underWay) -
      tuning.reserve -
      Math.min(1, tuning.accidents * toCome)
    const rest = Math.max(1, tuning.sure * toCome, pace * 900)
    const affordable = Math.max(0, Math.floor(left))
    const ruin = tuning.strict / rest
    this.limit = Math.min(affordable === 0 ? ruin : spend(left) / rest / ratio, tuning.most)
    return { abandon: this.limit, affordable, ruin }
  }

  memory(): BudgetMemory {
    return { spent: this.spent, willing: this.willing }
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
