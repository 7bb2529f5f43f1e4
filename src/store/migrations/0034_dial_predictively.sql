-- Predictive campaigns dial, and each campaign says how many of its live answers may be abandoned at most.
alter table campaigns
  -- Of power and predictive dialing: of the live answers of 30 days, in per cent.
  add column abandon_cap_percent numeric(3, 2) not null default 3 check (abandon_cap_percent between 0.5 and 3);

-- What the pacer of a predictive campaign knows and says: the next one goes on from it, and a diagnosis tells of it.
create table pacer_states (
  workspace_id uuid not null,
  campaign_id uuid not null,
  -- The dialer whose pacer it is; any other dials nothing for the campaign.
  held_by text not null,
  memory jsonb,
  -- Why it dials one call per agent; null while it dials ahead of them.
  doubt text,
  doubt_since timestamptz,
  -- What it asked for when this was written.
  calls integer not null default 0,
  at timestamptz not null,
  primary key (workspace_id, campaign_id),
  foreign key (workspace_id, campaign_id) references campaigns,
  check ((doubt is null) = (doubt_since is null))
);
call protect_tenant_table('pacer_states', 'select, insert, update');

create or replace function read_usage(workspace uuid, at timestamptz, system_cap integer) returns jsonb language plpgsql volatile as $$
begin
  return (with live as materialized (
    select a.trunk_id, a.owner_user_id, a.campaign_id, a.agentless, a.awaits_agent, a.session_id, a.live_at, a.abandoned_at from attempts a
    where a.workspace_id = workspace and a.ended_at is null
  ), dialing as materialized (
    select c.*, coalesce(c.trunk_id, t.id) as dials_on from campaigns c
    left join trunks t on t.workspace_id = workspace and t.is_default
    where c.workspace_id = workspace and c.status = 'active'
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
          and y.campaign_id = d.id and y.day = (at at time zone d.time_zone)::date), 0),
        -- Counted anew each time: a try that is dropped gives its place back. Marks and the past are no calls of a run.
        'run_limit', d.run_limit, 'run_left', case when d.run_limit is null then null else d.run_limit - (
          select count(*) from attempts a where a.workspace_id = workspace and a.campaign_id = d.id and a.id >= d.run_from
            and a.state <> 'dropped' and a.kind in ('campaign', 'manual')) end,
        'mode', d.mode,
        -- Those who dial by hand are paced by their hands. Of predictive dialing, about every third call is answered by a person:
        -- it says how many agents its calls under way are dealt, not how many calls there are.
        'calls_per_agent', case d.mode when 'power' then d.power_ratio when 'predictive' then 3 when 'progressive' then 1
          when 'preview' then 1 else 0 end,
        'due', d.mode in ('power', 'predictive', 'progressive', 'preview') and has_due_lead(workspace, d.id, at),
        'abandon_cap', d.abandon_cap_percent / 100,
        'awaiting', (select count(*) from live where live.campaign_id = d.id and live.awaits_agent),
        'talking', (select count(*) from live where live.campaign_id = d.id and live.session_id is not null),
        'live_answers', coalesce(heard.live_answers, 0), 'abandoned', coalesce(heard.abandoned, 0))), '[]')
      from dialing d
      -- Only these call ahead of their agents.
      left join lateral (select past.live_answers + up.live_answers as live_answers, past.abandoned + up.abandoned as abandoned
        from (select coalesce(sum(y.live_answers), 0) as live_answers, coalesce(sum(y.abandoned), 0) as abandoned from answer_days y
            where y.workspace_id = workspace and y.campaign_id = d.id and y.day > (at at time zone d.time_zone)::date - 30) past,
          (select count(live.live_at) as live_answers, count(live.abandoned_at) as abandoned from live
            where live.campaign_id = d.id) up
        where d.mode in ('power', 'predictive')) heard on true),
    -- Whoever can take a call this moment, the longest idle first.
    'idle', case when exists (select from dialing d where d.mode in ('power', 'predictive', 'progressive', 'preview'))
      then (select coalesce(jsonb_agg(jsonb_build_object('session_id', s.id, 'agent_id', s.agent_id,
          'campaign_ids', array(select d.id from dialing d where d.mode in ('power', 'predictive', 'progressive', 'preview')
            and d.dials_on = l.trunk_id and a.skills @> d.skills and takes_calls_of(workspace, d.id, s.agent_id)))
          order by s.idle_since, s.id), '[]')
        from agent_sessions s
        join legs l on l.workspace_id = workspace and l.id = s.leg_id
        join agents a on a.workspace_id = workspace and a.id = s.agent_id
        where s.workspace_id = workspace and s.state = 'available' and l.state = 'up' and not l.closing
          and a.active and a.deleted_at is null
          and (a.reached_at <> 'browser' or s.seen_at > now() - make_interval(secs => 60)))
      else '[]' end
  ));
end $$;
