import type { CallerIdChoice } from '#domain/caller-id-choice.ts'
import type { CampaignMode, CampaignStatus, CompletionRule, LeadOrder } from '#domain/campaign.ts'
import type { MachineRules } from '#domain/live-answer.ts'
import type { TrunkChoice } from '#domain/routing.ts'
import { crewColumns } from './campaign-agents.ts'
import { pullBrakes } from './campaign-brake.ts'
import { firstUuidAt } from './partitions.ts'
import { rehearses } from './trunks.ts'
import type { Tx } from './tx.ts'

export interface Campaign {
  id: string
  number: number
  code: string | null
  name: string
  description: string
  segment: string | null
  /** The name it calls under; opt-outs and lists may be of one brand. */
  brand: string | null
  mode: CampaignMode
  purpose: 'marketing' | 'information'
  status: CampaignStatus
  status_reason: string | null
  /** Who moved it to its status, and when; null: the system did. */
  status_by: string | null
  status_at: Date
  owner_user_id: string
  trunk_id: string | null
  caller_id: string | null
  script: string
  next_action: string
  max_attempts: number
  retry_interval_seconds: number | null
  retry_rules: Record<string, unknown>
  disposition_rules: Record<string, unknown>
  window_start: number | null
  window_end: number | null
  weekdays: number[]
  time_zone: string
  hours_zone: 'campaign' | 'person'
  start_date: string | null
  end_date: string | null
  /** Local days of its zone on which it calls nobody. */
  closed_dates: string[]
  duration_days: number | null
  daily_limit: number | null
  max_concurrent_calls: number | null
  weight: number
  lead_order: LeadOrder
  ring_timeout_seconds: number
  wrap_up_seconds: number
  /** Of power dialing: calls at once per idle agent. */
  power_ratio: number
  /** Of power and predictive dialing: abandoned of the live answers of 30 days, at most, in per cent. */
  abandon_cap_percent: number
  caller_id_choice: CallerIdChoice
  trunk_choice: TrunkChoice
  script_id: string | null
  skills: string[]
  preview_seconds: number
  preview_ends: 'skip' | 'dial'
  detects_machines: boolean
  on_machine: MachineRules['on_machine']
  on_detection: MachineRules['on_detection']
  /** The message that is left on machines. */
  voicemail_drop_id: string | null
  /** Of the machines so many are connected all the same. */
  machine_sample_percent: number
  /** Labels of its detection count from then; null: all. */
  detection_trusted_from: Date | null
  /** Why detection was turned off by itself. */
  detection_off_reason: string | null
  waits_from: 'answer' | 'detection'
  abandon_message: string
  /** Said before anything else on a call that a carrier asks us to speak on. */
  consent_line: string
  completes: CompletionRule
  metadata: Record<string, unknown>
  /** Who takes its calls, by name and by team. */
  agent_ids: string[]
  team_ids: string[]
  /** Its calls ring nobody: its own trunk is of the simulated carrier. */
  rehearses: boolean
  had_leads: boolean
  /** A run of so many calls at most, then it pauses; null when it calls until its end. */
  run_limit: number | null
  started_at: Date | null
  completed_at: Date | null
  created_at: Date
  updated_at: Date
}

/** What somebody may set; everything else about a campaign is what happened to it. */
const settable = [
  'code',
  'name',
  'description',
  'segment',
  'brand',
  'mode',
  'purpose',
  'trunk_id',
  'caller_id',
  'script',
  'next_action',
  'max_attempts',
  'retry_interval_seconds',
  'retry_rules',
  'disposition_rules',
  'window_start',
  'window_end',
  'weekdays',
  'time_zone',
  'hours_zone',
  'start_date',
  'end_date',
  'closed_dates',
  'duration_days',
  'daily_limit',
  'max_concurrent_calls',
  'weight',
  'lead_order',
  'ring_timeout_seconds',
  'wrap_up_seconds',
  'power_ratio',
  'abandon_cap_percent',
  'caller_id_choice',
  'trunk_choice',
  'script_id',
  'skills',
  'preview_seconds',
  'preview_ends',
  'detects_machines',
  'on_machine',
  'on_detection',
  'voicemail_drop_id',
  'machine_sample_percent',
  'waits_from',
  'abandon_message',
  'consent_line',
  'completes',
  'metadata',
] as const
export type CampaignSettings = Pick<Campaign, (typeof settable)[number]>
const jsonColumns: readonly string[] = ['retry_rules', 'disposition_rules', 'on_detection', 'metadata']
/** Of a campaign `c`; what is said twice counts as said last, and a decimal comes as a number. */
export const campaignColumns = `c.*, c.abandon_cap_percent::double precision as abandon_cap_percent, ${crewColumns},
  ${rehearses}`

