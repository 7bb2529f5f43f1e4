import { erasedSuppression } from './erased-numbers.ts'
import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

export type SuppressionSource = 'manual' | 'customer_request' | 'system' | 'import' | 'erasure'

export interface Suppression {
  id: string
  number: string
  scope: 'workspace' | 'brand' | 'campaign'
  campaign_id: string | null
  /** The name whose calls it blocks, as it was written; null unless the scope is `brand`. */
  brand: string | null
  reason: string
  source: SuppressionSource
  added_by: string | null
  expires_at: Date | null
  /** How often it was asked for; a block that others asked for too is not one person's to take back. */
  asked: number
  created_at: Date
  removed_at: Date | null
  removed_by: string | null
}

const columns =
  's.id, s.number, s.scope, s.campaign_id, s.brand, s.reason, s.source, s.added_by, s.expires_at, s.asked, s.created_at, s.removed_at, s.removed_by'

export const suppressionSorts = ['created_at', 'number'] as const
export type SuppressionSort = (typeof suppressionSorts)[number]

const listing: Listing<SuppressionSort> = {
  columns,
  from: 'suppressions s',
  id: 's.id',
  sorts: {
    created_at: { by: 's.created_at', type: 'timestamptz' },
    number: { by: 's.number', type: 'text' },
  },
}

export interface SuppressionFilters {
  number?: string
  campaign_id?: string
  brand?: string
  source?: SuppressionSource[]
}

/** The suppressions that hold. */
export async function listSuppressions(
  tx: Tx,
  workspaceId: string,
  filters: SuppressionFilters,
  page: PageOf<SuppressionSort>,
): Promise<Page<Suppression>> {
  return readPage<Suppression, SuppressionSort>(
    tx,
    listing,
    [
      ['s.workspace_id = ? and s.removed_at is null', workspaceId],
      ['s.number = ?', filters.number],
      ['s.campaign_id = ?', filters.campaign_id],
      ['lower(s.brand) = lower(?)', filters.brand],
      ['s.source = any (?)', filters.source],
    ],
    page,
  )
}

export async function readSuppression(tx: Tx, workspaceId: string, id: string): Promise<Suppression | null> {
  const { rows } = await tx.query<Suppression>(
    `select ${columns} from suppressions s where s.workspace_id = $1 and s.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** Every suppression of a number that holds at `at`, in whatever scope. */
export async function findSuppressions(
  tx: Tx,
  workspaceId: string,
  number: string,
  at: number,
): Promise<Suppression[]> {
  const { rows } = await tx.query<Suppression>(
    `select ${columns} from suppressions s where s.workspace_id = $1 and s.number = $2 and s.removed_at is null
       and (s.expires_at is null or s.expires_at > $3)
     union all ${erasedSuppression('$2')} order by id`,
    [workspaceId, number, new Date(at)],
  )
  return rows
}

/** What keeps calls of a campaign (null: of none) from a number at `at`, single blocks and lists alike. */
export async function findBlocks(
  tx: Tx,
  workspaceId: string,
  number: string,
  campaignId: string | null,
  at: number,
): Promise<{ scope: string; source: string; reason: string }[]> {
  const { rows } = await tx.query<{ scope: string; source: string; reason: string }>(
    'select scope, source, reason from blocks_on($1, $2, $3) where expires_at is null or expires_at > $4',
    [workspaceId, number, campaignId, new Date(at)],
  )
  return rows
}

/** Which of these numbers nobody in the workspace may call at `at`. */
export async function findSuppressedNumbers(
  tx: Tx,
  workspaceId: string,
  numbers: string[],
  at: number,
): Promise<Set<string>> {
  const { rows } = await tx.query<{ number: string }>(
    'select w.number from unnest($2::text[]) as w (number) where blocked_until($1, w.number, null, $3) is not null',
    [workspaceId, numbers, new Date(at)],
  )
  return new Set(rows.map((row) => row.number))
}

export type NewSuppression = Pick<
  Suppression,
  'id' | 'number' | 'scope' | 'campaign_id' | 'reason' | 'source' | 'added_by'
> & { brand?: string | null; expires_at: string | null }

/**
 * Adds a suppression, or strengthens the one there is: the later end stands, and none is the latest of all; `former_end` is
 * the one it had. Whoever adds holds the claims first.
 */
export async function addSuppression(
  tx: Tx,
  workspaceId: string,
  suppression: NewSuppression,
  at: number,
): Promise<{ suppression: Suppression; added: boolean; former_end: Date | null }> {
  const { id, number, scope, campaign_id, brand = null, reason, source, added_by, expires_at } = suppression
  const { rows: known } = await tx.query<Suppression & { former_end: Date | null }>(
    `update suppressions s set asked = s.asked + 1,
       expires_at = case when f.expires_at is null or $4::timestamptz is null then null
         else greatest(f.expires_at, $4) end
     from (select id, expires_at from suppressions where workspace_id = $1 and number = $2 and removed_at is null
       and campaign_id is not distinct from $3 and lower(brand) is not distinct from lower($5) for update) f
     where s.workspace_id = $1 and s.id = f.id returning ${columns}, f.expires_at as former_end`,
    [workspaceId, number, campaign_id, expires_at, brand],
  )
  if (known[0]) return { suppression: known[0], added: false, former_end: known[0].former_end }
  const { rows } = await tx.query<Suppression>(
    `insert into suppressions as s (workspace_id, id, number, scope, campaign_id, brand, reason, source, added_by, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${columns}`,
    [workspaceId, id, number, scope, campaign_id, brand, reason, source, added_by, expires_at, new Date(at)],
  )
  return { suppression: rows[0] as Suppression, added: true, former_end: null }
}

/** Takes a suppression back; it stays in the table, with who did it and why. Null when it does not hold any more. */
export async function removeSuppression(
  tx: Tx,
  workspaceId: string,
  id: string,
  by: { user_id: string; reason: string; at: number },
): Promise<Suppression | null> {
  const { rows } = await tx.query<Suppression>(
    `update suppressions s set removed_at = $3, removed_by = $4,
       reason = case when s.reason = '' then '' else s.reason || ' — ' end || 'removed: ' || $5::text
     where s.workspace_id = $1 and s.id = $2 and s.removed_at is null returning ${columns}`,
    [workspaceId, id, new Date(by.at), by.user_id, by.reason],
  )
  return rows[0] ?? null
}

/** Gives a suppression the end it had before it was asked for once more. */
export async function returnSuppression(
  tx: Tx,
  workspaceId: string,
  id: string,
  expiresAt: Date | null,
): Promise<void> {
  await tx.query(
    'update suppressions set asked = asked - 1, expires_at = $3 where workspace_id = $1 and id = $2 and removed_at is null',
    [workspaceId, id, expiresAt],
  )
}
