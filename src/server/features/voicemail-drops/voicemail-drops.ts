import type { z } from 'zod'
import { messageKey } from '#media/object-store.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import {
  changeVoicemailDrop,
  createVoicemailDrop,
  deleteVoicemailDrop,
  listVoicemailDrops,
  readVoicemailDrop,
  type VoicemailDrop,
  type VoicemailDropSort,
} from '#store/voicemail-drops.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import type { newVoicemailDrop, voicemailDropChange } from './schema.ts'

export async function listOfVoicemailDrops(
  house: ServerDeps,
  caller: Caller,
  page: PageOf<VoicemailDropSort>,
): Promise<Page<VoicemailDrop>> {
  return within(house, caller, (tx) => listVoicemailDrops(tx, caller.workspace_id, page))
}

export async function readOneVoicemailDrop(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<VoicemailDrop | Refusal> {
  const drop = await within(house, caller, (tx) => readVoicemailDrop(tx, caller.workspace_id, id))
  return drop ?? refuseUnknown('voicemail drop')
}

export async function makeVoicemailDrop(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newVoicemailDrop>,
): Promise<VoicemailDrop | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const id = newId(at)
  return refuseTakenName(() =>
    within(house, caller, async (tx) => {
      await createVoicemailDrop(tx, workspace_id, { ...wanted, id }, at)
      return (await readVoicemailDrop(tx, workspace_id, id)) as VoicemailDrop
    }),
  )
}

export async function changeOneVoicemailDrop(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof voicemailDropChange>,
): Promise<VoicemailDrop | Refusal> {
  const at = house.clock.now()
  return refuseTakenName(async () => {
    const drop = await within(house, caller, (tx) => changeVoicemailDrop(tx, caller.workspace_id, id, change, at))
    return drop ?? refuseUnknown('voicemail drop')
  })
}

export async function deleteOneVoicemailDrop(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  const deleted = await refuseUsed(() =>
    within(house, caller, (tx) => deleteVoicemailDrop(tx, caller.workspace_id, id)),
  )
  if (isRefusal(deleted)) return deleted
  if (!deleted) return refuseUnknown('voicemail drop')
  await house.objects.delete(messageKey(caller.workspace_id, id))
  return null
}

/** Only the database can tell whether a campaign was given it in this moment. */
async function refuseUsed<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'campaigns_workspace_id_voicemail_drop_id_fkey') throw error
    return refuse('conflict', 'A campaign leaves this message on machines; give it another one first.', {})
  }
}

/** Two requests may bring the same name at the same moment: only the database can tell. */
async function refuseTakenName<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'voicemail_drops_workspace_id_name_key') throw error
    return refuse('already-exists', 'Another voicemail drop has this name.', {
      errors: [{ path: 'name', message: 'is taken' }],
    })
  }
}
