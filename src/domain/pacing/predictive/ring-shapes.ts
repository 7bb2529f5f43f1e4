/**
 * When calls are picked up, by whom, and when they end untaken: what the age of a call in flight says of what it will be.
 * Histograms of ages since the dial, with the shapes of ordinary telephony believed until there is better.
 */
import type { PacerEvent } from '../pacer-contract.ts'
import { bell, type Histogram, interpolate, left, mean, smooth, sum } from './histograms.ts'

/** Width of an age bin, in seconds, and how many there are. */
const binWidth = 0.5
export const bins = 120
/** Detection takes less than this many of its own bins. */
const detectionWidth = 0.2
const detectionBins = 40
/** What was seen longer ago than so many outcomes counts e times less. */
const outcomesKept = 6_000
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

type Outcome = PacerEvent & { type: 'outcome' }

export class RingShapes {
  private readonly counts: Record<keyof ShapeMemory, Histogram>
  /** Outcomes are learned from when all calls of their age have theirs: answers come before the rest. */
  private readonly fresh: Outcome[] = []
  private readonly settled: number
  /** Of live calls, those that nobody has picked up before an age bin; and of others that are neither busy nor failed. */
  liveLeft: Histogram = new Float64Array(bins + 1)
  private slowLeft: Histogram = new Float64Array(bins + 1)
  private pickedLive: Histogram = new Float64Array(bins)
  private pickedMachine: Histogram = new Float64Array(bins)
  private stillLive: Histogram = new Float64Array(detectionBins + 1)
  private stillMachine: Histogram = new Float64Array(detectionBins + 1)
  /** Of calls that are not live: busy and failed ones, and machines. */
  private quickShare = 0
  private machineShare = 0
  /** Mean of what passes between a live pick-up and its outcome, in seconds. */
  private liveDelay = 0

  constructor(ringTimeout: number, memory?: ShapeMemory) {
    const prior = priorShapes(ringTimeout)
    const of = (name: keyof ShapeMemory): Histogram => {
      const kept = memory?.[name]
      return kept?.length === prior[name].length ? Float64Array.from(kept) : prior[name]
    }
    this.counts = {
      ...{ live: of('live'), machine: of('machine'), quick: of('quick'), slow: of('slow') },
      ...{ liveDetection: of('liveDetection'), machineDetection: of('machineDetection') },
    }
    this.settled = ringTimeout + 6
    this.refresh(0)
  }

  learn(outcome: Outcome): void {
    this.fresh.push(outcome)
  }

  private take(now: number): void {
    const ripe = this.fresh.filter(({ dialedAt }) => now - dialedAt >= this.settled)
    if (ripe.length === 0) return
    const unripe = this.fresh.filter(({ dialedAt }) => !(now - dialedAt >= this.settled))
    this.fresh.splice(0, this.fresh.length, ...unripe)
    const fade = (1 - 1 / outcomesKept) ** ripe.length
    for (const counts of Object.values(this.counts))
      for (let bin = 0; bin < counts.length; bin += 1) counts[bin] = (counts[bin] as number) * fade
    for (const outcome of ripe) this.digest(outcome)
  }

  private digest({ t, dialedAt, pickedUpAt, result }: Outcome): void {
    if (result === 'live') {
      this.count('live', (pickedUpAt ?? t) - dialedAt, binWidth)
      this.count('liveDetection', t - (pickedUpAt ?? t), detectionWidth)
    } else if (pickedUpAt !== undefined) {
      this.count('machine', pickedUpAt - dialedAt, binWidth)
      this.count('machineDetection', t - pickedUpAt, detectionWidth)
    } else this.count(result === 'noanswer' || result === 'machine' ? 'slow' : 'quick', t - dialedAt, binWidth)
  }

  private count(name: keyof ShapeMemory, age: number, width: number): void {
    const counts = this.counts[name]
    const bin = Math.max(0, Math.min(counts.length - 1, Math.floor(age / width)))
    counts[bin] = (counts[bin] as number) + 1
  }

  /** Takes what was learned into the shapes that are asked. */
  refresh(now: number): void {
    this.take(now)
    const { live, machine, quick, slow, liveDetection, machineDetection } = this.counts
    this.pickedLive = smooth(live)
    this.pickedMachine = smooth(machine)
    const [machines, quicks, slows] = [sum(machine), sum(quick), sum(slow)]
    this.liveLeft = left(this.pickedLive)
    const [machineLeft, untakenLeft] = [left(this.pickedMachine), left(smooth(slow))]
    this.slowLeft = this.slowLeft.map(
      (_, bin) => (machines * (machineLeft[bin] as number) + slows * (untakenLeft[bin] as number)) / (machines + slows),
    )
    this.quickShare = quicks / (quicks + machines + slows)
    this.machineShare = machines / (quicks + machines + slows)
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
        this.machineShare *
        ((this.pickedMachine[bin] as number) + 1e-4) *
        ((this.stillMachine[since] as number) + 1e-6),
    }
  }

  /** That a live call unresolved at the start of an age bin has its outcome within `time`. */
  private liveWithin(bin: number, time: number): number {
    const now = this.liveLeft[bin] as number
    if (now <= 0) return 1
    return 1 - interpolate(this.liveLeft, Math.max(bin, bin + (time - this.liveDelay) / binWidth)) / now
  }

  /** For each age bin: that a live call has its outcome within each of some times. */
  liveWithinEach(times: readonly number[]): Float64Array[] {
    return Array.from({ length: bins }, (_, bin) => Float64Array.from(times, (time) => this.liveWithin(bin, time)))
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
function priorShapes(ringTimeout: number): Record<keyof ShapeMemory, Histogram> {
  const ring = (middle: number, spread: number, share: number) =>
    bell(bins, middle / binWidth, spread / binWidth, share * believed)
  const heard = (middle: number, spread: number) =>
    bell(detectionBins, middle / detectionWidth, spread / detectionWidth, 0.25 * believed)
  const person = Float64Array.from({ length: bins }, (_, bin) => {
    const age = Math.max(0.1, (bin + 0.5) * binWidth - 1.5)
    return Math.exp(-0.5 * ((Math.log(age) - Math.log(7.7)) / 0.55) ** 2) / age
  })
  const people = sum(person)
  return {
    live: person.map((value) => (value / people) * believed),
    ...{ machine: ring(19, 4, 0.3), quick: ring(1.5, 0.8, 0.2), slow: ring(ringTimeout + 1.5, 1, 0.5) },
    ...{ liveDetection: heard(1.3, 0.4), machineDetection: heard(2.4, 0.8) },
  }
}
