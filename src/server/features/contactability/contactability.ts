import { judge, judgeNumber } from '#dialer/gate.ts'
import type { Verdict } from '#domain/contactability.ts'
import { sayVerdict } from '#domain/verdict-sentence.ts'
import { readCampaign } from '#store/campaigns.ts'
import { type LeadEvidence, readCampaignEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import { findLeadOfNumber } from '#store/lead-review.ts'
import { readNumberEvidence } from '#store/number-evidence.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { refuseValues } from '../../http/problems.ts'
import { readPhone, rulesOf } from '../contacts/numbers.ts'

/**
 * May this number be called now, when, or never, and by which rule: for a campaign the answer that its next claim would get
 * where the number is on its list, and that a dial by hand would get where it is not.
 */
export async function explainNumber(
  house: ServerDeps,
  caller: Caller,
  { number: written, campaign: campaignId = null }: { number: string; campaign?: string | null },
) {
  const { workspace_id } = caller
  const at = house.clock.now()
  return within(house, caller, async (tx) => {
    const read = readPhone(written, await rulesOf(tx, workspace_id), 'number')
    if ('message' in read) return refuseValues([read])
    if (campaignId !== null && !(await readCampaign(tx, workspace_id, campaignId))) {
      return refuseValues([{ path: 'campaign', message: 'names no campaign' }])
    }
    const { number } = read
    const lead_id = campaignId === null ? null : await findLeadOfNumber(tx, workspace_id, campaignId, number)
    const verdict = await judgeOne(tx, workspace_id, { number, campaignId, lead_id }, at)
    return { number, lead_id, ...showVerdict(verdict) }
  })
}

async function judgeOne(
  tx: Tx,
  workspaceId: string,
  { number, campaignId, lead_id }: { number: string; campaignId: string | null; lead_id: string | null },
  at: number,
): Promise<Verdict> {
  const [lead] = lead_id === null ? [] : await readLeadEvidence(tx, workspaceId, [lead_id], at)
  if (lead) return judgeForReader(lead, at)
  const [evidence, campaigns] = await Promise.all([
    readNumberEvidence(tx, workspaceId, number, campaignId, at),
    readCampaignEvidence(tx, workspaceId, campaignId === null ? [] : [campaignId]),
  ])
  return judgeNumber(number, evidence, campaigns.get(campaignId ?? '') ?? null, at).verdict
}

/**
 * What its next claim would be told. Of a lead that a rule settled the rule itself is told, and not that it is settled; what
 * somebody did by hand stays the reason.
 */
export function judgeForReader(lead: LeadEvidence, at: number): Verdict {
  const { verdict } = judge(lead, at)
  if (verdict.rule.id !== 'lead_closed' || (lead.status !== 'do_not_call' && lead.status !== 'skipped')) return verdict
  const open = judge({ ...lead, status: 'pending' }, at).verdict
  return open.answer === 'never' ? open : verdict
}

export function showVerdict(verdict: Verdict) {
  const { answer, at, rule, evidence } = verdict
  const instant = at === null ? null : new Date(at).toISOString()
  return { answer, at: instant, sentence: sayVerdict(verdict), rule: { ...rule }, evidence: { ...evidence } }
}
