-- The hopper: up to `take` leads of a campaign in dialing order, locked, passing over those another dialer holds.
-- A loop over the few ranks there are, so that each step is one index range scan that stops as soon as it can.
create function pick_due_leads(workspace uuid, campaign uuid, take integer, at timestamptz)
returns table (lead_id uuid, place integer) language plpgsql as $$
declare
  current_rank smallint;
  remaining integer := take;
  found_now integer;
begin
  select l.rank into current_rank from leads l
    where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null order by l.rank limit 1;
  while found and remaining > 0 loop
    return query
      select l.id, (take - remaining)::integer from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.rank = current_rank and l.due_at <= at
      order by l.due_at, l.id limit remaining for update skip locked;
    get diagnostics found_now = row_count;
    remaining := remaining - found_now;
    select l.rank into current_rank from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null and l.rank > current_rank
      order by l.rank limit 1;
  end loop;
end $$;

-- What is in use and what is allowed, for every campaign that may dial now. One round trip; also the pulse.
-- In plpgsql, so that its plan is kept.
create function read_usage(workspace uuid, at timestamptz, system_cap integer) returns jsonb language plpgsql volatile as $$
begin
  return (with live as materialized (
    select a.trunk_id, a.owner_user_id, a.campaign_id, a.agentless from attempts a
    where a.workspace_id = workspace and a.ended_at is null
  ), dialing as (
    select c.*, coalesce(c.trunk_id, t.id) as dials_on from campaigns c
    left join trunks t on t.workspace_id = workspace and t.is_default
    where c.workspace_id = workspace and c.status = 'active' and c.mode in ('ai', 'broadcast')
  )
  select jsonb_build_object(
    'installation_left', case when system_cap is null then null else system_cap - count_live_attempts() end,
    'turn', (select l.turn from dial_limits l where l.workspace_id = workspace and l.limited_id = workspace),
    'agentless_in_use', (select count(*) from live where live.agentless),
    'agentless_cap', (select w.concurrent_calls from workspaces w where w.id = workspace),
    'trunks', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', t.id, 'channels', case when t.active then t.channels else 0 end, 'calls_per_second', t.calls_per_second,
        'in_use', (select count(*) from live where live.trunk_id = t.id),
        'tokens', case when t.calls_per_second is null then null else least(2, l.tokens
          + t.calls_per_second * greatest(0, extract(epoch from clock_timestamp() - l.refilled_at))) end,
        'blocked_until', l.blocked_until, 'blocked_reason', l.blocked_reason)), '[]')
      from trunks t join dial_limits l on l.workspace_id = workspace and l.limited_id = t.id
      where t.workspace_id = workspace),
    'owners', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', m.user_id, 'cap', m.concurrent_calls, 'turn', o.turn,
        'in_use', (select count(*) from live where live.owner_user_id = m.user_id and live.agentless))), '[]')
      from memberships m left join owner_turns o on o.workspace_id = workspace and o.owner_user_id = m.user_id
      where m.workspace_id = workspace and m.user_id in (select d.owner_user_id from dialing d)),
    'campaigns', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', d.id, 'owner_user_id', d.owner_user_id, 'trunk_id', d.dials_on, 'weight', d.weight,
        'agentless', d.mode in ('ai', 'broadcast'), 'cap', d.max_concurrent_calls, 'daily_limit', d.daily_limit,
        'in_use', (select count(*) from live where live.campaign_id = d.id),
        'day', (at at time zone d.time_zone)::date,
        'dials_today', coalesce((select y.dials from campaign_days y where y.workspace_id = workspace
          and y.campaign_id = d.id and y.day = (at at time zone d.time_zone)::date), 0))), '[]')
      from dialing d)
  ));
end $$;

-- Locks the limits, always the workspace's row before the trunks' and those in the order of their ids, and only then
-- reads: each statement in here sees what had been committed when its own lock was granted.
create function lock_limits(workspace uuid, trunk_ids uuid[], at timestamptz, system_cap integer)
returns jsonb language plpgsql volatile as $$
begin
  if system_cap is not null then
    perform pg_advisory_xact_lock(hashtextextended('installation-limit', 0));
  end if;
  perform from dial_limits l where l.workspace_id = workspace and l.limited_id = workspace for no key update;
  perform from dial_limits l where l.workspace_id = workspace and l.limited_id = any (trunk_ids)
    order by l.limited_id for no key update;
  return read_usage(workspace, at, system_cap);
end $$;

grant execute on function pick_due_leads, read_usage, lock_limits to outdial_app;
