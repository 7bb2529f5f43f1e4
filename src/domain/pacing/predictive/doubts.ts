/**
 * What a pacer can't trust. Each doubt ends by itself when its cause has been gone for a while; as long as there is one the
 * pacer dials one call for each idle agent.
 *
 *   clock_jumped       time went back, or on by more than the longest pause between two decisions
 *   events_missing     the shift counts answers or dials that no event told of, or calls vanish without an outcome
 *   events_contradict  outcomes of calls that were over, or figures that are none
 *   trunk_failing      most of the last calls failed at the carrier
 */
import type { PacerConfig, PacerDoubt, Snapshot } from '../pacer-contract.ts'

/** A doubt is kept for so many seconds after its cause was last seen. */
const kept = 60
/** Decisions may be this far apart, in seconds, or in ticks. */
const longestPause = { seconds: 15, ticks: 15 }
/** Faults beyond so many, and beyond this share of what was told, are more than an accident; older ones fade. */
const accidents = { count: 4, share: 0.1, fade: 0.98 }
/** Of the last thirty or so. */
const failing = { share: 0.8, memory: 30 }

export class Doubts {
  private readonly until = new Map<PacerDoubt, number>()
  private readonly pause: number
  private last: number | null = null
  private told = { outcomes: 0, live: 0, missed: 0, stray: 0 }
  private counted: { live: number; told: number } | null = null
  private failed = 0

  constructor({ tick }: PacerConfig) {
    this.pause = Math.max(longestPause.seconds, longestPause.ticks * tick)
  }

  outcome(result: string, expected: boolean): void {
    const { told } = this
    told.outcomes = told.outcomes * accidents.fade + 1
    told.stray = told.stray * accidents.fade + (expected ? 0 : 1)
    told.missed *= accidents.fade
    if (result === 'live' && expected) told.live += 1
    this.failed += ((result === 'failed' ? 1 : 0) - this.failed) / failing.memory
  }

  /** Looks at a snapshot; `lost` calls have vanished since the last one. */
  look(snapshot: Snapshot, now: number, lost: number): void {
    const { told } = this
    const { liveAnswers, abandoned, linesInUse, lineCap, calls } = snapshot
    if (![snapshot.now, liveAnswers, abandoned, linesInUse, lineCap].every(Number.isFinite))
      this.have('events_contradict', now)
    if (this.last !== null && !(now >= this.last && now - this.last <= this.pause)) this.have('clock_jumped', now)
    this.last = now
    told.missed += lost
    const many = Math.max(accidents.count, accidents.share * told.outcomes)
    if (told.missed > many) this.have('events_missing', now)
    if (told.stray > many) this.have('events_contradict', now)
    if (Number.isFinite(liveAnswers)) this.compareAnswers(liveAnswers, calls.length, now)
    if (this.failed > failing.share) this.have('trunk_failing', now)
  }

  /** What is counted and what was told may differ by calls that are told of at this moment, not by more and more. */
  private compareAnswers(live: number, inFlight: number, now: number): void {
    this.counted ??= { live, told: this.told.live }
    const difference = live - this.counted.live - (this.told.live - this.counted.told)
    if (Math.abs(difference) <= accidents.count + 0.5 * inFlight) return
    this.have(difference > 0 ? 'events_missing' : 'events_contradict', now)
    // From here on anew: what was missed will not come.
    this.counted = { live, told: this.told.live }
  }

  private have(doubt: PacerDoubt, now: number): void {
    this.until.set(doubt, now + kept)
  }

  /** The one there is at `now`; null when there is none. */
  at(now: number): PacerDoubt | null {
    for (const [doubt, until] of this.until) {
      // After a jump back the end may be far away.
      if (now < until && until - now <= kept) return doubt
      this.until.delete(doubt)
    }
    return null
  }
}
