import type { z } from 'zod'
import { readCampaign } from '#store/campaigns.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { findListsOf } from '#store/suppression-lists.ts'
import {
  findSuppressions,
  listSuppressions,
  readSuppression,
  type Suppression,
  type SuppressionFilters,
  type SuppressionSort,
} from '#store/suppressions.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import { readPhone, rulesOf } from '../contacts/numbers.ts'
import { block, unblock } from './block.ts'
import type { newSuppression } from './schema.ts'

export async function listOfSuppressions(
  house: ServerDeps,
  caller: Caller,
  filters: SuppressionFilters,
  page: PageOf<SuppressionSort>,
): Promise<Page<Suppression> | Refusal> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    if (filters.number === undefined) return listSuppressions(tx, workspace_id, filters, page)
    const reading = readPhone(filters.number, await rulesOf(tx, workspace_id), 'number')
    if ('message' in reading) return refuseValues([reading])
    return listSuppressions(tx, workspace_id, { ...filters, number: reading.number }, page)
  })
}

/**
 * Blocks a number. Claims under way are waited for and later ones read it, so nobody is dialed by a claim made after
 * this was answered.
 */
export async function suppress(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newSuppression>,
): Promise<{ suppression: Suppression; added: boolean } | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const { campaign_id = null, brand = null, expires_at = null } = wanted
  if (campaign_id !== null && brand !== null) {
    return refuseValues([{ path: 'brand', message: 'does not go with campaign_id: a block is of one or the other' }])
  }
  const fault = (await findCampaignFault(house, caller, campaign_id)) ?? findExpiryFault(expires_at, at)
  if (fault) return refuseValues([fault])
  // Everybody's leads are judged anew, whoever may see them.
  const result = await withinAll(house, caller, async (tx) => {
    const reading = readPhone(wanted.number, await rulesOf(tx, workspace_id), 'number')
    if ('message' in reading) return refuseValues([reading])
    const { number } = reading
    const scope =
      brand !== null ? ('brand' as const) : campaign_id !== null ? ('campaign' as const) : ('workspace' as const)
    const { reason, source } = wanted
    await holdClaims(tx, workspace_id)
    const reach = { scope, campaign_id, brand }
    const suppression = { id: newId(at), number, ...reach, reason, source, added_by: user_id, expires_at }
    return block(tx, workspace_id, suppression, at)
  })
  if (isRefusal(result)) return result
  house.engine.wake(workspace_id, 'live')
  house.engine.wake(workspace_id, 'floor')
  return result
}

export async function findCampaignFault(
  house: ServerDeps,
  caller: Caller,
  id: string | null,
): Promise<ValueFault | null> {
  if (id === null || (await within(house, caller, (tx) => readCampaign(tx, caller.workspace_id, id)))) return null
  return { path: 'campaign_id', message: 'names no campaign' }
}

/** A later end is a slip of the year: whoever means for good leaves it out. */
const longestBlockMs = 100 * 365.25 * 86_400_000

export function findExpiryFault(expiresAt: string | null, at: number): ValueFault | null {
  const ms = expiresAt === null ? null : Date.parse(expiresAt) - at
  if (ms === null || (ms > 0 && ms <= longestBlockMs)) return null
  const message = ms > 0 ? 'lies more than 100 years ahead; leave it out to block for good' : 'lies in the past'
  return { path: 'expires_at', message }
}

/** Everything that blocks a number now, singly or on a list, in whatever scope. */
export async function lookUpNumber(house: ServerDeps, caller: Caller, text: string) {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const reading = readPhone(text, await rulesOf(tx, workspace_id), 'number')
    if ('message' in reading) return refuseValues([reading])
    const suppressions = await findSuppressions(tx, workspace_id, reading.number, house.clock.now())
    const lists = await findListsOf(tx, workspace_id, reading.number, house.clock.now())
    return { number: reading.number, suppressed: suppressions.length + lists.length > 0, suppressions, lists }
  })
}

export async function readOneSuppression(
  house: ServerDeps,
  caller: Caller,
  id: string,
): Promise<Suppression | Refusal> {
  const { workspace_id } = caller
  return withinAll(
    house,
    caller,
    async (tx) => (await readSuppression(tx, workspace_id, id)) ?? refuseUnknown('suppression'),
  )
}

/** Takes a suppression back, with a reason that is kept; the person's leads are judged anew. */
export async function unsuppress(
  house: ServerDeps,
  caller: Caller,
  id: string,
  reason: string,
): Promise<Suppression | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const removed = await withinAll(
    house,
    caller,
    async (tx) => (await unblock(tx, workspace_id, id, { user_id, reason, at })) ?? refuseUnknown('suppression'),
  )
  if (isRefusal(removed)) return removed
  house.engine.wake(workspace_id, 'live')
  house.engine.wake(workspace_id, 'dial')
  return removed
}
