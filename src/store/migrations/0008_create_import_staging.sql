-- An import's rows on their way in. COPY can't write into tables with row-level security, so the app may insert here and
-- nothing else, and one function owned by outdial_merger moves each chunk on. Unlogged: a crash empties it, and the
-- chunk is read again from the file.
create unlogged table import_staging (
  -- Never from the client: the app has no right to name it.
  workspace_id uuid not null default acting_workspace(),
  import_id uuid not null,
  -- One reading of the file: rows left by a reader that died, or that lost its lease, are never merged.
  run integer not null,
  chunk integer not null,
  -- As a spreadsheet shows it, the header being 1.
  row integer not null,
  -- The number stands further up in the same chunk.
  repeats boolean not null,
  -- Found by the merge: the number was known, and contact_id names whose it is.
  joined boolean not null default false,
  contact_id uuid not null,
  lead_id uuid not null,
  -- Null for a refused row, which has the last five columns instead.
  number text,
  phone_kind text,
  extension text,
  alternates jsonb,
  full_name text not null,
  first_name text not null,
  last_name text not null,
  company text not null,
  email text not null,
  city text not null,
  time_zone text,
  country text,
  region text,
  postcode text,
  language text,
  custom jsonb,
  priority smallint not null,
  max_attempts smallint,
  consent_basis text,
  customer_segment text,
  last_order_date timestamptz,
  follow_up_date timestamptz,
  not_before timestamptz,
  due_at timestamptz,
  status text not null,
  held_by text,
  reason text,
  column_name text,
  found text,
  expected text,
  cells jsonb
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000, autovacuum_vacuum_cost_delay = 0);
create index import_staging_by_chunk on import_staging (workspace_id, import_id, chunk);
grant insert (import_id, run, chunk, row, repeats, contact_id, lead_id, number, phone_kind, extension, alternates, full_name,
  first_name, last_name, company, email, city, time_zone, country, region, postcode, language, custom, priority,
  max_attempts, consent_basis, customer_segment, last_order_date, follow_up_date, not_before, due_at, status, held_by,
  reason, column_name, found, expected, cells) on import_staging to outdial_app;

grant select, update, delete on import_staging to outdial_merger;
grant select, insert, update on contacts, contact_phones, leads to outdial_merger;
grant select on suppressions to outdial_merger;
grant select, update on imports to outdial_merger;
grant select, insert on import_errors to outdial_merger;
grant update (had_leads) on campaigns to outdial_merger;

-- A chunk as one reading of the file staged it.
create function staged_rows(import uuid, this_run integer, this_chunk integer) returns setof import_staging
  language sql stable
  as $$
    select * from import_staging s where s.workspace_id = (select acting_workspace())
      and s.import_id = import and s.run = this_run and s.chunk = this_chunk
  $$;

-- New numbers, their people and, with a campaign, their leads. Whoever else adds one of these numbers at this moment goes
-- first or waits for us. Returns how many people and leads there are now, how many of the leads are suppressed, and the
-- rows whose number somebody has already.
create function add_staged_people(import uuid, this_run integer, this_chunk integer, campaign uuid, owner_user uuid,
  first_number bigint, at timestamptz, out people integer, out leads integer, out suppressed integer, out known integer[])
language plpgsql as $$
declare
  ws uuid := acting_workspace();
  any_suppressed boolean := exists (select from suppressions x where x.workspace_id = ws and x.removed_at is null);
