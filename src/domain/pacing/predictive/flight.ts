/**
 * Calls in flight: what each may still become, and what all of them say of the share that answers. A call counts for the
 * share from the moment it rings, by what its age shows, and by its outcome in the end: never twice.
 */
import type { CallView, PacerEvent } from '../pacer-contract.ts'
import {
  type AnswerShare,
  chanceOf,
  gridSize,
  gridStep,
  logLive,
  logOdds,
  logOther,
  shareGrid,
} from './answer-share.ts'
import { binOfAge, bins, type RingShapes } from './ring-shapes.ts'

interface Known {
  segment: number
  /** That it is answered live, as estimated before it was dialed. */
  odds: number | undefined
  /** Where on the grid these odds stand, from those of the reference. */
  offset: number
  /** The age that it was last counted at; null before it rings. */
  bin: number | null
  seenAt: number
}

/** How many calls more, or less, are counted at each age, and how many ended. */
interface Sight {
  moved: Int32Array
  live: number
  other: number
}

/** By the offset of the calls' odds. */
type Sights = Map<number, Sight>

/** A call that no reading has shown for so long has ended unheard. */
const lostAfter = 10

export class Flight {
  private readonly known = new Map<number, Known>()
  private readonly shapes: RingShapes
  private readonly shares: readonly AnswerShare[]
  /** By segment: what was seen since the last look. */
  private readonly sights: Sights[]
  private readonly seen = new Float64Array(gridSize)
  private logLeft: Float64Array[]
  private live: Float64Array[] = []
  private soon = new Float64Array()
  /** The chance that a share of the grid is of; of a lead with other odds it is as far off as these are. */
  reference: number | null
  private swept = 0

  constructor(shapes: RingShapes, shares: readonly AnswerShare[], reference: number | null) {
    this.shapes = shapes
    this.shares = shares
    this.reference = reference
    this.sights = shares.map(() => new Map())
    this.logLeft = logsOf(shapes)
  }

  /** Whether this call's end was to be expected: it was seen, and had none. */
  end({ callId, segment, result }: PacerEvent & { type: 'outcome' }): boolean {
    const known = this.known.get(callId)
    if (!known) return false
    this.forget(callId, known)
    this.sightOf(segment, known.offset)[result === 'live' ? 'live' : 'other'] += 1
    return true
  }

  /** `odds`: of the lead, where they were foretold. */
  dialed({ callId, segment, t }: PacerEvent & { type: 'dialed' }, odds: number | undefined): void {
    if (!this.known.has(callId)) this.meet(callId, segment, t, odds)
  }

  private meet(id: number, segment: number, now: number, odds: number | undefined): Known {
    const known = { segment, odds, offset: odds === undefined ? 0 : this.offsetOf(odds), bin: null, seenAt: now }
    this.known.set(id, known)
    return known
  }

  /** Looks at what is in flight, `passed` seconds after the last look; gives how many calls were lost sight of. */
  look(calls: readonly CallView[], now: number, passed: number): number {
    for (const call of calls) this.see(call, now)
    for (const [segment, share] of this.shares.entries()) this.learn(segment, share, passed)
    return this.sweep(now)
  }

  private see(call: CallView, now: number): void {
    if (call.state === 'queued') return
    const known = this.known.get(call.id) ?? this.meet(call.id, call.segment, now, call.odds)
    known.seenAt = now
    if (known.odds === undefined && call.odds !== undefined && known.bin === null) {
      known.odds = call.odds
      known.offset = this.offsetOf(call.odds)
    }
    if (call.state !== 'ringing') return
    const { moved } = this.sightOf(call.segment, known.offset)
    const bin = binOfAge(now - call.dialedAt)
    if (known.bin !== null) moved[known.bin] = (moved[known.bin] as number) - 1
    moved[bin] = (moved[bin] as number) + 1
    known.bin = bin
  }

  private learn(segment: number, share: AnswerShare, passed: number): void {
    const sights = this.sights[segment] as Sights
    this.seen.fill(0)
    for (const [offset, { moved, live, other }] of sights) {
      this.addLogs(live, logLive, offset)
      this.addLogs(other, logOther, offset)
      for (let bin = 0; bin < bins; bin += 1)
        this.addLogs(moved[bin] as number, this.logLeft[bin] as Float64Array, offset)
    }
    sights.clear()
    share.pass(passed)
    share.learn(this.seen)
  }

