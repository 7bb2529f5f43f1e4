import { bindFilters, type Filter, type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import { type OffsetPage, type Place, readOffsetPage } from './offset-page.ts'
import type { Tx } from './tx.ts'

export interface ContactPhone {
  number: string
  extension: string | null
}

export interface Contact {
  id: string
  owner_user_id: string
  full_name: string
  first_name: string
  last_name: string
  company: string
  email: string
  city: string
  time_zone: string | null
  country: string | null
  region: string | null
  postcode: string | null
  language: string | null
  custom: Record<string, unknown>
  /** In the order in which they are tried. */
  phones: ContactPhone[]
  created_at: Date
  updated_at: Date
}

export const contactSorts = ['created_at', 'updated_at', 'name'] as const
export type ContactSort = (typeof contactSorts)[number]

const listing: Listing<ContactSort> = {
  columns: `n.id, n.owner_user_id, n.full_name, n.first_name, n.last_name, n.company, n.email, n.city, n.time_zone, n.country,
    n.region, n.postcode, n.language, n.custom, n.created_at, n.updated_at,
    (select coalesce(jsonb_agg(jsonb_build_object('number', p.number, 'extension', p.extension) order by p.position), '[]')
      from contact_phones p where p.workspace_id = n.workspace_id and p.contact_id = n.id) as phones`,
  from: 'contacts n',
  id: 'n.id',
  sorts: {
    // A contact's id begins with the instant of its making, and is the key: no page sorts them all.
    created_at: { by: 'n.id', type: 'uuid' },
    updated_at: { by: 'n.updated_at', type: 'timestamptz' },
    name: { by: 'n.full_name', type: 'text' },
  },
}

export interface ContactFilters {
  phone?: string
  import_id?: string
  country?: string
  /** They stand in this campaign. */
  campaign_id?: string
  /** Part of the name, the company, the e-mail address or a number. */
  search?: string
}

export async function listContacts(
  tx: Tx,
  workspaceId: string,
  filters: ContactFilters,
  page: PageOf<ContactSort>,
): Promise<Page<Contact>> {
  return readPage<Contact, ContactSort>(tx, listing, filtersOf(workspaceId, filters), page)
}

/** The same by the place in the list, newest first. */
export async function listContactsByPlace(
  tx: Tx,
  workspaceId: string,
  filters: ContactFilters,
  place: Place,
): Promise<OffsetPage<Contact>> {
  const page = { ...place, order: 'n.created_at desc, n.id desc' }
  return readOffsetPage<Contact>(tx, listing, filtersOf(workspaceId, filters), page)
}

/** How many they are. */
export async function countContacts(tx: Tx, workspaceId: string, filters: ContactFilters): Promise<number> {
  const { where, values } = bindFilters(filtersOf(workspaceId, filters))
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from contacts n where ${where}`,
    values,
  )
  return (rows[0] as { count: number }).count
}

/** The ids of those that fit, in their order, from behind `after`. */
export async function listFittingIds(
  tx: Tx,
  workspaceId: string,
  filters: ContactFilters,
  page: { after: string | null; limit: number },
): Promise<string[]> {
  const { where, values } = bindFilters([...filtersOf(workspaceId, filters), ['n.id > ?', page.after ?? undefined]])
  const { rows } = await tx.query<{ id: string }>(
    `select n.id from contacts n where ${where} order by n.id limit ${page.limit}`,
    values,
  )
  return rows.map((row) => row.id)
}

/** Digits that may be part of a number: with letters it is a name. */
function digitsOf(search: string | undefined): string | undefined {
  const digits = search?.replace(/[\s().+-]/g, '').replace(/^0+/, '')
  return digits !== undefined && /^\d{3,}$/.test(digits) ? digits : undefined
}

function filtersOf(workspaceId: string, filters: ContactFilters): Filter[] {
  const digits = digitsOf(filters.search)
  return [
    ['n.workspace_id = ? and n.deleted_at is null', workspaceId],
    ['n.import_id = ?', filters.import_id],
    ['n.country = ?', filters.country],
    [
      'n.id in (select l.contact_id from leads l where l.workspace_id = n.workspace_id and l.campaign_id = ?)',
      filters.campaign_id,
    ],
    [
      // As an array: all numbers are read once, and not those of each contact.
      `n.id = any (array(select p.contact_id from contact_phones p where p.workspace_id = (select acting_workspace())
        and strpos(p.number, ?) > 0))`,
      digits,
    ],
    [
      'n.id = (select p.contact_id from contact_phones p where p.workspace_id = n.workspace_id and p.number = ?)',
      filters.phone,
    ],
    [
      `(strpos(lower(n.full_name), lower(?)) > 0 or strpos(lower(n.company), lower(?)) > 0
        or strpos(lower(n.email), lower(?)) > 0)`,
      digits === undefined ? filters.search : undefined,
    ],
  ]
}

export async function readContact(tx: Tx, workspaceId: string, id: string): Promise<Contact | null> {
  const { rows } = await tx.query<Contact>(
    `select ${listing.columns} from ${listing.from} where n.workspace_id = $1 and n.id = $2 and n.deleted_at is null`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

export type ContactChange = Partial<
  Pick<
    Contact,
    'full_name' | 'first_name' | 'last_name' | 'company' | 'email' | 'city' | 'time_zone' | 'country' | 'region'
  > &
    Pick<Contact, 'postcode' | 'language' | 'custom'>
>

const settable = [
  'full_name',
  'first_name',
  'last_name',
  'company',
  'email',
  'city',
  'time_zone',
  'country',
  'region',
  'postcode',
  'language',
  'custom',
] as const

export async function changeContact(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: ContactChange,
  at: number,
): Promise<boolean> {
  const given = settable.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]] as const]))
  const assignments = ['updated_at = $3', ...given.map(([name], index) => `${name} = $${index + 4}`)]
  const { rowCount } = await tx.query(
    `update contacts set ${assignments.join(', ')} where workspace_id = $1 and id = $2 and deleted_at is null`,
    [workspaceId, id, new Date(at), ...given.map(([, value]) => value)],
  )
  return rowCount === 1
}

/** A person of whom nothing is known yet. */
export async function insertContact(
  tx: Tx,
  workspaceId: string,
  contact: { id: string; owner_user_id: string },
  at: number,
): Promise<void> {
  await tx.query(
    'insert into contacts (workspace_id, id, owner_user_id, created_at, updated_at) values ($1, $2, $3, $4, $4)',
    [workspaceId, contact.id, contact.owner_user_id, new Date(at)],
  )
}

/** Which of these are contacts that the acting user sees. */
export async function listContactIds(tx: Tx, workspaceId: string, ids: string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from contacts where workspace_id = $1 and id = any ($2) and deleted_at is null',
    [workspaceId, ids],
  )
  return new Set(rows.map((row) => row.id))
}

/** The contact's leads that may still be called, locked, so that no claim takes one meanwhile. */
export async function lockOpenLeadsOfContact(tx: Tx, workspaceId: string, id: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from leads where workspace_id = $1 and contact_id = $2 and status in ('pending', 'callback')
     order by id for update`,
    [workspaceId, id],
  )
  return rows.map((row) => row.id)
}

