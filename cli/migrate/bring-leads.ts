import type { BroughtLead, LeadBody } from './brought.ts'
import { type Report, tally } from './report.ts'
import { type Client, failWith, sendWithout, tell } from './take-in.ts'

/** A batch stays well below what a request may hold. */
const batch = 200

export function inBatches<Row>(rows: Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / batch) }, (_, index) =>
    rows.slice(index * batch, (index + 1) * batch),
  )
}

/** Puts a campaign's leads in; somebody who is there already is not added again. */
export async function bringLeads(
  client: Client,
  campaign: { id: string; name: string; archived: boolean },
  leads: BroughtLead[],
  report: Report,
): Promise<void> {
  const what = `leads of ${campaign.name}`
  if (campaign.archived) return countLeads(client, campaign.id, leads, what, report)
  for (const rows of inBatches(leads)) {
    const bodies = rows.map(({ body }): LeadBody => ({ ...body }))
    const path = { id: campaign.id }
    for (;;) {
      const body = { leads: bodies, skip_invalid: true }
      const told = await tell(client.POST('/api/v1/campaigns/{id}/leads', { params: { path }, body }))
      if ('problem' in told) {
        if (!leaveOut(bodies, told.problem.errors ?? [], what, report)) failWith(told.problem)
        continue
      }
      const { refused } = told.data
      for (const { index, message } of refused) report.notes.push(`${what}, ${bodies[index]?.phone}: ${message}`)
      tally(report, what, { in_source: rows.length, here: rows.length - refused.length, left_out: refused.length })
      break
    }
  }
}

/** Drops the values that the server named; false where it named none. */
function leaveOut(
  bodies: LeadBody[],
  errors: { path: string; message: string }[],
  what: string,
  report: Report,
): boolean {
  let dropped = false
  for (const { path, message } of errors) {
    const [, place, name] = /^leads\.(\d+)\.(\w+)/.exec(path) ?? []
    const body = bodies[Number(place)] as Record<string, unknown> | undefined
    if (!body || name === undefined || !(name in body)) continue
    dropped = true
    report.notes.push(`${what}, ${body.phone}: ${name} ${message}`)
    // A number that is none is refused with its row.
    if (name === 'phone') body.phone = ''
    else delete body[name]
  }
  return dropped
}

/** A campaign that was put away before takes no more leads: what it has is what came over then. */
async function countLeads(client: Client, id: string, leads: BroughtLead[], what: string, report: Report) {
  const told = await tell(client.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id } } }))
  if ('problem' in told) return failWith(told.problem)
  const here = Math.min(leads.length, told.data.leads.total)
  tally(report, what, { in_source: leads.length, here, left_out: leads.length - here })
  if (here < leads.length) report.notes.push(`${what}: it is archived here and takes no more leads`)
}

const personFields = ['full_name', 'first_name', 'last_name', 'company', 'email', 'city'] as const

/** People whom the old system had in no campaign. */
export async function bringContacts(client: Client, leads: BroughtLead[], report: Report): Promise<void> {
  for (const { body, past } of leads) {
    const { phone, metadata } = body
    const person = Object.fromEntries(personFields.flatMap((name) => (body[name] ? [[name, body[name]]] : [])))
    const contact = { ...person, phones: [phone], ...(metadata ? { custom: metadata } : {}) }
    const note = (line: string) => report.notes.push(`contact ${phone}: ${line}`)
    const told = await sendWithout(contact, ['phones'], (sent) => client.POST('/api/v1/contacts', { body: sent }), note)
    const here = 'data' in told || told.problem.status === 409
    if (!here) note(told.problem.detail ?? told.problem.title)
    else if (past.status === 'do_not_call') await block(client, phone)
    tally(report, 'contacts', { in_source: 1, here: Number(here), left_out: Number(!here) })
  }
}

async function block(client: Client, number: string): Promise<void> {
  const body = { number, reason: 'asked for before moving in', source: 'customer_request' as const }
  const told = await tell(client.POST('/api/v1/suppressions', { body }))
  if ('problem' in told) failWith(told.problem)
}

/** Promises that still lie ahead, each made once; `ids` are the leads' in the order of `leads`. */
export async function bringCallbacks(
  client: Client,
  leads: BroughtLead[],
  ids: ReadonlyMap<BroughtLead, string>,
  report: Report,
): Promise<void> {
  for (const lead of leads) {
    const { callback_at, body } = lead
    if (callback_at === null) continue
    const lead_id = ids.get(lead)
    const told = lead_id ? await tell(client.POST('/api/v1/callbacks', { body: { lead_id, at: callback_at } })) : null
    const here = told !== null && ('data' in told || told.problem.status === 409)
    if (!here) {
      const why = told && 'problem' in told ? (told.problem.detail ?? told.problem.title) : 'the lead is not here'
      report.to_do.push(`Call ${body.phone} back by hand (promised for ${callback_at}): ${why}`)
    }
    tally(report, 'callbacks', { in_source: 1, here: Number(here), left_out: Number(!here) })
  }
}
