import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

/** A category of dispositions: what a call may have meant, and what follows from it. */
export interface Disposition {
  id: string
  key: string
  name: string
  /** How older clients spell the same meaning. */
  dialect_keys: string[]
  counts_as_contact: boolean
  success: boolean
  final: boolean
  retries: boolean
  blocks_number: boolean
  /** `note`, `callback_at`, or members of the disposition's own fields. */
  required_fields: string[]
  position: number
  built_in: boolean
  retired_at: Date | null
  created_at: Date
  updated_at: Date
}

export const dispositionSorts = ['position', 'name', 'created_at'] as const
export type DispositionSort = (typeof dispositionSorts)[number]

const columns = `d.id, d.key, d.name, d.dialect_keys, d.counts_as_contact, d.success, d.final, d.retries, d.blocks_number,
  d.required_fields, d.position, d.built_in, d.retired_at, d.created_at, d.updated_at`

const listing: Listing<DispositionSort> = {
  columns,
  from: 'disposition_categories d',
  id: 'd.id',
  sorts: {
    position: { by: 'd.position', type: 'smallint' },
    name: { by: 'd.name', type: 'text' },
    created_at: { by: 'd.created_at', type: 'timestamptz' },
  },
}

export async function listDispositions(
  tx: Tx,
  workspaceId: string,
  filters: { retired?: boolean },
  page: PageOf<DispositionSort>,
): Promise<Page<Disposition>> {
  return readPage<Disposition, DispositionSort>(
    tx,
    listing,
    [
      ['d.workspace_id = ?', workspaceId],
      ['(d.retired_at is not null) = ?', filters.retired],
    ],
    page,
  )
}

export async function readDisposition(tx: Tx, workspaceId: string, id: string): Promise<Disposition | null> {
  const { rows } = await tx.query<Disposition>(
    `select ${columns} from disposition_categories d where d.workspace_id = $1 and d.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** Those that calls may be given, in the order in which people see them. */
export async function listLiveDispositions(tx: Tx, workspaceId: string): Promise<Disposition[]> {
  const { rows } = await tx.query<Disposition>(
    `select ${columns} from disposition_categories d where d.workspace_id = $1 and d.retired_at is null
     order by d.position, d.id`,
    [workspaceId],
  )
  return rows
}

/** The categories that every workspace begins with. */
export async function addDefaultDispositions(tx: Tx, workspaceId: string, at: number): Promise<void> {
  await tx.query('select add_default_dispositions($1, $2)', [workspaceId, new Date(at)])
}

const settable = [
  'name',
  'counts_as_contact',
  'success',
  'final',
  'retries',
  'blocks_number',
  'required_fields',
  'position',
  'retired_at',
] as const
export type DispositionSettings = Pick<Disposition, (typeof settable)[number]>

/** A key that another category has is refused by the database. */
export async function createDisposition(
  tx: Tx,
  workspaceId: string,
  category: Pick<Disposition, 'id' | 'key' | 'name'> & Partial<DispositionSettings>,
  at: number,
): Promise<void> {
  const given = setColumns(category)
  const named = ['workspace_id', 'id', 'key', 'created_at', 'updated_at', ...given.map(([name]) => name)]
  const values = [
    workspaceId,
    category.id,
    category.key,
    new Date(at),
    new Date(at),
    ...given.map(([, value]) => value),
  ]
  await tx.query(
    `insert into disposition_categories (${named.join(', ')}) values (${named.map((_, i) => `$${i + 1}`).join(', ')})`,
    values,
  )
}

/** Locks a category, so that no call is given it meanwhile. */
export async function lockDisposition(tx: Tx, workspaceId: string, id: string): Promise<Disposition | null> {
  const { rows } = await tx.query<Disposition>(
    `select ${columns} from disposition_categories d where d.workspace_id = $1 and d.id = $2 for update`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

export async function changeDisposition(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<DispositionSettings>,
  at: number,
): Promise<void> {
  const given = setColumns(change)
  const assignments = given.map(([name], index) => `${name} = $${index + 4}`)
  await tx.query(
    `update disposition_categories set ${['updated_at = $3', ...assignments].join(', ')}
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, new Date(at), ...given.map(([, value]) => value)],
  )
}

/** Deletes a category that no call was ever given; false when one was. */
export async function deleteDisposition(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `delete from disposition_categories where workspace_id = $1 and id = $2
       and not exists (select from call_dispositions x where x.workspace_id = $1 and x.disposition_id = $2)
       and not exists (select from call_disposition_changes x where x.workspace_id = $1
         and $2 in (x.disposition_id, x.from_disposition_id))`,
    [workspaceId, id],
  )
  return rowCount === 1
}

function setColumns(given: Partial<DispositionSettings>): [string, unknown][] {
  return settable.flatMap((name): [string, unknown][] => (given[name] === undefined ? [] : [[name, given[name]]]))
}
