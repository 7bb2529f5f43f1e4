import type { CreatePacer, Snapshot } from './pacer-contract.ts'

/**
 * So many calls at once per idle agent, as far as the abandon cap goes: each call beyond one per agent may be abandoned, so
 * there are never more of them than abandons that would still be within the cap. Without any it is one call per agent.
 */
export function powerPacerOf(callsPerAgent: number): CreatePacer {
  return ({ abandonCap }) => ({
    decide: ({ agents, calls, lineCap, linesInUse, liveAnswers, abandoned }: Snapshot) => {
      const idle = agents.filter(({ state, pausePending }) => state === 'idle' && !pausePending).length
      const wanted = Math.min(
        Math.floor(idle * callsPerAgent),
        idle + sparedAbandons(liveAnswers, abandoned, abandonCap),
      )
      return Math.max(0, Math.min(wanted - calls.length, lineCap - linesInUse))
    },
  })
}

/** How many more live answers could be abandoned, all of the next ones, before their share passes the cap. */
export function sparedAbandons(liveAnswers: number, abandoned: number, cap: number): number {
  if (cap >= 1) return Number.POSITIVE_INFINITY
  // A hair more, so that the 3 of exactly 100 are not lost to how a computer writes 0.03.
  const spared = Math.floor((cap * liveAnswers - abandoned) / (1 - cap) + 1e-9)
  return spared > 0 ? spared : 0
}
