import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { replanLead } from '#dialer/closer.ts'
import { correctionMs, mayCorrect, resultOf } from '#domain/disposition.ts'
import {
  type CallDisposition,
  listDispositionChanges,
  readCallDisposition,
  saveCallDisposition,
} from '#store/call-dispositions.ts'
import { lockCalls, type StoredCall } from '#store/calls.ts'
import { lockReopenable, reopenCampaign } from '#store/campaign-calendar.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import { readLeadSince, restoreBudget } from '#store/lead-futures.ts'
import { announce } from '#store/live-events.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { reachCall } from '../calls/reach.ts'
import { readSaid, type Said } from './said.ts'
import type { newCallDisposition } from './schema.ts'
import { settleBlock } from './settle-block.ts'

/**
 * Says what a call meant, once, or corrects what was said. All that follows happens in the same transaction: the lead's
 * future, the number's block, and the taking back of what only the former disposition had done.
 */
export async function dispose(
  house: ServerDeps,
  caller: Caller,
  callId: string,
  body: z.output<typeof newCallDisposition>,
): Promise<{ disposition: ReturnType<typeof show>; added: boolean } | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const done = await withinAll(house, caller, async (tx) => {
    const reached = await reachCall(tx, caller, callId)
    if (isRefusal(reached)) return reached
    if (!reached.own && !reaches(caller.role, 'supervisor')) return refuseOthers()
    const said = await readSaid(tx, workspace_id, body, at)
    if (isRefusal(said)) return said
    // As everybody takes them: the claims, the campaign, the call, its leads.
    if (said.category.blocks_number) await holdClaims(tx, workspace_id)
    const { campaign_id } = reached.call
    const reopens =
      said.category.retries && campaign_id !== null && (await lockReopenable(tx, workspace_id, campaign_id, at))
    const [call] = await lockCalls(tx, workspace_id, [callId])
    const former = await readCallDisposition(tx, workspace_id, callId)
    const refusal = former && refuseCorrection(caller, former, at)
    if (refusal) return refusal
    if (former && isSame(former, said)) return { disposition: show(former), added: false }
    const number = reached.call.direction === 'outbound' ? reached.call.to_number : reached.call.from_number
    const blocking = await settleBlock(tx, caller, { call_id: callId, number }, former, said, at)
    const lead_max_attempts = await settleLead(tx, workspace_id, call as StoredCall, former, said, { reopens, at })
    const by = { changed_by: caller.user_id, changed_at: new Date(at) }
    await saveCallDisposition(tx, workspace_id, {
      ...{ call_id: callId, campaign_id, disposition_id: said.category.id, note: said.note, fields: said.fields },
      ...{ callback_at: said.callback_at === null ? null : new Date(said.callback_at), lead_max_attempts },
      ...{ set_by: former?.set_by ?? caller.user_id, set_at: former?.set_at ?? new Date(at), ...by, ...blocking },
    })
    const { state, outcome } = call as StoredCall
    const told = { call_id: callId, campaign_id, state, outcome, disposition: said.category.key }
    await announce(tx, workspace_id, 'call.updated', told, at)
    const now = (await readCallDisposition(tx, workspace_id, callId)) as CallDisposition
    return { disposition: show(now), added: former === null }
  })
  if (isRefusal(done)) return done
  house.engine.wake(workspace_id, 'live')
  house.engine.wake(workspace_id, 'dial')
  return done
}

/** What a call means, and everything it was said to mean before. */
export async function readDispositionOfCall(house: ServerDeps, caller: Caller, callId: string) {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const reached = await reachCall(tx, caller, callId)
    if (isRefusal(reached)) return reached
    const disposition = await readCallDisposition(tx, workspace_id, callId)
    if (!disposition) return refuseUnknown('disposition of this call')
    return { ...show(disposition), changes: await listDispositionChanges(tx, workspace_id, callId) }
  })
}

/** The future of the lead whose last call this was. Of a call that goes on, the closer asks when it ends. */
async function settleLead(
  tx: Tx,
  workspaceId: string,
  call: StoredCall,
  former: CallDisposition | null,
  said: Said,
  { reopens, at }: { reopens: boolean; at: number },
): Promise<number | null> {
  const { lead_id, campaign_id } = call
  if (lead_id === null) return null
  const lead = await readLeadSince(tx, workspaceId, lead_id, call.id)
  if (!lead) return null
  if (call.ended_at !== null && !lead.tried_again) {
    if (former?.callback_at) await restoreBudget(tx, workspaceId, lead_id, former.lead_max_attempts)
    const due = await replanLead(tx, workspaceId, { ...call, lead_id }, resultOf(said.category, said.callback_at), at)
    if (reopens && due)
      await reopenCampaign(tx, workspaceId, campaign_id as string, at, 'a person is to be called again')
  }
  return lead.max_attempts
}

function isSame(former: CallDisposition, { category, note, callback_at, fields }: Said): boolean {
  return (
    former.disposition_id === category.id &&
    former.note === note &&
    (former.callback_at?.getTime() ?? null) === callback_at &&
    isDeepStrictEqual(former.fields, fields)
  )
}

function refuseOthers(): Refusal {
  return refuse('forbidden', "Only the call's agent or a supervisor says what it meant.", {
    allowed: ["the call's agent", 'supervisor'],
  })
}

function refuseCorrection(caller: Caller, former: CallDisposition, at: number): Refusal | null {
  if (reaches(caller.role, 'supervisor')) return null
  const said = { by: [former.set_by, former.changed_by], at: former.set_at.getTime() }
  if (mayCorrect(said, caller.user_id, at)) return null
  return refuse('conflict', 'The call has its disposition; a supervisor may correct it.', {
    allowed: ['supervisor'],
    disposition: former.key,
    correctable_until: new Date(said.at + correctionMs),
  })
}

function show({ key, set_at, ...rest }: CallDisposition) {
  return { ...rest, set_at, disposition: key, correctable_until: new Date(set_at.getTime() + correctionMs) }
}
