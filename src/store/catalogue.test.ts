import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { makeCampaign, makeTenant } from '#kit/tenant.ts'
import { refusePrivilegedRole } from './database.ts'
import { findWorkspacesWithWork } from './finders.ts'
import { inWorkspace } from './tx.ts'

/** Tables of no tenant; every other one has a workspace. */
const sharedTables = new Set([
  'installation',
  'schema_migrations',
  'sessions',
  'sign_in_failures',
  'sign_in_links',
  'user_credentials',
  'users',
  'workspaces',
])
/** Read before a workspace is known, merging an import, or erasing a person from what is only added to. One more needs a reason, a policy of its own and a line here. */
const definerFunctions = [
  'clear_import_staging',
  'count_live_attempts',
  'erase_from_histories',
  'find_api_key',
  'find_credentials',
  'find_due_recordings',
  'find_foreign_number_key',
  'find_session',
  'find_sign_in_link',
  'find_trunk',
  'find_trunks_of_account',
  'find_unfinished_imports',
  'find_unfinished_suppression_lists',
  'find_user',
  'find_workspaces_of',
  'find_workspaces_with_work',
  'merge_import_chunk',
  'preview_import',
]
/** Where the app may only insert: rows wait here without anybody being able to read another tenant's. */
const insertOnlyTables = new Set(['import_staging'])

describe('the catalogue', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  const query = async (sql: string) => (await db.owner.query(sql)).rows

  it('protects every tenant table by forced row-level security and a policy both ways', async () => {
    const tables = await query(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped) as tenant,
        (select count(*)::int from pg_policies p where p.tablename = c.relname and p.policyname = 'tenant' and p.cmd = 'ALL'
           and p.qual like '%acting_workspace%' and p.with_check like '%acting_workspace%') as policies
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`)
    assert.ok(tables.length > 25)
    for (const table of tables) {
      if (sharedTables.has(table.name) || insertOnlyTables.has(table.name)) continue
      assert.deepEqual([table.name, table.tenant, table.forced, table.policies], [table.name, true, true, 1])
    }
  })

  it('leaves a key of a person one index to be looked up by: thousands are looked up while the table is new to the planner', async () => {
    const whole = await query(`
      select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = 'contacts'::regclass and i.indpred is null`)
    assert.deepEqual(whole, [{ name: 'contacts_pkey' }])
  })

  it('begins every index of a tenant table with the workspace, but for those that look up before one is known', async () => {
    const indexes = await query(`
      select i.indexrelid::regclass::text as name, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and not c.relispartition
        and exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id')`)
    const others = indexes.filter((index) => index.first !== 'workspace_id').map((index) => index.name)
    assert.deepEqual(others.sort(), [
      'api_keys_by_token',
      'idempotency_keys_by_age',
      'memberships_by_user',
      'sessions_by_end',
      'sessions_by_user',
      'sessions_pkey',
      'sign_in_links_by_user',
      'sign_in_links_pkey',
      'trunks_by_id',
    ])
  })

  it('has no function that runs with other rights but the closed list, and each has its search path fixed', async () => {
    const functions = await query(`select proname as name, proconfig as settings from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef order by proname`)
    assert.deepEqual(
      functions.map((f) => f.name),
      definerFunctions,
    )
    for (const { name, settings } of functions) assert.match(String(settings), /search_path=pg_catalog/, name)
  })

  it('grants nothing on partitions, nothing to everybody, and lets views read as their reader', async () => {
    const grants = await query(`select c.relname, c.relkind, c.reloptions from pg_class c
      left join lateral aclexplode(c.relacl) x on true
      where c.relnamespace = 'public'::regnamespace and ((c.relispartition and x.grantee <> c.relowner) or x.grantee = 0)`)
    assert.deepEqual(grants, [])
    const views = await query(
      `select relname, reloptions from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'`,
    )
    for (const view of views) assert.ok(view.reloptions?.includes('security_invoker=true'), view.relname)
  })

  it('keeps append-only tables append-only for the app', async () => {
    for (const table of ['call_events', 'agent_transitions', 'call_disposition_changes', 'call_acts']) {
      const [rights] = await query(`select has_table_privilege('outdial_app', '${table}', 'update') as u,
        has_table_privilege('outdial_app', '${table}', 'delete') as d, has_table_privilege('outdial_app', '${table}', 'insert') as i`)
      assert.deepEqual(rights, { u: false, d: false, i: true })
    }
  })
})

describe('two tenants', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  it("neither reads, counts, changes nor adds to the other's rows", async () => {
    const at = Date.now()
    const mine = await makeTenant(db.app, at)
    const theirs = await makeTenant(db.app, at)
    const campaign = await makeCampaign(db.app, theirs, at, { status: 'active' })
    await inWorkspace(db.app, mine, async (tx) => {
      for (const table of ['campaigns', 'trunks', 'memberships', 'dial_limits']) {
        const { rows } = await tx.query(`select count(*)::int as n from ${table} where workspace_id = $1`, [
          theirs.workspace_id,
        ])
        assert.equal(rows[0].n, 0, table)
      }
      const changed = await tx.query(`update campaigns set name = 'mine now' where id = $1`, [campaign])
      assert.equal(changed.rowCount, 0)
    })
    await assert.rejects(
      makeCampaign(db.app, { ...theirs, workspace_id: mine.workspace_id }, at, {}),
      'a campaign owned by a stranger of this workspace',
    )
    await assert.rejects(
      inWorkspace(db.app, mine, (tx) =>
        tx.query('insert into dial_limits (workspace_id, limited_id) values ($1, $1)', [theirs.workspace_id]),
      ),
      /row-level security/,
    )
    assert.ok((await findWorkspacesWithWork(db.app)).includes(theirs.workspace_id))
  })

  it('leave nothing behind on a pooled connection', async () => {
    const tenant = await makeTenant(db.app, Date.now())
    await inWorkspace(db.app, tenant, (tx) => tx.query('select 1'))
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => db.app.query('select count(*)::int as n from trunks')),
    )
    assert.deepEqual(new Set(counts.map((count) => count.rows[0].n)), new Set([0]))
  })

  it('with visibility `own` a member reaches only what is theirs', async () => {
    const at = Date.now()
    const tenant = await makeTenant(db.app, at)
    const campaign = await makeCampaign(db.app, tenant, at, {})
    const stranger = { workspace_id: tenant.workspace_id, user_id: crypto.randomUUID(), only_own: true }
    const count = (acting: object) =>
      inWorkspace(
        db.app,
        { ...tenant, ...acting },
        async (tx) => (await tx.query('select from campaigns where id = $1', [campaign])).rowCount,
      )
    assert.equal(await count({ only_own: true }), 1)
    assert.equal(await count(stranger), 0)
  })

  it('are not served under a role that row-level security does not bind', async () => {
    await assert.rejects(refusePrivilegedRole(db.owner), /would not be kept apart/)
    await refusePrivilegedRole(db.app)
  })
})
