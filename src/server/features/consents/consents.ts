import type { z } from 'zod'
import { strengthOfBasis } from '#domain/consent.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import {
  addConsent,
  type Consent,
  type ConsentSort,
  listConsents,
  readConsent,
  withdrawConsents,
} from '#store/consents.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { reopenLeadsOfNumbers } from '#store/lead-review.ts'
import { cancelUnanswered } from '#store/opt-outs.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import { readPhone, rulesOf } from '../contacts/numbers.ts'
import { judgeLeads } from '../suppressions/block.ts'
import type { newConsent, withdrawal } from './schema.ts'

export async function listOfConsents(
  house: ServerDeps,
  caller: Caller,
  number: string | undefined,
  page: PageOf<ConsentSort>,
): Promise<Page<Consent> | Refusal> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    if (number === undefined) return listConsents(tx, workspace_id, undefined, page)
    const reading = readPhone(number, await rulesOf(tx, workspace_id), 'number')
    return 'message' in reading ? refuseValues([reading]) : listConsents(tx, workspace_id, reading.number, page)
  })
}

export async function readOneConsent(house: ServerDeps, caller: Caller, id: string): Promise<Consent | Refusal> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => (await readConsent(tx, workspace_id, id)) ?? refuseUnknown('consent'))
}

/** Records what a person agreed to; their leads are judged anew. */
export async function recordConsent(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newConsent>,
): Promise<Consent | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const { given_at = new Date(at).toISOString(), expires_at = null } = wanted
  const faults = findTimeFaults(Date.parse(given_at), expires_at === null ? null : Date.parse(expires_at), at)
  if (faults.length > 0) return refuseValues(faults)
  const recorded = await withinAll(house, caller, async (tx) => {
    const reading = readPhone(wanted.number, await rulesOf(tx, workspace_id), 'number')
    if ('message' in reading) return refuseValues([reading])
    const consent = await addConsent(tx, workspace_id, {
      ...{ ...wanted, id: newId(at), number: reading.number, recorded_by: user_id, created_at: new Date(at) },
      strength: wanted.strength ?? strengthOfBasis(wanted.basis),
      given_at: new Date(given_at),
      expires_at: expires_at === null ? null : new Date(expires_at),
    })
    await judgeAnew(tx, workspace_id, reading.number, at)
    return consent
  })
  if (!isRefusal(recorded)) house.engine.wake(workspace_id, 'dial')
  return recorded
}

function findTimeFaults(given: number, expires: number | null, at: number): ValueFault[] {
  return [
    ...(given > at ? [{ path: 'given_at', message: 'lies in the future' }] : []),
    ...(expires !== null && expires <= Math.max(at, given)
      ? [{ path: 'expires_at', message: 'lies in the past' }]
      : []),
  ]
}

/**
 * Takes back what a person agreed to. Where nothing is on record the withdrawal itself is recorded, and outweighs what
 * lists and the workspace say of the number. It stops AI and recorded voices; who wants no call at all is suppressed.
 */
export async function withdrawConsent(
  house: ServerDeps,
  caller: Caller,
  { number: text, reason }: z.output<typeof withdrawal>,
): Promise<{ number: string; consents: Consent[] } | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const withdrawn = await withinAll(house, caller, async (tx) => {
    const reading = readPhone(text, await rulesOf(tx, workspace_id), 'number')
    if ('message' in reading) return refuseValues([reading])
    const { number } = reading
    // As an opt-out does: no claim that has not seen it is still to commit, and what rings is hung up.
    await holdClaims(tx, workspace_id)
    const by = { user_id, reason, at }
    let consents = await withdrawConsents(tx, workspace_id, number, by)
    if (consents.length === 0) {
      const now = new Date(at)
      const none = { basis: 'none', strength: 'stated' as const, text: '', source: reason, expires_at: null }
      await addConsent(tx, workspace_id, {
        ...{ ...none, id: newId(at), number, given_at: now, recorded_by: user_id, created_at: now },
      })
      consents = await withdrawConsents(tx, workspace_id, number, by)
    }
    await cancelUnanswered(tx, workspace_id, number, { campaign_id: null, agentless: true }, at)
    await judgeAnew(tx, workspace_id, number, at)
    return { number, consents }
  })
  if (!isRefusal(withdrawn)) house.engine.wake(workspace_id, 'floor')
  return withdrawn
}

async function judgeAnew(tx: Tx, workspaceId: string, number: string, at: number): Promise<void> {
  await reopenLeadsOfNumbers(tx, workspaceId, [number], 'consent', at)
  await judgeLeads(tx, workspaceId, [number], at)
}
