import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CreatePacer } from '#domain/pacing/pacer-contract.ts'
import { blind, contenderWords, findContender } from '#domain/pacing/simulation/contenders.ts'
import type { CreateSeer } from '#domain/pacing/simulation/future.ts'
import { standardScenario } from '#domain/pacing/simulation/scenario.ts'
import { configOf } from '#domain/pacing/simulation/simulate-shift.ts'

type Loaded = { ok: true; createSeer: CreateSeer } | { ok: false; refusal: string }

/** Of a pacer's name, or of a module that exports `createPacer`. */
export async function loadPacer(said: string): Promise<Loaded> {
  const known = findContender(said)
  if (known !== null) return { ok: true, createSeer: known }
  if (!/[./\\]/.test(said)) {
    return refuse(`There is no pacer "${said}": say a module's file, or one of ${contenderWords.join(', ')}.`)
  }
  const file = resolve(said)
  if (!existsSync(file)) return refuse(`There is no file ${file}.`)
  try {
    const { createPacer } = (await import(pathToFileURL(file).href)) as { createPacer?: CreatePacer }
    if (typeof createPacer !== 'function') return refuse(`${file} exports no function createPacer.`)
    const fault = tryOut(createPacer)
    return fault === null ? { ok: true, createSeer: blind(createPacer) } : refuse(`${file}: ${fault}`)
  } catch (error) {
    return refuse(`${file} can't be loaded: ${reasonOf(error)}`)
  }
}

/** What is wrong with a pacer that can't even be made. */
function tryOut(createPacer: CreatePacer): string | null {
  try {
    const pacer: unknown = createPacer(configOf({ scenario: standardScenario, agents: 10, abandonCap: 0.03, seed: 0 }))
    const decide = (pacer as { decide?: unknown } | null | undefined)?.decide
    return typeof decide === 'function' ? null : 'createPacer gives nothing that has a function decide.'
  } catch (error) {
    return `createPacer fails: ${reasonOf(error)}`
  }
}

function refuse(refusal: string): Loaded {
  return { ok: false, refusal }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
