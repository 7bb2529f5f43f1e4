import { drawRoster } from '../pacing/simulation/roster.ts'
import { type Roster, scenarioOf } from '../pacing/simulation/scenario.ts'

/** When agents are there on a day, who come one after the other, rest and have lunch. */
export interface Presence {
  /** Of all agents together, in seconds; the mean day and how far days are apart. */
  staffed: { mean: number; sd: number }
  /** Of each part of the day, what share of its work is done in it; together 1. */
  shares: number[]
}

/** So many agents say how others are there. */
const drawn = 300

export function presenceOf(roster: Roster, agents: number, hours: number, parts: number): Presence {
  const shiftEnd = 3600 * hours
  const part = shiftEnd / parts
  const there = new Array<number>(parts).fill(0)
  const each = drawRoster(scenarioOf({ name: 'presence', roster, shiftEnd }), 1, drawn).map(({ comes, pauses }) => {
    const away = [{ at: 0, length: comes }, ...pauses]
    let rest = shiftEnd
    for (const [index] of there.entries()) {
      const from = index * part
      const off = away.reduce((sum, { at, length }) => sum + overlap(from, from + part, at, at + length), 0)
      there[index] = (there[index] as number) + Math.max(0, part - off)
      rest -= Math.min(part, off)
    }
    return rest
  })
  const mean = each.reduce((sum, seconds) => sum + seconds, 0) / drawn
  const variance = each.reduce((sum, seconds) => sum + (seconds - mean) ** 2, 0) / drawn
  return {
    staffed: { mean: agents * mean, sd: Math.sqrt(agents * variance) },
    shares: there.map((seconds) => seconds / (mean * drawn)),
  }
}

function overlap(from: number, until: number, begins: number, ends: number): number {
  return Math.max(0, Math.min(until, ends) - Math.max(from, begins))
}
