import type { CreatePacer, Snapshot } from './pacer-contract.ts'

/**
 * So many calls at once per idle agent, whatever comes of them. Above one it abandons as soon as two people answer where
 * one agent is idle; how often is nobody's decision.
 */
export function powerPacerOf(callsPerAgent: number): CreatePacer {
  return () => ({
    decide: ({ agents, calls, lineCap, linesInUse }: Snapshot) => {
      const idle = agents.filter(({ state, pausePending }) => state === 'idle' && !pausePending).length
      return Math.max(0, Math.min(Math.floor(idle * callsPerAgent) - calls.length, lineCap - linesInUse))
    },
  })
}
