/** What pacers are measured against: a plain ratio, and a dialer that adapts as open ones do. */
import type { CreatePacer } from '../pacer-contract.ts'

/** So many lines for each idle agent, whatever becomes of the people who answer. */
export function ratioPacerOf(ratio: number): CreatePacer {
  return () => ({
    decide: ({ agents, calls }) => {
      const idle = agents.filter(({ state, pausePending }) => state === 'idle' && !pausePending).length
      return Math.max(0, Math.floor(idle * ratio) - calls.length)
    },
  })
}

/** Dial levels that an operator would try: lines for each idle agent at the most. */
export const adaptiveLevels = [1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6] as const

/** Seconds between two looks at the day's drops, and how far a level goes down and up at each. */
const look = 15
const down = 0.25
const up = 0.05

/**
 * Open dialers' adaptive mode, as their manuals tell it: the level is an operator's setting; once the day's share of drops is
 * over the cap it goes down at every look, to one line for each idle agent, and climbs again when the share is back under it.
 */
export function adaptivePacerOf(highest: number): CreatePacer {
  return ({ abandonCap }) => {
    let level = highest
    let looked = 0
    return {
      decide: ({ now, agents, calls, liveAnswers, abandoned }) => {
        if (now - looked >= look) {
          looked = now
          const isOver = abandoned > abandonCap * liveAnswers
          level = isOver ? Math.max(1, level - down) : Math.min(highest, level + up)
        }
        const idle = agents.filter(({ state, pausePending }) => state === 'idle' && !pausePending).length
        return Math.max(0, Math.floor(idle * level) - calls.length)
      },
    }
  }
}
