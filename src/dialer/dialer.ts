/**
 * ♥ The dialer: due leads in, calls out, every one of them for a reason that is kept.
 * In: wakes (a slot came free, a report arrived, time passed). Out: dials at the carriers, ended attempts, leads with a
 * future. It must never dial without a committed intent, decide a rule that lives in `domain`, or know a carrier.
 *
 * One tick, top to bottom: claim (pulse, pacer, hopper, gate, limits) → dispatcher. What comes back goes
 * tracker → closer, and where a person is to talk to one of ours, to the floor's matcher; what never comes back goes to
 * the sweeper.
 */

import { nextTokenIn } from '#domain/line-room.ts'
import { createPacer as createPredictive } from '#domain/pacing/pacer.ts'
import type { CreatePacer } from '#domain/pacing/pacer-contract.ts'
import { createMatcher } from '#floor/matcher/match.ts'
import { completeFinished, pauseSpentRuns, startScheduled } from '#store/campaign-calendar.ts'
import { releaseNamedReports } from '#store/event-inbox.ts'
import { announce, numberLiveEvents } from '#store/live-events.ts'
import { inWorkspace } from '#store/tx.ts'
import { sweepAnswers } from './answers.ts'
import { sweepCallbacks } from './callback-sweep.ts'
import { claimAttempts } from './claim.ts'
import { type Dispatch, dispatchClaims } from './dispatcher.ts'
import { releaseClaims } from './drain.ts'
import type { Engine } from './engine.ts'
import { endOffers } from './offers.ts'
import { mostAtOnce, paceCampaigns } from './pacer.ts'
import { createPacers } from './pacers.ts'
import { sweepAttempts } from './sweeper.ts'
import { applyReports } from './tracker.ts'
import { coalesce, openAlarms } from './wake.ts'

/** Dispatches that hold a connection at once in this process: until their carrier has answered, for a second at most. */
const dispatchesAtOnce = 8
const numberingPauseMs = 50

export interface Dialer {
  /** Somebody says there may be something to do. */
  wake(workspaceId: string, what: 'dial' | 'events' | 'floor' | 'live'): void
  /** Time passed: looks for what no wake told of. */
  poll(workspaceIds: string[]): Promise<void>
  /** No new dial from now on; resolves when every command on its way was answered and written down. */
  drain(): Promise<void>
  /** After the drain: nothing begins any more; resolves when nothing is under way. */
  stop(): Promise<void>
  /** Resolves when nothing woken is left to do; for tests on a virtual clock. */
  idle(): Promise<void>
}

