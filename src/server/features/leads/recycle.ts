import type { z } from 'zod'
import { dateLead, reviewLeads } from '#dialer/gate.ts'
import { lockReopenable, reopenCampaign } from '#store/campaign-calendar.ts'
import { lockCampaign } from '#store/campaigns.ts'
import { listLiveDispositions } from '#store/dispositions.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { lockRecyclable, type Recyclable, reopenLeads } from '#store/recycling.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import type { recycling } from './schema.ts'

/** Leads of one transaction: their campaign is locked meanwhile. */
const atOnce = 1_000
const hourMs = 3_600_000

interface Recycled {
  recycled: number
  /** Leads that stay as they were, by the rule that keeps them. */
  kept: Record<string, number>
}

/**
 * Puts leads that are done back into the hopper, by what their last call came to. The gate is asked about each of them:
 * whom no rule will ever let out stays as it is. A campaign that had completed for want of leads goes on.
 */
export async function recycleLeads(
  house: ServerDeps,
  caller: Caller,
  campaignId: string,
  wanted: z.output<typeof recycling>,
): Promise<Recycled | Refusal> {
  const { workspace_id } = caller
  const { dispositions = [], outcomes = [], older_than_hours, reset_attempts } = wanted
  if (dispositions.length + outcomes.length === 0) {
    return refuseValues([{ path: 'outcomes', message: 'or dispositions must name what is recycled' }])
  }
  const at = house.clock.now()
  const before = older_than_hours === undefined ? null : at - older_than_hours * hourMs
  const all: Recycled = { recycled: 0, kept: {} }
  let after: string | null = null
  do {
    const step: Step | Refusal = await within(house, caller, (tx) =>
      recycleSome(
        tx,
        workspace_id,
        campaignId,
        { dispositions, outcomes, before },
        { after, reset: reset_attempts, at },
      ),
    )
    if (isRefusal(step)) return step
    all.recycled += step.recycled
    for (const rule of step.kept) all.kept[rule] = (all.kept[rule] ?? 0) + 1
    after = step.last
  } while (after !== null)
  house.engine.wake(workspace_id, 'dial')
  house.engine.wake(workspace_id, 'live')
  return all
}

interface Step {
  recycled: number
  kept: string[]
  /** Null when there are no more. */
  last: string | null
}

async function recycleSome(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  which: Recyclable,
  { after, reset, at }: { after: string | null; reset: boolean; at: number },
): Promise<Step | Refusal> {
  const campaign = await lockCampaign(tx, workspaceId, campaignId)
  if (!campaign) return refuseUnknown('campaign')
  if (campaign.status === 'archived' || campaign.status === 'cancelled') {
    return refuse('conflict', `A campaign that is ${campaign.status} calls nobody any more.`, {
      current_status: campaign.status,
    })
  }
  const fault = await findUnknownDisposition(tx, workspaceId, which.dispositions)
  if (fault) return fault
  const ids = await lockRecyclable(tx, workspaceId, campaignId, which, { after, limit: atOnce })
  const evidence = ids.length === 0 ? [] : await readLeadEvidence(tx, workspaceId, ids, at)
  const dated = evidence.map((lead) =>
    dateLead({ ...lead, status: 'pending', not_before: null, attempts: reset ? 0 : lead.attempts }, at),
  )
  const open = dated.filter(({ due_at }) => due_at !== null).map(({ lead_id }) => lead_id)
  if (open.length > 0) {
    await reopenLeads(tx, workspaceId, open, reset, at)
    await reviewLeads(tx, workspaceId, open, at)
    if (await lockReopenable(tx, workspaceId, campaignId, at))
      await reopenCampaign(tx, workspaceId, campaignId, at, 'leads were recycled')
  }
  const kept = dated.filter(({ due_at }) => due_at === null).map(({ held_by }) => held_by ?? 'other')
  return { recycled: open.length, kept, last: ids.length < atOnce ? null : (ids.at(-1) as string) }
}

async function findUnknownDisposition(tx: Tx, workspaceId: string, keys: string[]): Promise<Refusal | null> {
  if (keys.length === 0) return null
  const allowed = (await listLiveDispositions(tx, workspaceId)).map(({ key }) => key)
  const faults = keys.flatMap((key, index) =>
    allowed.includes(key) ? [] : [{ path: `dispositions.${index}`, message: 'names no disposition of the workspace' }],
  )
  return faults.length === 0 ? null : refuseValues(faults, { allowed })
}
