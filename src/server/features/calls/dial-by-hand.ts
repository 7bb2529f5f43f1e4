import type { z } from 'zod'
import type { Callee } from '#dialer/call-target.ts'
import { type NotPlaced, type Placed, placeCall, type WantedCall } from '#dialer/place-call.ts'
import type { AgentState } from '#domain/agent-session.ts'
import { findSigningAgent } from '#store/agent-board.ts'
import { findOpenSession, type StoredSession } from '#store/agent-sessions.ts'
import { readCampaign } from '#store/campaigns.ts'
import { readContact } from '#store/contacts.ts'
import { readLead } from '#store/lead-list.ts'
import { readTrunk } from '#store/trunks.ts'
import type { Tx } from '#store/tx.ts'
import { undialed } from '#telephony/registry.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import { findCallerIdFault } from '../campaigns/settings.ts'
import { readPhone, rulesOf } from '../contacts/numbers.ts'
import type { newCall } from './schema.ts'

/** Whom whoever answers is put through to: the caller's own agent, that agent only where free at this moment, or nobody. */
export type PutThrough = 'own_agent' | 'own_agent_if_free' | 'nobody'

export interface DialedByHand {
  id: string
  /** Of the agent; null where the call has none. */
  session_id: string | null
  /** Resolves when the carrier has answered. */
  answered: Promise<void>
}

/** Dials for the caller's own agent, who hears the person as soon as somebody answers, or for nobody. */
export async function dialByHand(
  house: ServerDeps,
  caller: Caller,
  body: z.output<typeof newCall>,
  putThrough: PutThrough = body.without_agent ? 'nobody' : 'own_agent',
): Promise<DialedByHand | Refusal> {
  const { workspace_id } = caller
  const wanted = await within(house, caller, (tx) => readWanted(tx, caller, body))
  if (isRefusal(wanted)) return wanted
  const found = putThrough === 'nobody' ? null : await findOwnSession(house, caller)
  if (isRefusal(found) && putThrough === 'own_agent') return found
  let session = isRefusal(found) ? null : found
  let placed = await placeCall(house.engine, workspace_id, { ...wanted, agent: toAgent(session) })
  if (putThrough === 'own_agent_if_free' && isAgentsFault(placed)) {
    session = null
    placed = await placeCall(house.engine, workspace_id, { ...wanted, agent: null })
  }
  if (placed.done !== 'dialed') return refusePlaced(placed, session?.state)
  return { id: placed.call_id, session_id: session?.id ?? null, answered: placed.answered }
}

async function findOwnSession(house: ServerDeps, caller: Caller): Promise<StoredSession | Refusal> {
  const { workspace_id, user_id } = caller
  return withinAll(house, caller, async (tx) => {
    const agent = await findSigningAgent(tx, workspace_id, { user_id })
    if (agent === null) return refuse('conflict', 'No agent signs in as you.')
    return (
      (await findOpenSession(tx, workspace_id, agent.id)) ??
      refuse('conflict', 'Sign on first: POST /api/v1/agent-sessions.')
    )
  })
}

function toAgent(session: StoredSession | null): WantedCall['agent'] {
  return session && { session_id: session.id, agent_id: session.agent_id }
}

function isAgentsFault(placed: Placed): boolean {
  return placed.done === 'refused' && (placed.why === 'agent' || placed.why === 'not_of_campaign')
}

/** What the caller may see of what the request names, and may show of themselves. */
async function readWanted(
  tx: Tx,
  caller: Caller,
  body: z.output<typeof newCall>,
): Promise<Omit<WantedCall, 'agent'> | Refusal> {
  const { workspace_id, user_id } = caller
  const { caller_id, metadata = {}, external_lead_id = null } = body
  const read = await readCallee(tx, caller, body)
  if (isRefusal(read)) return read
  const { trunk_id = null } = read
  const by = { placed_by: user_id, metadata, external_lead_id }
  if (caller_id === undefined) return { callee: read, caller_id: null, by }
  const shown = readPhone(caller_id, await rulesOf(tx, workspace_id), 'caller_id')
  if ('message' in shown) return refuseValues([shown])
  const fault = await findCallerIdFault(tx, workspace_id, { trunk_id, caller_id: shown.number })
  return fault ?? { callee: read, caller_id: shown.number, by }
}

async function findTrunkFault(tx: Tx, workspaceId: string, id: string): Promise<Refusal | null> {
  const trunk = await readTrunk(tx, workspaceId, id)
  if (trunk?.active && !Object.hasOwn(undialed, trunk.provider)) return null
  return refuseValues([{ path: 'trunk_id', message: trunk ? 'is out of use' : 'names no trunk of the workspace' }])
}

/** Whom, and over which trunk when the campaign names one. */
async function readCallee(
  tx: Tx,
  { workspace_id }: Caller,
  { lead_id, contact_id, number, campaign_id, trunk_id }: z.output<typeof newCall>,
): Promise<(Callee & { trunk_id?: string | null }) | Refusal> {
  const named = [lead_id, contact_id, number].filter((each) => each !== undefined)
  if (named.length !== 1) return refuseValues([{ path: '', message: 'name one of lead_id, contact_id and number' }])
  if (trunk_id !== undefined) {
    const fault = await findTrunkFault(tx, workspace_id, trunk_id)
    if (fault) return fault
    if (campaign_id ?? lead_id) return refuseValues([{ path: 'trunk_id', message: "is the campaign's" }])
  }
  if (lead_id !== undefined) {
    const lead = await readLead(tx, workspace_id, lead_id)
    if (!lead) return refuseValues([{ path: 'lead_id', message: 'names no lead' }])
    if (campaign_id !== undefined && campaign_id !== lead.campaign_id) {
      return refuseValues([{ path: 'campaign_id', message: "is not the lead's" }])
    }
    const campaign = await readCampaign(tx, workspace_id, lead.campaign_id)
    return { lead_id, trunk_id: campaign?.trunk_id ?? null }
  }
  const campaign = campaign_id === undefined ? null : await readCampaign(tx, workspace_id, campaign_id)
  if (campaign_id !== undefined && !campaign) {
    return refuseValues([{ path: 'campaign_id', message: 'names no campaign' }])
  }
  const called = { campaign_id: campaign_id ?? null, trunk_id: campaign?.trunk_id ?? trunk_id ?? null }
  if (number !== undefined) {
    const read = readPhone(number, await rulesOf(tx, workspace_id), 'number')
    return 'message' in read ? refuseValues([read]) : { number: read.number, ...called }
  }
  const contact = await readContact(tx, workspace_id, contact_id as string)
  const [phone] = contact?.phones ?? []
  if (!phone) return refuseValues([{ path: 'contact_id', message: 'names nobody with a number' }])
  return { number: phone.number, ...called }
}

function refusePlaced(placed: NotPlaced, state: AgentState | undefined): Refusal {
  if (placed.done === 'forbidden') return refuseForbidden(placed)
  const members = placed.why === 'agent' ? { current_status: state, allowed: ['available'] } : {}
  return refuse('conflict', placed.detail, members)
}

/** A rule forbids the call: which, and when it would allow it. */
export function refuseForbidden({ rule, at }: { rule: string; at: number | null }): Refusal {
  const next_lawful_at = at === null ? null : new Date(at).toISOString()
  const when = next_lawful_at === null ? 'for good' : `until ${next_lawful_at}`
  return refuse('not-callable', `The rule ${rule} forbids the call ${when}.`, { rule, next_lawful_at })
}