/** `createPacer`: of predictive campaigns. */
export function createDialer(engine: Engine, createPacer: CreatePacer = createPredictive): Dialer {
  const dispatches = new Set<Promise<void>>()
  const holding = new Set<Promise<void>>()
  const timers = new Map<string, NodeJS.Timeout>()
  const numberings = new Map<string, NodeJS.Timeout>()
  const matcher = createMatcher(engine)
  const pacers = createPacers(engine, createPacer)
  /** Somebody's patience, or an agent's time to decide, ends then. */
  const looks = openAlarms(engine.clock, (workspaceId) => match(workspaceId))
  /** Predictive campaigns are paced once a second, whether or not something happens. */
  const beats = openAlarms(engine.clock, (workspaceId) => {
    if (!draining) dial(workspaceId)
  })
  let draining = false
  let stopped = false

  const dial = coalesce(async (workspaceId) => {
    while (!draining && (await tick(workspaceId)));
  }, report('tick'))
  const track = coalesce(async (workspaceId) => {
    const { freed, answered } = await applyReports(engine, workspaceId)
    if (answered) engine.wake(workspaceId, 'floor')
    if (freed) engine.wake(workspaceId, 'dial')
    engine.wake(workspaceId, 'live')
  }, report('tracker'))
  const match = coalesce(async (workspaceId) => {
    const times = [await matcher.match(workspaceId), await endOffers(engine, workspaceId)].filter(
      (time) => time !== null,
    )
    looks.set(workspaceId, times.length === 0 || stopped ? null : Math.min(...times))
  }, report('matcher'))
  const number = coalesce(async (workspaceId) => {
    if (await numberAll(engine, workspaceId)) engine.wake(workspaceId, 'numbered')
  }, report('numberer'))

  /**
   * One tick; whether another may find more to do. What was asked for and not claimed is not due, or no limit has room for
   * it: only leads that were held back, or more room than is asked for at once, leave something over.
   */
  async function tick(workspaceId: string): Promise<boolean> {
    const at = engine.clock.now()
    const { pulse, claims, held } = await claimAttempts(
      engine,
      workspaceId,
      (pulse, decided) => paceCampaigns(pulse, at, decided),
      (tx, pulse) => pacers.decide(tx, workspaceId, pulse),
    )
    pacers.spend(workspaceId, claims)
    comeBackIn(workspaceId, nextTokenIn(pulse))
    const dialed = claims.filter(({ offered_until }) => offered_until === null)
    if (dialed.length > 0) {
      if (holding.size >= dispatchesAtOnce) await Promise.race(holding)
      follow(workspaceId, await dispatchClaims(engine, workspaceId, dialed))
    }
    // Who is shown a lead decides within a time.
    if (dialed.length < claims.length) for (const what of ['live', 'floor'] as const) engine.wake(workspaceId, what)
    const { gained, beat } = await pacers.attend(workspaceId, pulse)
    if (beat === null || stopped) beats.set(workspaceId, null)
    else beats.setBy(workspaceId, beat)
    return gained || held > 0 || claims.length >= mostAtOnce
  }

  /** A trunk out of tokens has one again before anything else would wake the tick. */
  function comeBackIn(workspaceId: string, pauseMs: number | null): void {
    if (pauseMs === null || timers.has(workspaceId)) return
    const timer = setTimeout(() => {
      timers.delete(workspaceId)
      if (!draining) dial(workspaceId)
    }, pauseMs)
    timers.set(workspaceId, timer.unref())
  }

  /** Who watches sees a change this much later; what happens within the time is numbered together. */
  function numberSoon(workspaceId: string): void {
    if (numberings.has(workspaceId)) return
    const timer = setTimeout(() => {
      numberings.delete(workspaceId)
      number(workspaceId)
    }, numberingPauseMs)
    numberings.set(workspaceId, timer.unref())
  }

  async function idle(): Promise<void> {
    do {
      await Promise.all([dial.settled(), track.settled(), match.settled(), number.settled()])
      await Promise.all([...dispatches, matcher.settled()])
    } while ([dial, track, match, number, matcher].some((part) => part.busy()) || dispatches.size > 0)
  }

  function follow(workspaceId: string, { released, answered }: Dispatch): void {
    // What went wrong is told by `answered`, too.
    const held = released.catch(() => {}).finally(() => holding.delete(held))
    holding.add(held)
    const followed = answered
      .catch((error: Error) => report('dispatcher')(workspaceId, error))
      .finally(() => {
        dispatches.delete(followed)
        engine.wake(workspaceId, 'live')
      })
    dispatches.add(followed)
  }

  function report(part: string) {
    return (workspaceId: string, error: Error) =>
      engine.log.error({ err: error, workspace_id: workspaceId }, `the ${part} failed; the next poll tries again`)
  }

  return {
    wake(workspaceId, what) {
      if (stopped) return
      if (what === 'events') track(workspaceId)
      else if (what === 'floor') match(workspaceId)
      else if (what === 'live') numberSoon(workspaceId)
      else if (!draining) dial(workspaceId)
    },
    async poll(workspaceIds) {
      for (const workspaceId of workspaceIds) {
        if (stopped) return
        await lookAfter(engine, workspaceId).catch((error: Error) => report('sweeper')(workspaceId, error))
        track(workspaceId)
        match(workspaceId)
        number(workspaceId)
        if (!draining) dial(workspaceId)
      }
    },
    async drain() {
      draining = true
      await dial.settled()
      await pacers.handOver()
      await Promise.all(dispatches)
      await releaseClaims(engine)
    },
    async stop() {
      stopped = true
      for (const timer of [...timers.values(), ...numberings.values()]) clearTimeout(timer)
      for (const alarms of [looks, beats]) alarms.cancel()
      await idle()
      pacers.close()
    },
    idle,
  }
}

/** Numbers the workspace's waiting live events; whether there were any. */
async function numberAll(engine: Engine, workspaceId: string): Promise<boolean> {
  let any = false
  for (;;) {
    const last = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
      numberLiveEvents(tx, workspaceId),
    )
    if (last === null) return any
    any = true
  }
}

/** What only time brings about: lapsed leases, promises to remind of, campaigns that begin or are over. */
async function lookAfter(engine: Engine, workspaceId: string): Promise<void> {
  await sweepAttempts(engine, workspaceId)
  await sweepAnswers(engine, workspaceId)
  await sweepCallbacks(engine, workspaceId)
  const at = engine.clock.now()
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    await releaseNamedReports(tx, workspaceId)
    const moves = [
      ...(await startScheduled(tx, workspaceId, at)),
      ...(await pauseSpentRuns(tx, workspaceId, at)),
      ...(await completeFinished(tx, workspaceId, at)),
    ]
    for (const move of moves) {
      await announce(tx, workspaceId, 'campaign.updated', { campaign_id: move.id, status: move.status }, at)
    }
  })
}
