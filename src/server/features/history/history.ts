import type { z } from 'zod'
import { reviewLeads } from '#dialer/gate.ts'
import { zonesOfNumber } from '#domain/number-zones.ts'
import type { NumberRules } from '#domain/phone-number.ts'
import { holdAgents } from '#store/agents.ts'
import { listVisibleCampaigns } from '#store/campaign-list.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import { type Disposition, listLiveDispositions } from '#store/dispositions.ts'
import { keepPastTrunk, type PastCall, type PastLead, recordPastCalls, settlePastLeads } from '#store/history.ts'
import { newId } from '#store/ids.ts'
import { takeNumbers } from '#store/numbers.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { readPhone, rulesOf } from '../contacts/numbers.ts'
import { block } from '../suppressions/block.ts'
import { idOfPast, outcomeOf, readTimes } from './past-call.ts'
import type { PastCallInput, PastLeadInput, pastCalls, pastLeads } from './schema.ts'

type Refused = { index: number; message: string }

/** Takes over calls that another system made, each once; rows that can't be read are named and left out. */
export async function recordCalls(house: ServerDeps, caller: Caller, { source, calls }: z.output<typeof pastCalls>) {
  const { workspace_id, user_id } = caller
  const at = house.clock.now()
  const first = await takeNumbers(house.pool, workspace_id, 'calls', calls.length)
  const recorded = await withinAll(house, caller, async (tx) => {
    // Blocks come with what was said of calls; whoever blocks holds the claims before anything else.
    await holdClaims(tx, workspace_id)
    const known = await readKnown(tx, workspace_id, calls)
    const refused: Refused[] = []
    const read = calls.flatMap((call, index) => {
      const past = readOne(known, call, at)
      if (typeof past === 'string') {
        refused.push({ index, message: past })
        return []
      }
      const id = idOfPast(workspace_id, source, call.external_id, Date.parse(call.initiated_at))
      return [{ ...past, id, number: first + index }]
    })
    const trunk_id = await keepTrunk(tx, workspace_id, source, at)
    const added = await recordPastCalls(tx, workspace_id, { calls: read, trunk_id, user_id, source })
    const opposed = read.filter(({ id, disposition_id }) => added.has(id) && known.blocking.has(disposition_id ?? ''))
    await blockAll(tx, caller, source, [...new Set(opposed.map(({ phone }) => phone))], at)
    return { added: added.size, known: read.length - added.size, refused }
  })
  for (const what of ['live', 'floor'] as const) house.engine.wake(workspace_id, what)
  return recorded
}

/** Brings leads to where they were in another system: their tries, and what became of them. */
export async function settleLeads(house: ServerDeps, caller: Caller, { source, leads }: z.output<typeof pastLeads>) {
  const { workspace_id } = caller
  const at = house.clock.now()
  const settled = await withinAll(house, caller, async (tx) => {
    await holdClaims(tx, workspace_id)
    const rules = await rulesOf(tx, workspace_id)
    const refused: Refused[] = []
    const read = leads.map((lead, index) => {
      const reading = readPhone(lead.number, rules, 'number')
      if ('message' in reading) refused.push({ index, message: reading.message })
      return 'message' in reading ? null : toPastLead(lead, reading.number, at)
    })
    const wanted = read.filter((lead) => lead !== null)
    const trunk_id = await keepTrunk(tx, workspace_id, source, at)
    const found = await settlePastLeads(tx, workspace_id, { leads: wanted, trunk_id, source, at })
    const ids = new Map(found.map(({ campaign_id, phone, lead_id }) => [`${campaign_id} ${phone}`, lead_id]))
    const placed = read.flatMap((lead, index) => {
      const lead_id = lead && ids.get(`${lead.campaign_id} ${lead.phone}`)
      if (lead && !lead_id) refused.push({ index, message: 'names no lead' })
      return lead_id ? [{ index, lead_id }] : []
    })
    const opposed = wanted.flatMap(({ status, phone }) => (status === 'do_not_call' ? [phone] : []))
    await blockAll(tx, caller, source, [...new Set(opposed)], at)
    await reviewLeads(tx, workspace_id, [...ids.values()], at)
    return { settled: placed, refused }
  })
  for (const what of ['floor', 'dial'] as const) house.engine.wake(workspace_id, what)
  return settled
}

