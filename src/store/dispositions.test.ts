import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { makeTenant } from '#kit/tenant.ts'
import { migrate } from './migrate.ts'
import { inWorkspace } from './tx.ts'

let db: TestDatabase
before(async () => {
  db = await openTestDatabase()
})
after(() => db.close())

test('workspaces made before there were dispositions have them after the migration', async () => {
  const { workspace_id } = await makeTenant(db.app, Date.now())
  await db.owner.query(`
    drop view v_daily_call_stats, v_campaign_performance;
    drop table call_notes, call_dispositions, call_disposition_changes, disposition_categories;
    drop function add_default_dispositions;
    drop index agent_transitions_by_call;
    alter table suppressions drop column asked;
    delete from schema_migrations where name like '0011%'`)
  await migrate({ connectionString: db.url_owner })
  const { rows } = await inWorkspace(db.app, { workspace_id }, (tx) =>
    tx.query('select count(*)::int as n, bool_and(built_in) as built_in from disposition_categories'),
  )
  assert.deepEqual(rows, [{ n: 14, built_in: true }])
  const { rows: forced } = await db.owner.query(
    `select relforcerowsecurity as forced from pg_class where oid = 'workspaces'::regclass`,
  )
  assert.deepEqual(forced, [{ forced: true }])
})
