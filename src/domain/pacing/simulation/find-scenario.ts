import { madeUpScenarios } from './made-up-scenarios.ts'
import { publicScenarios, type Scenario, standardScenario } from './scenario.ts'

const groups: Record<string, readonly Scenario[]> = {
  public: publicScenarios,
  'made-up': madeUpScenarios,
  all: [...publicScenarios, ...madeUpScenarios],
}

/** What may be said for a scenario: each by its name, or many by that of their group. */
export const scenarioWords = [...Object.keys(groups), ...(groups.all ?? []).map(({ name }) => name), 'standard']

/** Of a word that stands for one scenario or more; null where it stands for none. */
export function findScenarios(word: string): readonly Scenario[] | null {
  if (word === 'standard') return [standardScenario]
  const one = groups.all?.find(({ name }) => name === word)
  return one ? [one] : (groups[word] ?? null)
}

/** What somebody knows of a campaign of their own. */
export interface OwnFigures {
  /** Of dials that a person answers, from 0 to 1. */
  answer_rate?: number
  talk_seconds?: number
  wrap_seconds?: number
  hours?: number
}

/** Nobody answers dials that are busy or fail. */
export function mostAnswers({ busyShare, failedShare }: Scenario): number {
  return 1 - busyShare - failedShare
}

/** A scenario with figures of one's own; of another length it keeps the breaks that its hours hold. */
export function scenarioWith(base: Scenario, own: OwnFigures): Scenario {
  const { answer_rate, talk_seconds, wrap_seconds, hours } = own
  if (Object.keys(own).length === 0) return base
  const shiftEnd = hours === undefined ? base.shiftEnd : hours * 3600
  const breaks = base.roster.breaks.filter(({ at, spread, length }) => at + spread / 2 + length < shiftEnd)
  return {
    ...base,
    name: `${base.name} with own figures`,
    ...(answer_rate === undefined ? {} : { liveShare: () => answer_rate }),
    ...(talk_seconds === undefined ? {} : { talk: [{ share: 1, mean: talk_seconds, cv: 0.9 }] }),
    ...(wrap_seconds === undefined ? {} : { wrap: [{ share: 1, mean: wrap_seconds, cv: 0.6 }] }),
    ...{ shiftEnd, roster: { ...base.roster, breaks } },
  }
}