interface Known {
  rules: NumberRules
  campaigns: Set<string>
  agents: ReadonlyMap<string, unknown>
  dispositions: Disposition[]
  /** Ids of those after which nobody may be called. */
  blocking: Set<string>
}

async function readKnown(tx: Tx, workspaceId: string, calls: PastCallInput[]): Promise<Known> {
  const campaignIds = [...new Set(calls.flatMap(({ campaign_id }) => campaign_id ?? []))]
  const agentIds = [...new Set(calls.flatMap(({ agent_id }) => agent_id ?? []))]
  const dispositions = await listLiveDispositions(tx, workspaceId)
  return {
    rules: await rulesOf(tx, workspaceId),
    campaigns: await listVisibleCampaigns(tx, workspaceId, campaignIds),
    agents: await holdAgents(tx, workspaceId, agentIds),
    dispositions,
    blocking: new Set(dispositions.filter((each) => each.blocks_number).map(({ id }) => id)),
  }
}

/** A call in the store's form, or what is wrong with it. */
function readOne(known: Known, call: PastCallInput, at: number): Omit<PastCall, 'id' | 'number'> | string {
  if (Date.parse(call.initiated_at) > at) return 'initiated_at: lies in the future'
  const { campaign_id = null, agent_id = null, disposition = null } = call
  if (campaign_id !== null && !known.campaigns.has(campaign_id)) return 'campaign_id: names no campaign'
  if (agent_id !== null && !known.agents.has(agent_id)) return 'agent_id: names no agent'
  const said = known.dispositions.find(
    ({ key, dialect_keys }) => key === disposition || dialect_keys.includes(disposition ?? ''),
  )
  if (disposition !== null && !said) return `disposition: “${disposition}” names none of the workspace`
  const phone = readPhone(call.number, known.rules, 'number')
  if ('message' in phone) return `number: ${phone.message}`
  const shown = call.caller_id ? readPhone(call.caller_id, known.rules, 'caller_id') : null
  return {
    ...{ campaign_id, agent_id, phone: phone.number, zone: zonesOfNumber(phone.number)[0] ?? null },
    direction: call.direction,
    ...{ caller_id: shown && 'number' in shown ? shown.number : null, outcome: outcomeOf(call.status) },
    ...readTimes(call),
    ...{ provider_call_id: call.provider_call_id ?? null, recording_url: call.recording_url ?? null },
    ...{ external_lead_id: call.external_lead_id ?? null, metadata: call.metadata ?? {} },
    ...{ disposition_id: said?.id ?? null, note: call.note ?? '' },
  }
}

function toPastLead(lead: PastLeadInput, phone: string, at: number): PastLead {
  const { campaign_id, status = null, attempts, last_attempt_at = null } = lead
  const tried = last_attempt_at === null ? at : Math.min(at, Date.parse(last_attempt_at))
  return {
    ...{ campaign_id, phone, status, attempt_ids: Array.from({ length: attempts }, () => newId(tried)) },
    last_attempt_at: attempts === 0 && last_attempt_at === null ? null : new Date(tried).toISOString(),
  }
}

async function keepTrunk(tx: Tx, workspaceId: string, source: string, at: number): Promise<string> {
  const id = idOfPast(workspaceId, source, 'trunk', 0)
  await keepPastTrunk(tx, workspaceId, { id, name: `${source}, before Outdial` }, at)
  return id
}

async function blockAll(tx: Tx, caller: Caller, source: string, numbers: string[], at: number): Promise<void> {
  const { workspace_id, user_id } = caller
  const everywhere = { scope: 'workspace' as const, campaign_id: null, expires_at: null, source: 'import' as const }
  for (const number of numbers) {
    const why = { reason: `asked for in ${source}`, added_by: user_id }
    await block(tx, workspace_id, { id: newId(at), number, ...everywhere, ...why }, at)
  }
}
