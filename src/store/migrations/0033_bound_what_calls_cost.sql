-- Against toll fraud: how many calls a workspace may begin in a second, and what its calls may cost in a day, whoever dials.
alter table workspaces
  add column calls_per_second double precision check (calls_per_second > 0),
  add column daily_spend_limit double precision check (daily_spend_limit >= 0);

-- What the calls that ended on a day cost, each started minute of talk at its trunk's price then.
create table spend_days (
  workspace_id uuid not null references workspaces (id),
  day date not null,
  spent numeric(18, 6) not null,
  primary key (workspace_id, day)
);
call protect_tenant_table('spend_days', 'select, insert, update');

-- What a claim looks at besides lines: the workspace's own bucket of calls, what is left of the day's money, and how much of
-- it one more call on each trunk keeps back: ten minutes, so that calls under way can not spend what others were let out for.
-- A trunk without a price keeps back null: under a limit nothing is dialed over it.
create function read_toll_limits(workspace uuid, at timestamptz) returns jsonb language sql volatile as $$
  with w as materialized (
    select w.calls_per_second, w.daily_spend_limit, (at at time zone w.time_zone)::date as day from workspaces w where w.id = workspace
  ), price as materialized (
    select t.id, t.price_per_minute as price
    from trunks t, w where t.workspace_id = workspace and w.daily_spend_limit is not null
  )
  select jsonb_build_object(
    'calls_per_second', w.calls_per_second,
    'tokens', case when w.calls_per_second is not null then (select least(2, l.tokens
        + w.calls_per_second * greatest(0, extract(epoch from clock_timestamp() - l.refilled_at)))
      from dial_limits l where l.workspace_id = workspace and l.limited_id = workspace) end,
    'daily_spend_limit', w.daily_spend_limit,
    'spend_left', case when w.daily_spend_limit is not null then w.daily_spend_limit
        - coalesce((select s.spent from spend_days s where s.workspace_id = workspace and s.day = w.day), 0)
        - coalesce((select sum(p.price * greatest(10, 1 + ceil(extract(epoch from at - a.claimed_at) / 60)))
          from attempts a join price p on p.id = a.trunk_id where a.workspace_id = workspace and a.ended_at is null), 0) end,
    'reserves', case when w.daily_spend_limit is not null
      then (select coalesce(jsonb_object_agg(p.id, p.price * 10), '{}') from price p) end)
  from w
$$;

create or replace function lock_limits(workspace uuid, trunk_ids uuid[], at timestamptz, system_cap integer) returns jsonb
language plpgsql volatile as $$
begin
  if system_cap is not null then
    perform pg_advisory_xact_lock(hashtextextended('installation-limit', 0));
  end if;
  perform from dial_limits l where l.workspace_id = workspace and l.limited_id = workspace for no key update;
  perform from dial_limits l where l.workspace_id = workspace and l.limited_id = any (trunk_ids)
    order by l.limited_id for no key update;
  return read_usage(workspace, at, system_cap) || jsonb_build_object('toll', read_toll_limits(workspace, at));
end $$;
