import type { z } from 'zod'
import { readMergeFields, renderSteps } from '#floor/script-text.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import {
  changeScript,
  createScript,
  deleteScript,
  listScripts,
  readScript,
  type Script,
  type ScriptSort,
  type ScriptStep,
} from '#store/scripts.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuse, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import type { newScript, scriptChange } from './schema.ts'

export async function listOfScripts(
  house: ServerDeps,
  caller: Caller,
  page: PageOf<ScriptSort>,
): Promise<Page<Script>> {
  return within(house, caller, (tx) => listScripts(tx, caller.workspace_id, page))
}

export async function readOneScript(house: ServerDeps, caller: Caller, id: string): Promise<Script | Refusal> {
  return within(house, caller, async (tx) => (await readScript(tx, caller.workspace_id, id)) ?? refuseUnknown('script'))
}

export async function makeScript(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newScript>,
): Promise<Script | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const faults = await findStepFaults(wanted.steps)
  if (faults.length > 0) return refuseValues(faults)
  const id = newId(at)
  return refuseTakenName(() =>
    within(house, caller, async (tx) => {
      await createScript(tx, workspace_id, { ...wanted, id }, at)
      return (await readScript(tx, workspace_id, id)) as Script
    }),
  )
}

export async function changeOneScript(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof scriptChange>,
): Promise<Script | Refusal> {
  const { workspace_id } = caller
  const faults = await findStepFaults(change.steps ?? [])
  if (faults.length > 0) return refuseValues(faults)
  return refuseTakenName(() =>
    within(house, caller, async (tx) => {
      if (!(await changeScript(tx, workspace_id, id, change, house.clock.now()))) return refuseUnknown('script')
      return (await readScript(tx, workspace_id, id)) as Script
    }),
  )
}

export async function deleteOneScript(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  const deleted = await within(house, caller, (tx) => deleteScript(tx, caller.workspace_id, id))
  return deleted ? null : refuseUnknown('script')
}

/** What is said to one person: every step with what is known of them. */
export async function renderScript(house: ServerDeps, caller: Caller, id: string, leadId: string) {
  return within(house, caller, async (tx) => {
    const script = await readScript(tx, caller.workspace_id, id)
    if (!script) return refuseUnknown('script')
    const known = await readMergeFields(tx, caller.workspace_id, leadId)
    if (!known) return refuseValues([{ path: 'lead_id', message: 'names no lead' }])
    const rendered = await renderSteps(script.steps, known)
    if ('steps' in rendered) return { script_id: id, lead_id: leadId, ...rendered }
    return refuse('conflict', 'The script can not be rendered for this person.', {
      errors: rendered.faults.map(({ index, message }) => ({ path: `steps.${index}.text`, message })),
    })
  })
}

async function findStepFaults(steps: ScriptStep[]): Promise<ValueFault[]> {
  const { findTemplateFault } = await import('#floor/template.ts')
  const keys = steps.map(({ key }) => key)
  return steps.flatMap(({ key, text, branches }, index): ValueFault[] => {
    const fault = findTemplateFault(text)
    return [
      ...(fault === null ? [] : [{ path: `steps.${index}.text`, message: fault }]),
      ...(keys.indexOf(key) === index ? [] : [{ path: `steps.${index}.key`, message: 'names another step too' }]),
      ...branches.flatMap(({ goes_to }, branch) =>
        keys.includes(goes_to) ? [] : [{ path: `steps.${index}.branches.${branch}.goes_to`, message: 'names no step' }],
      ),
    ]
  })
}

/** Two requests may bring the same name at the same moment: only the database can tell. */
async function refuseTakenName<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'scripts_workspace_id_name_key') throw error
    return refuse('already-exists', 'Another script has this name.', {
      errors: [{ path: 'name', message: 'is taken' }],
    })
  }
}
