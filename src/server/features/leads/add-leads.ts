import { reviewLeads } from '#dialer/gate.ts'
import { lockReopenable, reopenCampaign } from '#store/campaign-calendar.ts'
import { type Campaign, lockCampaign } from '#store/campaigns.ts'
import { listContactIds } from '#store/contacts.ts'
import { newId } from '#store/ids.ts'
import { addLeads, addPeople, type NewLead, type NewPerson } from '#store/people.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import { readPhone, rulesOf, splitName } from '../contacts/numbers.ts'
import type { NewLeadInput } from './schema.ts'

type Result = { contact_id: string; lead_id: string | null; result: 'added' | 'duplicate' }
type Wanted = { input: NewLeadInput; number: string | null }
/** `index`: its place in the request. */
type Refused = ValueFault & { index: number }

/**
 * Puts people into a campaign, all of them or none, unless those who can't be taken are to be skipped; somebody who is in
 * it already is a duplicate.
 */
export async function addToCampaign(
  house: ServerDeps,
  caller: Caller,
  campaignId: string,
  { leads: inputs, skip_invalid = false }: { leads: NewLeadInput[]; skip_invalid?: boolean },
) {
  const { workspace_id } = caller
  const at = house.clock.now()
  const added = await within(house, caller, async (tx) => {
    const campaign = await lockCampaign(tx, workspace_id, campaignId)
    if (!campaign) return refuseUnknown('campaign')
    if (campaign.status === 'archived' || campaign.status === 'cancelled') {
      return refuse('conflict', `A campaign that is ${campaign.status} takes no more leads.`, {
        current_status: campaign.status,
      })
    }
    const { wanted, faults } = await readNumbers(tx, workspace_id, inputs)
    if (faults.length > 0 && !skip_invalid) {
      return refuseValues(faults.slice(0, 50).map(({ path, message }) => ({ path, message })))
    }
    const refused = faults.map(({ index, message }) => ({ index, message }))
    if (wanted.length === 0) return { added: 0, duplicates: 0, refused, results: [] }
    const contactIds = await findContacts(tx, caller, wanted, at)
    if (isRefusal(contactIds)) return contactIds
    return { refused, ...(await insertLeads(tx, workspace_id, campaign, wanted, contactIds, at)) }
  })
  if (!isRefusal(added)) {
    house.engine.wake(workspace_id, 'dial')
    house.engine.wake(workspace_id, 'live')
  }
  return added
}

async function readNumbers(
  tx: Tx,
  workspaceId: string,
  inputs: NewLeadInput[],
): Promise<{ wanted: Wanted[]; faults: Refused[] }> {
  const rules = await rulesOf(tx, workspaceId)
  const faults: Refused[] = []
  const wanted = inputs.flatMap((input, index): Wanted[] => {
    const refuse = (fault: ValueFault) => {
      faults.push({ index, ...fault })
      return []
    }
    if ((input.phone === undefined) === (input.contact_id === undefined)) {
      return refuse({ path: `leads.${index}`, message: 'has either a phone or a contact_id' })
    }
    if (input.phone === undefined) return [{ input, number: null }]
    const reading = readPhone(input.phone, rules, `leads.${index}.phone`)
    return 'message' in reading ? refuse(reading) : [{ input, number: reading.number }]
  })
  return { wanted, faults }
}

/** The contact behind each wanted lead; people who are new are added. */
async function findContacts(tx: Tx, caller: Caller, wanted: Wanted[], at: number): Promise<string[] | Refusal> {
  const { workspace_id, user_id } = caller
  const known = await listContactIds(
    tx,
    workspace_id,
    wanted.flatMap(({ input }) => input.contact_id ?? []),
  )
  const unknown = wanted.findIndex(({ input }) => input.contact_id !== undefined && !known.has(input.contact_id))
  if (unknown >= 0) return refuseValues([{ path: `leads.${unknown}.contact_id`, message: 'names no contact' }])
  const people = wanted.flatMap(({ input, number }) => (number === null ? [] : [toPerson(input, number, at)]))
  const byNumber = await addPeople(tx, workspace_id, user_id, people, at)
  return wanted.map(
    ({ input, number }) => input.contact_id ?? (byNumber.get(number as string) as { contact_id: string }).contact_id,
  )
}

async function insertLeads(
  tx: Tx,
  workspaceId: string,
  campaign: Campaign,
  wanted: Wanted[],
  contactIds: string[],
  at: number,
) {
  // In the order in which they came: of two that are due at one instant, the lower id goes first.
  const leadIds = wanted.map(() => newId(at)).sort()
  const leads = wanted.map(({ input }, index) =>
    toLead(input, { contact_id: contactIds[index] as string, lead_id: leadIds[index] as string }),
  )
  const once = leads.filter((lead, index) => contactIds.indexOf(lead.contact_id) === index)
  const ids = new Set(await addLeads(tx, workspaceId, campaign.id, once, at))
  const dated = await reviewLeads(tx, workspaceId, [...ids], at)
  const reopens =
    dated.some(({ due_at }) => due_at !== null) && (await lockReopenable(tx, workspaceId, campaign.id, at))
  if (reopens) await reopenCampaign(tx, workspaceId, campaign.id, at)
  const results = leads.map(({ contact_id, lead_id }): Result => {
    const added = ids.has(lead_id)
    return { contact_id, lead_id: added ? lead_id : null, result: added ? 'added' : 'duplicate' }
  })
  return { added: ids.size, duplicates: leads.length - ids.size, results }
}

function toPerson(input: NewLeadInput, number: string, at: number): NewPerson {
  const {
    contact_id: _,
    phone: _phone,
    priority,
    max_attempts,
    consent_basis,
    follow_up_date,
    customer_segment,
    last_order_date,
    metadata,
    ...person
  } = input
  return { ...splitName(person), contact_id: newId(at), number }
}

function toLead(input: NewLeadInput, ids: { contact_id: string; lead_id: string }): NewLead {
  const { priority, max_attempts, consent_basis, follow_up_date, metadata } = input
  const { customer_segment = null, last_order_date = null } = input
  return {
    ...ids,
    named: Boolean(input.full_name ?? input.first_name ?? input.last_name),
    ...(priority === undefined ? {} : { priority }),
    ...{ max_attempts: max_attempts ?? null, consent_basis: consent_basis ?? null },
    ...{ follow_up_date: follow_up_date ?? null, metadata: metadata ?? null, customer_segment, last_order_date },
  }
}
