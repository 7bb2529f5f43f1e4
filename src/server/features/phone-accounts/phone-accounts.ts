/** Phones in browsers, as their owners get at them: each member gets accounts for their own phone, and for no other. */
import type { z } from 'zod'
import { findSigningAgent } from '#store/agent-board.ts'
import { listTrunks } from '#store/trunks.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import type { phoneAccount, phoneAs } from './schema.ts'

type As = z.output<typeof phoneAs>
type ShownAccount = z.output<typeof phoneAccount>

/** The address of legs to the caller's phone; a refusal where nobody would ring it. */
export async function findIdentity(tx: Tx, caller: Caller, as: As): Promise<string | Refusal> {
  const { workspace_id, user_id, role } = caller
  if (as === 'supervisor') {
    if (reaches(role, as)) return user_id
    return refuse('forbidden', 'This needs the role supervisor.', { needed_role: as })
  }
  const agent = await findSigningAgent(tx, workspace_id, { user_id })
  if (agent === null) return refuse('conflict', 'No agent signs in as you.')
  if (agent.reached_at !== 'browser') return refuse('conflict', 'Your agent is not reached at a browser.')
  return agent.active ? agent.id : refuse('conflict', 'Your agent is not active.')
}

/** One for each trunk that takes phones and is not away. */
export async function makePhoneAccounts(house: ServerDeps, caller: Caller, as: As): Promise<ShownAccount[] | Refusal> {
  const { workspace_id } = caller
  const { trunks, identity } = await withinAll(house, caller, async (tx) => ({
    trunks: (await listTrunks(tx, workspace_id)).filter(({ active }) => active),
    identity: await findIdentity(tx, caller, as),
  }))
  if (isRefusal(identity)) return identity
  const made: ShownAccount[] = []
  let fault = refuse('conflict', 'No active trunk of the workspace takes phones in browsers.')
  for (const { id: trunk_id } of trunks) {
    const carrier = await house.engine.carrierOf(workspace_id, trunk_id)
    if ('missing' in carrier || carrier.makePhoneAccount === undefined) continue
    const reply = await carrier.makePhoneAccount(identity)
    if (!reply.ok) fault = refuse('carrier-fault', reply.fault.reason)
    else made.push({ trunk_id, ...reply.account, ...placeOf(house, trunk_id, as, reply.account.expires_at) })
  }
  return made.length > 0 ? made : fault
}

function placeOf(house: ServerDeps, trunk_id: string, as: As, expires_at: string) {
  const url = `${house.publicUrl().replace(/^http/, 'ws')}/sip?${new URLSearchParams({ trunk_id, as })}`
  return { url, expires_at: new Date(expires_at) }
}
