/** Pacers by name, as they are compared. */
import { createPacer as createPredictive } from '../pacer.ts'
import type { CreatePacer } from '../pacer-contract.ts'
import { createPacer as createProgressive } from '../progressive.ts'
import { adaptiveLevels, adaptivePacerOf, ratioPacerOf } from './baselines.ts'
import { createClairvoyant } from './clairvoyant.ts'
import type { CreateSeer } from './future.ts'

/** An adaptive dialer is tried at every level, and judged by the best of them in hindsight. */
export const adaptiveNames = adaptiveLevels.map((level) => `adaptive${level}`)

/** Power and adaptive take other levels too. */
export const contenderWords = ['predictive', 'progressive', 'power3', 'adaptive3', 'clairvoyant'] as const

export function findContender(name: string): CreateSeer | null {
  const [, kind = '', level] = /^([a-z]+)([\d.]+)?$/.exec(name) ?? []
  const number = Number(level)
  if (level === undefined) {
    if (kind === 'clairvoyant') return createClairvoyant
    return kind === 'predictive' ? blind(createPredictive) : kind === 'progressive' ? blind(createProgressive) : null
  }
  if (!(number >= 1 && number <= 20)) return null
  return kind === 'power' ? blind(ratioPacerOf(number)) : kind === 'adaptive' ? blind(adaptivePacerOf(number)) : null
}

/** A pacer that isn't given what is to come. */
export function blind(createPacer: CreatePacer): CreateSeer {
  return (config) => createPacer(config)
}
