import type { CallView, CreatePacer, Pacer, PacerConfig, PacerEvent, Snapshot } from './pacer-contract.ts'
import { AnswerShare, logLive, logOther, shareGrid } from './predictive/answer-share.ts'
import { Balance } from './predictive/balance.ts'
import { Budget } from './predictive/budget.ts'
import { FreeTimes, Stays } from './predictive/busy-times.ts'
import { binOfAge, bins, RingShapes } from './predictive/ring-shapes.ts'

export const parts = { horizons: 10, refresh: 20 }
const prior = AnswerShare.prior(0.2, 1)

export const createPacer: CreatePacer = (config) => new Predictive(config)

class Predictive implements Pacer {
  private readonly talk = new Stays(150, 3)
  private readonly wrap = new Stays(25, 3)
  private readonly shapes: RingShapes
  private readonly shares: AnswerShare[]
  private readonly budget: Budget
  private readonly balances: Balance[]
  private times: number[] = []
  private free: FreeTimes
  private refreshed = Number.NEGATIVE_INFINITY
  private last: number | null = null
  private logLeft: Float64Array[] = []
  private probs: Float64Array
  private readonly config: PacerConfig
  constructor(config: PacerConfig) {
    this.config = config
    this.shapes = new RingShapes(config.ringTimeout)
    this.shares = Array.from({ length: config.segments }, () => new AnswerShare(prior))
    this.nets = this.shares.map(() => new Int32Array(bins))
    this.lives = this.shares.map(() => 0)
    this.others = this.shares.map(() => 0)
    this.budget = new Budget(config.abandonCap)
    this.balances = Array.from({ length: parts.horizons }, () => new Balance(150))
    this.free = new FreeTimes(this.talk, this.wrap, [1])
    this.probs = new Float64Array(parts.horizons)
  }

  observe(event: PacerEvent): void {
    if (event.type === 'outcome') {
      this.shapes.learn(event)
      const place = this.place(event.segment)
      const last = this.rows.get(event.callId)
      this.rows.delete(event.callId)
      if (last !== undefined) this.nets[place]![last]! -= 1
      if (event.result === 'live') this.lives[place]! += 1
      else this.others[place]! += 1
    } else if (event.type === 'agent') {
      if (event.from === 'talk') this.talk.ended(event.duration)
      else if (event.from === 'wrap') this.wrap.ended(event.duration)
    }
  }

  private readonly rows = new Map<number, number>()
  private readonly nets: Int32Array[]
  private readonly lives: number[]
  private readonly others: number[]
  private place(segment: number): number {
    return Math.min(Math.max(0, segment), this.shares.length - 1)
  }
  private share(segment: number): AnswerShare {
    return this.shares[this.place(segment)] as AnswerShare
  }

  private refresh(now: number): void {
    const before = this.logLeft
    this.refreshed = now
    this.shapes.refresh(now)
    this.times = this.shapes.answerTimes(parts.horizons)
    this.free = new FreeTimes(this.talk, this.wrap, this.times.map((t) => t + this.config.patience))
    this.logLeft = Array.from({ length: bins }, (_, bin) => {
      const live = this.shapes.liveLeft[bin] as number
      const others = this.shapes.othersLeft(bin)
      return shareGrid.map((p) => Math.log(p * live + (1 - p) * others + 1e-6))
    })
    if (before.length > 0) for (const [id, row] of this.rows) { const seen = this.seenOf(0); for (let g = 0; g < seen.length; g++) seen[g]! += this.logLeft[row]![g]! - before[row]![g]! }
  }

