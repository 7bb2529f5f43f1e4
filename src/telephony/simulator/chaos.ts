import { createChance } from './chance.ts'
import type { Planned } from './timeline.ts'

/** Shares of all reports, each from 0 to 1. */
export interface Chaos {
  /** Told twice. */
  doubles: number
  /** Told after the event that followed it. */
  reorders: number
  /** Told late, by up to `longest_delay_ms`. */
  delays: number
}

export const no_chaos: Chaos = { doubles: 0, reorders: 0, delays: 0 }

/** A carrier's queue standing still for half a minute is common; the speed divides it like every duration. */
const longest_delay_ms = 30_000

/** Reads `doubles=0.1,reorders=0.1,delays=0.1`; any of the three may be missing. */
export function parseChaos(text: string): { ok: true; chaos: Chaos } | { ok: false; faults: string[] } {
  const chaos = { ...no_chaos }
  const faults: string[] = []
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [name = '', share = ''] = part.split('=').map((word) => word.trim())
    const value = Number(share)
    if (!Object.hasOwn(chaos, name)) faults.push(`"${name}" is none of ${Object.keys(chaos).join(', ')}`)
    else if (share === '' || !(value >= 0 && value <= 1)) faults.push(`${name} must be from 0 to 1, not "${share}"`)
    else chaos[name as keyof Chaos] = value
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, chaos }
}

/** Disturbs the reports of one call; what is disturbed depends on the seed and the event alone. */
export function applyChaos(events: Planned[], chaos: Chaos, seed: string, speed: number): void {
  for (const [index, planned] of events.entries()) {
    if (planned.reports.length === 0) continue
    const chance = createChance(`${seed}|chaos|${planned.event_key}`)
    const next = events[index + 1]
    if (next && chance.uniform('reorders') < chaos.reorders) {
      planned.reports = planned.reports.map((time) => Math.max(time, ...next.reports) + 1)
    }
    if (chance.uniform('delays') < chaos.delays) {
      const late = Math.round((chance.uniform('delay') * longest_delay_ms) / speed)
      planned.reports = planned.reports.map((time) => time + late)
    }
    if (chance.uniform('doubles') < chaos.doubles) planned.reports = planned.reports.flatMap((time) => [time, time])
  }
}
