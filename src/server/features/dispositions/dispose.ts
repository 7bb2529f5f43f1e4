import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { correctionMs, mayCorrect } from '#domain/disposition.ts'
import {
  type CallDisposition,
  listDispositionChanges,
  readCallDisposition,
  saveCallDisposition,
} from '#store/call-dispositions.ts'
import { lockCalls, type StoredCall } from '#store/calls.ts'
import { lockReopenable } from '#store/campaign-calendar.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import { announce } from '#store/live-events.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { reaches } from '../../http/permissions.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { reachCall } from '../calls/reach.ts'
import { judgeDetection, labelDetection } from './label-detection.ts'
import { readSaid, type Said } from './said.ts'
import type { newCallDisposition } from './schema.ts'
import { settleBlock } from './settle-block.ts'
import { readPromise, type SaidPromise, settleLead } from './settle-lead.ts'

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
    const read = await readSaid(tx, workspace_id, body, at)
    if (isRefusal(read)) return read
    // As everybody takes them: the claims, the campaign, the call, its leads.
    if (read.category.blocks_number) await holdClaims(tx, workspace_id)
    const { campaign_id } = reached.call
    const reopens =
      read.category.retries && campaign_id !== null && (await lockReopenable(tx, workspace_id, campaign_id, at))
    const call = (await lockCalls(tx, workspace_id, [callId]))[0] as StoredCall
    const former = await readCallDisposition(tx, workspace_id, callId)
    const refusal = former && refuseCorrection(caller, former, at)
    if (refusal) return refusal
    const promise = await readPromise(tx, caller, call, former, read, at)
    if (isRefusal(promise)) return promise
    // Of a day it is known only now which minute.
    const said = { ...read, callback_at: promise?.now?.time.promised_at ?? read.callback_at }
    if (former && isSame(former, said, promise)) return { disposition: show(former), added: false, doubted: null }
    const number = reached.call.direction === 'outbound' ? reached.call.to_number : reached.call.from_number
    const blocking = await settleBlock(tx, caller, { call_id: callId, number }, former, said, at)
    const settling = { call, former, said, promise, user_id: caller.user_id, reopens, at }
    const lead_max_attempts = await settleLead(tx, workspace_id, settling)
    const by = { changed_by: caller.user_id, changed_at: new Date(at) }
    await saveCallDisposition(tx, workspace_id, {
      ...{ call_id: callId, campaign_id, disposition_id: said.category.id, note: said.note, fields: said.fields },
      ...{ callback_at: said.callback_at === null ? null : new Date(said.callback_at), lead_max_attempts },
      ...{ set_by: former?.set_by ?? caller.user_id, set_at: former?.set_at ?? new Date(at), ...by, ...blocking },
    })
    await labelDetection(tx, workspace_id, call, said.category.key, at)
    const { state, outcome } = call
    const told = { call_id: callId, campaign_id, state, outcome, disposition: said.category.key }
    await announce(tx, workspace_id, 'call.updated', told, at)
    const now = (await readCallDisposition(tx, workspace_id, callId)) as CallDisposition
    return {
      disposition: show(now),
      added: former === null,
      doubted: call.detection === 'machine' ? campaign_id : null,
    }
  })
  if (isRefusal(done)) return done
  if (done.doubted) await judgeDetection(house, workspace_id, done.doubted, at)
  for (const what of ['live', 'floor', 'dial'] as const) house.engine.wake(workspace_id, what)
  return { disposition: done.disposition, added: done.added }
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

function isSame(
  former: CallDisposition,
  { category, note, callback_at, fields }: Said,
  promise: SaidPromise | null,
): boolean {
  const { before = null, now = null } = promise ?? {}
  return (
    (now === null || before?.agent_id === now.agent_id) &&
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
