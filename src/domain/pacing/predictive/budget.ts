/**
 * How willing to abandon: the chance that one answer more finds nobody, up to which a dial is worth it. What is left of the
 * cap is spread over the answers still to come, so that there is no ramp at the start and no cliff at the end.
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

export const tuning = { keep: 0.985, reserve: 0.6, horizon: 400, trust: 8, ratio: 0.6, most: 5 }

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
    this.willing = memory?.willing ?? tuning.trust
    this.spent = memory?.spent ?? tuning.trust * tuning.ratio
  }

  /** The chance up to which to dial now. */
  willingness({ liveAnswers, abandoned, toCome, passed, pace }: Tally): number {
    const { cap } = this
    this.spent += abandoned - this.last.abandoned
    this.lagged += (this.limit - this.lagged) * Math.min(1, passed / 12)
    this.willing += (liveAnswers - this.last.liveAnswers) * this.lagged
    this.last = { liveAnswers, abandoned }
    const left = tuning.keep * cap * liveAnswers - abandoned - tuning.reserve
    const horizon = Math.max(1, Math.min(toCome, Math.max(tuning.horizon, pace * 600)))
    const target = tuning.keep * cap
    const missing = left / horizon / target
    const share = target * (missing > 0 ? 1 + missing : Math.exp(missing))
    const ending = toCome < 1 / cap ? Math.max(0, Math.min(1, left + 1)) : 1
    this.limit = Math.min(share * ending * Math.max(0.5, Math.min(5, this.willing / this.spent)), tuning.most * cap)
    return this.limit
  }

  memory(): BudgetMemory {
    return { spent: this.spent, willing: this.willing }
  }
}
