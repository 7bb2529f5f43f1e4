/**
 * How many of some things happen until each of some moments, where each has a chance of its own: exact while they are few,
 * by mean, variance and skewness when they are many.
 */
export class Counts {
  private readonly chances: Float64Array[]
  private readonly most: Int32Array
  private exact = true
  private readonly mean: Float64Array
  private readonly variance: Float64Array
  private readonly third: Float64Array

  constructor(moments: number, mostExact: number) {
    this.chances = Array.from({ length: moments }, () => new Float64Array(mostExact + 1))
    this.most = new Int32Array(moments)
    this.mean = new Float64Array(moments)
    this.variance = new Float64Array(moments)
    this.third = new Float64Array(moments)
  }

  reset(exact: boolean): void {
    this.exact = exact
    for (const each of [this.most, this.mean, this.variance, this.third]) each.fill(0)
    for (const sums of this.chances) sums[0] = 1
  }

  /** One thing more, that happens until each moment by `chance` times the moment's share. */
  add(shares: Float64Array, chance = 1): void {
    const { mean, variance, third } = this
    for (let at = 0; at < mean.length; at += 1) {
      const happens = chance * (shares[at] as number)
      const spread = happens * (1 - happens)
      mean[at] = (mean[at] as number) + happens
      variance[at] = (variance[at] as number) + spread
      third[at] = (third[at] as number) + spread * (1 - 2 * happens)
      if (this.exact) this.spread(at, happens)
    }
  }

  private spread(at: number, chance: number): void {
    const chances = this.chances[at] as Float64Array
    const most = this.most[at] as number
    const more = (chances[most] as number) * chance
    if (more > negligible) {
      if (most + 1 >= chances.length) {
        this.exact = false
        return
      }
      chances[most + 1] = more
      this.most[at] = most + 1
    }
    for (let place = most; place > 0; place -= 1)
      chances[place] = (chances[place] as number) * (1 - chance) + (chances[place - 1] as number) * chance
    chances[0] = (chances[0] as number) * (1 - chance)
  }

  /** That this many of `frees` at most happen beyond `answers` until the moment `at`. */
  static atMostBeyond(frees: Counts, answers: Counts, limit: number, at: number): number {
    if (!(frees.exact && answers.exact)) {
      const variance = (frees.variance[at] as number) + (answers.variance[at] as number) + 1e-9
      const sd = Math.sqrt(variance)
      const x = (limit + 0.5 - (frees.mean[at] as number) + (answers.mean[at] as number)) / sd
      const skewness = ((frees.third[at] as number) - (answers.third[at] as number)) / (variance * sd)
      return clamp(normalBelow(x) - (density(x) * skewness * (x * x - 1)) / 6)
    }
    const [freeing, answering] = [frees.chances[at] as Float64Array, answers.chances[at] as Float64Array]
    const mostFreed = frees.most[at] as number
    const mostAnswered = answers.most[at] as number
    let chance = 0
    let freed = 0
    let below = 0
    for (let answered = Math.max(0, -limit); answered <= mostAnswered; answered += 1) {
      for (; freed <= mostFreed && freed <= answered + limit; freed += 1) below += freeing[freed] as number
      chance += (answering[answered] as number) * below
    }
    return clamp(chance)
  }
}

const negligible = 1e-9

function clamp(chance: number): number {
  return Math.max(0, Math.min(1, chance))
}

function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
}

/** Abramowitz and Stegun 26.2.17, off by less than 1e-7. */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    density(x) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x > 0 ? 1 - tail : tail
}
