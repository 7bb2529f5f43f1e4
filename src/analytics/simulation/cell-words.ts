import { performance } from 'node:perf_hooks'
import { type CellFigures, playCell } from '#domain/pacing/simulation/compare-pacers.ts'
import { findScenarios, type OwnFigures, scenarioWith } from '#domain/pacing/simulation/find-scenario.ts'
import type { Scenario } from '#domain/pacing/simulation/scenario.ts'
import { loadPacer } from './load-pacer.ts'

/** A cell of a comparison in words alone, so that it can be played in another thread. */
export interface CellWords {
  /** A pacer's name or file. */
  pacer: string
  scenario: string
  own?: OwnFigures
  agents: number
  /** From 0 to 1. */
  cap: number
  first_seed: number
  seeds: number
  timed?: boolean
}

export function scenarioOfWords({ scenario, own = {} }: Pick<CellWords, 'scenario' | 'own'>): Scenario {
  const [base] = findScenarios(scenario) ?? []
  if (base === undefined) throw new Error(`there is no scenario ${scenario}`)
  return scenarioWith(base, own)
}

export async function playWords(words: CellWords): Promise<CellFigures> {
  const loaded = await loadPacer(words.pacer)
  if (!loaded.ok) throw new Error(loaded.refusal)
  const { pacer, agents, cap, first_seed, seeds, timed = false } = words
  return playCell({
    ...{ pacer, agents, cap, createSeer: loaded.createSeer, scenario: scenarioOfWords(words) },
    seeds: Array.from({ length: seeds }, (_, index) => first_seed + index),
    ...(timed ? { clock: () => performance.now() } : {}),
  })
}
