import { blockErased } from './erased-numbers.ts'
import type { Tx } from './tx.ts'

/** What was erased, without anything of whom: the answer to the request, kept as its proof. */
export interface Erasure {
  id: string
  contact_id: string
  erased_by: string
  reason: string
  /** How many numbers stay blocked. */
  numbers: number
  /** Rows deleted or blanked, by table. */
  erased_rows: Record<string, number>
  erased_at: Date
}

const columns = 'x.id, x.contact_id, x.erased_by, x.reason, x.numbers, x.erased_rows, x.erased_at'

/** Locks a contact, deleted or not, until the transaction ends. */
export async function lockContact(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<{ full_name: string; email: string; erased_at: Date | null } | null> {
  const { rows } = await tx.query<{ full_name: string; email: string; erased_at: Date | null }>(
    'select full_name, email, erased_at from contacts where workspace_id = $1 and id = $2 for update',
    [workspaceId, id],
  )
  return rows[0] ?? null
}

export async function readErasure(tx: Tx, workspaceId: string, contactId: string): Promise<Erasure | null> {
  const { rows } = await tx.query<Erasure>(
    `select ${columns} from erasures x where x.workspace_id = $1 and x.contact_id = $2`,
    [workspaceId, contactId],
  )
  return rows[0] ?? null
}

/** Files are still being read, of which nobody knows yet whom they hold. */
export async function hasRunningImports(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from imports where workspace_id = $1 and status in ('pending', 'processing') limit 1`,
    [workspaceId],
  )
  return rowCount !== 0
}

/** A person by everything under which rows know them. */
export interface Person {
  contact_id: string
  /** E.164, of now and of former calls; none that is somebody else's now. */
  numbers: string[]
  /** Of attempts and calls, which share their ids. */
  calls: string[]
  provider_call_ids: string[]
  /** Is claimed, rings or talks. */
  in_call: boolean
}

/** Calls have no index by number, and one told by another system may know nobody's contact: they are looked through. */
export async function findPerson(tx: Tx, workspaceId: string, contactId: string): Promise<Person> {
  const { rows } = await tx.query<Omit<Person, 'contact_id'>>(
    `with called as materialized (
       select c.id, c.from_number, c.to_number, c.direction from calls c where c.workspace_id = $1 and c.contact_id = $2
     ), tried as materialized (
       select a.id, a.number from attempts a where a.workspace_id = $1 and (a.id in (select id from called) or a.lead_id in (
         select l.id from leads l where l.workspace_id = $1 and l.contact_id = $2))
     ), number as materialized (
       select p.number from contact_phones p where p.workspace_id = $1 and p.contact_id = $2
       union select n.number from (select number from tried
           union select case direction when 'inbound' then from_number else to_number end from called) n
         where n.number like '+%' and not exists (select from contact_phones p
           where p.workspace_id = $1 and p.number = n.number and p.contact_id <> $2)
     ), met as materialized (
       select id from called union select id from tried
       union select a.id from attempts a where a.workspace_id = $1 and a.number in (select number from number)
       union select c.id from calls c where c.workspace_id = $1
         and (c.to_number in (select number from number) or c.from_number in (select number from number))
     )
     select array(select number from number order by number) as numbers, array(select id from met order by id) as calls,
       array(select c.provider_call_id from calls c where c.workspace_id = $1 and c.id in (select id from met)
         and c.provider_call_id is not null) as provider_call_ids,
       exists (select from attempts a where a.workspace_id = $1 and a.ended_at is null
         and (a.id in (select id from met) or a.contact_id = $2)) as in_call`,
    [workspaceId, contactId],
  )
  return { contact_id: contactId, ...(rows[0] as Omit<Person, 'contact_id'>) }
}

/** What was tried since the person was looked for: asked while claims are held, so by index alone. */
export async function findLaterCalls(
  tx: Tx,
  workspaceId: string,
  { contact_id, numbers, calls }: Person,
): Promise<Pick<Person, 'calls' | 'in_call'>> {
  const { rows } = await tx.query<Pick<Person, 'calls' | 'in_call'>>(
    `with tried as materialized (
       select a.id, a.ended_at from attempts a where a.workspace_id = $1 and a.number = any ($3)
       union select a.id, a.ended_at from attempts a where a.workspace_id = $1 and a.lead_id in (
         select l.id from leads l where l.workspace_id = $1 and l.contact_id = $2)
     )
     select array(select id from tried where id <> all ($4)) as calls,
       exists (select from tried where ended_at is null) as in_call`,
    [workspaceId, contact_id, numbers, calls],
  )
  return rows[0] as Pick<Person, 'calls' | 'in_call'>
}

/** From here on what is erased can still be taken back within the transaction. */
export async function beginErasing(tx: Tx): Promise<void> {
  await tx.query('savepoint erasing')
}

export async function undoErasing(tx: Tx): Promise<void> {
  await tx.query('rollback to savepoint erasing')
}

/** Keeps the certificate, and blocks the numbers by their hashes. */
export async function keepErasure(
  tx: Tx,
  workspaceId: string,
  erasure: Omit<Erasure, 'numbers' | 'erased_at'>,
  numbers: string[],
  at: number,
): Promise<Erasure> {
  const { id, contact_id, erased_by, reason, erased_rows } = erasure
  const { rows } = await tx.query<Erasure>(
    `insert into erasures as x (workspace_id, id, contact_id, erased_by, reason, numbers, erased_rows, erased_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${columns}`,
    [workspaceId, id, contact_id, erased_by, reason, numbers.length, JSON.stringify(erased_rows), new Date(at)],
  )
  await blockErased(tx, workspaceId, id, numbers, at)
  return rows[0] as Erasure
}
