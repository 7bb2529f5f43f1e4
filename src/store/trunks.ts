import { addLimitsRow } from './dial-limits.ts'
import type { Tx } from './tx.ts'

export interface Trunk {
  id: string
  name: string
  provider: string
  is_default: boolean
  active: boolean
  channels: number
  calls_per_second: number | null
  settings: Record<string, unknown>
  /** Billed per started minute of talk; null where it is not known. */
  price_per_minute: number | null
  currency: string | null
  created_at: Date
  updated_at: Date
}

const columns =
  'id, name, provider, is_default, active, channels, calls_per_second, settings, price_per_minute::double precision as price_per_minute, currency, created_at, updated_at'

export type NewTrunk = Pick<
  Trunk,
  'id' | 'name' | 'provider' | 'is_default' | 'channels' | 'calls_per_second' | 'settings'
> & {
  sealed_secret: Buffer | null
} & Partial<Pick<Trunk, 'price_per_minute' | 'currency'>>

export async function createTrunk(tx: Tx, workspaceId: string, trunk: NewTrunk, at: number): Promise<void> {
  if (trunk.is_default) await clearDefault(tx, workspaceId)
  await tx.query(
    `insert into trunks (workspace_id, id, name, provider, is_default, channels, calls_per_second, settings, sealed_secret,
       created_at, updated_at, price_per_minute, currency)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)`,
    [
      workspaceId,
      trunk.id,
      trunk.name,
      trunk.provider,
      trunk.is_default,
      trunk.channels,
      trunk.calls_per_second,
      trunk.settings,
      trunk.sealed_secret,
      new Date(at),
      trunk.price_per_minute ?? null,
      trunk.currency ?? null,
    ],
  )
  await addLimitsRow(tx, workspaceId, trunk.id)
}

export async function readTrunk(tx: Tx, workspaceId: string, id: string): Promise<Trunk | null> {
  const { rows } = await tx.query<Trunk>(`select ${columns} from trunks where workspace_id = $1 and id = $2`, [
    workspaceId,
    id,
  ])
  return rows[0] ?? null
}

/** The sealed credentials; opened for the trunk's adapter and nobody else. */
export async function readTrunkSecret(tx: Tx, workspaceId: string, id: string): Promise<Buffer | null> {
  const { rows } = await tx.query<{ sealed_secret: Buffer | null }>(
    'select sealed_secret from trunks where workspace_id = $1 and id = $2',
    [workspaceId, id],
  )
  return rows[0]?.sealed_secret ?? null
}

export async function listTrunks(tx: Tx, workspaceId: string): Promise<Trunk[]> {
  const { rows } = await tx.query<Trunk>(`select ${columns} from trunks where workspace_id = $1 order by id`, [
    workspaceId,
  ])
  return rows
}

export type TrunkChange = Partial<
  Pick<
    Trunk,
    'name' | 'is_default' | 'active' | 'channels' | 'calls_per_second' | 'settings' | 'price_per_minute' | 'currency'
  >
>

export async function changeTrunk(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: TrunkChange,
  at: number,
): Promise<Trunk | null> {
  if (change.is_default) await clearDefault(tx, workspaceId)
  const { rows } = await tx.query<Trunk>(
    `update trunks t set updated_at = $4, name = coalesce(c.name, t.name), is_default = coalesce(c.is_default, t.is_default),
       active = coalesce(c.active, t.active), channels = coalesce(c.channels, t.channels),
       calls_per_second = case when $3::jsonb ? 'calls_per_second' then c.calls_per_second else t.calls_per_second end,
       settings = coalesce(c.settings, t.settings),
       price_per_minute = case when $3::jsonb ? 'price_per_minute' then c.price_per_minute else t.price_per_minute end,
       currency = case when $3::jsonb ? 'currency' then c.currency else t.currency end
     from jsonb_to_record($3) as c (name text, is_default boolean, active boolean, channels integer,
       calls_per_second double precision, settings jsonb, price_per_minute numeric, currency text)
     where t.workspace_id = $1 and t.id = $2
     returning ${columns
       .split(', ')
       .map((column) => `t.${column}`)
       .join(', ')}`,
    [workspaceId, id, JSON.stringify(change), new Date(at)],
  )
  return rows[0] ?? null
}

async function clearDefault(tx: Tx, workspaceId: string): Promise<void> {
  await tx.query('update trunks set is_default = false where workspace_id = $1 and is_default', [workspaceId])
}

/** Whether a campaign may show this number: a simulated trunk takes any, a real one those registered on it. */
export async function mayShowCallerId(tx: Tx, workspaceId: string, trunkId: string, number: string): Promise<boolean> {
  const { rows } = await tx.query<{ allowed: boolean }>(
    `select t.provider = 'simulated' or exists (select from caller_ids c
       where c.workspace_id = $1 and c.trunk_id = $2 and c.number = $3) as allowed
     from trunks t where t.workspace_id = $1 and t.id = $2`,
    [workspaceId, trunkId, number],
  )
  return rows[0]?.allowed ?? false
}

export async function setTrunkSecret(tx: Tx, workspaceId: string, id: string, sealed: Buffer): Promise<void> {
  await tx.query('update trunks set sealed_secret = $3 where workspace_id = $1 and id = $2', [workspaceId, id, sealed])
}