  /** What a lead's odds say of the share: of the one that stands so far beside it on the grid. */
  private addLogs(count: number, logs: Float64Array, offset: number): void {
    if (count === 0) return
    const { seen } = this
    for (let place = 0; place < gridSize; place += 1) {
      const own = Math.max(0, Math.min(gridSize - 1, place + offset))
      seen[place] = (seen[place] as number) + count * (logs[own] as number)
    }
  }

  private sweep(now: number): number {
    if (Math.abs(now - this.swept) < lostAfter) return 0
    this.swept = now
    let lost = 0
    for (const [id, known] of this.known) {
      if (now - known.seenAt < lostAfter) continue
      this.forget(id, known)
      lost += 1
    }
    return lost
  }

  private forget(id: number, { segment, offset, bin }: Known): void {
    this.known.delete(id)
    if (bin === null) return
    const { moved } = this.sightOf(segment, offset)
    moved[bin] = (moved[bin] as number) - 1
  }

  /** The shapes have changed: what is counted of calls in flight is counted anew by them. `times` is what is asked of calls. */
  reshape(times: readonly number[]): void {
    this.live = this.shapes.liveWithinEach(times)
    this.soon = Float64Array.from(times, () => 1)
    const before = this.logLeft
    this.logLeft = logsOf(this.shapes)
    for (const [segment, share] of this.shares.entries()) {
      this.seen.fill(0)
      for (const known of this.known.values()) {
        if (known.bin === null || this.placeOf(known.segment) !== segment) continue
        this.addLogs(-1, before[known.bin] as Float64Array, known.offset)
        this.addLogs(1, this.logLeft[known.bin] as Float64Array, known.offset)
      }
      share.learn(this.seen)
    }
  }

  /** Leads have odds, of this mean: what shares say is of a lead in the middle from now on. */
  refer(chance: number): void {
    this.reference = chance
    for (const share of this.shares) share.suppose(chance)
  }

  private offsetOf(odds: number): number {
    return this.reference === null ? 0 : Math.round((logOdds(odds) - logOdds(this.reference)) / gridStep)
  }

  /** That a lead of a segment answers live, where `share` of them do; by its own odds where those are estimated. */
  chanceOf(odds: number | undefined, share: number): number {
    if (odds === undefined || this.reference === null) return share
    return chanceOf(logOdds(odds) - logOdds(this.reference) + logOdds(share))
  }

  /** That a call in flight is live, where `share` of all calls are. */
  liveChance(call: CallView, now: number, share: number): number {
    const { shapes } = this
    const before = this.chanceOf(this.known.get(call.id)?.odds, share)
    if (call.state === 'setup') return before
    if (call.state === 'amd') {
      const as = shapes.pickedUp(call.since - call.dialedAt, now - call.since)
      return (before * as.live) / (before * as.live + (1 - before) * as.other)
    }
    const bin = binOfAge(now - call.dialedAt)
    const rings = before * (shapes.liveLeft[bin] as number)
    return rings / (rings + (1 - before) * shapes.othersLeft(bin) + 1e-9)
  }

  /** Shares of a live call's outcomes that come within each of the times given to `reshape`. */
  within({ state, dialedAt }: CallView, now: number): Float64Array {
    return state === 'amd' ? this.soon : (this.live[binOfAge(now - dialedAt)] as Float64Array)
  }

  private placeOf(segment: number): number {
    return Math.min(Math.max(0, Math.floor(segment) || 0), this.shares.length - 1)
  }

  shareOf(segment: number): AnswerShare {
    return this.shares[this.placeOf(segment)] as AnswerShare
  }

  private sightOf(segment: number, offset: number): Sight {
    const sights = this.sights[this.placeOf(segment)] as Sights
    let sight = sights.get(offset)
    if (!sight) {
      sight = { moved: new Int32Array(bins), live: 0, other: 0 }
      sights.set(offset, sight)
    }
    return sight
  }
}

/** For each age: log likelihoods, over the grid of shares, that a call still rings. */
function logsOf(shapes: RingShapes): Float64Array[] {
  return Array.from({ length: bins }, (_, bin) => {
    const live = shapes.liveLeft[bin] as number
    const others = shapes.othersLeft(bin)
    return shareGrid.map((share) => Math.log(share * live + (1 - share) * others + 1e-6))
  })
}
