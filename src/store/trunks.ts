import type { RoutedTrunk } from '#domain/routing.ts'
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
  /** What campaigns that choose may use it for (domain/routing.ts); empty: for nobody. */
  serves: string[]
  /** Its share among equals of a route; 0: a reserve. */
  weight: number
  /** On its account, at so little somebody should know; null for never. */
  low_balance: number | null
  /** Its carrier deletes recordings once they are kept here. */
  forgets_recordings: boolean
  created_at: Date
  updated_at: Date
}

const columns =
  'id, name, provider, is_default, active, channels, calls_per_second, settings, price_per_minute::double precision as price_per_minute, currency, serves, weight, low_balance::double precision as low_balance, forgets_recordings, created_at, updated_at'

export type NewTrunk = Pick<
  Trunk,
  'id' | 'name' | 'provider' | 'is_default' | 'channels' | 'calls_per_second' | 'settings'
> & {
  sealed_secret: Buffer | null
} & Partial<Pick<Trunk, 'price_per_minute' | 'currency' | 'serves' | 'weight' | 'low_balance' | 'forgets_recordings'>>

export async function createTrunk(tx: Tx, workspaceId: string, trunk: NewTrunk, at: number): Promise<void> {
  if (trunk.is_default) await clearDefault(tx, workspaceId)
  await tx.query(
    `insert into trunks (workspace_id, id, name, provider, is_default, channels, calls_per_second, settings, sealed_secret,
       created_at, updated_at, price_per_minute, currency, serves, weight,
       low_balance, forgets_recordings)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16)`,
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
      trunk.serves ?? [],
      trunk.weight ?? 1,
      trunk.low_balance ?? null,
      trunk.forgets_recordings ?? false,
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
    | 'name'
    | 'is_default'
    | 'active'
    | 'channels'
    | 'calls_per_second'
    | 'settings'
    | 'price_per_minute'
    | 'currency'
    | 'serves'
    | 'weight'
    | 'low_balance'
    | 'forgets_recordings'
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
       currency = case when $3::jsonb ? 'currency' then c.currency else t.currency end,
       serves = coalesce(c.serves, t.serves), weight = coalesce(c.weight, t.weight),
       low_balance = case when $3::jsonb ? 'low_balance' then c.low_balance else t.low_balance end,
       forgets_recordings = coalesce(c.forgets_recordings, t.forgets_recordings)
     from jsonb_to_record($3) as c (name text, is_default boolean, active boolean, channels integer,
       calls_per_second double precision, settings jsonb, price_per_minute numeric, currency text, serves text[], weight integer,
       low_balance numeric, forgets_recordings boolean)
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

/** SQL: a trunk `own` is a campaign `c`'s own. */
const isOwn = 'case when c.trunk_id is null then own.is_default else own.id = c.trunk_id end'

/** SQL: whether a campaign `c` rehearses; one that chooses is given trunks of the same kind alone. */
export const rehearses = `exists (select from trunks own
  where own.workspace_id = c.workspace_id and own.provider = 'simulated' and ${isOwn}) as rehearses`

/**
 * SQL: the trunks that say what they serve, as a campaign `c` may use them. What rings nobody and what rings people are never in one
 * route, and the campaign's own trunk says which of the two it calls over: consent and countries were asked about with that.
 */
const route = `(select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'serves', t.serves, 'weight', t.weight,
    'price_per_minute', t.price_per_minute, 'blocked_until', l.blocked_until,
    'unfit', case when not t.active then 'inactive'
      when (t.provider = 'simulated') <> (own.provider = 'simulated') then 'rehearsal'
      when c.caller_id is not null and t.provider <> 'simulated' and not exists (select from caller_ids i
        where i.workspace_id = $1 and i.trunk_id = t.id and (c.caller_id_choice = 'local' or i.number = c.caller_id))
        then 'caller_id' end) order by t.name, t.id), '[]')
  from trunks own join trunks t on t.workspace_id = $1 and t.serves <> '{}'
  left join dial_limits l on l.workspace_id = $1 and l.limited_id = t.id
  where own.workspace_id = $1 and ${isOwn})`

/** SQL: the routes of the campaigns that choose and dial now, by campaign; null where there is none. */
export const routes = `(select jsonb_object_agg(c.id, ${route}) from campaigns c
  where c.workspace_id = $1 and c.trunk_choice <> 'fixed' and c.status = 'active')`

/** The trunks that a campaign may choose among, and those that it can't use, with the reason. */
export async function readRoute(tx: Tx, workspaceId: string, campaignId: string): Promise<RoutedTrunk[]> {
  const { rows } = await tx.query<{ route: RoutedTrunk[] }>({
    name: 'read-route',
    text: `select ${route} as route from campaigns c where c.workspace_id = $1 and c.id = $2`,
    values: [workspaceId, campaignId],
  })
  return rows[0]?.route ?? []
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