begin
  if campaign is not null then
    perform from campaigns c where c.workspace_id = ws and c.id = campaign for key share;
    if not found then raise exception 'campaign % is gone', campaign; end if;
  end if;
  with fresh as materialized (
    select s.* from staged_rows(import, this_run, this_chunk) s where s.number is not null and not s.repeats
  ), phoned as (
    insert into contact_phones (workspace_id, number, contact_id, position, kind, extension)
    select ws, f.number, f.contact_id, 0, f.phone_kind, f.extension from fresh f order by f.number
    on conflict (workspace_id, number) do nothing returning contact_id
  ), created as materialized (
    select f.*, case when any_suppressed then (select max(coalesce(x.expires_at, 'infinity')) from suppressions x
        where x.workspace_id = ws and x.number = f.number and x.removed_at is null
          and (x.campaign_id is null or x.campaign_id = campaign) and coalesce(x.expires_at, 'infinity') > at) end as until
    from fresh f join phoned p on p.contact_id = f.contact_id order by f.row
  ), made as (
    insert into contacts (workspace_id, id, owner_user_id, full_name, first_name, last_name, company, email, city,
      time_zone, country, region, postcode, language, custom, import_id, created_at, updated_at)
    select ws, c.contact_id, owner_user, c.full_name, c.first_name, c.last_name, c.company, c.email, c.city,
      c.time_zone, c.country, c.region, c.postcode, c.language, coalesce(c.custom, '{}'), import, at, at
    from created c returning id
  ), led as (
    insert into leads (workspace_id, id, campaign_id, contact_id, import_id, number, due_at, not_before, status, held_by,
      priority, named, max_attempts, consent_basis, customer_segment, last_order_date, follow_up_date, metadata,
      created_at, updated_at)
    select ws, c.lead_id, campaign, c.contact_id, import, first_number + row_number() over () - 1,
      case when c.until = 'infinity' or c.due_at is null then null else greatest(c.due_at, c.until) end, c.not_before,
      case when c.until = 'infinity' then 'do_not_call' else c.status end,
      case when c.until = 'infinity' then 'do_not_call' when c.until > c.due_at then 'do_not_call_until' else c.held_by end,
      c.priority, c.full_name <> '', c.max_attempts, c.consent_basis, c.customer_segment, c.last_order_date,
      c.follow_up_date, c.custom, at, at
    from created c where campaign is not null returning status
  )
  select (select count(*) from made), (select count(*) from led), (select count(*) from led where status = 'do_not_call'),
    array(select f.row from fresh f left join phoned p on p.contact_id = f.contact_id where p.contact_id is null)
    into people, leads, suppressed, known;
end $$;

-- These rows, and those whose number stands further up in the chunk, join whoever has the number.
create function join_staged_people(import uuid, this_run integer, this_chunk integer, known integer[]) returns void
language sql as $$
  update import_staging s set joined = true,
      contact_id = (select p.contact_id from contact_phones p where p.workspace_id = s.workspace_id and p.number = s.number)
    from (select k.row from unnest(known) k (row)
      union all select r.row from staged_rows(import, this_run, this_chunk) r where r.repeats) known_rows
    where s.workspace_id = (select acting_workspace()) and s.import_id = import and s.run = this_run
      and s.chunk = this_chunk and s.row = known_rows.row
$$;

create function said_or_kept(said text, kept text, overwrite boolean) returns text language sql immutable parallel safe
  as $$ select coalesce(case when overwrite then nullif(said, '') end, nullif(kept, ''), said) $$;

-- What the joining rows say of their people: blanks are filled, all else is kept unless the import overwrites. A name is
-- one thing, whatever its parts. Row after row, since two may speak of the same person; most have nothing new to say.
create function fill_contacts(import uuid, this_run integer, this_chunk integer, overwrite boolean, at timestamptz)
returns void language plpgsql as $$
declare
  ws uuid := acting_workspace();
  said import_staging;