  decide(s: Snapshot): number {
    const { now } = s
    const passed = this.last === null ? 0 : Math.max(0, Math.min(5, now - this.last))
    this.last = now
    if (now - this.refreshed >= Math.max(10, Math.min(90, now / 30))) this.refresh(now)
    let idle = 0
    let busy = 0
    for (const a of s.agents) {
      if (a.state === 'idle' && !a.pausePending) idle += 1
      else if (a.state === 'talk' || a.state === 'wrap') {
        const age = now - a.since
        const st = a.state === 'talk' ? this.talk : this.wrap
        if (passed > 0 && age > 0) st.stayed(Math.max(0, age - passed / 2), Math.min(passed, age))
        if (!a.pausePending) busy += 1
      }
    }
    this.look(s, passed)
    let queued = 0
    for (const c of s.calls) if (c.state === 'queued') queued += 1
    const toCome = this.expected(s, idle + busy)
    const allowance = this.budget.allow({ liveAnswers: s.liveAnswers, abandoned: s.abandoned, toCome, passed, pace: toCome / Math.max(1, this.config.shiftEnd - now) })
    const room = s.lineCap - s.linesInUse
    if (room <= 0 || idle + busy === 0) return 0
    const J = parts.horizons
    const exact = busy <= 45
    for (const b of this.balances) b.reset(idle - queued, exact ? 0 : 1e9)
    for (const a of s.agents) {
      if (a.pausePending || (a.state !== 'talk' && a.state !== 'wrap')) continue
      const row = this.free.of(a.state, now - a.since)
      for (let j = 0; j < J; j++) this.balances[j]!.free(row[j]!)
    }
    for (const c of s.calls) {
      if (c.state === 'queued') continue
      this.chances(c, now)
      for (let j = 0; j < J; j++) if (this.probs[j]! > 1e-6) this.balances[j]!.answer(this.probs[j]!)
    }
    let n = 0
    const spread = this.shares.reduce((most, x) => Math.max(most, x.spread), 0) + 0.0005
    while (n < room) {
      const share = this.share(s.upcomingSegment(n))
      let cost = 0
      for (let j = 0; j < J; j++) cost += this.balances[j]!.noneLeft(spread)
      cost /= J
      if (cost > allowance.abandon) break
      if (allowance.affordable < 8 && allowance.affordable > 0) {
        let ruin = 0
        for (let j = 0; j < J; j++) ruin += this.balances[j]!.noneLeft(spread, allowance.affordable)
        if (ruin / J > allowance.ruin) break
      }
      for (let j = 0; j < J; j++) this.balances[j]!.answer((share.mean * (j + 0.5)) / J)
      n += 1
    }
    return n
  }

  private expected(s: Snapshot, present: number): number {
    const left = Math.max(0, this.config.shiftEnd - s.now)
    const cycle = this.talk.meanStay() + this.wrap.meanStay()
    if (present > 0) this.began ??= s.now
    const lasted = this.began === null ? 0 : s.now - this.began
    const rate = (s.liveAnswers + (900 * 0.75 * this.config.maxAgents) / cycle) / (lasted + 900)
    return left * rate
  }
  private began: number | null = null

  /** Chances that a call is answered live within each time. */
  private chances(c: CallView, now: number): void {
    const p = this.share(c.segment).mean
    const { probs, times, shapes } = this
    if (c.state === 'amd') {
      const as = shapes.pickedUp(c.since - c.dialedAt, now - c.since)
      probs.fill((p * as.live) / (p * as.live + (1 - p) * as.other))
      return
    }
    const age = now - c.dialedAt
    const bin = binOfAge(age)
    const liveLeft = shapes.liveLeft[bin]!
    const live = c.state === 'setup' ? p : (p * liveLeft) / (p * liveLeft + (1 - p) * shapes.othersLeft(bin) + 1e-9)
    for (let j = 0; j < probs.length; j++) probs[j] = live * shapes.liveWithin(age, times[j]!)
  }

  private readonly seen: Float64Array[] = []
  private seenOf(place: number): Float64Array {
    return (this.seen[place] ??= new Float64Array(shareGrid.length))
  }
  private look(s: Snapshot, passed: number): void {
    for (const c of s.calls) {
      if (c.state !== 'ringing') continue
      const net = this.nets[this.place(c.segment)]!
      const row = binOfAge(s.now - c.dialedAt)
      const last = this.rows.get(c.id)
      if (last !== undefined) net[last]! -= 1
      net[row]! += 1
      this.rows.set(c.id, row)
    }
    for (const [place, share] of this.shares.entries()) {
      share.pass(passed)
      const seen = this.seenOf(place)
      const net = this.nets[place]!
      for (let row = 0; row < bins; row++) {
        const count = net[row]!
        if (count === 0) continue
        const log = this.logLeft[row]!
        for (let g = 0; g < seen.length; g++) seen[g]! += count * log[g]!
      }
      const [lives, others] = [this.lives[place]!, this.others[place]!]
      for (let g = 0; g < seen.length; g++) seen[g]! += lives * logLive[g]! + others * logOther[g]!
      share.learn(seen)
      seen.fill(0)
      net.fill(0)
      this.lives[place] = 0
      this.others[place] = 0
    }
  }
  debug() {
    return { shares: this.shares.map((s) => s.mean), times: this.times, budget: this.budget, talk: this.talk.meanStay(), wrap: this.wrap.meanStay() }
  }
}
