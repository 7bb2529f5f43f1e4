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
