import { hash } from 'node:crypto'
import type { CallEvent } from '#domain/call.ts'
import type { LegEvent } from '#domain/leg.ts'
import { createChance } from './chance.ts'
import { applyChaos } from './chaos.ts'
import { playFarEnd } from './far-end.ts'
import { courses, type Setting } from './plan.ts'
import { type Behaviour, findScripted } from './script.ts'
import type { SimulatedLeg, SimulatedLegOrder } from './simulated-leg.ts'
import type { Planned } from './timeline.ts'

/** Somebody at work: in seconds, as all behaviours. */
const at_work = { setup_s: 0.5, ring_s: 2 }

/**
 * All that will come of a leg whose address was reached `times_before` times already. An agent of whom the script says
 * nothing picks up and stays until the leg is closed; one with a talk time hangs up after it.
 */
export function planLeg(order: SimulatedLegOrder, setting: Setting, times_before: number, now: number): SimulatedLeg {
  const { leg_id, agent_id, address, caller_id, trunk_id, report_to, speed } = order
  const scripted = findScripted(setting.script.agents, address, times_before)
  const behaviour: Behaviour = { do: 'answers', ...at_work, ...scripted }
  const [far_end, , reply] = courses[behaviour.do]
  const provider_leg_id = `sim-leg-${hash('sha256', `${setting.seed}|${leg_id}`).slice(0, 24)}`
  const when = (offset_ms: number) => now + Math.round(offset_ms / speed)
  const iso = (offset_ms: number) => new Date(when(offset_ms)).toISOString()
  const chance = createChance(`${setting.seed}|${address}|${times_before}`)
  const told = playFarEnd(far_end, behaviour, chance, order.ring_timeout_ms, iso)
  const picks_up = told.some(([, event]) => event.kind === 'answered')
  const stays = picks_up && far_end === 'person' && behaviour.talk_s === undefined
  const delay_ms = (behaviour.report_delay_s ?? 0) * 1000
  const events = told.flatMap(([offset, call_event]): Planned<LegEvent>[] => {
    const event = toLegEvent(call_event)
    if (event === null || (stays && event.kind === 'leg_down')) return []
    const event_key = `${provider_leg_id}:${event.kind}`
    return [{ event_key, at: when(offset), reports: [when(offset + delay_ms)], event }]
  })
  applyChaos(events, setting.chaos, setting.seed, speed)
  return {
    ...{ leg_id, provider_leg_id, agent_id, address, caller_id, trunk_id, report_to, speed, reply },
    ...{ events, acknowledged: [], end_noted: false },
  }
}

/** The plan of a leg that is not down yet, when it goes down at `now`. */
export function cutLeg(leg: SimulatedLeg, setting: Setting, now: number, cause: string): Planned<LegEvent>[] {
  const event: LegEvent = { kind: 'leg_down', at: new Date(now).toISOString(), cause }
  const down = { event_key: `${leg.provider_leg_id}:leg_down`, at: now, reports: [now], event }
  applyChaos([down], setting.chaos, setting.seed, leg.speed)
  return [...leg.events.filter((planned) => planned.event.kind === 'leg_up' && planned.at <= now), down]
}

/** A leg's far end plays like any other; that it rings, and who it is, is nobody's question. */
function toLegEvent(event: CallEvent): LegEvent | null {
  if (event.kind === 'answered') return { kind: 'leg_up', at: event.at }
  if (event.kind !== 'ended') return null
  const { at, cause } = event
  return { kind: 'leg_down', at, ...(cause !== undefined && { cause }) }
}
