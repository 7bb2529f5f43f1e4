-- Whether a campaign has a lead to dial at this instant; rank by rank, as the hopper walks its index.
create function has_due_lead(workspace uuid, campaign uuid, at timestamptz) returns boolean language plpgsql stable as $$
declare
  current_rank bigint;
begin
  select l.rank into current_rank from leads l
    where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null order by l.rank limit 1;
  while found loop
    perform from leads l where l.workspace_id = workspace and l.campaign_id = campaign and l.rank = current_rank
      and l.due_at <= at limit 1;
    if found then return true; end if;
    select l.rank into current_rank from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null and l.rank > current_rank
      order by l.rank limit 1;
  end loop;
  return false;
end $$;
grant execute on function has_due_lead(uuid, uuid, timestamptz) to outdial_app;

create or replace function find_workspaces_with_work() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.workspace_id from campaigns c where c.status in ('active', 'scheduled')
    union select a.workspace_id from attempts a where a.ended_at is null
    union select i.workspace_id from event_inbox i
    union select o.workspace_id from live_outbox o
    union select s.workspace_id from agent_sessions s where s.ended_at is null
    union select k.workspace_id from callbacks k where k.status = 'open'
    union select l.workspace_id from legs l where l.down_at is null
  $$;

-- What was done with calls, by whom. An act is written down before its command leaves, and again with what came of it.
-- Nothing changes or deletes a row.
create table call_acts (
  workspace_id uuid not null,
  seq bigint generated always as identity,
  -- Shared by the rows of one act.
  act_id uuid not null,
  call_id uuid not null,
  act text not null check (length(act) between 1 and 30),
  result text not null check (result in ('asked', 'done', 'refused', 'unknown')),
  -- Never a tone: they may be a card number.
  detail jsonb not null default '{}',
  user_id uuid,
  agent_id uuid,
  at timestamptz not null,
  primary key (workspace_id, call_id, seq)
);
create unique index call_acts_once on call_acts (workspace_id, act_id, result);
call protect_tenant_table('call_acts', 'select, insert');

-- How long the person was held or parked, or waited for a consultation; what has not ended yet lasts until the call's end.
create function call_hold_ms(workspace uuid, call uuid, until timestamptz) returns bigint language sql stable
  as $$
    select coalesce(sum(round(extract(epoch from coalesce(x.next_at, until) - x.at) * 1000)), 0)::bigint from (
      select a.act, a.at, lead(a.at) over (order by a.seq) as next_at from call_acts a
      where a.workspace_id = workspace and a.call_id = call and a.result = 'done' and a.act in ('hold', 'resume', 'park',
        'unpark', 'consult', 'three_way', 'cancel_consult', 'transfer', 'complete_transfer', 'take_over')
    ) x where x.act in ('hold', 'park', 'consult')
  $$;
grant execute on function call_hold_ms(uuid, uuid, timestamptz) to outdial_app;

-- A supervisor in somebody's call: from asking for it, over the coming up of the leg, to leaving.
create table call_joins (
  workspace_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  user_id uuid not null,
  leg_id uuid not null,
  how text not null check (how in ('listen', 'whisper', 'barge', 'take_over')),
  -- Of the rows that keep it: another one for each change of how.
  act_id uuid not null,
  state text not null default 'opening' check (state in ('opening', 'joined', 'over')),
  -- Why it is over.
  reason text,
  asked_at timestamptz not null,
  joined_at timestamptz,
  ended_at timestamptz,
  -- Database time: nobody else lets the leg join before this.
  check_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, leg_id) references legs,
  check ((state = 'over') = (ended_at is not null))
);
create unique index call_joins_one_per_user on call_joins (workspace_id, user_id) where ended_at is null;
create index call_joins_by_call on call_joins (workspace_id, call_id);
create index call_joins_by_leg on call_joins (workspace_id, leg_id, ended_at);
call protect_tenant_table('call_joins', 'select, insert, update');

-- Recorded messages that an agent leaves on an answering machine.
create table voicemail_drops (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  -- The carrier's name of the recording.
  message text not null check (length(message) between 1 and 200),
  duration_seconds integer check (duration_seconds between 1 and 600),
  usage_count integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
call protect_tenant_table('voicemail_drops');
