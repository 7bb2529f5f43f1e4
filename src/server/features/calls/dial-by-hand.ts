import type { z } from 'zod'
import { type Callee, type Placed, placeCall } from '#dialer/place-call.ts'
import { findSigningAgent } from '#store/agent-board.ts'
import { findOpenSession } from '#store/agent-sessions.ts'
import { readCampaign } from '#store/campaigns.ts'
import { readContact } from '#store/contacts.ts'
import { readLead } from '#store/lead-list.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import { readPhone, rulesOf } from '../contacts/numbers.ts'
import type { newCall } from './schema.ts'

/** Dials for the caller's own agent, who hears the person as soon as somebody answers. */
export async function dialByHand(
  house: ServerDeps,
  caller: Caller,
  body: z.output<typeof newCall>,
): Promise<{ id: string; session_id: string } | Refusal> {
  const { workspace_id, user_id } = caller
  const callee = await within(house, caller, (tx) => readCallee(tx, caller, body))
  if (isRefusal(callee)) return callee
  const session = await withinAll(house, caller, async (tx) => {
    const agent = await findSigningAgent(tx, workspace_id, { user_id })
    if (agent === null) return refuse('conflict', 'No agent signs in as you.')
    return (
      (await findOpenSession(tx, workspace_id, agent.id)) ??
      refuse('conflict', 'Sign on first: POST /api/v1/agent-sessions.')
    )
  })
  if (isRefusal(session)) return session
  const by = { session_id: session.id, agent_id: session.agent_id, user_id }
  const placed = await placeCall(house.engine, workspace_id, by, callee)
  if (placed.done === 'dialed') return { id: placed.call_id, session_id: session.id }
  return refusePlaced(placed, session.state)
}

/** What the caller may see of what the request names. */
async function readCallee(
  tx: Tx,
  { workspace_id }: Caller,
  { lead_id, contact_id, number, campaign_id }: z.output<typeof newCall>,
): Promise<Callee | Refusal> {
  const named = [lead_id, contact_id, number].filter((each) => each !== undefined)
  if (named.length !== 1) return refuseValues([{ path: '', message: 'name one of lead_id, contact_id and number' }])
  if (lead_id !== undefined) {
    const lead = await readLead(tx, workspace_id, lead_id)
    if (!lead) return refuseValues([{ path: 'lead_id', message: 'names no lead' }])
    if (campaign_id === undefined || campaign_id === lead.campaign_id) return { lead_id }
    return refuseValues([{ path: 'campaign_id', message: "is not the lead's" }])
  }
  if (campaign_id !== undefined && !(await readCampaign(tx, workspace_id, campaign_id))) {
    return refuseValues([{ path: 'campaign_id', message: 'names no campaign' }])
  }
  const called = campaign_id ?? null
  if (number !== undefined) {
    const read = readPhone(number, await rulesOf(tx, workspace_id), 'number')
    return 'message' in read ? refuseValues([read]) : { number: read.number, campaign_id: called }
  }
  const contact = await readContact(tx, workspace_id, contact_id as string)
  const [phone] = contact?.phones ?? []
  if (!phone) return refuseValues([{ path: 'contact_id', message: 'names nobody with a number' }])
  return { number: phone.number, campaign_id: called }
}

function refusePlaced(placed: Exclude<Placed, { done: 'dialed' }>, state: string): Refusal {
  if (placed.done === 'refused') {
    return refuse(
      'conflict',
      placed.detail,
      placed.why === 'agent' ? { current_status: state, allowed: ['available'] } : {},
    )
  }
  return refuseForbidden(placed)
}

/** A rule forbids the call: which, and when it would allow it. */
export function refuseForbidden({ rule, at }: { rule: string; at: number | null }): Refusal {
  const next_lawful_at = at === null ? null : new Date(at).toISOString()
  const when = next_lawful_at === null ? 'for good' : `until ${next_lawful_at}`
  return refuse('not-callable', `The rule ${rule} forbids the call ${when}.`, { rule, next_lawful_at })
}
