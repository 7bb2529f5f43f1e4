alter table campaigns
  -- Who is dialed first of the leads that are due and of the same standing.
  add lead_order text not null default 'due_first'
    check (lead_order in ('due_first', 'newest_first', 'fewest_attempts_first', 'random')),
  -- What follows from a disposition that retries, by its key; beside retry_rules.
  add disposition_rules jsonb not null default '{}';

-- The lists of campaigns whose lists have weights: one for each import, and one of the leads added by hand. A campaign
-- without rows here dials its leads in one order, whichever list they are in.
create table lists (
  workspace_id uuid not null,
  campaign_id uuid not null,
  -- The import's, or the campaign's own for the leads added by hand.
  id uuid not null,
  import_id uuid,
  -- Its place in the ranks of its leads; 0 for those added by hand.
  number smallint not null check (number between 0 and 16383),
  -- 0: it rests.
  weight smallint not null default 1 check (weight between 0 and 1000),
  -- Dials that it is behind its share; never more than one, so that nothing is caught up with in a burst.
  credit double precision not null default 0 check (credit between -1 and 1),
  -- Its part of the dials that the last claim shared out, and of which standing; null: it had nobody due.
  share double precision,
  standing smallint,
  created_at timestamptz not null,
  primary key (workspace_id, campaign_id, id),
  unique (workspace_id, campaign_id, number),
  foreign key (workspace_id, campaign_id) references campaigns,
  foreign key (workspace_id, import_id) references imports,
  check (id = coalesce(import_id, campaign_id)),
  check ((number = 0) = (import_id is null))
) with (fillfactor = 50);
call protect_tenant_table('lists');
grant select on lists to outdial_merger;

-- The rank carries the standing, the list and the order, so that the one index on it serves them all:
--
--   bits 47 and up   callbacks first, then priority, then named people: the standing
--   bits 33 to 46    the list, where lists have weights
--   bits 0 to 32     the lane: 0 where the one due longest goes first; else what the campaign's order says
alter table leads drop column rank;
alter table leads
  -- The campaign's lead_order when the lead was dated last; null for due_first.
  add ordered_by text,
  add list_number smallint not null default 0;
alter table leads
  add rank bigint not null generated always as (
    ((case when status = 'callback' then 0 else 1000 end + (100 - priority) * 2 + case when named then 0 else 1 end)::bigint << 47)
    | (list_number::bigint << 33)
    | case ordered_by
        -- By the second; retries after all who were never tried.
        when 'newest_first' then case when attempts > 0 then 4294967296
          else 4294967296 - extract(epoch from created_at - '1970-01-01T00:00:00Z'::timestamptz)::bigint end
        when 'fewest_attempts_first' then attempts
        -- In 256 lots, drawn by the id, so that a lead keeps its own.
        when 'random' then uuid_hash_extended(id, 0) & 255
        else 0
      end
  ) stored;
create index leads_due on leads (workspace_id, campaign_id, rank, due_at, id) where due_at is not null;

-- Up to `take` due leads whose rank lies from `low` to before `high`, in dialing order, locked, passing over those another
-- dialer holds. A walk over the ranks there are, each step one look into the index, and one range scan of each rank that
-- has somebody due, which stops as soon as it can.
create function walk_due_leads(workspace uuid, campaign uuid, low bigint, high bigint, take integer, at timestamptz)
returns setof uuid language plpgsql as $$
declare
  current_rank bigint := low - 1;
  remaining integer := take;
  found_now integer;
begin
  while remaining > 0 loop
    with recursive step as (
      (select l.rank, l.due_at from leads l
        where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null
          and l.rank > current_rank and l.rank < high
        order by l.rank, l.due_at limit 1)
      union all
      select n.rank, n.due_at from step s, lateral (select l.rank, l.due_at from leads l
        where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null
          and l.rank > s.rank and l.rank < high
        order by l.rank, l.due_at limit 1) n
      where s.due_at > at
    )
    select s.rank into current_rank from step s where s.due_at <= at;
    exit when not found;
    return query
      select l.id from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.rank = current_rank and l.due_at <= at
      order by l.due_at, l.id limit remaining for update skip locked;
    get diagnostics found_now = row_count;
    remaining := remaining - found_now;
  end loop;
end $$;

