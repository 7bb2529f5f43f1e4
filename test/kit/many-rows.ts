import type { TestDatabase } from './database.ts'
import type { Tenant } from './tenant.ts'
import { makeCampaign } from './tenant.ts'

/** So many people with a number each, all of them in one campaign, and a call of each in the last days; the campaign's id. */
export async function addManyRows(db: TestDatabase, tenant: Tenant, count: number): Promise<string> {
  const { workspace_id, user_id, trunk_id } = tenant
  const campaign_id = await makeCampaign(db.app, tenant, Date.now(), { name: 'Everybody' })
  const rows = `(select n, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, '+1212' || 2000000 + n as number
    from generate_series(1, ${count}) n) made`
  const of = [workspace_id, user_id]
  const client = await db.owner.connect()
  try {
    // What these rows refer to is among them: it need not be looked for a million times.
    await client.query("set session_replication_role = 'replica'")
    await client.query(
      `insert into contacts (workspace_id, id, owner_user_id, full_name, first_name, last_name, created_at, updated_at)
       select $1, id, $2, 'Name' || n % 997 || ' Fam' || n, 'Name' || n % 997, 'Fam' || n, now(), now() from ${rows}`,
      of,
    )
    await client.query(
      `insert into contact_phones (workspace_id, number, contact_id, position) select $1, number, id, 0 from ${rows}`,
      [workspace_id],
    )
    await client.query(
      `insert into leads (workspace_id, id, campaign_id, contact_id, number, status, created_at, updated_at)
       select $1, id, $2, id, n, case when n % 50 = 0 then 'called' else 'pending' end, now(), now() from ${rows}`,
      [workspace_id, campaign_id],
    )
    await client.query(
      `insert into calls (workspace_id, id, number, contact_id, lead_id, campaign_id, owner_user_id, trunk_id, provider, to_number,
         state, outcome, zone, initiated_at, ended_at)
       select $1, (left(first_uuid_at(at)::text, 14) || '7' || right(id::text, 21))::uuid, n, id, id, $4, $2, $3, 'simulated',
         number, 'ended', (array['no_answer', 'busy'])[n % 2 + 1], 'America/New_York', at, at + interval '60 s'
       from ${rows}, lateral (select now() - n * interval '20 s' as at) a`,
      [...of, trunk_id, campaign_id],
    )
    await client.query('update campaigns set had_leads = true where id = $1', [campaign_id])
    await client.query('analyze contacts, contact_phones, leads, calls')
  } finally {
    client.release(true)
  }
  return campaign_id
}
