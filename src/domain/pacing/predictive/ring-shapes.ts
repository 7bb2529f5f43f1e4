/**
 * When calls are picked up, by whom, and when they end untaken: what the age of a call in flight says of what it will be.
 * Histograms of ages since the dial, with the shapes of ordinary telephony believed until there is better.
 */
import type { PacerEvent } from '../pacer-contract.ts'

/** Width of an age bin, in seconds, and how many there are. */
export const binWidth = 0.5
export const bins = 120
/** Detection takes less than this many of its own bins. */
const detectionWidth = 0.2
const detectionBins = 40
const fade = 1 - 1 / 3_000
/** The believed shapes count as so many calls each. */
const believed = 8

export interface ShapeMemory {
  live: number[]
  machine: number[]
  quick: number[]
  slow: number[]
  liveDetection: number[]
  machineDetection: number[]
}

export class RingShapes {
  private readonly counts: Record<keyof ShapeMemory, Float64Array>
  /** Of calls that nobody has picked up at an age: live ones, busy or failed ones, and the others. */
  liveLeft = new Float64Array(bins + 1)
  quickLeft = new Float64Array(bins + 1)
  slowLeft = new Float64Array(bins + 1)
  /** Of calls that are not live: busy and failed ones. */
  quickShare = 0
  private machineShare = 0
  /** Mean of what passes between a live pick-up and its outcome. */
  liveDelay = 0
  private readonly settled: number
  /** Live answers by age, since the dial, as shares up to the end of a bin. */
  private pickedLive = new Float64Array(bins)
  private pickedMachine = new Float64Array(bins)
  private stillLive = new Float64Array(detectionBins + 1)
  private stillMachine = new Float64Array(detectionBins + 1)

  constructor(ringTimeout: number, memory?: ShapeMemory) {
    const prior = priorShapes(ringTimeout)
    const kept = (name: keyof ShapeMemory) => memory?.[name].length === prior[name].length && memory[name]
    this.counts = Object.fromEntries(
      (Object.keys(prior) as (keyof ShapeMemory)[]).map((name) => [
        name,
        Float64Array.from(kept(name) || prior[name]),
      ]),
    ) as Record<keyof ShapeMemory, Float64Array>
    this.settled = ringTimeout + 6
    this.refresh(0)
  }

  private readonly fresh: (PacerEvent & { type: 'outcome' })[] = []
  /** Live answers that were learned from. */
  learned = 0

  /** Outcomes are learned from when all calls of their age have theirs: answers come before the rest. */
  learn(event: PacerEvent & { type: 'outcome' }): void {
    this.fresh.push(event)
  }

  private take(now: number): void {
    let kept = 0
    for (const event of this.fresh) {
      if (now - event.dialedAt >= this.settled) this.digest(event)
      else {
        this.fresh[kept] = event
        kept += 1
      }
    }
    this.fresh.length = kept
  }

  private digest(event: PacerEvent & { type: 'outcome' }): void {
    const { t, dialedAt, pickedUpAt = null, result } = event
    if (result === 'live') this.learned += 1
    if (result === 'live') {
      this.count('live', (pickedUpAt ?? t) - dialedAt, binWidth)
      this.count('liveDetection', t - (pickedUpAt ?? t), detectionWidth)
    } else if (pickedUpAt !== null) {
      this.count('machine', pickedUpAt - dialedAt, binWidth)
      this.count('machineDetection', t - pickedUpAt, detectionWidth)
    } else this.count(result === 'noanswer' || result === 'machine' ? 'slow' : 'quick', t - dialedAt, binWidth)
  }

  private count(name: keyof ShapeMemory, age: number, width: number): void {
    const counts = this.counts[name]
    for (let bin = 0; bin < counts.length; bin += 1) counts[bin] = (counts[bin] as number) * fade
    const bin = Math.max(0, Math.min(counts.length - 1, Math.floor(age / width)))
    counts[bin] = (counts[bin] as number) + 1
  }

  /** Takes what was learned into the shapes that are asked. */
  refresh(now: number): void {
    this.take(now)
    const { live, machine, quick, slow, liveDetection, machineDetection } = this.counts
    this.pickedLive = smooth(live)
    this.pickedMachine = smooth(machine)
    const untaken = smooth(slow)
    const machines = sum(machine)
    const slows = sum(slow)
    this.liveLeft = left(this.pickedLive)
    this.quickLeft = left(smooth(quick))
    const [machineLeft, untakenLeft] = [left(this.pickedMachine), left(untaken)]
    this.slowLeft = this.slowLeft.map(
      (_, bin) => (machines * (machineLeft[bin] as number) + slows * (untakenLeft[bin] as number)) / (machines + slows),
    )
    this.quickShare = sum(quick) / (sum(quick) + machines + slows)
    this.machineShare = machines / (sum(quick) + machines + slows)
    this.stillLive = left(liveDetection)
    this.stillMachine = left(machineDetection)
    this.liveDelay = mean(liveDetection) * detectionWidth
  }