-- The same for a campaign whose lists have weights: among leads of one standing, lists take turns by their weights. The
-- next dial is that of the list which is behind its share and would first be a whole dial behind ("earliest eligible
-- virtual deadline first"), so that no list is ever a dial off. The lists stay locked until the claim is over; it is charged
-- with what it dials, not with what the gate or a limit holds back.
create function mix_due_leads(workspace uuid, campaign uuid, take integer, at timestamptz)
returns setof uuid language plpgsql as $$
declare
  numbers smallint[];
  weights double precision[];
  credits double precision[];
  now_standing bigint := -1;
  low bigint;
  waiting uuid[];
  nexts integer[];
  ends integer[];
  shares double precision[];
  total double precision;
  best integer;
  remaining integer := take;
begin
  perform from lists x where x.workspace_id = workspace and x.campaign_id = campaign order by x.number for no key update;
  select array_agg(x.number), array_agg(x.weight), array_agg(x.credit) into numbers, weights, credits from (
    select y.* from lists y where y.workspace_id = workspace and y.campaign_id = campaign and y.weight > 0 order by y.number
  ) x;
  if numbers is null then return; end if;
  loop
    select l.rank >> 47 into now_standing from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null and l.rank >= (now_standing + 1) << 47
      order by l.rank limit 1;
    exit when not found or remaining = 0;
    waiting := '{}';
    nexts := '{}';
    ends := '{}';
    for i in 1..cardinality(numbers) loop
      nexts[i] := cardinality(waiting) + 1;
      low := (now_standing << 47) | (numbers[i]::bigint << 33);
      waiting := waiting || array(select walk_due_leads(workspace, campaign, low, low + (1::bigint << 33), remaining, at));
      ends[i] := cardinality(waiting);
    end loop;
    continue when cardinality(waiting) = 0;
    shares := array(select case when nexts[i] <= ends[i] then
        weights[i] / sum(weights[i]) filter (where nexts[i] <= ends[i]) over () end
      from generate_series(1, cardinality(numbers)) i order by i);
    update lists x set share = s.share, standing = now_standing
      from unnest(numbers, shares) as s (number, share)
      where x.workspace_id = workspace and x.campaign_id = campaign and x.number = s.number;
    while remaining > 0 loop
      select sum(weights[i]) into total from generate_series(1, cardinality(numbers)) i where nexts[i] <= ends[i];
      exit when total is null;
      best := null;
      for i in 1..cardinality(numbers) loop
        continue when nexts[i] > ends[i];
        credits[i] := credits[i] + weights[i] / total;
        if best is null or (credits[i] > 0, (credits[i] - 1) / weights[i]) > (credits[best] > 0, (credits[best] - 1) / weights[best])
          then best := i; end if;
      end loop;
      return next waiting[nexts[best]];
      nexts[best] := nexts[best] + 1;
      credits[best] := credits[best] - 1;
      remaining := remaining - 1;
    end loop;
  end loop;
end $$;

create or replace function pick_due_leads(workspace uuid, campaign uuid, take integer, at timestamptz)
returns table (lead_id uuid, place integer) language plpgsql as $$
begin
  if exists (select from lists x where x.workspace_id = workspace and x.campaign_id = campaign) then
    return query select m.id, m.place::integer from mix_due_leads(workspace, campaign, take, at) with ordinality m (id, place);
  else
    return query select w.id, w.place::integer
      from walk_due_leads(workspace, campaign, 0, 9223372036854775807, take, at) with ordinality w (id, place);
  end if;
end $$;
grant execute on function walk_due_leads, mix_due_leads to outdial_app;

-- As before, and each lead in its place from the start.
create or replace function add_staged_people(import uuid, this_run integer, this_chunk integer, campaign uuid, owner_user uuid,
  first_number bigint, at timestamptz, out people integer, out leads integer, out suppressed integer, out known integer[])
language plpgsql as $$
declare
  ws uuid := acting_workspace();
  any_suppressed boolean := exists (select from suppressions x where x.workspace_id = ws and x.removed_at is null);
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
  ordered_by text := (select nullif(c.lead_order, 'due_first') from campaigns c where c.workspace_id = ws and c.id = campaign);
  list_number smallint := (select x.number from lists x
    where x.workspace_id = ws and x.campaign_id = campaign and x.id = import);
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

drop function agent_performance(uuid, uuid[], text, date, date, timestamptz);
drop function agent_stretches(uuid, uuid[], timestamptz);

-- From when to when each state of these sessions lasted, and what came next; one that lasts still, until `at`.
create function agent_stretches(workspace uuid, sessions uuid[], at timestamptz)
  returns table (session_id uuid, agent_id uuid, state text, reason text, call_id uuid, from_at timestamptz, to_at timestamptz,
    next_state text)
  language sql stable
  as $$
    select t.session_id, t.agent_id, t.to_state, t.reason, t.call_id, t.at,
      coalesce(lead(t.at) over steps, greatest(t.at, agent_stretches.at)), lead(t.to_state) over steps
    from agent_transitions t where t.workspace_id = workspace and t.session_id = any (sessions)
    window steps as (partition by t.session_id order by t.step)
  $$;

-- What agents did per day, week or month of the workspace's zone, from `since` to before `until`. A call counts where it
-- began, a time where it was spent. A sale is a call whose disposition counts as success; it belongs to who heard the
-- person first.
create function agent_performance(workspace uuid, agents uuid[], period text, since date, until date, at timestamptz)
  returns table (agent_id uuid, starts_on date, calls bigint, answered bigint, missed bigint, sales bigint, talk_ms bigint,
    wrap_up_ms bigint, break_ms bigint, idle_ms bigint, reserved_ms bigint, login_ms bigint, average_talk_ms bigint,
    conversion_percent double precision)
  language sql stable
  as $$
    with zone as (
      select w.time_zone as name, since::timestamp at time zone w.time_zone as first, until::timestamp at time zone w.time_zone as past
      from workspaces w where w.id = workspace
    ), stretch as (
      select s.*, s.state = 'on_call' and coalesce((
          select d.success and coalesce((select k.agent_id from calls k where k.workspace_id = workspace and k.id = s.call_id),
            s.agent_id) = s.agent_id
          from call_dispositions x join disposition_categories d on d.workspace_id = workspace and d.id = x.disposition_id
          where x.workspace_id = workspace and x.call_id = s.call_id), false) as sold
      from zone, agent_stretches(workspace, array(
        select x.id from agent_sessions x where x.workspace_id = workspace and x.agent_id = any (agents)
          and x.started_at < zone.past and (x.ended_at is null or x.ended_at >= zone.first)), at) s
      where s.state <> 'offline' and s.from_at < zone.past and s.to_at >= zone.first
    ), cut as (
      select s.agent_id, s.state, s.next_state, s.call_id, s.sold, d.day, s.from_at >= d.starts and s.from_at < d.ends as begins,
        round(extract(epoch from least(s.to_at, d.ends) - greatest(s.from_at, d.starts)) * 1000)::bigint as ms
      from stretch s, zone, lateral (
        select g::date as day, g at time zone zone.name as starts, (g + interval '1 day') at time zone zone.name as ends
        from generate_series((greatest(s.from_at, zone.first) at time zone zone.name)::date::timestamp,
          (least(s.to_at, zone.past - interval '1 microsecond') at time zone zone.name)::date::timestamp, interval '1 day') g
      ) d
    ), summed as (
      select c.agent_id, date_trunc(period, c.day::timestamp)::date as starts_on,
        count(*) filter (where c.begins and c.state = 'reserved') as calls,
        count(*) filter (where c.begins and c.state = 'on_call') as answered,
        count(*) filter (where c.begins and c.state = 'reserved' and c.next_state <> 'on_call') as missed,
        count(distinct c.call_id) filter (where c.begins and c.sold) as sales,
        coalesce(sum(c.ms) filter (where c.state = 'on_call'), 0)::bigint as talk_ms,
        coalesce(sum(c.ms) filter (where c.state = 'wrap_up'), 0)::bigint as wrap_up_ms,
        coalesce(sum(c.ms) filter (where c.state = 'break'), 0)::bigint as break_ms,
        coalesce(sum(c.ms) filter (where c.state = 'available'), 0)::bigint as idle_ms,
        coalesce(sum(c.ms) filter (where c.state = 'reserved'), 0)::bigint as reserved_ms,
        coalesce(sum(c.ms), 0)::bigint as login_ms
      from cut c group by 1, 2
    )
    select s.*, round(s.talk_ms::numeric / nullif(s.answered, 0))::bigint,
      round(100.0 * s.sales / nullif(s.answered, 0), 1)::double precision
    from summed s
  $$;
grant execute on function agent_stretches(uuid, uuid[], timestamptz) to outdial_app;
grant execute on function agent_performance(uuid, uuid[], text, date, date, timestamptz) to outdial_app;

-- For reports in plain SQL, as whoever reads them may see the rows below.

-- The smallest UUIDv7 of this instant.
create function first_uuid_at(at timestamptz) returns uuid language sql stable
  as $$ select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

create view v_active_agents with (security_invoker = true) as
  select s.workspace_id, s.agent_id, a.number, a.name, a.department, s.id as session_id, s.state, s.state_since, s.reason,
    s.call_id, s.started_at
  from agent_sessions s join agents a on a.workspace_id = s.workspace_id and a.id = s.agent_id
  where s.ended_at is null;

-- Days of the workspace's zone, today and the 29 before it; days without a call are not there.
create view v_daily_call_stats with (security_invoker = true) as
  select w.id as workspace_id, (c.initiated_at at time zone w.time_zone)::date as day, count(*) as calls,
    count(c.answered_at) as answered, count(c.abandoned_at) as abandoned, count(*) filter (where d.success) as successes,
    count(distinct c.contact_id) as contacts,
    coalesce(sum(floor(extract(epoch from c.ended_at - c.answered_at))), 0)::bigint as talk_seconds,
    round(avg(floor(extract(epoch from c.ended_at - c.answered_at))))::bigint as average_seconds,
    round(100.0 * count(*) filter (where d.success) / nullif(count(c.answered_at), 0), 1)::double precision as conversion_percent
  from workspaces w
  -- An attempt may wait a while before it becomes a call, and the call has its id.
  join calls c on c.workspace_id = w.id and c.id >= first_uuid_at(now() - interval '32 days')
    and (c.initiated_at at time zone w.time_zone)::date > (now() at time zone w.time_zone)::date - 30
  left join call_dispositions x on x.workspace_id = w.id and x.call_id = c.id
  left join disposition_categories d on d.workspace_id = w.id and d.id = x.disposition_id
  group by 1, 2;

create view v_campaign_performance with (security_invoker = true) as
  select c.workspace_id, c.id as campaign_id, c.number, c.name, c.mode, c.status, l.leads, l.done, k.calls, k.answered,
    k.abandoned, k.contacts, k.successes, k.talk_seconds,
    round(100.0 * k.successes / nullif(k.answered, 0), 1)::double precision as conversion_percent
  from campaigns c,
    lateral (select count(*) as leads, count(*) filter (where l.status not in ('pending', 'calling', 'callback')) as done
      from leads l where l.workspace_id = c.workspace_id and l.campaign_id = c.id) l,
    lateral (select count(*) as calls, count(k.answered_at) as answered, count(k.abandoned_at) as abandoned,
        count(*) filter (where d.counts_as_contact) as contacts, count(*) filter (where d.success) as successes,
        coalesce(sum(floor(extract(epoch from k.ended_at - k.answered_at))), 0)::bigint as talk_seconds
      from calls k
      left join call_dispositions x on x.workspace_id = c.workspace_id and x.call_id = k.id
      left join disposition_categories d on d.workspace_id = c.workspace_id and d.id = x.disposition_id
      where k.workspace_id = c.workspace_id and k.campaign_id = c.id) k;
grant select on v_active_agents, v_daily_call_stats, v_campaign_performance to outdial_app;

-- Whether a number (E.164) is on the do-not-call list of the workspace; of any, for whom row-level security does not bind.
create function is_dnc(phone text, at timestamptz default now()) returns boolean language sql stable
  as $$
    select exists (select from suppressions s where s.number = phone and s.scope = 'workspace' and s.removed_at is null
      and (s.expires_at is null or s.expires_at > at))
  $$;

-- All sessions of an agent, the open one until `at`.
create function get_agent_session_stats(agent uuid, at timestamptz default now())
  returns table (sessions bigint, calls bigint, answered bigint, missed bigint, talk_ms bigint, wrap_up_ms bigint,
    break_ms bigint, idle_ms bigint, reserved_ms bigint, login_ms bigint, last_started_at timestamptz)
  language sql stable
  as $$
    with owner as materialized (
      select a.workspace_id from agents a where a.id = agent
    ), session as materialized (
      select s.id, s.started_at from agent_sessions s
      where s.workspace_id = (select workspace_id from owner) and s.agent_id = agent
        and s.started_at <= get_agent_session_stats.at
    ), stretch as (
      select t.*, round(extract(epoch from t.to_at - t.from_at) * 1000)::bigint as ms
      from agent_stretches((select workspace_id from owner), array(select id from session), get_agent_session_stats.at) t
      where t.state <> 'offline'
    )
    select (select count(*) from session), count(*) filter (where state = 'reserved'),
      count(*) filter (where state = 'on_call'), count(*) filter (where state = 'reserved' and next_state <> 'on_call'),
      coalesce(sum(ms) filter (where state = 'on_call'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'wrap_up'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'break'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'available'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'reserved'), 0)::bigint,
      coalesce(sum(ms), 0)::bigint, (select max(started_at) from session)
    from stretch
  $$;
grant execute on function first_uuid_at(timestamptz), is_dnc(text, timestamptz), get_agent_session_stats(uuid, timestamptz) to outdial_app;
