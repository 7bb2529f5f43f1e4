import type { z } from 'zod'
import { findMissing } from '#domain/disposition.ts'
import { type Disposition, listLiveDispositions } from '#store/dispositions.ts'
import type { Tx } from '#store/tx.ts'
import { type Refusal, refuse, refuseValues, type ValueFault } from '../../http/problems.ts'
import type { newCallDisposition } from './schema.ts'

/** What somebody says of a call, read and found good. */
export interface Said {
  category: Disposition
  note: string
  /** Epoch ms. */
  callback_at: number | null
  /** A day in place of a time; which minute of it is found out with the promise. */
  callback_on: string | null
  /** Who is to call back: `me`, `team` or an agent's id; undefined: nothing is said of it. */
  callback_agent: string | undefined
  fields: Record<string, unknown>
}

/** Reads what is said of a call; a refusal names what would be taken. */
export async function readSaid(
  tx: Tx,
  workspaceId: string,
  body: z.output<typeof newCallDisposition>,
  at: number,
): Promise<Said | Refusal> {
  const categories = await listLiveDispositions(tx, workspaceId)
  const category = findCategory(categories, body.disposition)
  if (!category) {
    const errors = [{ path: 'disposition', message: 'names no disposition of the workspace' }]
    return refuse('invalid-values', `disposition: “${body.disposition}” names none of the workspace.`, {
      errors,
      allowed: categories.map(({ key }) => key),
    })
  }
  const { note = '', callback_at, callback_on = null, callback_agent, fields = {} } = body
  const promised = { callback_at: callback_at ? Date.parse(callback_at) : null, callback_on, callback_agent }
  const said = { category, note, ...promised, fields }
  const faults = findFaults(said, callback_at === null, at)
  return faults.length > 0 ? refuseWithRequired(category, faults) : said
}

/** By its key or id, or as an older client spells it. */
function findCategory(categories: Disposition[], word: string): Disposition | undefined {
  return (
    categories.find(({ id, key }) => key === word || id === word) ??
    categories.find(({ dialect_keys }) => dialect_keys.includes(word))
  )
}

/** `undated`: that there is no time was said, not forgotten. */
function findFaults({ category, ...said }: Said, undated: boolean, at: number): ValueFault[] {
  const timed = undated || said.callback_on !== null
  const needed = category.required_fields.filter((field) => field !== 'callback_at' || !timed)
  const faults = findMissing(needed, said).map((field) => ({
    path: field === 'note' || field === 'callback_at' ? field : `fields.${field}`,
    message: `is needed for ${category.key}`,
  }))
  if (said.callback_on !== null) {
    if (said.callback_at !== null) faults.push({ path: 'callback_on', message: 'goes without a callback_at' })
    if (!category.retries) faults.push({ path: 'callback_on', message: `${category.key} calls nobody back` })
    return faults
  }
  if (said.callback_at === null) {
    if (said.callback_agent !== undefined) faults.push({ path: 'callback_agent', message: 'goes with a callback_at' })
    return faults
  }
  if (!category.retries) faults.push({ path: 'callback_at', message: `${category.key} calls nobody back` })
  if (said.callback_at <= at) faults.push({ path: 'callback_at', message: 'lies in the past' })
  return faults
}

function refuseWithRequired({ required_fields }: Disposition, faults: ValueFault[]): Refusal {
  const refusal = refuseValues(faults)
  return { ...refusal, members: { ...refusal.members, required_fields } }
}
