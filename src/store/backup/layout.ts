/**
 * What a backup holds: gzipped text that `zcat` shows. First a line of JSON (Header), then for each table a line of JSON
 * (Section), its rows as COPY writes them and a line `\.`; last a line of JSON (Footer), without which it is not whole.
 */
import type pg from 'pg'

export interface Header {
  outdial_backup: 1
  made_at: string
  migrations: string[]
  partitions: Partition[]
}

export interface Partition {
  name: string
  parent: string
  bound: string
}

export interface Section {
  table: string
  columns: string[]
}

export interface Footer {
  end: { tables: number; rows: number }
  sequences: { name: string; last_value: string }[]
}

export const END_OF_TABLE = '\\.'

/** A file name and the checksum of its text: two databases with the same list have the same tables. */
export async function listMigrations(client: pg.ClientBase): Promise<string[]> {
  const sql = `select name || ' ' || checksum as migration from schema_migrations order by name`
  return (await client.query<{ migration: string }>(sql)).rows.map((row) => row.migration)
}

/** Every table that keeps something: partitions by their parent, without staging and without what is computed. */
export async function listSections(client: pg.ClientBase): Promise<Section[]> {
  const { rows } = await client.query<Section>(
    `select format('%I', c.relname) as table, array_agg(format('%I', a.attname) order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relpersistence = 'p' and c.relname <> 'schema_migrations'
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by c.relname order by c.relname`,
  )
  return rows
}

export async function listPartitions(client: pg.ClientBase): Promise<Partition[]> {
  const { rows } = await client.query<Partition>(
    `select format('%I', c.relname) as name, format('%I', p.relname) as parent, pg_get_expr(c.relpartbound, c.oid) as bound
       from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
      where c.relispartition and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      order by c.relname`,
  )
  return rows
}

/** Row-level security would show a lesser role an empty table, and an empty backup looks like a good one. */
export async function isSuperuser(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ rolsuper: boolean }>(
    'select rolsuper from pg_roles where rolname = current_user',
  )
  return rows[0]?.rolsuper === true
}