  /** Of other calls, those that ring at an age: nobody is busy any more. */
  othersLeft(bin: number): number {
    return (1 - this.quickShare) * (this.slowLeft[bin] as number)
  }

  /** How likely a live call, and any other, is to be picked up at `ringAge` and unheard for `heard` seconds since. */
  pickedUp(ringAge: number, heard: number): { live: number; other: number } {
    const bin = binOfAge(ringAge)
    const since = Math.min(detectionBins, Math.floor(heard / detectionWidth))
    return {
      live: ((this.pickedLive[bin] as number) + 1e-4) * ((this.stillLive[since] as number) + 1e-6),
      other:
        this.machineShare * ((this.pickedMachine[bin] as number) + 1e-4) * ((this.stillMachine[since] as number) + 1e-6),
    }
  }

  /** That a live call unresolved at `age` has its outcome within `time`. */
  liveWithin(age: number, time: number): number {
    const now = interpolate(this.liveLeft, age / binWidth)
    if (now <= 0) return 1
    const then = interpolate(this.liveLeft, Math.max(age, age + time - this.liveDelay) / binWidth)
    return 1 - then / now
  }

  /** Times from the dial to a live outcome, the middles of `parts` equally likely parts. */
  answerTimes(parts: number): number[] {
    return Array.from({ length: parts }, (_, part) => {
      const still = 1 - (part + 0.5) / parts
      let bin = 1
      while (bin < bins && (this.liveLeft[bin] as number) > still) bin += 1
      const [above, below] = [this.liveLeft[bin - 1] as number, this.liveLeft[bin] as number]
      const within = above > below ? (above - still) / (above - below) : 0.5
      return (bin - 1 + within) * binWidth + this.liveDelay
    })
  }

  memory(): ShapeMemory {
    const written = Object.entries(this.counts).map(([name, counts]) => [name, [...counts]])
    return Object.fromEntries(written) as ShapeMemory
  }
}

export function binOfAge(age: number): number {
  return Math.max(0, Math.min(bins - 1, Math.floor(age / binWidth)))
}

/** Ordinary calls: people after some 10 s, machines after some 20, the others at once or when ringing is given up. */
function priorShapes(ringTimeout: number): Record<keyof ShapeMemory, Float64Array> {
  const bell = (length: number, width: number, middle: number, spread: number, weight: number) => {
    const shape = Float64Array.from({ length }, (_, bin) =>
      Math.exp(-0.5 * (((bin + 0.5) * width - middle) / spread) ** 2),
    )
    const total = sum(shape)
    return shape.map((value) => (value / total) * weight)
  }
  const person = Float64Array.from({ length: bins }, (_, bin) => {
    const age = Math.max(0.1, (bin + 0.5) * binWidth - 1.5)
    return Math.exp(-0.5 * ((Math.log(age) - Math.log(7.7)) / 0.55) ** 2) / age
  })
  const people = sum(person)
  return {
    live: person.map((value) => (value / people) * believed),
    machine: bell(bins, binWidth, 19, 4, 0.3 * believed),
    quick: bell(bins, binWidth, 1.5, 0.8, 0.2 * believed),
    slow: bell(bins, binWidth, ringTimeout + 1.5, 1, 0.5 * believed),
    liveDetection: bell(detectionBins, detectionWidth, 1.3, 0.4, 2),
    machineDetection: bell(detectionBins, detectionWidth, 2.4, 0.8, 2),
  }
}

/** Spread over its neighbours, as shares. */
function smooth(counts: Float64Array): Float64Array {
  const total = sum(counts)
  const at = (bin: number) => counts[Math.max(0, Math.min(counts.length - 1, bin))] as number
  return counts.map((value, bin) =>
    total === 0 ? 0 : (0.1 * (at(bin - 2) + at(bin + 2)) + 0.2 * (at(bin - 1) + at(bin + 1)) + 0.4 * value) / total,
  )
}

/** What is left of counts at the start of each bin, and after the last, as shares. */
function left(counts: Float64Array): Float64Array {
  const total = sum(counts)
  const shares = new Float64Array(counts.length + 1)
  let gone = 0
  for (let bin = 0; bin <= counts.length; bin += 1) {
    shares[bin] = Math.max(0, 1 - gone / total)
    gone += counts[bin] ?? 0
  }
  return shares
}

function mean(counts: Float64Array): number {
  let total = 0
  for (let bin = 0; bin < counts.length; bin += 1) total += (counts[bin] as number) * (bin + 0.5)
  return total / sum(counts)
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function interpolate(values: Float64Array, place: number): number {
  const low = Math.min(values.length - 1, Math.floor(place))
  const below = values[low] as number
  const above = values[Math.min(values.length - 1, low + 1)] as number
  return below + (above - below) * (place - low)
}
