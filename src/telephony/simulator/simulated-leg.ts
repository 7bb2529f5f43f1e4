import type { LegEvent } from '#domain/leg.ts'
import type { LegCommand } from '../port.ts'
import type { ReplyManner, Report } from './simulated-call.ts'
import { isOver, type Planned, type Timeline } from './timeline.ts'

/** An order for a leg as it reaches the carrier. */
export interface SimulatedLegOrder extends LegCommand {
  trunk_id: string
  report_to: string
  speed: number
}

/** A leg the carrier took, with all that will come of it; this is also its row in the journal. */
export interface SimulatedLeg extends Timeline<LegEvent> {
  leg_id: string
  provider_leg_id: string
  agent_id: string
  address: string
  caller_id: string | null
  trunk_id: string
  /** As for a call. */
  report_to: string
  speed: number
  reply: ReplyManner
}

export function reportLeg(leg: SimulatedLeg, { event_key, event }: Planned<LegEvent>): Report {
  const { leg_id, provider_leg_id, trunk_id, report_to } = leg
  return {
    trunk_id,
    report_to,
    event: { event_key, attempt_id: null, leg_id, provider_call_id: provider_leg_id, event },
  }
}

export function isUp(leg: SimulatedLeg, time: number): boolean {
  return !isOver(leg, time) && leg.events.some(({ event, at }) => event.kind === 'leg_up' && at <= time)
}
