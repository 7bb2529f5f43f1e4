/**
 * Predictive dialing: calls ahead of the agents, so many that the next answer finds somebody with the chance that the cap
 * leaves. In: what happened, and the floor as it is. Out: how many calls more. It must never count on agents who leave, on
 * lines it has not, or on what it was told by halves: then it dials one call for each idle agent.
 *
 * A dial is worth it while the chance that its answer finds nobody (predictive/counts.ts: agents who come free,
 * busy-times.ts, less other answers, flight.ts) stays below what the budget allows (budget.ts).
 */
import type { CreatePacer, Pacer, PacerConfig, PacerDoubt, PacerEvent, Snapshot } from './pacer-contract.ts'
import { AnswerShare } from './predictive/answer-share.ts'
import { type Allowance, Budget } from './predictive/budget.ts'
import { FreeTimes, Stays } from './predictive/busy-times.ts'
import { Counts } from './predictive/counts.ts'
import { Doubts } from './predictive/doubts.ts'
import { Flight } from './predictive/flight.ts'
import { readMemory } from './predictive/memory.ts'
import { RingShapes } from './predictive/ring-shapes.ts'
import { createPacer as createProgressive } from './progressive.ts'

/** Moments at which a new call may be answered, equally likely. */
const moments = 10
/** Of a new call's answers, those that have come until each moment: of the moment's own, half. */
const evenly = Float64Array.from({ length: moments }, (_, at) => (at + 0.5) / moments)
/** The share that answers is taken to be either of two: what is believed, less and more by how sure that is. */
const worlds = [-1, 1] as const
/** Sums of more things are taken by their moments, in the sense of statistics. */
const mostExact = { agents: 45, calls: 150 }
/** Tables are made anew after this share of the time so far, within these seconds. */
const renewal = { share: 1 / 30, least: 10, most: 90 }
/** Share of answers that nothing in the shapes of calls explains. */
const unexplained = 0.0005

export const createPacer: CreatePacer = (config) => {
  const pacer = new Predictive(config)
  return {
    decide: (snapshot) => pacer.decide(snapshot),
    observe: (event) => pacer.observe(event),
    doubt: () => pacer.doubt(),
    memory: () => pacer.memory(),
    debug: () => pacer.debug(),
  }
}

class Predictive {
  private readonly config: PacerConfig
  private readonly talk: Stays
  private readonly wrap: Stays
  private readonly shapes: RingShapes
  private readonly shares: AnswerShare[]
  private readonly flight: Flight
  private readonly budget: Budget
  private readonly doubts: Doubts
  private readonly progressive: Pacer
  private readonly frees = new Counts(moments, mostExact.calls)
  private readonly answers = worlds.map(() => new Counts(moments, mostExact.calls))
  private times: number[] = []
  private free: FreeTimes
  /** Odds of the leads that the last decision dials, in order. */
  private foretold: number[] = []
  private renewed = 0
  private last: number | null = null
  private began: number | null = null

  constructor(config: PacerConfig) {
    const memory = readMemory(config.memory)
    this.config = config
    this.talk = new Stays({ mean: 150, weight: 3 }, memory?.talk)
    this.wrap = new Stays({ mean: 25, weight: 3 }, memory?.wrap)
    this.shapes = new RingShapes(config.ringTimeout, memory?.shapes)
    this.shares = Array.from({ length: Math.max(1, config.segments) }, (_, segment) => {
      return new AnswerShare(memory?.shares[segment])
    })
    this.flight = new Flight(this.shapes, this.shares, memory?.reference ?? null)
    this.budget = new Budget(config, memory?.budget)
    this.doubts = new Doubts(config)
    this.progressive = createProgressive(config)
    this.free = this.renew(0)
  }

  observe(event: PacerEvent): void {
    if (event.type === 'dialed') this.flight.dialed(event, this.foretold.shift())
    else if (event.type === 'outcome') {
      const expected = this.flight.end(event)
      this.doubts.outcome(event.result, expected)
      if (expected) this.shapes.learn(event)
    } else if (event.type === 'agent' && event.duration >= 0) {
      if (event.from === 'talk') this.talk.ended(event.duration)
      else if (event.from === 'wrap') this.wrap.ended(event.duration)
    }
  }

  decide(snapshot: Snapshot): number {
    const { lineCap, linesInUse } = snapshot
    const now = Number.isFinite(snapshot.now) ? snapshot.now : (this.last ?? 0)
    const passed = this.last === null ? 0 : Math.max(0, Math.min(this.config.tick * 5, now - this.last))
    this.last = now
    if (snapshot.upcomingOdds && this.flight.reference === null) this.flight.refer(meanOf(snapshot.upcomingOdds))
    this.doubts.look(snapshot, now, this.flight.look(snapshot.calls, now, passed))
    const { idle, present } = this.count(snapshot, now, passed)
    const room = Math.floor(lineCap - linesInUse)
    if (!(room > 0) || present === 0) return 0
    if (this.doubts.at(now) !== null) return this.progressive.decide(snapshot)
    const due = Math.max(renewal.least, Math.min(renewal.most, now * renewal.share))
    if (Math.abs(now - this.renewed) >= due) this.free = this.renew(now)
    return this.dialUpTo(room, snapshot, idle, this.allow(snapshot, present, passed))
  }

