/**
 * How many of some things happen that each have a chance of their own: exact while they are few, by mean, variance and
 * skewness when they are many.
 */
export class Counts {
  private readonly chances: Float64Array
  private most = 0
  private exact = true
  private mean = 0
  private variance = 0
  private third = 0

  constructor(mostExact: number) {
    this.chances = new Float64Array(mostExact + 1)
  }

  reset(exact: boolean): void {
    this.exact = exact
    this.most = 0
    this.chances[0] = 1
    this.mean = 0
    this.variance = 0
    this.third = 0
  }

  add(chance: number): void {
    const variance = chance * (1 - chance)
    this.mean += chance
    this.variance += variance
    this.third += variance * (1 - 2 * chance)
    if (this.exact) this.spread(chance)
  }

  private spread(chance: number): void {
    const { chances, most } = this
    const more = (chances[most] as number) * chance
    if (more > negligible) {
      if (most + 1 >= chances.length) {
        this.exact = false
        return
      }
      chances[most + 1] = more
      this.most = most + 1
    }
    for (let place = most; place > 0; place -= 1)
      chances[place] = (chances[place] as number) * (1 - chance) + (chances[place - 1] as number) * chance
    chances[0] = (chances[0] as number) * (1 - chance)
  }

  /** That this many at most happen beyond those of `others`: of agents who come free, beyond answers. */
  static atMostBeyond(frees: Counts, answers: Counts, limit: number): number {
    if (!(frees.exact && answers.exact)) {
      const variance = frees.variance + answers.variance + 1e-9
      const sd = Math.sqrt(variance)
      const x = (limit + 0.5 - frees.mean + answers.mean) / sd
      const skewness = (frees.third - answers.third) / (variance * sd)
      return clamp(normalBelow(x) - (density(x) * skewness * (x * x - 1)) / 6)
    }
    let chance = 0
    let freed = 0
    let below = 0
    for (let answered = Math.max(0, -limit); answered <= answers.most; answered += 1) {
      for (; freed <= frees.most && freed <= answered + limit; freed += 1) below += frees.chances[freed] as number
      chance += (answers.chances[answered] as number) * below
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
