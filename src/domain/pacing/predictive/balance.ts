/**
 * Whether an agent will be there at an instant: those who are idle and those who come free, less the calls that are answered
 * until then, each by its own chance. Exact while agents are few, by mean, variance and skewness when they are many.
 */
export class Balance {
  private readonly frees: Float64Array
  private readonly answers: Float64Array
  private most = { frees: 0, answers: 0 }
  private exact = true
  private idle = 0
  private mean = 0
  private variance = 0
  private third = 0
  private answered = 0

  constructor(size: number) {
    this.frees = new Float64Array(size + 1)
    this.answers = new Float64Array(size + 1)
  }

  /** Begins anew with so many idle agents; fewer than none where people wait already. */
  reset(idle: number, things: number): void {
    this.exact = things < this.frees.length
    this.idle = idle
    this.most = { frees: 0, answers: 0 }
    this.frees[0] = 1
    this.answers[0] = 1
    this.mean = idle
    this.variance = 0
    this.third = 0
    this.answered = 0
  }

  free(chance: number): void {
    if (this.exact) this.most.frees = add(this.frees, this.most.frees, chance)
    else this.moments(chance, 1)
  }

  answer(chance: number): void {
    if (this.exact && this.most.answers + 1 < this.answers.length)
      this.most.answers = add(this.answers, this.most.answers, chance)
    else {
      this.moments(chance, -1)
      this.answered += chance
    }
  }

  private moments(chance: number, sign: 1 | -1): void {
    const variance = chance * (1 - chance)
    this.mean += sign * chance
    this.variance += variance
    this.third += sign * variance * (1 - 2 * chance)
  }

  /**
   * That nobody is left for one answer more, nor for `others` who wait beside it. `spread` is the variance, relative to its
   * square, of what all answers share.
   */
  noneLeft(spread: number, others = 0): number {
    if (!this.exact) {
      const sd = Math.sqrt(this.variance + spread * this.answered * this.answered + 1e-9)
      const x = (0.5 - others - this.mean) / sd
      const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
      return clamp(normalBelow(x) - (density * (this.third / sd ** 3) * (x * x - 1)) / 6)
    }
    let none = 0
    let freed = 0
    let below = 0
    for (let answered = 0; answered <= this.most.answers; answered += 1) {
      for (; freed <= this.most.frees && freed <= answered - this.idle - others; freed += 1) below += this.frees[freed] as number
      none += (this.answers[answered] as number) * below
    }
    return clamp(none)
  }
}

/** One more thing that happens or not; gives how many can have happened. */
function add(sums: Float64Array, most: number, chance: number): number {
  let last = most
  const more = (sums[most] as number) * chance
  if (more > negligible) {
    last = most + 1
    sums[last] = more
  }
  for (let place = most; place > 0; place -= 1)
    sums[place] = (sums[place] as number) * (1 - chance) + (sums[place - 1] as number) * chance
  sums[0] = (sums[0] as number) * (1 - chance)
  return last
}

const negligible = 1e-9

function clamp(chance: number): number {
  return Math.max(0, Math.min(1, chance))
}

/** Abramowitz and Stegun 26.2.17, off by less than 1e-7. */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x > 0 ? 1 - tail : tail
}
