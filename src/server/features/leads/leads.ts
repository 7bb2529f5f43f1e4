import type { z } from 'zod'
import { reviewLeads } from '#dialer/gate.ts'
import { sayRule } from '#domain/rule-words.ts'
import { lockCampaign, readCampaign } from '#store/campaigns.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { changeLead, type LeadFilters, type LeadRow, type LeadSort, listLeads, readLead } from '#store/lead-list.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { asSentence } from '../campaigns/reasons.ts'
import { judgeForReader, showVerdict } from '../contactability/contactability.ts'
import type { leadChange } from './schema.ts'

export async function listOfLeads(
  house: ServerDeps,
  caller: Caller,
  filters: LeadFilters,
  page: PageOf<LeadSort>,
): Promise<Page<LeadRow> | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    const { campaign_id } = filters
    if (campaign_id !== undefined && !(await readCampaign(tx, workspace_id, campaign_id)))
      return refuseUnknown('campaign')
    return listLeads(tx, workspace_id, filters, page)
  })
}

export async function readOneLead(house: ServerDeps, caller: Caller, id: string): Promise<LeadRow | Refusal> {
  return within(house, caller, async (tx) => (await readLead(tx, caller.workspace_id, id)) ?? refuseUnknown('lead'))
}

export function showLead(row: LeadRow) {
  return { ...row, held_because: row.held_by === null ? null : asSentence(sayRule(row.held_by)) }
}

/** Changes a lead by hand; the gate says anew when it is due. */
export async function changeOneLead(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof leadChange>,
): Promise<LeadRow | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const changed = await within(house, caller, async (tx) => {
    const lead = await readLead(tx, workspace_id, id)
    if (!lead) return refuseUnknown('lead')
    // Acts on the campaign and on its leads follow each other.
    await lockCampaign(tx, workspace_id, lead.campaign_id)
    if (!(await changeLead(tx, workspace_id, id, change, at))) {
      return refuse('conflict', 'The lead is being called at this moment; try again when the call is over.', {
        current_status: 'calling',
      })
    }
    await reviewLeads(tx, workspace_id, [id], at)
    return (await readLead(tx, workspace_id, id)) as LeadRow
  })
  if (!isRefusal(changed)) house.engine.wake(workspace_id, 'dial')
  return changed
}

/** May this person be called now, when, or never, and by which rule: the answer that the next claim would get. */
export async function explainLead(house: ServerDeps, caller: Caller, id: string) {
  const { workspace_id } = caller
  const at = house.clock.now()
  return within(house, caller, async (tx) => {
    if (!(await readLead(tx, workspace_id, id))) return refuseUnknown('lead')
    const [evidence] = await readLeadEvidence(tx, workspace_id, [id], at)
    if (!evidence) return refuseUnknown('lead')
    return showVerdict(judgeForReader(evidence, at))
  })
}
