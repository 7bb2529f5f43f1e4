import { findScenarios, mostAnswers, type OwnFigures, scenarioWords } from '#domain/pacing/simulation/find-scenario.ts'
import type { CellWords } from './cell-words.ts'

export interface ShiftWords {
  agents: string
  scenario: string
  'answer-rate'?: string | undefined
  'talk-seconds'?: string | undefined
  'wrap-seconds'?: string | undefined
  hours?: string | undefined
  cap: string
  seeds: string
  'first-seed': string
}

type Read = { ok: true; shifts: Omit<CellWords, 'pacer'> } | { ok: false; refusal: string }

/** Of what somebody typed: which shifts are to be played. Says all that is wrong with it at once. */
export function readShiftWords(words: ShiftWords): Read {
  const faults: string[] = []
  const number = (name: keyof ShiftWords, { least, most, whole = false }: Range): number => {
    const said = words[name] ?? ''
    const value = said.trim() === '' ? Number.NaN : Number(said)
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value
    faults.push(`--${name} takes a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not "${said}".`)
    return least
  }
  const given = (name: keyof ShiftWords, range: Range): number | undefined =>
    words[name] === undefined ? undefined : number(name, range)

  const found = findScenarios(words.scenario) ?? []
  const [base] = found
  if (base === undefined || found.length > 1) {
    const single = scenarioWords.filter((word) => findScenarios(word)?.length === 1)
    return { ok: false, refusal: `There is no one scenario "${words.scenario}": say one of ${single.join(', ')}.` }
  }
  const shifts: Omit<CellWords, 'pacer'> = {
    scenario: words.scenario,
    own: withoutGaps({
      answer_rate: given('answer-rate', { least: 0.001, most: Number(mostAnswers(base).toFixed(3)) }),
      talk_seconds: given('talk-seconds', { least: 1, most: 7200 }),
      wrap_seconds: given('wrap-seconds', { least: 0, most: 3600 }),
      hours: given('hours', { least: 0.25, most: 24 }),
    }),
    agents: number('agents', { least: 1, most: 1000, whole: true }),
    cap: number('cap', { least: 0.01, most: 100 }) / 100,
    seeds: number('seeds', { least: 1, most: 1000, whole: true }),
    first_seed: number('first-seed', { least: 0, most: 1_000_000_000, whole: true }),
  }
  return faults.length === 0 ? { ok: true, shifts } : { ok: false, refusal: faults.join('\n') }
}

interface Range {
  least: number
  most: number
  whole?: boolean
}

function withoutGaps(own: { [Key in keyof OwnFigures]: number | undefined }): OwnFigures {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
}
