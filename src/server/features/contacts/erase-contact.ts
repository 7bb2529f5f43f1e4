import { type ErasureReply, erasePerson } from '#records/erasure.ts'
import type { Erasure } from '#store/erasure.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'

/** Forgets a person, whoever of the workspace's members owns them. */
export async function eraseContact(
  house: ServerDeps,
  caller: Caller,
  id: string,
  reason: string,
): Promise<Erasure | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const reply = await withinAll(house, caller, (tx) => erasePerson(tx, workspace_id, id, { user_id, reason, at }))
  return reply.ok ? reply.erasure : toRefusal(reply)
}

function toRefusal({ reason }: Extract<ErasureReply, { ok: false }>): Refusal {
  if (reason === 'unknown') return refuseUnknown('contact')
  return refuse('conflict', reason === 'in_call' ? inCall : importing)
}

const inCall =
  'Somebody is calling the person at this moment. Block the number, which ends what nobody has answered yet, and ask again ' +
  'once the call is over.'
const importing =
  'A file is being imported, which may hold the person. Ask again once it is read, or cancel the import.'
