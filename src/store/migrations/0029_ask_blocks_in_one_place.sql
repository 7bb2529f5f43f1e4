-- What blocks a number, in one place for everybody who asks: the verdict, the intent, an import and its preview, and SQL of
-- people's own. Inlined by the planner, so that each use is two index probes.
--
-- A campaign's brand is looked up only where something blocks by brand.
create function blocks_on(workspace uuid, phone text, campaign uuid)
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
  $$;

-- Until when a number may not be called for a campaign (null: for none in particular): null when it may be, `infinity` when
-- it is blocked for good.
create function blocked_until(workspace uuid, phone text, campaign uuid, at timestamptz) returns timestamptz
  language sql stable parallel safe
  as $$
    select max(coalesce(b.expires_at, 'infinity')) from blocks_on(workspace, phone, campaign) b
    where coalesce(b.expires_at, 'infinity') > at
  $$;

-- Nothing is asked for each row of a file where nothing is blocked at all.
create function has_blocks(workspace uuid) returns boolean
  language sql stable parallel safe
  as $$
    select exists (select from suppressions s where s.workspace_id = workspace and s.removed_at is null)
      or exists (select from suppression_lists l where l.workspace_id = workspace and l.holds is not null)
  $$;
revoke all on function blocks_on, blocked_until, has_blocks from public;
grant execute on function blocks_on, blocked_until, has_blocks to outdial_app, outdial_merger;

create or replace function is_dnc(phone text, at timestamptz default now()) returns boolean language sql stable
  as $$ select exists (select from workspaces w where blocked_until(w.id, phone, null, at) is not null) $$;

-- What merges an import's chunk, and previews one, as before.
create or replace function add_staged_people(import uuid, this_run integer, this_chunk integer, campaign uuid, owner_user uuid,
  first_number bigint, at timestamptz, out people integer, out leads integer, out suppressed integer, out known integer[])
language plpgsql as $$
declare
  ws uuid := acting_workspace();
  any_blocked boolean := has_blocks(ws);
  ordered_by text;
  list_number smallint;
begin
  if campaign is not null then
    perform from campaigns c where c.workspace_id = ws and c.id = campaign for key share;
    if not found then raise exception 'campaign % is gone', campaign; end if;
    select nullif(c.lead_order, 'due_first') into ordered_by from campaigns c where c.workspace_id = ws and c.id = campaign;
    select x.number into list_number from lists x
      where x.workspace_id = ws and x.campaign_id = campaign and x.id = import;
  end if;
  with fresh as materialized (
    select s.* from staged_rows(import, this_run, this_chunk) s where s.number is not null and not s.repeats
  ), phoned as (
    insert into contact_phones (workspace_id, number, contact_id, position, kind, extension)
    select ws, f.number, f.contact_id, 0, f.phone_kind, f.extension from fresh f order by f.number
    on conflict (workspace_id, number) do nothing returning contact_id
  ), created as materialized (
    select f.*, case when any_blocked then blocked_until(ws, f.number, campaign, at) end as until
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
      created_at, updated_at, ordered_by, list_number)
    select ws, c.lead_id, campaign, c.contact_id, import, first_number + row_number() over () - 1,
      case when c.until = 'infinity' or c.due_at is null then null else greatest(c.due_at, c.until) end, c.not_before,
      case when c.until = 'infinity' then 'do_not_call' else c.status end,
      case when c.until = 'infinity' then 'do_not_call' when c.until > c.due_at then 'do_not_call_until' else c.held_by end,
      c.priority, c.full_name <> '', c.max_attempts, c.consent_basis, c.customer_segment, c.last_order_date,
      c.follow_up_date, c.custom, at, at, ordered_by, coalesce(list_number, 0)
    from created c where campaign is not null returning status
  )
  select (select count(*) from made), (select count(*) from led), (select count(*) from led where status = 'do_not_call'),
    array(select f.row from fresh f left join phoned p on p.contact_id = f.contact_id where p.contact_id is null)
    into people, leads, suppressed, known;
end $$;

create or replace function add_joined_leads(import uuid, this_run integer, this_chunk integer, campaign uuid, first_number bigint,
  at timestamptz, out leads integer, out suppressed integer)
language plpgsql as $$
declare
  ws uuid := acting_workspace();
  any_blocked boolean := has_blocks(ws);
  ordered_by text := (select nullif(c.lead_order, 'due_first') from campaigns c where c.workspace_id = ws and c.id = campaign);
  list_number smallint := (select x.number from lists x
    where x.workspace_id = ws and x.campaign_id = campaign and x.id = import);
begin
  with joined as materialized (
    select s.*, case when any_blocked then blocked_until(ws, s.number, campaign, at) end as until,
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
      created_at, updated_at, ordered_by, list_number)
    select ws, j.lead_id, campaign, j.contact_id, import, first_number + row_number() over () - 1,
      -- The contact may know better than the row where the person is: the gate settles it when the lead comes up.
      case when j.until = 'infinity' then null else greatest(j.not_before, j.until, at) end, j.not_before,
      case when j.until = 'infinity' then 'do_not_call' else 'pending' end,
      case when j.until = 'infinity' then 'do_not_call' when j.until > at then 'do_not_call_until' end,
      j.priority, j.full_name <> '', j.max_attempts, j.consent_basis, j.customer_segment, j.last_order_date,
      j.follow_up_date, case when j.said = '{}' then j.custom else coalesce(j.custom, '{}') || jsonb_build_object('said', j.said) end,
      at, at, ordered_by, coalesce(list_number, 0)
    from joined j
    on conflict (workspace_id, campaign_id, contact_id) do nothing returning status
  )
  select count(*), count(*) filter (where led.status = 'do_not_call') from led into leads, suppressed;
end $$;

-- What a merge of everything staged would do, without doing it.
create or replace function preview_import(import uuid, this_run integer, campaign uuid, at timestamptz) returns jsonb
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
set enable_nestloop = off set work_mem = '64MB'
as $$
  with told as (
    select s.number, s.row,
      (select p.contact_id from contact_phones p where p.workspace_id = s.workspace_id and p.number = s.number) as known,
      row_number() over (partition by s.number order by s.row) = 1 as first_time,
      coalesce(case when (select has_blocks((select acting_workspace())))
        then blocked_until(s.workspace_id, s.number, campaign, at) = 'infinity' end, false) as suppressed
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
