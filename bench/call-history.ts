/** A history of calls for benches, written straight into the tables. */
import type { Pool } from 'pg'
import type { Tenant } from '#kit/tenant.ts'

/** Calls spread evenly over the days, of people whose first names are a thousand and whose last names are many. */
export async function fillCalls(
  owner: Pool,
  { workspace_id, user_id, trunk_id }: Omit<Tenant, 'campaign_id'>,
  { persons, count, days, now }: { persons: number; count: number; days: number; now: number },
): Promise<void> {
  await owner.query(
    `insert into contacts (workspace_id, id, owner_user_id, full_name, first_name, last_name, created_at, updated_at)
     select $1, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, $2, 'Name' || i % 997 || ' Fam' || i::bigint * 7919 % 100003,
       'Name' || i % 997, 'Fam' || i::bigint * 7919 % 100003, now(), now() from generate_series(1, $3::int) i`,
    [workspace_id, user_id, persons],
  )
  await owner.query(
    `insert into calls (workspace_id, id, number, contact_id, owner_user_id, trunk_id, provider, to_number, state, outcome, zone,
       initiated_at, answered_at, ended_at)
     select $1, (left(first_uuid_at(at)::text, 14) || '7' || substr(md5(i::text), 1, 3) || '-8' || substr(md5(i::text), 4, 3) || '-' || substr(md5(i::text), 7, 12))::uuid,
       i, ('00000000-0000-7000-8000-' || lpad(to_hex(i % $4::int + 1), 12, '0'))::uuid, $2, $3, 'simulated',
       '+1212' || lpad((i % $4::int + 2000000)::text, 7, '0'), 'ended', (array['no_answer', 'human', 'machine', 'busy'])[i % 4 + 1],
       'America/New_York', at, case when i % 4 in (1, 2) then at + interval '5 s' end, at + interval '60 s'
     from (select i, to_timestamp($5::double precision / 1000) - (i::double precision / $6 * $7) * interval '1 day' as at
       from generate_series(1, $6::int) i) g`,
    [workspace_id, user_id, trunk_id, persons, now, count, days],
  )
  await owner.query(
    `insert into call_dispositions (workspace_id, call_id, disposition_id, set_by, set_at, changed_by, changed_at)
     select c.workspace_id, c.id, (select d.id from disposition_categories d where d.workspace_id = $1 order by md5(c.number::text || d.key) limit 1),
       $2, c.initiated_at, $2, c.initiated_at from calls c where c.workspace_id = $1 and c.outcome = 'human' and c.number % 8 = 1`,
    [workspace_id, user_id],
  )
}
