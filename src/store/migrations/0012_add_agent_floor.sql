alter table workspaces
  -- Why agents take breaks, with minutes a day: [{"reason", "minutes_a_day"}]; null: the product's own list.
  add break_reasons jsonb;
alter table campaigns
  add wrap_up_seconds smallint not null default 30 check (wrap_up_seconds between 0 and 3600);

alter table agent_sessions
  -- Its place among those who wait for a call: kept through a reservation that came to nothing.
  add idle_since timestamptz,
  -- The agent's client holds a text that is not saved.
  add unsaved boolean not null default false,
  add next_by_user_id uuid,
  -- The connection that shows the calls: the newest one. Null while there is none.
  add connection_id uuid,
  -- Counts the transitions, and everything the agent's connection has to hear of.
  add steps integer not null default 0,
  add seq integer not null default 0,
  add check ((state in ('available', 'reserved')) = (idle_since is not null));
drop index agent_sessions_idle;
create index agent_sessions_idle on agent_sessions (workspace_id, idle_since, id) where state = 'available';
create index agent_sessions_by_agent on agent_sessions (workspace_id, agent_id, started_at);
grant select on agent_sessions to outdial_finder;
create policy finder on agent_sessions for select to outdial_finder using (true);

-- What an agent's connection is told besides the state: kept, so that a connection that broke misses nothing.
create table agent_messages (
  workspace_id uuid not null,
  session_id uuid not null,
  seq integer not null,
  type text not null check (type in ('message', 'offer', 'screen_pop')),
  data jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, session_id, seq),
  foreign key (workspace_id, session_id) references agent_sessions
);
create index agent_messages_by_age on agent_messages (workspace_id, at);
call protect_tenant_table('agent_messages', 'select, insert, delete');

create or replace function find_workspaces_with_work() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.workspace_id from campaigns c where c.status in ('active', 'scheduled')
    union select a.workspace_id from attempts a where a.ended_at is null
    union select i.workspace_id from event_inbox i
    union select o.workspace_id from live_outbox o
    union select s.workspace_id from agent_sessions s where s.ended_at is null
  $$;

-- From when to when each state of these sessions lasted; one that lasts still, until `at`.
create function agent_stretches(workspace uuid, sessions uuid[], at timestamptz)
  returns table (session_id uuid, agent_id uuid, state text, reason text, call_id uuid, from_at timestamptz, to_at timestamptz)
  language sql stable
  as $$
    select t.session_id, t.agent_id, t.to_state, t.reason, t.call_id, t.at,
      coalesce(lead(t.at) over (partition by t.session_id order by t.step), greatest(t.at, agent_stretches.at))
    from agent_transitions t where t.workspace_id = workspace and t.session_id = any (sessions)
  $$;

-- What agents did per day, week or month of the workspace's zone, from `since` to before `until`. A call counts where it
-- began, a time where it was spent.
create function agent_performance(workspace uuid, agents uuid[], period text, since date, until date, at timestamptz)
  returns table (agent_id uuid, starts_on date, calls bigint, answered bigint, talk_ms bigint, wrap_up_ms bigint,
    break_ms bigint, idle_ms bigint, reserved_ms bigint, login_ms bigint)
  language sql stable
  as $$
    with zone as (
      select w.time_zone as name, since::timestamp at time zone w.time_zone as first, until::timestamp at time zone w.time_zone as past
      from workspaces w where w.id = workspace
    ), stretch as (
      select s.* from zone, agent_stretches(workspace, array(
        select x.id from agent_sessions x where x.workspace_id = workspace and x.agent_id = any (agents)
          and x.started_at < zone.past and (x.ended_at is null or x.ended_at >= zone.first)), at) s
      where s.state <> 'offline' and s.from_at < zone.past and s.to_at >= zone.first
    ), cut as (
      select s.agent_id, s.state, d.day, s.from_at >= d.starts and s.from_at < d.ends as begins,
        round(extract(epoch from least(s.to_at, d.ends) - greatest(s.from_at, d.starts)) * 1000)::bigint as ms
      from stretch s, zone, lateral (
        select g::date as day, g at time zone zone.name as starts, (g + interval '1 day') at time zone zone.name as ends
        from generate_series((greatest(s.from_at, zone.first) at time zone zone.name)::date::timestamp,
          (least(s.to_at, zone.past - interval '1 microsecond') at time zone zone.name)::date::timestamp, interval '1 day') g
      ) d
    )
    select c.agent_id, date_trunc(period, c.day::timestamp)::date,
      count(*) filter (where c.begins and c.state = 'reserved'), count(*) filter (where c.begins and c.state = 'on_call'),
      coalesce(sum(c.ms) filter (where c.state = 'on_call'), 0)::bigint,
      coalesce(sum(c.ms) filter (where c.state = 'wrap_up'), 0)::bigint,
      coalesce(sum(c.ms) filter (where c.state = 'break'), 0)::bigint,
      coalesce(sum(c.ms) filter (where c.state = 'available'), 0)::bigint,
      coalesce(sum(c.ms) filter (where c.state = 'reserved'), 0)::bigint,
      coalesce(sum(c.ms), 0)::bigint
    from cut c group by 1, 2
  $$;
grant execute on function agent_stretches(uuid, uuid[], timestamptz) to outdial_app;
grant execute on function agent_performance(uuid, uuid[], text, date, date, timestamptz) to outdial_app;