/**
 * Gives a contact its numbers, in this order; returns those that belong to somebody else and changes nothing then.
 * `before` runs in between: it makes a contact that is new.
 */
export async function setContactPhones(
  tx: Tx,
  workspaceId: string,
  id: string,
  phones: ContactPhone[],
  before: () => Promise<void>,
): Promise<string[]> {
  const numbers = phones.map((phone) => phone.number)
  const { rows } = await tx.query<{ number: string }>(
    'select number from contact_phones where workspace_id = $1 and number = any ($2) and contact_id <> $3',
    [workspaceId, numbers, id],
  )
  if (rows.length > 0) return rows.map((row) => row.number)
  await before()
  await tx.query('delete from contact_phones where workspace_id = $1 and contact_id = $2 and number <> all ($3)', [
    workspaceId,
    id,
    numbers,
  ])
  await tx.query(
    `insert into contact_phones (workspace_id, number, contact_id, position, extension)
     select $1, p.number, $2, (p.place - 1)::smallint, p.extension
     from unnest($3::text[], $4::text[]) with ordinality as p (number, extension, place)
     on conflict (workspace_id, number) do update set position = excluded.position, extension = excluded.extension`,
    [workspaceId, id, numbers, phones.map((phone) => phone.extension)],
  )
  return []
}

/** Takes a contact out: their leads are skipped, their calls stay as evidence, their numbers are free for others. */
export async function deleteContact(tx: Tx, workspaceId: string, id: string, at: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update contacts set deleted_at = $3, updated_at = $3 where workspace_id = $1 and id = $2 and deleted_at is null',
    [workspaceId, id, new Date(at)],
  )
  if (rowCount !== 1) return false
  await tx.query(
    `update leads set status = 'skipped', held_by = 'contact_deleted', due_at = null, updated_at = $3
     where workspace_id = $1 and contact_id = $2 and status in ('pending', 'callback', 'calling')`,
    [workspaceId, id, new Date(at)],
  )
  await tx.query('delete from contact_phones where workspace_id = $1 and contact_id = $2', [workspaceId, id])
  return true
}
