/**
 * The simulated carrier's legs to agents and supervisors: rung once, held open until they are closed or the agent hangs
 * up. A leg does not outlive the process that holds it: one found in the journal at a start goes down and says so.
 */
import type { LegEvent } from '#domain/leg.ts'
import type { LocatedLeg } from '../port.ts'
import { answerTaking, type ExchangeOptions, type TakingAnswer } from './exchange.ts'
import { dialedAs } from './journal.ts'
import { cutLeg, planLeg } from './leg-plan.ts'
import { createPlayback } from './playback.ts'
import { isUp, reportLeg, type SimulatedLeg, type SimulatedLegOrder } from './simulated-leg.ts'
import { isOver } from './timeline.ts'

export interface Legs {
  /** A leg it has taken before is answered with the same id, one that was withdrawn is refused. */
  openLeg(order: SimulatedLegOrder): TakingAnswer
  /** Nothing happens to one that is down; one that was never there is withdrawn. */
  closeLeg(leg_id: string): void
  /** `never_seen` withdraws the leg. */
  locateLeg(leg_id: string): Exclude<LocatedLeg, { found: 'unreachable' }>
  isUp(leg_id: string): boolean
  acknowledge(leg_id: string, event_key: string): void
  counts(): { legs_open: number }
  close(): void
}

/** `ended` hears of each leg that goes down. */
export function openLegs(options: ExchangeOptions): Legs {
  const { clock, journal, ledger, report, ended } = options
  const { state } = journal
  const playback = createPlayback<LegEvent, SimulatedLeg>({
    ...{ clock, journal, timelines: state.legs, remember_ms: options.remember_ms },
    subject: (leg_id) => ({ leg_id }),
    end(leg) {
      ledger.noteEnd(leg)
      ended(leg.leg_id)
    },
    report: (leg, planned) => report(reportLeg(leg, planned)),
  })

  const withdraw = (leg_id: string) => {
    if (!state.withdrawn.has(leg_id)) journal.commitNow({ t: 'withdrawn', leg_id })
  }

  const resume = () => {
    const legs = [...state.legs.values()]
    const unended = legs.filter((leg) => !leg.end_noted)
    for (const leg of unended) {
      if (isOver(leg, clock.now())) continue
      const events = cutLeg(leg, options, clock.now(), 'carrier_restarted')
      journal.commit({ t: 'replanned', leg_id: leg.leg_id, events })
    }
    const last = legs.at(-1)
    ledger.mend(last && !last.end_noted ? last : undefined, unended)
    for (const { leg_id } of unended) journal.commit({ t: 'end_noted', leg_id })
    for (const { leg_id } of legs) playback.start(leg_id)
  }
  resume()

  return {
    openLeg(order) {
      playback.forgetOld()
      if (state.withdrawn.has(order.leg_id)) {
        return { took: false, fault: { verdict: 'retryable', reason: 'leg withdrawn' } }
      }
      const known = state.legs.get(order.leg_id)
      if (known) return answerTaking(known.provider_leg_id, known.reply, true)
      const leg = planLeg(order, options, state.dialed.get(dialedAs(order)) ?? 0, clock.now())
      journal.commitNow({ t: 'leg', leg })
      ledger.noteDial(leg)
      playback.start(leg.leg_id)
      return answerTaking(leg.provider_leg_id, leg.reply, false)
    },

    closeLeg(leg_id) {
      playback.catchUp(leg_id)
      const leg = state.legs.get(leg_id)
      if (!leg) return withdraw(leg_id)
      if (isOver(leg, clock.now())) return
      const cause = isUp(leg, clock.now()) ? 'originator_hangup' : 'originator_cancel'
      playback.replan(leg_id, cutLeg(leg, options, clock.now(), cause))
    },

    locateLeg(leg_id) {
      const leg = state.legs.get(leg_id)
      if (leg) return { found: 'leg', up: isUp(leg, clock.now()), down: isOver(leg, clock.now()) }
      withdraw(leg_id)
      return { found: 'never_seen' }
    },

    isUp(leg_id) {
      playback.catchUp(leg_id)
      const leg = state.legs.get(leg_id)
      return leg !== undefined && isUp(leg, clock.now())
    },

    acknowledge: playback.acknowledge,
    counts: () => ({ legs_open: [...state.legs.values()].filter((leg) => !leg.end_noted).length }),
    close: playback.close,
  }
}