export async function createCampaign(
  tx: Tx,
  workspaceId: string,
  campaign: Pick<Campaign, 'id' | 'number' | 'name' | 'mode' | 'owner_user_id' | 'time_zone'> &
    Partial<CampaignSettings>,
  at: number,
): Promise<Campaign> {
  const given = setColumns(campaign)
  const named = [
    'workspace_id',
    'id',
    'number',
    'owner_user_id',
    'created_at',
    'updated_at',
    'status_by',
    'status_at',
    ...given.map(([name]) => name),
  ]
  const made = new Date(at)
  const values = [
    workspaceId,
    campaign.id,
    campaign.number,
    campaign.owner_user_id,
    made,
    made,
    campaign.owner_user_id,
    made,
  ]
  const { rows } = await tx.query<Campaign>(
    `insert into campaigns as c (${named.join(', ')}) values (${named.map((_, index) => `$${index + 1}`).join(', ')})
     returning ${campaignColumns}`,
    [...values, ...given.map(([, value]) => value)],
  )
  return rows[0] as Campaign
}

export async function readCampaign(tx: Tx, workspaceId: string, id: string): Promise<Campaign | null> {
  const { rows } = await tx.query<Campaign>({
    name: 'read-campaign',
    text: `select ${campaignColumns} from campaigns c where c.workspace_id = $1 and c.id = $2 and c.deleted_at is null`,
    values: [workspaceId, id],
  })
  return rows[0] ?? null
}

/** Changes settings and nothing else; the campaign's leads keep the due times that were computed before. */
export async function changeCampaign(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<CampaignSettings>,
  at: number,
): Promise<Campaign | null> {
  const given = setColumns(change)
  const assignments = given.map(([name], index) => `${name} = $${index + 4}`)
  const { rows } = await tx.query<Campaign>(
    `update campaigns c set ${['updated_at = $3', ...assignments].join(', ')} where c.workspace_id = $1 and c.id = $2
     returning ${campaignColumns}`,
    [workspaceId, id, new Date(at), ...given.map(([, value]) => value)],
  )
  return rows[0] ?? null
}

/** Waits for whoever is adding leads to a campaign, and lets those who come later wait until this transaction is over. */
export async function holdNewLeads(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.query('select from campaigns where workspace_id = $1 and id = $2 for update', [workspaceId, id])
}

/** Reads a campaign with its row locked, so that two acts on it follow each other. */
export async function lockCampaign(tx: Tx, workspaceId: string, id: string): Promise<Campaign | null> {
  const { rows } = await tx.query<Campaign>(
    `select ${campaignColumns} from campaigns c where c.workspace_id = $1 and c.id = $2 and c.deleted_at is null for no key update`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/**
 * Moves a campaign to another status. Every move but a start pulls the brake first: when it returns, no command of this
 * campaign is on its way to a carrier, and none leaves before this transaction ends. A start says how many calls its run
 * has, or none for as many as there are. `by` is who does it; nobody named is the system.
 */
export async function moveCampaign(
  tx: Tx,
  workspaceId: string,
  id: string,
  move: { to: CampaignStatus; reason: string | null; at: number; by?: string; run_limit?: number | null },
): Promise<Campaign | null> {
  if (move.to !== 'active') await pullBrakes(tx, [id])
  const { rows } = await tx.query<Campaign>(
    `update campaigns c set status = $3, status_reason = $4, updated_at = $5, status_at = $5, status_by = $9,
       started_at = case when $3 = 'active' then coalesce(started_at, $5) else started_at end,
       completed_at = case when $3 in ('completed', 'cancelled') then $5 when $3 = 'active' then null else completed_at end,
       run_limit = case when $6 then $7 else run_limit end,
       run_from = case when not $6 then run_from when $7::integer is null then null else $8::uuid end
     where c.workspace_id = $1 and c.id = $2 returning ${campaignColumns}`,
    [
      ...[workspaceId, id, move.to, move.reason, new Date(move.at)],
      ...[move.run_limit !== undefined, move.run_limit ?? null, firstUuidAt(new Date(move.at))],
      move.by ?? null,
    ],
  )
  return rows[0] ?? null
}

/** Takes an archived campaign out of every list, with its leads; calls and people stay. */
export async function deleteCampaign(tx: Tx, workspaceId: string, id: string, at: number): Promise<void> {
  await tx.query('update campaigns set deleted_at = $3, updated_at = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    new Date(at),
  ])
}

function setColumns(given: Partial<CampaignSettings>): [string, unknown][] {
  return settable.flatMap((name): [string, unknown][] => {
    const value = given[name]
    if (value === undefined) return []
    return [[name, jsonColumns.includes(name) ? JSON.stringify(value) : value]]
  })
}