  doubt(): PacerDoubt | null {
    return this.last === null ? null : this.doubts.at(this.last)
  }

  debug(): unknown {
    return {
      doubt: this.doubt(),
      shares: this.shares.map(({ mean }) => mean),
      talk_seconds: this.talk.meanStay(),
      wrap_seconds: this.wrap.meanStay(),
      answer_times: this.times,
      ...this.budget.debug(),
    }
  }

  memory(): unknown {
    const { talk, wrap, shapes, shares, budget } = this
    return {
      ...{ talk: talk.memory(), wrap: wrap.memory(), shapes: shapes.memory(), budget: budget.memory() },
      shares: shares.map(({ mean }) => mean),
      reference: this.flight.reference,
    }
  }

  /** Takes what was learned into the tables that decisions look into. */
  private renew(now: number): FreeTimes {
    this.renewed = now
    this.shapes.refresh(now)
    this.times = this.shapes.answerTimes(moments)
    this.flight.reshape(this.times)
    const until = this.times.map((time) => time + this.config.patience)
    return new FreeTimes(this.talk, this.wrap, until)
  }

  /** Who is idle, and how many are there to take calls at all; learns from those who are busy still. */
  private count({ agents }: Snapshot, now: number, passed: number): { idle: number; present: number } {
    let idle = 0
    let busy = 0
    for (const { state, since, pausePending } of agents) {
      if (state === 'idle' && !pausePending) idle += 1
      if (state !== 'talk' && state !== 'wrap') continue
      const age = now - since
      const stayed = Math.min(passed, age)
      if (stayed > 0) (state === 'talk' ? this.talk : this.wrap).stayed(age - stayed / 2, stayed)
      if (!pausePending) busy += 1
    }
    return { idle, present: idle + busy }
  }

  private allow({ now, liveAnswers, abandoned }: Snapshot, present: number, passed: number): Allowance {
    if (present > 0) this.began ??= now
    const lasted = this.began === null ? 0 : now - this.began
    const cycle = this.talk.meanStay() + this.wrap.meanStay()
    // At first by what the roster can do, then by what it did.
    const [supposed, believed] = [(0.75 * this.config.maxAgents) / cycle, 900]
    const pace = (liveAnswers + believed * supposed) / (lasted + believed)
    const toCome = Math.max(0, this.config.shiftEnd - now) * pace
    return this.budget.allow({ liveAnswers, abandoned, pace, toCome, passed })
  }

  private dialUpTo(room: number, snapshot: Snapshot, idle: number, allowance: Allowance): number {
    const waiting = this.foresee(snapshot)
    const { upcomingOdds } = snapshot
    this.foretold = []
    for (let dials = 0; dials < room; dials += 1) {
      if (this.nobodyFor(waiting - idle) > allowance.abandon) return dials
      if (allowance.affordable > 0 && allowance.affordable < fewLeft)
        if (this.nobodyFor(waiting - idle - allowance.affordable) > allowance.ruin) return dials
      const { mean, spread } = this.flight.shareOf(snapshot.upcomingSegment(dials))
      const odds = upcomingOdds?.(dials)
      if (odds !== undefined) this.foretold.push(odds)
      for (const [world, answers] of this.answers.entries())
        answers.add(evenly, this.flight.chanceOf(odds, shift(mean, spread, worlds[world] as number)))
    }
    return room
  }

  /** Who comes free and who answers until each moment; gives how many people wait already. */
  private foresee({ now, agents, calls }: Snapshot): number {
    const exact = agents.length <= mostExact.agents && calls.length < mostExact.calls
    for (const counts of [this.frees, ...this.answers]) counts.reset(exact)
    for (const { state, since, pausePending } of agents)
      if (!pausePending && (state === 'talk' || state === 'wrap')) this.frees.add(this.free.of(state, now - since))
    let waiting = 0
    for (const call of calls) {
      if (call.state === 'queued') {
        waiting += 1
        continue
      }
      const { mean, spread } = this.flight.shareOf(call.segment)
      const within = this.flight.within(call, now)
      for (const [world, answers] of this.answers.entries())
        answers.add(within, this.flight.liveChance(call, now, shift(mean, spread, worlds[world] as number)))
    }
    return waiting
  }

  /** That `short` agents at most come free beyond the answers, over all moments and worlds. */
  private nobodyFor(short: number): number {
    let chance = 0
    for (const answers of this.answers)
      for (let at = 0; at < moments; at += 1) chance += Counts.atMostBeyond(this.frees, answers, short, at)
    return chance / (moments * worlds.length)
  }
}

/** Of so many leads the odds are looked at before the first dial. */
const leadsLooked = 50
/** With more abandons left than these the one too many is not near. */
const fewLeft = 8

/** Of the leads that come next. */
function meanOf(odds: (k: number) => number): number {
  let sum = 0
  for (let k = 0; k < leadsLooked; k += 1) sum += odds(k)
  return sum / leadsLooked
}

function shift(share: number, spread: number, world: number): number {
  return Math.max(0.001, Math.min(0.99, share * (1 + world * Math.sqrt(spread + unexplained))))
}
