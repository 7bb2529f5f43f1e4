import { bringCallbacks, bringContacts, bringLeads, inBatches } from './bring-leads.ts'
import type { Brought, BroughtCampaign, BroughtLead } from './brought.ts'
import { newReport, type Report, tally } from './report.ts'
import { type Client, failWith, readAll, sendWithout, tell } from './take-in.ts'

interface Here {
  id: string
  name: string
  archived: boolean
}

/**
 * Makes what an older system told of: agents, campaigns, leads, past calls and promises, in this order, each once however
 * often it runs. What can't be taken is left out and said.
 */
export async function bringOver(client: Client, source: string, brought: Brought): Promise<Report> {
  const report = newReport()
  const agents = await bringAgents(client, brought, report)
  const campaigns = new Map<string, Here>()
  for (const campaign of brought.campaigns) {
    const here = await bringCampaign(client, campaign, agents, report)
    for (const key of [campaign.key, campaign.body.code]) if (here) campaigns.set(key, here)
  }
  const leads = Map.groupBy(brought.leads, ({ campaign_key }) => campaigns.get(campaign_key)?.id ?? '')
  const named = brought.leads.filter(({ campaign_key }) => campaign_key !== '' && !campaigns.has(campaign_key))
  for (const key of new Set(named.map(({ campaign_key }) => campaign_key))) {
    report.to_do.push(
      `No campaign ${key} is in the files: save its list too and run this again; its people came as contacts.`,
    )
  }
  for (const campaign of new Set(campaigns.values())) {
    await bringLeads(client, campaign, leads.get(campaign.id) ?? [], report)
  }
  await bringContacts(client, leads.get('') ?? [], report)
  await bringCalls(client, source, brought, campaigns, agents, report)
  for (const campaign of new Set(campaigns.values())) {
    const its = leads.get(campaign.id) ?? []
    await bringCallbacks(client, its, await settle(client, source, campaign.id, its), report)
  }
  for (const campaign of brought.campaigns) await putAway(client, campaign, campaigns, report)
  for (const [what, n] of Object.entries(brought.left)) report.notes.push(`${n} ${what}`)
  return report
}

async function bringAgents(client: Client, { agents }: Brought, report: Report): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const known = new Map<string | null, string>()
  if (agents.length === 0) return ids
  const query = { limit: 1000 }
  for await (const agent of readAll((cursor) =>
    client.GET('/api/v1/agents', { params: { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } } }),
  )) {
    known.set(agent.code, agent.id)
  }
  for (const { key, body } of agents) {
    const note = (line: string) => report.notes.push(`agent ${body.code}: ${line}`)
    const there = known.get(body.code)
    const send = (sent: typeof body) => client.POST('/api/v1/agents', { body: sent })
    const told = there === undefined ? await sendWithout(body, ['code', 'name', 'reached_at'], send, note) : null
    if (told && 'problem' in told) note(told.problem.detail ?? told.problem.title)
    const id = there ?? (told && 'data' in told ? told.data.id : undefined)
    for (const name of [key, body.code]) if (id !== undefined) ids.set(name, id)
    tally(report, 'agents', { in_source: 1, here: Number(id !== undefined), left_out: Number(id === undefined) })
  }
  return ids
}

async function bringCampaign(
  client: Client,
  { body, agent_keys }: BroughtCampaign,
  agents: ReadonlyMap<string, string>,
  report: Report,
): Promise<Here | null> {
  const found = await tell(client.GET('/api/v1/campaigns', { params: { query: { code: body.code } } }))
  if ('problem' in found) return failWith(found.problem)
  const [there] = found.data.data
  const note = (line: string) => report.notes.push(`campaign ${body.name}: ${line}`)
  const agent_ids = agent_keys.flatMap((key) => agents.get(key) ?? [])
  const wanted = { ...body, ...(agent_ids.length === 0 ? {} : { agent_ids }) }
  const send = (sent: typeof wanted) => client.POST('/api/v1/campaigns', { body: sent })
  const told = there ? { data: there } : await sendWithout(wanted, ['code', 'name'], send, note)
  const made = 'data' in told
  if (!made) note(told.problem.detail ?? told.problem.title)
  tally(report, 'campaigns', { in_source: 1, here: Number(made), left_out: Number(!made) })
  return made ? { id: told.data.id, name: body.name, archived: told.data.status === 'archived' } : null
}

async function bringCalls(
  client: Client,
  source: string,
  { calls }: Brought,
  campaigns: ReadonlyMap<string, Here>,
  agents: ReadonlyMap<string, string>,
  report: Report,
): Promise<void> {
  for (const rows of inBatches(calls)) {
    const sent = rows.map(({ campaign_key, agent_key, body }) => ({
      ...body,
      ...{ campaign_id: campaigns.get(campaign_key ?? '')?.id ?? null, agent_id: agents.get(agent_key ?? '') ?? null },
    }))
    const dated = sent.filter(({ initiated_at }) => initiated_at !== '')
    for (const { external_id } of sent.filter((call) => !dated.includes(call))) {
      report.notes.push(`call ${external_id}: says no time at which it began`)
    }
    const told = await tell(client.POST('/api/v1/history/calls', { body: { source, calls: dated } }))
    if ('problem' in told) return failWith(told.problem)
    const { added, known, refused } = told.data
    for (const { index, message } of refused) report.notes.push(`call ${dated[index]?.external_id}: ${message}`)
    const here = added + known
    tally(report, 'calls', { in_source: rows.length, here, left_out: refused.length + rows.length - dated.length })
  }
}

/** Brings leads to where they had come; gives the ids of those that had come somewhere. */
async function settle(
  client: Client,
  source: string,
  campaign_id: string,
  leads: BroughtLead[],
): Promise<Map<BroughtLead, string>> {
  const ids = new Map<BroughtLead, string>()
  const came = leads.filter(({ past, callback_at }) => past.status || past.attempts || callback_at !== null)
  for (const rows of inBatches(came)) {
    const body = { source, leads: rows.map(({ body: { phone }, past }) => ({ ...past, campaign_id, number: phone })) }
    const told = await tell(client.POST('/api/v1/history/leads', { body }))
    if ('problem' in told) return failWith(told.problem)
    for (const { index, lead_id } of told.data.settled) ids.set(rows[index] as BroughtLead, lead_id)
  }
  return ids
}

async function putAway(
  client: Client,
  { key, body, ended, total_leads }: BroughtCampaign,
  campaigns: ReadonlyMap<string, Here>,
  report: Report,
): Promise<void> {
  const here = campaigns.get(key)
  if (!here) return
  const inFiles = report.lines.get(`leads of ${here.name}`)?.in_source ?? 0
  if (total_leads !== null && total_leads > inFiles) {
    report.to_do.push(
      `“${body.name}” had ${total_leads} leads, the files hold ${inFiles}: save every page of its list.`,
    )
  }
  if (ended && !here.archived) {
    const told = await tell(
      client.POST('/api/v1/campaigns/{id}/archive', {
        params: { path: { id: here.id } },
        body: { reason: 'over before it came here' },
      }),
    )
    if ('problem' in told) report.notes.push(`campaign ${body.name}: ${told.problem.detail ?? told.problem.title}`)
  } else if (!ended) report.to_do.push(`Start “${body.name}” when you are ready: outdial campaign start ${here.id}`)
}
