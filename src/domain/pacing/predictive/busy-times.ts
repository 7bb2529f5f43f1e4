/**
 * How soon a busy agent is free. Talk and wrap-up have hazards that are constant between ages and learned from how long
 * agents were at risk, so that calls which still run count, too: means of ended calls alone are biased short.
 */

/** Seconds in a state at which the hazard may change. */
const edges = [0, 3, 6, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1500]
/** A bin's own evidence counts as much as that of all bins after so many ends. */
const endsToTrust = 2
/** What was seen longer ago than so many ends counts e times less. */
const endsKept = 4_000

export interface StayMemory {
  ends: number[]
  atRisk: number[]
}

/** How long agents stay in a state, learned while they do. */
export class Stays {
  private readonly ends: Float64Array
  private readonly atRisk: Float64Array
  private readonly mean: number
  private readonly weight: number

  /** `mean` is believed, in seconds, as if it had been seen in `weight` stays. */
  constructor(believed: { mean: number; weight: number }, memory?: StayMemory) {
    this.mean = believed.mean
    this.weight = believed.weight
    this.ends = Float64Array.from(edges, (_, bin) => memory?.ends[bin] ?? 0)
    this.atRisk = Float64Array.from(edges, (_, bin) => memory?.atRisk[bin] ?? 0)
  }

  /** Somebody stayed on from `age` for `seconds` more. */
  stayed(age: number, seconds: number): void {
    this.atRisk[binOf(age)] = (this.atRisk[binOf(age)] as number) + seconds
  }

  ended(age: number): void {
    const fade = 1 - 1 / endsKept
    for (let bin = 0; bin < edges.length; bin += 1) {
      this.ends[bin] = (this.ends[bin] as number) * fade
      this.atRisk[bin] = (this.atRisk[bin] as number) * fade
    }
    this.ends[binOf(age)] = (this.ends[binOf(age)] as number) + 1
  }

  /** That a stay lasts so many seconds at least, for each from 0 to `upTo`. */
  survival(upTo: number): Float64Array {
    const total = sum(this.ends) + this.weight
    const overall = total / (sum(this.atRisk) + this.weight * this.mean)
    const survival = new Float64Array(upTo + 1)
    survival[0] = 1
    let age = 0
    for (let bin = 0; age < upTo; bin += 1) {
      const hazard = ((this.ends[bin] as number) + endsToTrust) / ((this.atRisk[bin] as number) + endsToTrust / overall)
      const stays = Math.exp(-hazard)
      const until = Math.min(upTo, edges[bin + 1] ?? upTo)
      for (; age < until; age += 1) survival[age + 1] = (survival[age] as number) * stays
    }
    return survival
  }

  /** Of a whole stay, in seconds. */
  meanStay(): number {
    return (sum(this.atRisk) + this.weight * this.mean) / (sum(this.ends) + this.weight)
  }

  memory(): StayMemory {
    return { ends: [...this.ends], atRisk: [...this.atRisk] }
  }
}

function binOf(age: number): number {
  let bin = edges.length - 1
  while (bin > 0 && age < (edges[bin] as number)) bin -= 1
  return bin
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Ages beyond it are like it. */
const oldest = 1200

/** That a busy agent is free within each of some times, by state and age. */
export class FreeTimes {
  private readonly talking: Float64Array[] = []
  private readonly wrapping: Float64Array[] = []

  constructor(talk: Stays, wrap: Stays, times: readonly number[]) {
    const furthest = Math.ceil(Math.max(...times)) + 1
    const talkLasts = talk.survival(oldest + furthest)
    const wrapLasts = wrap.survival(oldest + furthest)
    // An end is in the middle of its second.
    const wrapped = times.map((time) =>
      Float64Array.from({ length: Math.ceil(time) }, (_, s) => 1 - at(wrapLasts, Math.max(0, time - s - 0.5))),
    )
    for (let age = 0; age <= oldest; age = older(age)) {
      const wrapLeft = wrapLasts[age] as number
      const talkLeft = talkLasts[age] as number
      this.wrapping.push(Float64Array.from(times, (time) => 1 - at(wrapLasts, age + time) / wrapLeft))
      this.talking.push(
        Float64Array.from(wrapped, (done) => {
          let free = 0
          for (let s = 0; s < done.length; s += 1)
            free += ((talkLasts[age + s] as number) - (talkLasts[age + s + 1] as number)) * (done[s] as number)
          return free / talkLeft
        }),
      )
    }
  }

  /** For each of the times; the array is the table's own. */
  of(state: 'talk' | 'wrap', age: number): Float64Array {
    const table = state === 'talk' ? this.talking : this.wrapping
    return table[Math.min(classOf(age), table.length - 1)] as Float64Array
  }
}

/** Ages are told apart by a second up to half a minute, then ever less. */
function older(age: number): number {
  return age + (age < 30 ? 1 : age < 120 ? 5 : 30)
}

function classOf(age: number): number {
  if (age < 30) return Math.max(0, Math.floor(age))
  return age < 120 ? 30 + Math.floor((age - 30) / 5) : 48 + Math.floor((age - 120) / 30)
}

function at(values: Float64Array, place: number): number {
  const low = Math.floor(place)
  const below = values[Math.min(low, values.length - 1)] as number
  const above = values[Math.min(low + 1, values.length - 1)] as number
  return below + (above - below) * (place - low)
}
