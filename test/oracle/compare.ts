import { decideContact } from '#domain/contactability.ts'
import { createRandom, type Random } from '#domain/random.ts'
import { type Case, makeCase, toInput } from './cases.ts'
import { mayCall } from './oracle.ts'

export interface Comparison {
  cases: number
  now: number
  later: number
  never: number
  /** Let out where the oracle says no: calls outside the window. */
  outside: number
  /** Held where the oracle says yes. */
  needless: number
  /** The first few cases in which the two disagree. */
  disagreements: { at: string; said: string; case: Case }[]
}

/** Instants between now and the one that was named, at which nothing may be open. */
const looksBetween = 3
const shown = 5

/** Asks both about so many random cases. */
export function compare(count: number, seed: number): Comparison {
  const random = createRandom(seed)
  const found: Comparison = { cases: count, now: 0, later: 0, never: 0, outside: 0, needless: 0, disagreements: [] }
  for (let index = 0; index < count; index += 1) compareOne(makeCase(random), random, found)
  return found
}

function compareOne(one: Case, random: Random, found: Comparison): void {
  const { answer, at } = decideContact(toInput(one))
  found[answer] += 1
  const tell = (kind: 'outside' | 'needless', instant: number) => {
    found[kind] += 1
    if (found.disagreements.length < shown)
      found.disagreements.push({ at: new Date(instant).toISOString(), said: answer, case: one })
  }
  if (at !== null && !mayCall(one, at)) tell('outside', at)
  const needless = heldInstants(one, answer, at, random).find((instant) => mayCall(one, instant))
  if (needless !== undefined) tell('needless', needless)
}

/** Instants at which the product would hold the call back: up to the one it named, or for as long as it looked. */
function heldInstants({ at: asked }: Case, answer: string, named: number | null, random: Random): number[] {
  if (answer === 'now') return []
  const until = named ?? asked + 366 * 86_400_000
  const between = Array.from({ length: looksBetween }, () => asked + Math.floor(random() * (until - asked)))
  return [asked, ...between, ...(named === null ? [] : [named - 1])]
}
