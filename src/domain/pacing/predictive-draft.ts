import type { CallView, CreatePacer, Pacer, PacerConfig, PacerEvent, Snapshot } from './pacer-contract.ts'
import { AnswerShare, shareGrid } from './predictive/answer-share.ts'
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
  private logLeft: [Float64Array[], Float64Array[]] = [[], []]
  private probs: Float64Array
  private readonly config: PacerConfig
  constructor(config: PacerConfig) {
    this.config = config
    this.shapes = new RingShapes(config.ringTimeout)
    this.shares = Array.from({ length: config.segments }, () => new AnswerShare(prior))
    this.budget = new Budget(config.abandonCap)
    this.balances = Array.from({ length: parts.horizons }, () => new Balance(150))
    this.free = new FreeTimes(this.talk, this.wrap, [1])
    this.probs = new Float64Array(parts.horizons)
  }

  observe(event: PacerEvent): void {
    if (event.type === 'outcome') {
      this.shapes.learn(event)
      this.share(event.segment).ended(event.result === 'live')
    } else if (event.type === 'agent') {
      if (event.from === 'talk') this.talk.ended(event.duration)
      else if (event.from === 'wrap') this.wrap.ended(event.duration)
    }
  }

  private share(segment: number): AnswerShare {
    return this.shares[Math.min(Math.max(0, segment), this.shares.length - 1)] as AnswerShare
  }

  private refresh(now: number): void {
    this.refreshed = now
    this.shapes.refresh()
    this.times = this.shapes.answerTimes(parts.horizons)
    this.free = new FreeTimes(this.talk, this.wrap, this.times.map((t) => t + this.config.patience))
    this.logLeft = [false, true].map((ringing) =>
      Array.from({ length: bins }, (_, bin) => {
        const live = this.shapes.liveLeft[bin] as number
        const others = this.shapes.othersLeft(bin, ringing)
        return shareGrid.map((p) => Math.log(p * live + (1 - p) * others + 1e-9))
      }),
    ) as [Float64Array[], Float64Array[]]
  }

  decide(s: Snapshot): number {
    const { now } = s
    const passed = this.last === null ? 0 : Math.max(0, Math.min(5, now - this.last))
    this.last = now
    if (now - this.refreshed >= parts.refresh) this.refresh(now)
    let idle = 0
    let busy = 0
    for (const a of s.agents) {
      if (a.state === 'idle' && !a.pausePending) idle += 1
      else if (a.state === 'talk' || a.state === 'wrap') {
        const age = now - a.since
        const st = a.state === 'talk' ? this.talk : this.wrap
        if (passed > 0) st.stayed(Math.max(0, age - passed / 2), Math.min(passed, age))
        if (!a.pausePending) busy += 1
      }
    }
    this.look(s, passed)
    let queued = 0
    for (const c of s.calls) if (c.state === 'queued') queued += 1
    const toCome = this.expected(s, idle + busy)
    const theta = this.budget.willingness({ liveAnswers: s.liveAnswers, abandoned: s.abandoned, toCome, underWay: 0 })
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
    const spread = 0
    while (n < room) {
      const share = this.share(s.upcomingSegment(n))
      let cost = 0
      for (let j = 0; j < J; j++) cost += this.balances[j]!.noneLeft(spread)
      cost /= J
      if (cost > theta) break
      for (let j = 0; j < J; j++) this.balances[j]!.answer((share.mean * (j + 0.5)) / J)
      n += 1
    }
    return n
  }

  private expected(s: Snapshot, present: number): number {
    const left = Math.max(0, this.config.shiftEnd - s.now)
    const cycle = this.talk.meanStay() + this.wrap.meanStay()
    const agents = Math.max(present, 0.7 * this.config.maxAgents)
    return (left * agents * 0.8) / cycle
  }

  /** Chances that a call is answered live within each time. */
  private chances(c: CallView, now: number): void {
    const p = this.share(c.segment).mean
    const { probs, times, shapes } = this
    if (c.state === 'amd') {
      const live = shapes.liveWhenPicked(c.since - c.dialedAt, now - c.since, p)
      probs.fill(live)
      return
    }
    const age = now - c.dialedAt
    const bin = binOfAge(age)
    const liveLeft = shapes.liveLeft[bin]!
    const others = shapes.othersLeft(bin, c.state === 'ringing')
    const live = (p * liveLeft) / (p * liveLeft + (1 - p) * others + 1e-9)
    for (let j = 0; j < probs.length; j++) probs[j] = live * shapes.liveWithin(age, times[j]!)
  }

  private readonly seen: Float64Array[] = []
  private look(s: Snapshot, passed: number): void {
    for (const [segment, share] of this.shares.entries()) {
      share.pass(passed)
      const logs = (this.seen[segment] ??= new Float64Array(shareGrid.length))
      logs.fill(0)
    }
    for (const c of s.calls) {
      if (c.state !== 'setup' && c.state !== 'ringing') continue
      const logs = this.seen[Math.min(Math.max(0, c.segment), this.shares.length - 1)]!
      const row = this.logLeft[c.state === 'ringing' ? 1 : 0][binOfAge(s.now - c.dialedAt)]!
      for (let g = 0; g < logs.length; g++) logs[g]! += row[g]!
    }
    for (const [segment, share] of this.shares.entries()) share.look(this.seen[segment]!)
  }
  debug() {
    return { shares: this.shares.map((s) => s.mean), times: this.times, budget: this.budget, talk: this.talk.meanStay(), wrap: this.wrap.meanStay() }
  }
}
