-- Calls of which somebody said that they changed, without a signature: it is only a reason to ask the carrier. A row stays
-- until the carrier was asked.
create table call_hints (
  workspace_id uuid not null,
  trunk_id uuid not null,
  provider_call_id text not null check (length(provider_call_id) between 1 and 200),
  -- The attempt that the call is said to be, where that was said.
  attempt_id uuid,
  -- How often it was said: a hint that comes while the carrier is asked is not lost with the one before.
  told integer not null default 1,
  -- Both by the database's clock.
  first_told_at timestamptz not null default clock_timestamp(),
  look_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, trunk_id, provider_call_id)
);
create index call_hints_in_order on call_hints (workspace_id, look_at);
call protect_tenant_table('call_hints');
grant select on call_hints to outdial_finder;
create policy finder on call_hints for select to outdial_finder using (true);

create or replace function find_workspaces_with_work() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.workspace_id from campaigns c where c.status in ('active', 'scheduled')
    union select a.workspace_id from attempts a where a.ended_at is null
    union select i.workspace_id from event_inbox i
    union select h.workspace_id from call_hints h
    union select o.workspace_id from live_outbox o
    union select s.workspace_id from agent_sessions s where s.ended_at is null
    union select k.workspace_id from callbacks k where k.status = 'open'
    union select l.workspace_id from legs l where l.down_at is null
  $$;
