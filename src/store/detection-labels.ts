import type { LabelCount } from '#domain/detection-errors.ts'
import type { Tx } from './tx.ts'

/** What somebody said of a call that detection had judged. */
export interface DetectionLabel {
  call_id: string
  campaign_id: string
  heard_machine: boolean
  was_machine: boolean
}

/** Keeps a label; one that is corrected stands in its old place. */
export async function keepDetectionLabel(
  tx: Tx,
  workspaceId: string,
  { call_id, campaign_id, heard_machine, was_machine }: DetectionLabel,
  at: number,
): Promise<void> {
  await tx.query(
    `insert into detection_labels (workspace_id, call_id, campaign_id, heard_machine, was_machine, at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id, call_id) do update set was_machine = excluded.was_machine`,
    [workspaceId, call_id, campaign_id, heard_machine, was_machine, new Date(at)],
  )
}

/** Of the last labels of a campaign, at most so many of a kind, since detection was turned on last. */
export async function countDetectionLabels(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  most: number,
): Promise<{ false_machines: LabelCount; missed_machines: LabelCount }> {
  const count = async (heard_machine: boolean): Promise<LabelCount> => {
    const { rows } = await tx.query<LabelCount>(
      `select count(*)::int as labelled, count(*) filter (where was_machine <> $3)::int as wrong from (
         select was_machine from detection_labels
         where workspace_id = $1 and campaign_id = $2 and heard_machine = $3 and at > coalesce(
           (select detection_trusted_from from campaigns where workspace_id = $1 and id = $2), '-infinity')
         order by at desc limit $4) l`,
      [workspaceId, campaignId, heard_machine, most],
    )
    return rows[0] as LabelCount
  }
  return { false_machines: await count(true), missed_machines: await count(false) }
}

/** The campaign asks no more who answers. */
export async function stopDetecting(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  reason: string,
  at: number,
): Promise<void> {
  await tx.query(
    `update campaigns set detects_machines = false, detection_off_reason = $3, updated_at = $4
     where workspace_id = $1 and id = $2`,
    [workspaceId, campaignId, reason, new Date(at)],
  )
}

/** Somebody has turned it on again: what was labelled before does not count any more. */
export async function trustDetectionAnew(tx: Tx, workspaceId: string, campaignId: string, at: number): Promise<void> {
  await tx.query(
    `update campaigns set detection_off_reason = null, detection_trusted_from = $3 where workspace_id = $1 and id = $2`,
    [workspaceId, campaignId, new Date(at)],
  )
}
