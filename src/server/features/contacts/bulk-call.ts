import type { z } from 'zod'
import type { Campaign } from '#store/campaigns.ts'
import { type ContactFilters, countContacts, listContactIds, listFittingIds } from '#store/contacts.ts'
import { newId } from '#store/ids.ts'
import { addLeads } from '#store/people.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseValues, type ValueFault } from '../../http/problems.ts'
import { makeDraft } from '../campaigns/campaigns.ts'
import { reviewCampaign } from '../campaigns/review.ts'
import type { bulkCall } from './schema.ts'

/** Leads written in one statement. */
const atOnce = 5_000

/** Makes a draft of people who are in the workspace already: the campaign with all of its leads, or nothing. */
export async function callInBulk(
  house: ServerDeps,
  caller: Caller,
  { campaign: wanted, contact_ids, matching }: z.output<typeof bulkCall>,
): Promise<{ campaign: Campaign; added: number } | Refusal> {
  if ((contact_ids === undefined) === (matching === undefined)) {
    return refuseValues([{ path: 'contact_ids', message: 'or matching says who is called, not both' }])
  }
  const { workspace_id } = caller
  const made = await makeDraft(house, caller, async (draft, tx, at) => {
    const people = contact_ids ? await readNamed(tx, workspace_id, contact_ids) : (matching as ContactFilters)
    if (isRefusal(people)) return people
    if (!Array.isArray(people) && (await countContacts(tx, workspace_id, people)) === 0) {
      return refuseValues([{ path: 'matching', message: 'fits nobody' }])
    }
    const campaign = await draft(wanted)
    if (isRefusal(campaign)) return withinCampaign(campaign)
    return { campaign, added: await addPeopleTo(tx, workspace_id, campaign.id, people, at) }
  })
  if (!isRefusal(made)) await reviewCampaign(house, workspace_id, made.campaign.id)
  return made
}

/** What was wrong with its settings, by the place that they have in this request. */
function withinCampaign(refusal: Refusal): Refusal {
  const { errors, ...members } = refusal.members as { errors?: ValueFault[] }
  if (refusal.refused !== 'invalid-values' || errors === undefined) return refusal
  return refuseValues(
    errors.map(({ path, message }) => ({ path: `campaign.${path}`, message })),
    members,
  )
}

async function readNamed(tx: Tx, workspaceId: string, ids: string[]): Promise<string[] | Refusal> {
  const known = await listContactIds(tx, workspaceId, ids)
  const faults = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `contact_ids.${index}`, message: 'names no contact' }],
  )
  return faults.length > 0 ? refuseValues(faults.slice(0, 50)) : [...known].sort()
}

/** As they were added to the workspace, so they are called. */
async function addPeopleTo(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  people: string[] | ContactFilters,
  at: number,
): Promise<number> {
  const next = (after: string | null): Promise<string[]> | string[] => {
    if (!Array.isArray(people)) return listFittingIds(tx, workspaceId, people, { after, limit: atOnce })
    const from = after === null ? 0 : people.indexOf(after) + 1
    return people.slice(from, from + atOnce)
  }
  let added = 0
  for (let after: string | null = null; ; ) {
    const ids = await next(after)
    const leadIds = ids.map(() => newId(at)).sort()
    const leads = ids.map((contact_id, index) => ({ contact_id, lead_id: leadIds[index] as string, named: false }))
    if (leads.length > 0) added += (await addLeads(tx, workspaceId, campaignId, leads, at)).length
    if (ids.length < atOnce) return added
    after = ids.at(-1) as string
  }
}
