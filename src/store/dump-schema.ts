/**
 * `node src/store/dump-schema.ts` writes the present schema to schema.sql, for reading; `--check` fails when the file no
 * longer says what the migrations make. Our own, because no pg_dump comes with the embedded server.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

const file = join(import.meta.dirname, 'schema.sql')
const heading = '-- The schema as the migrations make it, for reading. Made by: node src/store/dump-schema.ts\n'

const tables = `
  select c.oid, c.relname as name, c.relpersistence = 'u' as unlogged, c.relrowsecurity as secured,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partitioned,
    (select string_agg('  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end
        || case when a.attidentity <> '' then ' generated always as identity'
             when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
             when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end, e',\\n' order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select string_agg('  ' || pg_get_constraintdef(k.oid), e',\\n' order by k.contype desc, k.conname)
      from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'f', 'c', 'u')) as constraints,
    (select string_agg(pg_get_indexdef(i.indexrelid) || ';', e'\\n' order by i.indexrelid::regclass::text)
      from pg_index i where i.indrelid = c.oid and not i.indisprimary) as indexes,
    (select string_agg(format('-- policy %s (%s%s, to %s): using %s check %s', p.policyname, p.cmd,
        case when p.permissive = 'RESTRICTIVE' then ', restrictive' else '' end, array_to_string(p.roles, ', '),
        coalesce(p.qual, '-'), coalesce(p.with_check, '-')), e'\\n' order by p.policyname)
      from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as policies,
    (select string_agg(format('-- granted to %s: %s', g.grantee, g.rights), e'\\n' order by g.grantee) from
      (select r.rolname as grantee, string_agg(lower(x.privilege_type), ', ' order by x.privilege_type) as rights
       from aclexplode(c.relacl) x join pg_roles r on r.oid = x.grantee where r.rolname like 'outdial\\_%' and r.oid <> c.relowner
       group by 1) g) as grants
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by c.relname`

const views = `select relname as name, pg_get_viewdef(oid, true) as body, array_to_string(reloptions, ', ') as options
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' order by relname`

const functions = `select pg_get_functiondef(p.oid) as body, r.rolname as owner, p.prosecdef as definer from pg_proc p
  join pg_roles r on r.oid = p.proowner where p.pronamespace = 'public'::regnamespace order by p.proname, p.oid::regprocedure::text`

async function dump(client: pg.Client): Promise<string> {
  const parts = [heading]
  for (const table of (await client.query(tables)).rows) {
    const rows = [table.columns, table.constraints].filter(Boolean).join(',\n')
    const kind = table.unlogged ? 'unlogged table' : 'table'
    parts.push(
      `create ${kind} ${table.name} (\n${rows}\n)${table.partitioned ? ` partition by ${table.partitioned}` : ''};`,
      ...[table.indexes, table.policies, table.grants].filter(Boolean),
      table.secured ? '' : '-- no row-level security\n',
    )
  }
  for (const view of (await client.query(views)).rows) {
    parts.push(`create view ${view.name} with (${view.options}) as\n${view.body}\n`)
  }
  for (const { body, owner, definer } of (await client.query(functions)).rows) {
    parts.push(`${definer ? `-- owned by ${owner}\n` : ''}${(body as string).trimEnd()};\n`)
  }
  return `${parts.join('\n').trimEnd()}\n`
}

const folder = mkdtempSync(join(tmpdir(), 'outdial-schema-'))
chmodSync(folder, 0o711)
const reply = await openEmbedded(folder, { durable: false })
if (!reply.ok) throw new Error(reply.refusal)
try {
  await migrate(reply.embedded.ownerConnection)
  const client = new pg.Client(reply.embedded.ownerConnection)
  await client.connect()
  const present = await dump(client)
  await client.end()
  if (!process.argv.includes('--check')) writeFileSync(file, present)
  else if (readFileSync(file, 'utf8') !== present) {
    console.error('src/store/schema.sql is behind the migrations; run: node src/store/dump-schema.ts')
    process.exitCode = 1
  }
} finally {
  await reply.embedded.stop()
  rmSync(folder, { recursive: true, force: true })
}
