import { type Choice, choiceOf, noChoice } from '#domain/routing.ts'
import { lockOpenLead } from '#store/claim-attempts.ts'
import { readCampaignEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import { readNumberEvidence } from '#store/number-evidence.ts'
import type { Tx } from '#store/tx.ts'
import { type Judgement, judge, judgeNumber } from './gate.ts'

/** Whom to call. */
export type Callee = { lead_id: string } | { number: string; campaign_id: string | null; trunk_id?: string | null }

export interface NoTarget {
  done: 'refused'
  why: 'lead' | 'campaign' | 'trunk'
  detail: string
}

/** Whom a call dialed by hand goes to, whose it is and over which trunk, with what the gate says of it. */
export interface Target {
  judged: Judgement
  lead_id: string | null
  campaign_id: string | null
  contact_id: string | null
  owner_user_id: string
  trunk_id: string
  number: string
  caller_id: string | null
  choice: Choice
}

/** `userId`: whose call it is where no campaign says so. */
export function readTarget(
  tx: Tx,
  workspaceId: string,
  callee: Callee,
  userId: string,
  at: number,
): Promise<Target | NoTarget> {
  return 'lead_id' in callee
    ? readLeadTarget(tx, workspaceId, callee.lead_id, at)
    : readNumberTarget(tx, workspaceId, callee, userId, at)
}

/** A lead is called for its campaign; that its own time has not come is for the agent to overlook, what rests is not. */
async function readLeadTarget(tx: Tx, workspaceId: string, leadId: string, at: number): Promise<Target | NoTarget> {
  if (!(await lockOpenLead(tx, workspaceId, leadId))) return refuse('lead', 'The lead is final, or is being called.')
  const [lead] = await readLeadEvidence(tx, workspaceId, [leadId], at)
  if (!lead) return refuse('lead', 'There is no such lead.')
  const { trunk_id, caller_id, trunk_choice } = lead.campaign
  if (trunk_id === null || lead.number === null) return noTrunk
  const { campaign_id, contact_id, owner_user_id, number } = lead
  const judged = judge({ ...lead, not_before: null }, at)
  const choice = choiceOf(trunk_choice, lead)
  return { judged, lead_id: leadId, campaign_id, contact_id, owner_user_id, trunk_id, number, caller_id, choice }
}

async function readNumberTarget(
  tx: Tx,
  workspaceId: string,
  { number, campaign_id, trunk_id: named = null }: Extract<Callee, { number: string }>,
  owner_user_id: string,
  at: number,
): Promise<Target | NoTarget> {
  const [evidence, campaigns] = await Promise.all([
    readNumberEvidence(tx, workspaceId, number, campaign_id, at),
    readCampaignEvidence(tx, workspaceId, campaign_id === null ? [] : [campaign_id]),
  ])
  const campaign = campaign_id === null ? null : campaigns.get(campaign_id)
  if (campaign === undefined) return refuse('campaign', 'There is no such campaign.')
  const trunk_id = campaign?.trunk_id ?? named ?? evidence.trunk_id
  if (trunk_id === null) return noTrunk
  return {
    judged: judgeNumber(number, evidence, campaign, at),
    ...{ lead_id: null, campaign_id, contact_id: evidence.contact_id, owner_user_id, trunk_id, number },
    caller_id: campaign?.caller_id ?? null,
    choice: { ...noChoice, trunk_choice: campaign?.trunk_choice ?? 'fixed', seed: `${number} ${at}` },
  }
}

function refuse(why: NoTarget['why'], detail: string): NoTarget {
  return { done: 'refused', why, detail }
}

const noTrunk = refuse('trunk', 'There is no trunk to call over.')
