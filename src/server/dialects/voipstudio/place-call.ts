import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { readCampaign } from '#store/campaigns.ts'
import { readClientCall } from '#store/client-calls.ts'
import { findOpenLead } from '#store/client-leads.ts'
import type { Tx } from '#store/tx.ts'
import { dialByHand } from '../../features/calls/dial-by-hand.ts'
import { readPhone, rulesOf } from '../../features/contacts/numbers.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import type { newCall } from './bodies.ts'
import { showCall } from './shapes.ts'

/** So long the client waits for the provider's id of its call. */
const patienceMs = 10_000

export async function placeClientCall(house: ServerDeps, caller: Caller, body: z.output<typeof newCall>) {
  const callee = await within(house, caller, (tx) => readCallee(tx, caller, body))
  if (isRefusal(callee)) return callee
  const said = {
    ...(body.metadata ? { metadata: body.metadata } : {}),
    ...(body.leadId ? { external_lead_id: body.leadId } : {}),
  }
  const dialed = await dialByHand(house, caller, { ...callee, ...said }, 'own_agent_if_free')
  if (isRefusal(dialed)) return dialed
  await Promise.race([dialed.answered, wait(patienceMs, undefined, { ref: false })])
  const call = await withinAll(house, caller, (tx) => readClientCall(tx, caller.workspace_id, dialed.id))
  if (call === null) return refuse('conflict', 'The call was stopped before it was dialed.')
  return { success: true, call: showCall(call), callId: call.provider_call_id ?? call.id }
}

/** A number that is a campaign's contact is called as that contact. */
async function readCallee(
  tx: Tx,
  { workspace_id }: Caller,
  { to, from, campaignId }: z.output<typeof newCall>,
): Promise<{ caller_id: string; lead_id?: string; number?: string; campaign_id?: string } | Refusal> {
  const rules = await rulesOf(tx, workspace_id)
  const [called, shown] = [readPhone(to, rules, 'to'), readPhone(from, rules, 'from')]
  if ('message' in called) return refuseValues([called])
  if ('message' in shown) return refuseValues([shown])
  const { number } = called
  const caller_id = shown.number
  if (!campaignId) return { caller_id, number }
  if (!(await readCampaign(tx, workspace_id, campaignId))) return refuseUnknown('campaign')
  const lead_id = await findOpenLead(tx, workspace_id, campaignId, number)
  return lead_id === null ? { caller_id, number, campaign_id: campaignId } : { caller_id, lead_id }
}
