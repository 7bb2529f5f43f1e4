import type { z } from 'zod'
import {
  changeDisposition,
  createDisposition,
  type Disposition,
  type DispositionSettings,
  type DispositionSort,
  deleteDisposition,
  listDispositions,
  lockDisposition,
  readDisposition,
} from '#store/dispositions.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuse, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import type { dispositionChange, newDisposition } from './schema.ts'

export async function listOfDispositions(
  house: ServerDeps,
  caller: Caller,
  filters: { retired?: boolean },
  page: PageOf<DispositionSort>,
): Promise<Page<Disposition>> {
  return within(house, caller, (tx) => listDispositions(tx, caller.workspace_id, filters, page))
}

export async function readOneDisposition(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<Disposition | Refusal> {
  return within(
    house,
    caller,
    async (tx) => (await readDisposition(tx, caller.workspace_id, id)) ?? refuseUnknown('disposition'),
  )
}

export async function makeDisposition(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newDisposition>,
): Promise<Disposition | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const key = wanted.key ?? keyOf(wanted.name)
  if (key === null) return refuseValues([{ path: 'key', message: 'can not be made of this name; say one' }])
  const faults = findContradictions(wanted)
  if (faults.length > 0) return refuseValues(faults)
  const id = newId(at)
  try {
    return await within(house, caller, async (tx) => {
      await createDisposition(tx, workspace_id, { ...wanted, id, key }, at)
      return (await readDisposition(tx, workspace_id, id)) as Disposition
    })
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'disposition_categories_by_key') throw error
    return refuse('already-exists', `A disposition has the key ${key}.`, {
      errors: [{ path: 'key', message: 'is taken' }],
    })
  }
}

/** What the built-in ones mean is the same everywhere; how they are called, ordered and filled in is the workspace's. */
const meanings = ['counts_as_contact', 'success', 'final', 'retries', 'blocks_number'] as const

export async function changeOneDisposition(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof dispositionChange>,
): Promise<Disposition | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const { retired, ...rest } = change
  return within(house, caller, async (tx) => {
    const before = await lockDisposition(tx, workspace_id, id)
    if (!before) return refuseUnknown('disposition')
    if (before.built_in && meanings.some((name) => rest[name] !== undefined && rest[name] !== before[name])) {
      return refuse('conflict', 'What a built-in disposition means stays; retire it and add one of your own.', {
        allowed: ['name', 'required_fields', 'position', 'retired'],
      })
    }
    const faults = findContradictions({ ...before, ...rest })
    if (faults.length > 0) return refuseValues(faults)
    const retiring = retired === undefined ? {} : { retired_at: retired ? (before.retired_at ?? new Date(at)) : null }
    await changeDisposition(tx, workspace_id, id, { ...rest, ...retiring }, at)
    return (await readDisposition(tx, workspace_id, id)) as Disposition
  })
}

export async function deleteOneDisposition(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    const before = await lockDisposition(tx, workspace_id, id)
    if (!before) return refuseUnknown('disposition')
    if (before.built_in) return refuse('conflict', 'A built-in disposition is not deleted; retire it.')
    if (await deleteDisposition(tx, workspace_id, id)) return null
    return refuse('conflict', 'Calls have this disposition; retire it.')
  })
}

function findContradictions({ final, retries, blocks_number }: Partial<DispositionSettings>): ValueFault[] {
  const faults: ValueFault[] = []
  if (final && retries) faults.push({ path: 'retries', message: 'a lead that is completed is not called again' })
  if (blocks_number && !final) faults.push({ path: 'blocks_number', message: 'a number that is blocked is final' })
  return faults
}

function keyOf(name: string): string | null {
  const key = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 50)
  return /^[a-z]/.test(key) ? key : null
}
