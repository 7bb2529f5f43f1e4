/**
 * Calls in flight: what each may still become, and what all of them say of the share that answers. A call counts for the
 * share from the moment it rings, by what its age shows, and by its outcome in the end: never twice.
 */
import type { CallView, PacerEvent } from '../pacer-contract.ts'
import { type AnswerShare, chanceOf, gridSize, logLive, logOdds, logOther, shareGrid } from './answer-share.ts'
import { binOfAge, bins, type RingShapes } from './ring-shapes.ts'

interface Known {
  segment: number
  /** The age that it was last counted at; null before it rings. */
  bin: number | null
  seenAt: number
  odds: number | null
}

/** A call that no reading has shown for so long has ended unheard. */
const lostAfter = 10

export class Flight {
  private readonly known = new Map<number, Known>()
  private readonly shapes: RingShapes
  private readonly shares: readonly AnswerShare[]
  /** By segment: how many calls more, or less, are counted at each age, and how many ended since the last look. */
  private readonly moved: Int32Array[]
  private readonly ended: { live: number; other: number }[]
  private readonly seen = new Float64Array(gridSize)
  private logLeft: Float64Array[]
  private live: Float64Array[] = []
  private soon = new Float64Array()
  /** Log odds that leads had on the average, as they were estimated. */
  private estimated: number | null = null
  private swept = 0

  constructor(shapes: RingShapes, shares: readonly AnswerShare[]) {
    this.shapes = shapes
    this.shares = shares
    this.moved = shares.map(() => new Int32Array(bins))
    this.ended = shares.map(() => ({ live: 0, other: 0 }))
    this.logLeft = logsOf(shapes)
  }

  /** Whether this call's end was to be expected: it was seen, and had none. */
  end({ callId, segment, result }: PacerEvent & { type: 'outcome' }): boolean {
    const known = this.known.get(callId)
    if (!known) return false
    this.forget(callId, known)
    this.endedOf(segment)[result === 'live' ? 'live' : 'other'] += 1
    return true
  }

  dialed({ callId, segment, t }: PacerEvent & { type: 'dialed' }): void {
    if (!this.known.has(callId)) this.known.set(callId, { segment, bin: null, seenAt: t, odds: null })
  }

  /** Looks at what is in flight, `passed` seconds after the last look; gives how many calls were lost sight of. */
  look(calls: readonly CallView[], now: number, passed: number): number {
    for (const call of calls) this.see(call, now)
    for (const [segment, share] of this.shares.entries()) this.learn(segment, share, passed)
    return this.sweep(now)
  }

  private see(call: CallView, now: number): void {
    if (call.state === 'queued') return
    let known = this.known.get(call.id)
    if (!known) {
      known = { segment: call.segment, bin: null, seenAt: now, odds: null }
      this.known.set(call.id, known)
    }
    known.seenAt = now
    if (known.odds === null && call.odds !== undefined) {
      known.odds = logOdds(call.odds)
      this.estimated = this.estimated === null ? known.odds : this.estimated + (known.odds - this.estimated) / 200
    }
    if (call.state !== 'ringing') return
    const moved = this.movedOf(call.segment)
    const bin = binOfAge(now - call.dialedAt)
    if (known.bin !== null) moved[known.bin] = (moved[known.bin] as number) - 1
    moved[bin] = (moved[bin] as number) + 1
    known.bin = bin
  }

  private learn(segment: number, share: AnswerShare, passed: number): void {
    const { seen } = this
    const moved = this.movedOf(segment)
    const ended = this.endedOf(segment)
    for (let place = 0; place < gridSize; place += 1)
      seen[place] = ended.live * (logLive[place] as number) + ended.other * (logOther[place] as number)
    for (let bin = 0; bin < bins; bin += 1) {
      const count = moved[bin] as number
      if (count !== 0) this.addLogs(bin, count, this.logLeft)
    }
    share.pass(passed)
    share.learn(seen)
    moved.fill(0)
    ended.live = 0
    ended.other = 0
  }

  private addLogs(bin: number, count: number, logs: Float64Array[]): void {
    const row = logs[bin] as Float64Array
    for (let place = 0; place < gridSize; place += 1)
      this.seen[place] = (this.seen[place] as number) + count * (row[place] as number)
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

  private forget(id: number, { segment, bin }: Known): void {
    this.known.delete(id)
    if (bin === null) return
    const moved = this.movedOf(segment)
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
        this.addLogs(known.bin, -1, before)
        this.addLogs(known.bin, 1, this.logLeft)
      }
      share.learn(this.seen)
    }
  }

  /** That a lead of a segment answers live, where `share` of them do; by its own odds where those are estimated. */
  chanceOf(odds: number | undefined, share: number): number {
    if (odds === undefined || this.estimated === null) return share
    return chanceOf(logOdds(odds) - this.estimated + logOdds(share))
  }

  /** That a call in flight is live, where `share` of all calls are. */
  liveChance(call: CallView, now: number, share: number): number {
    const { shapes } = this
    const before = this.chanceOf(call.odds, share)
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

  private movedOf(segment: number): Int32Array {
    return this.moved[this.placeOf(segment)] as Int32Array
  }

  private endedOf(segment: number): { live: number; other: number } {
    return this.ended[this.placeOf(segment)] as { live: number; other: number }
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
