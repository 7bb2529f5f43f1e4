-- Promised calls of leads at a time. While one is open, its lead is a callback, or is being called.
create table callbacks (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  lead_id uuid not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  -- The call on which it was promised.
  call_id uuid,
  -- Whose call it is; null: anybody's of the campaign.
  agent_id uuid,
  promised_at timestamptz not null,
  -- The person's, on whose clock it was promised.
  time_zone text not null,
  note text not null default '' check (length(note) <= 20000),
  status text not null default 'open' check (status in ('open', 'kept', 'missed', 'cancelled')),
  -- Null of a kept one: the call says it.
  closed_reason text,
  -- The call that kept it, or that left nothing to try.
  closed_call_id uuid,
  closed_at timestamptz,
  expires_at timestamptz not null,
  -- When its agent, or who watches the team, was told that it comes.
  reminded_at timestamptz,
  -- When it went to the team, because its agent was away.
  moved_at timestamptz,
  moved_from_agent_id uuid,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  -- An import that is taken back takes its leads, and what was promised to them.
  foreign key (workspace_id, lead_id) references leads on delete cascade,
  foreign key (workspace_id, agent_id) references agents,
  check ((status = 'open') = (closed_at is null)),
  check (expires_at > promised_at)
);
create unique index callbacks_one_open on callbacks (workspace_id, lead_id) where status = 'open';
create index callbacks_by_lead on callbacks (workspace_id, lead_id);
create index callbacks_open on callbacks (workspace_id, promised_at) where status = 'open';
create index callbacks_by_time on callbacks (workspace_id, promised_at, id);
create index callbacks_by_agent on callbacks (workspace_id, agent_id, promised_at) where agent_id is not null;
create index callbacks_by_closing_call on callbacks (workspace_id, closed_call_id) where closed_call_id is not null;
call protect_tenant_table('callbacks', 'select, insert, update');
grant select on callbacks to outdial_finder;
create policy finder on callbacks for select to outdial_finder using (true);

alter table agent_messages drop constraint agent_messages_type_check,
  add constraint agent_messages_type_check check (type in ('message', 'offer', 'screen_pop', 'callback'));

create or replace function find_workspaces_with_work() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.workspace_id from campaigns c where c.status in ('active', 'scheduled')
    union select a.workspace_id from attempts a where a.ended_at is null
    union select i.workspace_id from event_inbox i
    union select o.workspace_id from live_outbox o
    union select s.workspace_id from agent_sessions s where s.ended_at is null
    union select k.workspace_id from callbacks k where k.status = 'open'
  $$;
