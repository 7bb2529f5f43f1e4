-- A person erased: what is left of their numbers is a keyed hash, under which they stay blocked. Where a row has to stay for
-- what is counted, attempts.number is 'erased' (no number is), calls.to_number is null, and attempts.verdict says no more
-- than the answer and its rule.

-- HMAC-SHA-256 of a number of a workspace. The connection's setting app.number_key holds the key's inner and outer block,
-- 64 bytes each in hex; where it is not set the hash is null and nothing is ever found by it.
create function number_hash(workspace uuid, number text) returns bytea language sql stable parallel safe as $$
  select sha256(decode(substr(nullif(current_setting('app.number_key', true), ''), 129), 'hex')
    || sha256(decode(substr(nullif(current_setting('app.number_key', true), ''), 1, 128), 'hex')
      || convert_to(workspace::text || number, 'UTF8')))
$$;

-- The certificates: who erased, when and why, and how many rows of each table. Without anything of the person.
create table erasures (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  contact_id uuid not null,
  erased_by uuid not null,
  reason text not null check (length(reason) between 1 and 1000),
  numbers integer not null,
  erased_rows jsonb not null,
  erased_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, contact_id)
);
call protect_tenant_table('erasures', 'select, insert');

create table erased_numbers (
  workspace_id uuid not null references workspaces,
  number_hash bytea not null,
  erasure_id uuid not null,
  erased_at timestamptz not null,
  -- The hash of nobody's number: tells under which key the row was written.
  key_check bytea not null,
  primary key (workspace_id, number_hash),
  foreign key (workspace_id, erasure_id) references erasures
);
call protect_tenant_table('erased_numbers', 'select, insert');

alter table contacts add column erased_at timestamptz;

grant select on erased_numbers to outdial_merger;

-- That anybody was erased is asked once a statement: no number is hashed where nobody was.
create or replace function blocks_on(workspace uuid, phone text, campaign uuid)
  returns table (scope text, source text, reason text, expires_at timestamptz)
  language sql stable parallel safe
  as $$
    select s.scope, s.source, s.reason, s.expires_at from suppressions s
    where s.workspace_id = workspace and s.number = phone and s.removed_at is null
      and (s.campaign_id is null or s.campaign_id = campaign)
      and (s.brand is null or lower(s.brand) = (select lower(c.brand) from campaigns c where c.workspace_id = workspace and c.id = campaign))
    union all
    select l.scope, l.name || ': ' || l.source, 'listed', l.expires_at
    from suppression_list_numbers n
    join suppression_lists l on l.workspace_id = workspace and l.holds = n.list_number
    where n.workspace_id = workspace and n.number = phone
      and (l.campaign_id is null or l.campaign_id = campaign)
      and (l.brand is null or lower(l.brand) = (select lower(c.brand) from campaigns c where c.workspace_id = workspace and c.id = campaign))
    union all
    select 'workspace', 'erasure', 'the person was erased', null
    where exists (select from erased_numbers any_one where any_one.workspace_id = workspace)
      and exists (select from erased_numbers e where e.workspace_id = workspace and e.number_hash = number_hash(workspace, phone))
  $$;

create or replace function has_blocks(workspace uuid) returns boolean
  language sql stable parallel safe
  as $$
    select exists (select from suppressions s where s.workspace_id = workspace and s.removed_at is null)
      or exists (select from suppression_lists l where l.workspace_id = workspace and l.holds is not null)
      or exists (select from erased_numbers e where e.workspace_id = workspace)
  $$;

-- Whether numbers were erased here under another key than this connection's: they would be dialed again.
create function find_foreign_number_key() returns boolean
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select exists (select from erased_numbers e
      where e.key_check is distinct from number_hash('00000000-0000-0000-0000-000000000000', ''))
  $$;
grant select on erased_numbers to outdial_finder;
create policy finder on erased_numbers for select to outdial_finder using (true);

-- outdial_eraser owns the one function that takes a person out of what is otherwise only ever added to.
do $$
begin
  if not exists (select from pg_roles where rolname = 'outdial_eraser') then
    begin
      create role outdial_eraser nologin nosuperuser nobypassrls;
    exception when duplicate_object or unique_violation then null; -- another database of this cluster was quicker
    end;
  end if;
  if not pg_has_role(current_user, 'outdial_eraser', 'member') then
    grant outdial_eraser to current_user;
  end if;
end $$;
grant usage on schema public to outdial_eraser;
grant execute on function acting_workspace() to outdial_eraser;
grant select, update (detail) on call_events, call_acts to outdial_eraser;
grant select, update (note, fields) on call_disposition_changes to outdial_eraser;
grant select, delete on suppressions, suppression_list_numbers, import_staging to outdial_eraser;
grant select (workspace_id, id, status) on imports to outdial_eraser;
do $$
declare name text;
begin
  foreach name in array array['call_events', 'call_acts', 'call_disposition_changes', 'suppressions', 'suppression_list_numbers', 'imports'] loop
    execute format('create policy eraser on %I to outdial_eraser using (workspace_id = (select acting_workspace()))', name);
  end loop;
end $$;

-- Takes out of these calls' histories what says who was called: recordings, what an act was told, what somebody wrote. Takes
-- the numbers' suppressions away, and what finished imports left in staging. How many rows, by table.
create function erase_from_histories(calls uuid[], numbers text[]) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  ws uuid := acting_workspace();
  counts jsonb := '{}';
  n integer;
begin
  -- A carrier's words for an end are evidence too, unless a number stands in them.
  update call_events v set detail = v.detail - case when v.detail ->> 'cause' ~ '[0-9]{6}' then '{url,cause}'::text[] else '{url}' end
    where v.workspace_id = ws and v.call_id = any (calls) and (v.detail ? 'url' or v.detail ->> 'cause' ~ '[0-9]{6}');
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('call_events', n);
  update call_acts a set detail = '{}' where a.workspace_id = ws and a.call_id = any (calls) and a.detail <> '{}';
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('call_acts', n);
  update call_disposition_changes d set note = '', fields = '{}'
    where d.workspace_id = ws and d.call_id = any (calls) and (d.note <> '' or d.fields <> '{}');
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('call_disposition_changes', n);
  delete from suppressions s where s.workspace_id = ws and s.number = any (numbers);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('suppressions', n);
  delete from suppression_list_numbers l where l.workspace_id = ws and l.number = any (numbers);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('suppression_list_numbers', n);
  delete from import_staging s where s.workspace_id = ws and s.import_id in (select i.id from imports i
    where i.workspace_id = ws and i.status not in ('pending', 'processing'));
  get diagnostics n = row_count;
  return counts || jsonb_build_object('import_staging', n);
end $$;

grant create on schema public to outdial_eraser, outdial_finder;
alter function find_foreign_number_key() owner to outdial_finder;
alter function erase_from_histories(uuid[], text[]) owner to outdial_eraser;
revoke create on schema public from outdial_eraser, outdial_finder;
revoke all on function find_foreign_number_key(), erase_from_histories(uuid[], text[]) from public;
grant execute on function find_foreign_number_key(), erase_from_histories(uuid[], text[]) to outdial_app;
