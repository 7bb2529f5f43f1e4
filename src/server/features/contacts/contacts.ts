import type { z } from 'zod'
import { reviewLeads } from '#dialer/gate.ts'
import {
  type Contact,
  type ContactFilters,
  type ContactPhone,
  type ContactSort,
  changeContact,
  countContacts,
  deleteContact,
  insertContact,
  listContacts,
  lockOpenLeadsOfContact,
  readContact,
  setContactPhones,
} from '#store/contacts.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import { readPhone, rulesOf, splitName } from './numbers.ts'
import type { contactChange, newContact } from './schema.ts'

export async function listOfContacts(
  house: ServerDeps,
  caller: Caller,
  filters: ContactFilters,
  page: PageOf<ContactSort>,
): Promise<Page<Contact>> {
  return within(house, caller, (tx) => listContacts(tx, caller.workspace_id, filters, page))
}

export async function countOfContacts(
  house: ServerDeps,
  caller: Caller,
  filters: ContactFilters,
): Promise<{ count: number }> {
  return within(house, caller, async (tx) => ({ count: await countContacts(tx, caller.workspace_id, filters) }))
}

export async function readOneContact(house: ServerDeps, caller: Caller, id: string): Promise<Contact | Refusal> {
  return within(
    house,
    caller,
    async (tx) => (await readContact(tx, caller.workspace_id, id)) ?? refuseUnknown('contact'),
  )
}

export async function makeContact(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newContact>,
): Promise<Contact | Refusal> {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const id = newId(at)
  const { phones: written, ...person } = wanted
  return within(house, caller, async (tx) => {
    const phones = await readPhones(tx, workspace_id, written)
    if (isRefusal(phones)) return phones
    const taken = await setPhonesAfter(tx, workspace_id, id, phones, () =>
      insertContact(tx, workspace_id, { id, owner_user_id: user_id }, at),
    )
    if (taken) return taken
    await changeContact(tx, workspace_id, id, splitName(person), at)
    return (await readContact(tx, workspace_id, id)) as Contact
  })
}

/** What is changed may move the hours at which the person may be called, so their leads are judged anew. */
export async function changeOneContact(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof contactChange>,
): Promise<Contact | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const { phones: written, ...person } = change
  const changed = await within(house, caller, async (tx) => {
    if (!(await readContact(tx, workspace_id, id))) return refuseUnknown('contact')
    const phones = written === undefined ? null : await readPhones(tx, workspace_id, written)
    if (isRefusal(phones)) return phones
    const taken = phones && (await setPhonesAfter(tx, workspace_id, id, phones))
    if (taken) return taken
    await changeContact(tx, workspace_id, id, splitName(person), at)
    await reviewLeads(tx, workspace_id, await lockOpenLeadsOfContact(tx, workspace_id, id), at)
    return (await readContact(tx, workspace_id, id)) as Contact
  })
  if (!isRefusal(changed)) house.engine.wake(workspace_id, 'dial')
  return changed
}

/** Their leads are skipped; calls stay, as evidence. */
export async function deleteOneContact(house: ServerDeps, caller: Caller, id: string): Promise<null | Refusal> {
  const { workspace_id } = caller
  const deleted = await within(house, caller, (tx) => deleteContact(tx, workspace_id, id, house.clock.now()))
  return deleted ? null : refuseUnknown('contact')
}

async function readPhones(tx: Tx, workspaceId: string, written: string[]): Promise<ContactPhone[] | Refusal> {
  const rules = await rulesOf(tx, workspaceId)
  const readings = written.map((text, index) => readPhone(text, rules, `phones.${index}`))
  const faults = readings.filter((reading): reading is ValueFault => 'message' in reading)
  if (faults.length > 0) return refuseValues(faults)
  const phones = readings.filter((reading): reading is ContactPhone => 'number' in reading)
  const numbers = phones.map((phone) => phone.number)
  return phones.filter((phone, index) => numbers.indexOf(phone.number) === index)
}

/** Gives the contact its numbers unless somebody else has one of them; `before` makes the contact in between. */
async function setPhonesAfter(
  tx: Tx,
  workspaceId: string,
  id: string,
  phones: ContactPhone[],
  before: () => Promise<void> = async () => {},
): Promise<Refusal | null> {
  const numbers = phones.map((phone) => phone.number)
  const taken = await setContactPhones(tx, workspaceId, id, phones, before)
  if (taken.length === 0) return null
  const errors = taken.map((number) => ({
    path: `phones.${numbers.indexOf(number)}`,
    message: 'belongs to another contact',
  }))
  return refuse('already-exists', `${taken.join(', ')}: a number belongs to one contact.`, { errors })
}
