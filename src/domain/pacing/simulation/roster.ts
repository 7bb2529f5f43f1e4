import { drawsOf, exponential, normal } from './chance.ts'
import type { Scenario } from './scenario.ts'

export interface RosteredAgent {
  /** When they sign on. */
  comes: number
  /** Multiplies how long they talk and wrap up. */
  speed: number
  /** When they want a break, in order, and how long it is. */
  pauses: { at: number; length: number }[]
}

/** Agents have chances of their own, far from those of any lead. */
const firstAgent = -1_000_000

export function drawRoster(scenario: Scenario, seed: number, agents: number): RosteredAgent[] {
  return Array.from({ length: agents }, (_, id) => drawAgent(scenario, seed, id))
}

function drawAgent({ roster, shiftEnd }: Scenario, seed: number, id: number): RosteredAgent {
  const draw = drawsOf(seed, firstAgent - id)
  const comes = draw(0) * roster.arrival
  const pauses = roster.breaks.map(({ at, spread, length }, index) => {
    return { at: at + (draw(3 + index) - 0.5) * spread, length }
  })
  let at = comes
  for (let question = 100; roster.pausesPerHour > 0; question += 2) {
    at += exponential(3600 / roster.pausesPerHour, draw(question))
    if (at >= shiftEnd) break
    pauses.push({ at, length: exponential(roster.pauseMean, draw(question + 1)) })
  }
  pauses.sort((a, b) => a.at - b.at)
  return { comes, speed: Math.exp(roster.speedSd * normal(draw(1), draw(2))), pauses }
}