begin
  for said in
    select * from staged_rows(import, this_run, this_chunk) s
    where s.joined and (overwrite or (select n.full_name = '' and s.full_name <> '' or n.company = '' and s.company <> ''
        or n.email = '' and s.email <> '' or n.city = '' and s.city <> '' or n.time_zone is null and s.time_zone is not null
        or n.country is null and s.country is not null or n.region is null and s.region is not null
        or n.postcode is null and s.postcode is not null or n.language is null and s.language is not null
        or not n.custom ?& array(select jsonb_object_keys(s.custom))
      from contacts n where n.workspace_id = ws and n.id = s.contact_id))
    order by s.row
  loop
    with told as (
      select n.id, said.full_name <> '' and (overwrite or n.full_name = '') as names,
        said_or_kept(said.company, n.company, overwrite) as company, said_or_kept(said.email, n.email, overwrite) as email,
        said_or_kept(said.city, n.city, overwrite) as city,
        said_or_kept(said.time_zone, n.time_zone, overwrite) as time_zone,
        said_or_kept(said.country, n.country, overwrite) as country,
        said_or_kept(said.region, n.region, overwrite) as region,
        said_or_kept(said.postcode, n.postcode, overwrite) as postcode,
        said_or_kept(said.language, n.language, overwrite) as language,
        case when said.custom is null then n.custom when overwrite then n.custom || said.custom
          else said.custom || n.custom end as custom
      from contacts n where n.workspace_id = ws and n.id = said.contact_id
    )
    update contacts n set updated_at = at,
        full_name = case when t.names then said.full_name else n.full_name end,
        first_name = case when t.names then said.first_name else n.first_name end,
        last_name = case when t.names then said.last_name else n.last_name end,
        company = t.company, email = t.email, city = t.city, time_zone = t.time_zone, country = t.country,
        region = t.region, postcode = t.postcode, language = t.language, custom = t.custom
      from told t
      where n.workspace_id = ws and n.id = said.contact_id
        and (t.names and (said.full_name, said.first_name, said.last_name) <> (n.full_name, n.first_name, n.last_name)
          or (t.company, t.email, t.city, t.time_zone, t.country, t.region, t.postcode, t.language, t.custom)
            is distinct from (n.company, n.email, n.city, n.time_zone, n.country, n.region, n.postcode, n.language, n.custom));
  end loop;
end $$;

-- Leads for the people joined who are not in the campaign yet; the rows of the others are duplicates. What a row says
-- otherwise than its contact stays with the lead.
create function add_joined_leads(import uuid, this_run integer, this_chunk integer, campaign uuid, first_number bigint,
  at timestamptz, out leads integer, out suppressed integer)
language plpgsql as $$
declare
  ws uuid := acting_workspace();
begin
  with joined as materialized (
    select s.*, (select max(coalesce(x.expires_at, 'infinity')) from suppressions x
        where x.workspace_id = ws and x.number = s.number and x.removed_at is null
          and (x.campaign_id is null or x.campaign_id = campaign) and coalesce(x.expires_at, 'infinity') > at) as until,
      (select jsonb_strip_nulls(jsonb_build_object(
          'full_name', case when s.full_name not in ('', n.full_name) then s.full_name end,
          'company', case when s.company not in ('', n.company) then s.company end,
          'email', case when s.email not in ('', n.email) then s.email end,
          'city', case when s.city not in ('', n.city) then s.city end))
        from contacts n where n.workspace_id = ws and n.id = s.contact_id) as said
    from staged_rows(import, this_run, this_chunk) s where s.joined order by s.row
  ), led as (
    insert into leads (workspace_id, id, campaign_id, contact_id, import_id, number, due_at, not_before, status, held_by,
      priority, named, max_attempts, consent_basis, customer_segment, last_order_date, follow_up_date, metadata,
      created_at, updated_at)
    select ws, j.lead_id, campaign, j.contact_id, import, first_number + row_number() over () - 1,
      -- The contact may know better than the row where the person is: the gate settles it when the lead comes up.
      case when j.until = 'infinity' then null else greatest(j.not_before, j.until, at) end, j.not_before,
      case when j.until = 'infinity' then 'do_not_call' else 'pending' end,
      case when j.until = 'infinity' then 'do_not_call' when j.until > at then 'do_not_call_until' end,
      j.priority, j.full_name <> '', j.max_attempts, j.consent_basis, j.customer_segment, j.last_order_date,
      j.follow_up_date, case when j.said = '{}' then j.custom else coalesce(j.custom, '{}') || jsonb_build_object('said', j.said) end,
      at, at
    from joined j
    on conflict (workspace_id, campaign_id, contact_id) do nothing returning status
  )
  select count(*), count(*) filter (where led.status = 'do_not_call') from led into leads, suppressed;
end $$;

