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
grant insert on import_errors to outdial_merger;
grant update (had_leads) on campaigns to outdial_merger;

-- Moves one staged chunk of an import into contacts, phones and leads, writes down every row that became no lead, and
-- moves the import's progress on: all of it or nothing. Returns the counts, or null when the import is no longer this
-- worker's or has gone past this chunk.
--
-- Each look-up of a row is a subquery in the select list, so that it stays one index probe whatever the planner believes
-- of a table that is never analysed; the settings below forbid the joins that would go wrong with it.
create function merge_import_chunk(import uuid, this_run integer, this_chunk integer, worker text, first_number bigint, at timestamptz)
returns jsonb language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set enable_nestloop = off set enable_seqscan = off set enable_mergejoin = off set work_mem = '64MB'
as $$
declare
  ws uuid := acting_workspace();
  job imports;
  staged record;
  new_leads integer := 0;
  new_contacts integer := 0;
  joined_leads integer := 0;
  suppressed integer := 0;
  suppressed_joined integer := 0;
  counts jsonb;
begin
  select * into job from imports i
    where i.workspace_id = ws and i.id = import and i.status = 'processing' and i.leased_by = worker
      and i.chunks_merged = this_chunk
    for no key update;
  if not found then return null; end if;
  select count(*)::integer as total, count(s.number)::integer as valid, coalesce(bool_or(s.repeats), false) as repeats,
      coalesce(bool_or(s.alternates is not null), false) as alternates into staged
    from import_staging s
    where s.workspace_id = ws and s.import_id = import and s.run = this_run and s.chunk = this_chunk;

  -- New numbers, their people and their leads. Whoever else adds a number at this moment goes first or waits for us.
  with fresh as materialized (
    select s.* from import_staging s
    where s.workspace_id = ws and s.import_id = import and s.run = this_run and s.chunk = this_chunk
      and s.number is not null and not s.repeats
  ), phoned as (
    insert into contact_phones (workspace_id, number, contact_id, position, kind, extension)
    select ws, f.number, f.contact_id, 0, f.phone_kind, f.extension from fresh f order by f.number
    on conflict (workspace_id, number) do nothing returning contact_id
  ), created as materialized (
    select f.* from fresh f join phoned p on p.contact_id = f.contact_id order by f.row
  ), made as (
    insert into contacts (workspace_id, id, owner_user_id, full_name, first_name, last_name, company, email, city,
      time_zone, country, region, postcode, language, custom, import_id, created_at, updated_at)
    select ws, c.contact_id, job.owner_user_id, c.full_name, c.first_name, c.last_name, c.company, c.email, c.city,
      c.time_zone, c.country, c.region, c.postcode, c.language, coalesce(c.custom, '{}'), import, at, at
    from created c
    returning id
  ), led as (
    insert into leads (workspace_id, id, campaign_id, contact_id, import_id, number, due_at, not_before, status, priority,
      named, max_attempts, held_by, consent_basis, customer_segment, last_order_date, follow_up_date, metadata,
      created_at, updated_at)
    select ws, c.lead_id, job.campaign_id, c.contact_id, import, first_number + row_number() over () - 1,
      case when x.until = 'infinity' then null else greatest(c.due_at, x.until) end, c.not_before,
      case when x.until = 'infinity' then 'do_not_call' else c.status end, c.priority, c.full_name <> '', c.max_attempts,
      case when x.until = 'infinity' then 'do_not_call' when x.until > c.due_at then 'do_not_call_until' else c.held_by end,
      c.consent_basis, c.customer_segment, c.last_order_date, c.follow_up_date, c.custom, at, at
    from (select c.*, suppressed_until(job.campaign_id, c.number, at) as until from created c) c
      cross join lateral (select c.until) x
    where job.campaign_id is not null
    returning status
  )
  select (select count(*) from made), (select count(*) from led), (select count(*) from led where led.status = 'do_not_call')
    into new_contacts, new_leads, suppressed;

  if new_contacts < staged.valid then
    -- The others join whoever has the number.
    update import_staging s set joined = true,
        contact_id = (select p.contact_id from contact_phones p where p.workspace_id = ws and p.number = s.number)
      where s.workspace_id = ws and s.import_id = import and s.run = this_run and s.chunk = this_chunk
        and s.number is not null
        and (s.repeats or (select true from contact_phones p
          where p.workspace_id = ws and p.contact_id = s.contact_id limit 1) is null);
    perform fill_contacts(import, this_run, this_chunk, coalesce((job.options ->> 'overwrite')::boolean, false), at);
    if job.campaign_id is not null then
      with led as (
        insert into leads (workspace_id, id, campaign_id, contact_id, import_id, number, due_at, not_before, status,
          priority, named, max_attempts, held_by, consent_basis, customer_segment, last_order_date, follow_up_date,
          metadata, created_at, updated_at)
        select ws, j.lead_id, job.campaign_id, j.contact_id, import, first_number + new_leads + row_number() over () - 1,
          -- Where the person is, the contact may know otherwise than the row: the gate looks when the lead comes up.
          case when j.until = 'infinity' then null else greatest(j.not_before, j.until, at) end, j.not_before,
          case when j.until = 'infinity' then 'do_not_call' else 'pending' end, j.priority, j.full_name <> '',
          j.max_attempts, case when j.until = 'infinity' then 'do_not_call' end, j.consent_basis, j.customer_segment,
          j.last_order_date, j.follow_up_date, j.custom, at, at
        from (select s.*, suppressed_until(job.campaign_id, s.number, at) as until from import_staging s
          where s.workspace_id = ws and s.import_id = import and s.run = this_run and s.chunk = this_chunk and s.joined
          order by s.row) j
        on conflict (workspace_id, campaign_id, contact_id) do nothing returning status
      )
      select count(*), count(*) filter (where led.status = 'do_not_call') into joined_leads, suppressed_joined from led;
    end if;
  end if;

  if staged.alternates then
    -- After all first numbers, so that a person's own number is never another's second one.
    insert into contact_phones (workspace_id, number, contact_id, position, kind, extension)
    select ws, a.number, s.contact_id,
      coalesce((select max(p.position) from contact_phones p
        where p.workspace_id = ws and p.contact_id = s.contact_id), 0) + a.place, a.kind, a.extension
    from import_staging s cross join lateral rows from
      (jsonb_to_recordset(s.alternates) as (number text, kind text, extension text)) with ordinality
      as a (number, kind, extension, place)
    where s.workspace_id = ws and s.import_id = import and s.run = this_run and s.chunk = this_chunk
      and s.alternates is not null
    order by a.number, s.row
    on conflict (workspace_id, number) do nothing;
  end if;

  suppressed := suppressed + suppressed_joined;
  counts := jsonb_build_object('total', staged.total, 'invalid', staged.total - staged.valid, 'suppressed', suppressed,
    'imported', case when job.campaign_id is null then new_contacts else new_leads + joined_leads - suppressed end);
  counts := counts || jsonb_build_object('duplicate',
    staged.valid - (counts ->> 'imported')::integer - suppressed, 'campaign_id', job.campaign_id);
  perform report_rows(import, this_run, this_chunk, job.campaign_id, counts);
  if new_leads + joined_leads > 0 then
    update campaigns set had_leads = true where workspace_id = ws and id = job.campaign_id and not had_leads;
  end if;
  update imports i set chunks_merged = this_chunk + 1,
      total_rows = i.total_rows + staged.total,
      imported_rows = i.imported_rows + (counts ->> 'imported')::integer,
      duplicate_rows = i.duplicate_rows + (counts ->> 'duplicate')::integer,
      invalid_rows = i.invalid_rows + (counts ->> 'invalid')::integer,
      suppressed_rows = i.suppressed_rows + suppressed
    where i.workspace_id = ws and i.id = import;
  delete from import_staging s where s.workspace_id = ws and s.import_id = import and s.chunk = this_chunk;
  return counts;
end $$;
