import type { z } from 'zod'
import { listPossibleActs } from '#floor/call-control.ts'
import { readTrunk } from '#store/trunks.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'
import type { possibleActs } from './schema.ts'

/** What agents and supervisors can do with calls over a trunk; nothing where it can't be used at all. */
export async function listActsOverTrunk(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<z.input<typeof possibleActs> | Refusal> {
  const { workspace_id } = caller
  const trunk = await withinAll(house, caller, (tx) => readTrunk(tx, workspace_id, id))
  if (trunk === null) return refuseUnknown('trunk')
  const carrier = await house.engine.carrierOf(workspace_id, id)
  return { acts: 'missing' in carrier ? [] : listPossibleActs(carrier.capabilities) }
}