-- Second and third numbers, after all first ones, so that a person's own number is never another's second.
create function add_alternate_numbers(import uuid, this_run integer, this_chunk integer) returns void
language sql as $$
  insert into contact_phones (workspace_id, number, contact_id, position, kind, extension)
  select s.workspace_id, a.number, s.contact_id,
    coalesce((select max(p.position) from contact_phones p
      where p.workspace_id = s.workspace_id and p.contact_id = s.contact_id), 0) + a.place, a.kind, a.extension
  from staged_rows(import, this_run, this_chunk) s
    cross join lateral rows from (jsonb_to_recordset(s.alternates) as (number text, kind text, extension text))
      with ordinality as a (number, kind, extension, place)
  where s.alternates is not null
  order by a.number, s.row
  on conflict (workspace_id, number) do nothing
$$;

-- Every row that became no lead to call, and why.
create function report_staged_rows(import uuid, this_run integer, this_chunk integer, campaign uuid, suppressed integer)
returns void language plpgsql as $$
declare
  ws uuid := acting_workspace();
begin
  insert into import_errors (workspace_id, import_id, row, column_name, reason, found, expected, cells)
    select ws, import, s.row, s.column_name, s.reason, s.found, s.expected, s.cells
    from staged_rows(import, this_run, this_chunk) s where s.number is null order by s.row;
  insert into import_errors (workspace_id, import_id, row, column_name, reason, found, expected)
    select ws, import, s.row, s.column_name,
      case when campaign is null then 'duplicate_contact' else 'duplicate_in_campaign' end, s.number,
      case when campaign is null then 'a number that no contact has yet' else 'a number that is not in the campaign yet' end
    from staged_rows(import, this_run, this_chunk) s
    where s.joined and (select true from leads l where l.workspace_id = ws and l.id = s.lead_id) is null order by s.row;
  if suppressed = 0 then return; end if;
  insert into import_errors (workspace_id, import_id, row, column_name, reason, found, expected)
    select ws, import, s.row, s.column_name, 'suppressed', s.number, 'a number that is on no suppression list'
    from staged_rows(import, this_run, this_chunk) s
    where s.number is not null
      and (select l.status from leads l where l.workspace_id = ws and l.id = s.lead_id) = 'do_not_call' order by s.row;
end $$;

-- Moves one staged chunk into contacts, phones and leads, writes down every row that became no lead, and moves the
-- import's progress on: all of it or nothing. Returns the counts, or null when the import is no longer this worker's or
-- has gone past this chunk.
--
-- Look-ups row by row are subqueries in the select list, so that each stays one index probe whatever the planner
-- believes of a table that is never analysed; the settings forbid the joins that would go wrong with it.
create function merge_import_chunk(import uuid, this_run integer, this_chunk integer, expected integer, worker text,
  first_number bigint, at timestamptz) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set enable_nestloop = off set enable_seqscan = off set enable_mergejoin = off set work_mem = '64MB'
as $$
declare
  ws uuid := acting_workspace();
  job imports;
  staged record;
  added record;
  joined record;
  counts jsonb;
