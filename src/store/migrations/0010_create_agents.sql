-- Who talks: people and voice agents. Reached at a browser phone by signing in, at an extension or an outside number
-- without.
create table agents (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  number bigint not null,
  -- The text id of clients that name their agents themselves.
  code text check (length(code) between 1 and 200),
  kind text not null default 'human' check (kind in ('human', 'ai')),
  name text not null check (length(name) between 1 and 200),
  -- Who signs in as this agent.
  user_id uuid,
  reached_at text not null default 'browser' check (reached_at in ('browser', 'extension', 'outside')),
  extension text check (extension ~ '^[0-9*#]{1,20}$'),
  phone_number text check (phone_number ~ '^\+[1-9][0-9]{3,14}$'),
  email text check (length(email) <= 320),
  department text check (length(department) <= 200),
  supervisor_user_id uuid,
  time_zone text,
  language text check (length(language) <= 35),
  skills text[] not null default '{}',
  max_concurrent_calls integer not null default 1 check (max_concurrent_calls between 1 and 1000),
  active boolean not null default true,
  -- Of a voice agent: its provider's own settings.
  settings jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, user_id) references memberships (workspace_id, user_id),
  foreign key (workspace_id, supervisor_user_id) references memberships (workspace_id, user_id),
  -- A person talks to one person at a time.
  check (kind = 'ai' or max_concurrent_calls = 1 or reached_at <> 'browser'),
  check (reached_at <> 'extension' or extension is not null),
  check (reached_at <> 'outside' or phone_number is not null)
);
create unique index agents_by_number on agents (workspace_id, number);
create unique index agents_by_code on agents (workspace_id, code) where deleted_at is null;
create unique index agents_by_user on agents (workspace_id, user_id) where deleted_at is null;
call protect_tenant_table('agents');

create table teams (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
call protect_tenant_table('teams');

create table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  agent_id uuid not null,
  primary key (workspace_id, team_id, agent_id),
  foreign key (workspace_id, team_id) references teams on delete cascade,
  foreign key (workspace_id, agent_id) references agents
);
create index team_members_by_agent on team_members (workspace_id, agent_id);
call protect_tenant_table('team_members');

-- Who takes a campaign's calls: agents by name, and whole teams.
create table campaign_agents (
  workspace_id uuid not null,
  campaign_id uuid not null,
  agent_id uuid not null,
  primary key (workspace_id, campaign_id, agent_id),
  foreign key (workspace_id, campaign_id) references campaigns,
  foreign key (workspace_id, agent_id) references agents
);
create index campaign_agents_by_agent on campaign_agents (workspace_id, agent_id);
call protect_tenant_table('campaign_agents');

create table campaign_teams (
  workspace_id uuid not null,
  campaign_id uuid not null,
  team_id uuid not null,
  primary key (workspace_id, campaign_id, team_id),
  foreign key (workspace_id, campaign_id) references campaigns,
  foreign key (workspace_id, team_id) references teams on delete cascade
);
create index campaign_teams_by_team on campaign_teams (workspace_id, team_id);
call protect_tenant_table('campaign_teams');

-- A shift at the phone, from signing on to signing off. At most one of an agent is open.
create table agent_sessions (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  agent_id uuid not null,
  ip text,
  client text,
  state text not null check (state in ('offline', 'available', 'reserved', 'on_call', 'wrap_up', 'break')),
  state_since timestamptz not null,
  -- Why on a break, or why somebody else changed the state.
  reason text,
  -- The attempt in hand: reserved for, talking on, wrapping up.
  call_id uuid,
  -- Ends by itself then; null without a timer.
  wrap_up_until timestamptz,
  wrap_up_extended boolean not null default false,
  -- Asked for during a call: taken when the call and its wrap-up are over.
  next_state text check (next_state in ('break', 'offline')),
  next_reason text,
  -- When the agent's connection was last heard of, by the database's clock.
  seen_at timestamptz not null default now(),
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agents,
  check ((state = 'offline') = (ended_at is not null)),
  check (state not in ('reserved', 'on_call', 'wrap_up') or call_id is not null)
) with (fillfactor = 60);
create unique index agent_sessions_open on agent_sessions (workspace_id, agent_id) where ended_at is null;
create index agent_sessions_idle on agent_sessions (workspace_id, state_since) where state = 'available';
-- No call is in two agents' hands.
create unique index agent_sessions_by_call on agent_sessions (workspace_id, call_id)
  where state in ('reserved', 'on_call');
call protect_tenant_table('agent_sessions');

-- Every change of a session's state, the source of all its times. Nothing changes or deletes a row.
create table agent_transitions (
  workspace_id uuid not null,
  session_id uuid not null,
  -- Counted within the session from 1.
  step integer not null,
  agent_id uuid not null,
  from_state text not null,
  to_state text not null,
  reason text,
  call_id uuid,
  -- Who did it, when it was not the agent or the engine.
  by_user_id uuid,
  at timestamptz not null,
  primary key (workspace_id, session_id, step),
  foreign key (workspace_id, session_id) references agent_sessions
);
create index agent_transitions_by_agent on agent_transitions (workspace_id, agent_id, at);
call protect_tenant_table('agent_transitions', 'select, insert');
