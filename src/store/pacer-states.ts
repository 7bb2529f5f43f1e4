import type { PacerDoubt } from '#domain/pacing/pacer-contract.ts'
import type { Tx } from './tx.ts'

/** What the campaign's next pacer goes on from: what the last one knew, and how likely which leads were to answer. */
interface PacerMemory {
  pacer: unknown
  odds: unknown
}

/** What a campaign's pacer says and knows. */
export interface PacerState {
  memory: PacerMemory
  doubt: PacerDoubt | null
  /** Epoch ms; null without a doubt. */
  doubt_since: number | null
  /** What it asked for last. */
  calls: number
}

/** From now on `worker` dials for the campaign; gives what its last pacer knew. */
export async function beginPacing(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  worker: string,
  at: number,
): Promise<PacerMemory> {
  const { rows } = await tx.query<{ memory: unknown }>({
    name: 'begin-pacing',
    text: `insert into pacer_states (workspace_id, campaign_id, held_by, at) values ($1, $2, $3, $4)
      on conflict (workspace_id, campaign_id) do update set held_by = excluded.held_by, doubt = null, doubt_since = null, at = excluded.at
      returning memory`,
    values: [workspaceId, campaignId, worker, new Date(at)],
  })
  return readMemory(rows[0]?.memory)
}

/** Rows from before leads had odds hold what the pacer knew, and nothing else. */
function readMemory(kept: unknown): PacerMemory {
  const isBoth = typeof kept === 'object' && kept !== null && 'pacer' in kept && 'odds' in kept
  return isBoth ? (kept as PacerMemory) : { pacer: kept ?? null, odds: null }
}

/** Keeps what the pacer of `worker` knows, unless the campaign is somebody else's by now. */
export async function savePacer(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  state: PacerState,
  { worker, at }: { worker: string; at: number },
): Promise<void> {
  const { memory, doubt, doubt_since, calls } = state
  await tx.query({
    name: 'save-pacer',
    text: `update pacer_states set memory = $4, doubt = $5, doubt_since = $6, calls = $7, at = $8
      where workspace_id = $1 and campaign_id = $2 and held_by = $3`,
    values: [
      ...[workspaceId, campaignId, worker, JSON.stringify(memory)],
      ...[doubt, doubt_since === null ? null : new Date(doubt_since), calls, new Date(at)],
    ],
  })
}

export interface DoubtedPacer {
  doubt: PacerDoubt
  since: Date
}

/** Why the campaign's pacer does not dial ahead, and since when; null while it does. */
export async function readDoubt(tx: Tx, workspaceId: string, campaignId: string): Promise<DoubtedPacer | null> {
  const { rows } = await tx.query<DoubtedPacer>({
    name: 'read-doubt',
    text: `select doubt, doubt_since as since from pacer_states
      where workspace_id = $1 and campaign_id = $2 and doubt is not null`,
    values: [workspaceId, campaignId],
  })
  return rows[0] ?? null
}