begin
  select * into job from imports i
    where i.workspace_id = ws and i.id = import and i.status = 'processing' and i.leased_by = worker
      and i.chunks_merged = this_chunk
    for no key update;
  if not found then return null; end if;
  select count(*)::integer as total, count(s.number)::integer as valid, count(s.alternates) as alternates into staged
    from staged_rows(import, this_run, this_chunk) s;
  if staged.total <> expected then
    -- A crash of the database emptied staging in between: the chunk is read again.
    raise exception using errcode = 'object_not_in_prerequisite_state',
      message = format('chunk %s of import %s has %s rows in staging instead of %s', this_chunk, import, staged.total, expected);
  end if;
  select * into added from add_staged_people(import, this_run, this_chunk, job.campaign_id, job.owner_user_id, first_number, at);
  select 0 as leads, 0 as suppressed into joined;
  if added.people < staged.valid then
    perform join_staged_people(import, this_run, this_chunk, added.known);
    perform fill_contacts(import, this_run, this_chunk, coalesce((job.options ->> 'overwrite')::boolean, false), at);
    if job.campaign_id is not null then
      select * into joined from add_joined_leads(import, this_run, this_chunk, job.campaign_id, first_number + added.leads, at);
    end if;
  end if;
  if staged.alternates > 0 then
    perform add_alternate_numbers(import, this_run, this_chunk);
  end if;
  perform report_staged_rows(import, this_run, this_chunk, job.campaign_id, added.suppressed + joined.suppressed);
  if added.leads + joined.leads > 0 then
    update campaigns set had_leads = true where workspace_id = ws and id = job.campaign_id and not had_leads;
  end if;
  delete from import_staging s
    where s.workspace_id = ws and s.import_id = import and s.run = this_run and s.chunk = this_chunk;
  select jsonb_build_object('total', staged.total, 'imported', c.imported, 'suppressed', c.suppressed,
      'duplicate', staged.valid - c.imported - c.suppressed, 'invalid', staged.total - staged.valid)
    from (select case when job.campaign_id is null then added.people
        else added.leads + joined.leads - added.suppressed - joined.suppressed end as imported,
      added.suppressed + joined.suppressed as suppressed) c into counts;
  update imports i set chunks_merged = this_chunk + 1, total_rows = i.total_rows + staged.total,
      imported_rows = i.imported_rows + (counts ->> 'imported')::integer,
      duplicate_rows = i.duplicate_rows + (counts ->> 'duplicate')::integer,
      invalid_rows = i.invalid_rows + (counts ->> 'invalid')::integer,
      suppressed_rows = i.suppressed_rows + (counts ->> 'suppressed')::integer
    where i.workspace_id = ws and i.id = import;
  return counts;
end $$;

-- What a merge of everything staged would do, without doing it.
create function preview_import(import uuid, this_run integer, campaign uuid, at timestamptz) returns jsonb
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
set enable_nestloop = off set work_mem = '64MB'
as $$
  with told as (
    select s.number, s.row,
      (select p.contact_id from contact_phones p where p.workspace_id = s.workspace_id and p.number = s.number) as known,
      row_number() over (partition by s.number order by s.row) = 1 as first_time,
      exists (select from suppressions x where x.workspace_id = s.workspace_id and x.number = s.number and x.removed_at is null
        and (x.campaign_id is null or x.campaign_id = campaign) and x.expires_at is null) as suppressed
    from import_staging s
    where s.workspace_id = (select acting_workspace()) and s.import_id = import and s.run = this_run
  ), placed as (
    select t.*, t.number is not null and (not t.first_time or t.known is not null and (campaign is null
      or exists (select from leads l where l.workspace_id = (select acting_workspace()) and l.campaign_id = campaign
        and l.contact_id = t.known))) as duplicate
    from told t
  )
  select jsonb_build_object('total', count(*), 'invalid', count(*) filter (where p.number is null),
    'duplicate', count(*) filter (where p.duplicate),
    'suppressed', count(*) filter (where p.number is not null and not p.duplicate and p.suppressed and campaign is not null),
    'create', count(*) filter (where p.number is not null and not p.duplicate and p.known is null
      and not (p.suppressed and campaign is not null)),
    'update', count(*) filter (where p.number is not null and not p.duplicate and p.known is not null
      and not (p.suppressed and campaign is not null)))
  from placed p
$$;

-- What a reading of the file, or a preview, left behind: that of one run, or of all but one.
create function clear_import_staging(import uuid, only_run integer, except_run integer) returns void
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  delete from import_staging s where s.workspace_id = (select acting_workspace()) and s.import_id = import
    and (only_run is null or s.run = only_run) and (except_run is null or s.run <> except_run)
$$;

grant create on schema public to outdial_merger;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p
           where p.pronamespace = 'public'::regnamespace and p.proname in ('staged_rows', 'add_staged_people',
             'join_staged_people', 'said_or_kept', 'fill_contacts', 'add_joined_leads', 'add_alternate_numbers',
             'report_staged_rows', 'merge_import_chunk', 'preview_import', 'clear_import_staging') loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to outdial_merger', f);
  end loop;
end $$;
revoke create on schema public from outdial_merger;
grant execute on function merge_import_chunk, preview_import, clear_import_staging to outdial_app;
