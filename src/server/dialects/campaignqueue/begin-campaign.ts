import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { listSettledContacts } from '#store/campaign-contacts.ts'
import type { Campaign } from '#store/campaigns.ts'
import { listContactIds } from '#store/contacts.ts'
import { readOneAgent } from '../../features/agents/agents.ts'
import { actOnCampaign } from '../../features/campaigns/acts.ts'
import { deleteOneCampaign } from '../../features/campaigns/delete-campaign.ts'
import { addToCampaign } from '../../features/leads/add-leads.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseValues } from '../../http/problems.ts'
import type { CampaignFields } from '../callcampaign/campaign-input.ts'
import { makeOldCampaign, zoneOf } from '../callcampaign/save-campaign.ts'

interface Skipped {
  contact_id: string
  reason: string
}

type Wanted = CampaignFields & { contact_ids: string[]; agent_id: string; campaign_name?: string }

/** Makes a campaign of these contacts and starts it; those who can not be called are named, with what keeps them. */
export async function callMany(
  house: ServerDeps,
  caller: Caller,
  wanted: Wanted,
): Promise<{ campaign: Campaign; queued: number; skipped: Skipped[] } | Refusal> {
  const name = wanted.campaign_name ?? (await nameFor(house, caller, wanted))
  if (isRefusal(name)) return name
  const { known, skipped } = await tellApart(house, caller, wanted.contact_ids)
  if (known.length === 0) return refuseValues([{ path: 'contact_ids', message: 'name no contact' }])
  return beginCampaign(house, caller, { ...wanted, name }, async (campaign) => {
    const added = await addContacts(house, caller, campaign.id, known)
    if (isRefusal(added)) return added
    const settled = await within(house, caller, (tx) => listSettledContacts(tx, caller.workspace_id, campaign.id))
    return { queued: added - settled.length, skipped: [...skipped, ...settled] }
  })
}

/** Makes a campaign, fills it and starts it; one that can not be filled or started is taken back, and its people stay. */
export async function beginCampaign<Filled extends object>(
  house: ServerDeps,
  caller: Caller,
  said: CampaignFields & { name: string },
  fill: (campaign: Campaign) => Promise<Filled | Refusal>,
): Promise<(Filled & { campaign: Campaign }) | Refusal> {
  const made = await makeOldCampaign(house, caller, said, { mode: 'progressive', completes: 'when_done' })
  if (isRefusal(made)) return made
  const filled = await fill(made)
  const begun = isRefusal(filled) ? filled : await actOnCampaign(house, caller, made.id, 'start')
  if (isRefusal(filled) || isRefusal(begun)) {
    await deleteOneCampaign(house, caller, made.id)
    return begun as Refusal
  }
  return { ...filled, campaign: begun }
}

/** Whom of these the workspace has, each once; no more is known of the others than that they are unknown. */
async function tellApart(house: ServerDeps, caller: Caller, wanted: string[]) {
  const ids = wanted.filter((id) => z.uuid().safeParse(id).success).map((id) => id.toLowerCase())
  const found = await within(house, caller, (tx) => listContactIds(tx, caller.workspace_id, ids))
  const known = new Set<string>()
  const skipped = wanted.flatMap((contact_id): Skipped[] => {
    const id = contact_id.toLowerCase()
    if (!found.has(id)) return [{ contact_id, reason: 'unknown' }]
    if (known.has(id)) return [{ contact_id, reason: 'duplicate' }]
    known.add(id)
    return []
  })
  return { known: [...known], skipped }
}

/** As many as v1 takes at once. */
const atOnce = 1_000

async function addContacts(
  house: ServerDeps,
  caller: Caller,
  campaignId: string,
  ids: string[],
): Promise<number | Refusal> {
  let total = 0
  for (let from = 0; from < ids.length; from += atOnce) {
    const leads = ids.slice(from, from + atOnce).map((contact_id) => ({ contact_id }))
    const added = await addToCampaign(house, caller, campaignId, { leads })
    if (isRefusal(added)) return added
    total += added.added
  }
  return total
}

/** Named by agent, date and count. */
async function nameFor(house: ServerDeps, caller: Caller, wanted: Wanted): Promise<string | Refusal> {
  const agent = await readOneAgent(house, caller, wanted.agent_id)
  if (isRefusal(agent)) return agent
  const zone = await zoneOf(house, caller)
  const today = Temporal.Instant.fromEpochMilliseconds(house.clock.now()).toZonedDateTimeISO(zone).toPlainDate()
  return `${agent.name} ${wanted.start_date?.slice(0, 10) ?? today} (${wanted.contact_ids.length} contacts)`.slice(
    0,
    200,
  )
}
