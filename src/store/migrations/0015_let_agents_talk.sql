alter table campaigns
  -- Of power dialing: calls at once per idle agent.
  add power_ratio double precision not null default 1.5 check (power_ratio between 1 and 10),
  -- What the agent reads out; a text without branches may stand in `script`.
  add script_id uuid,
  -- Each of which an agent must have to take its calls.
  add skills text[] not null default '{}',
  -- Of preview dialing: how long a lead is shown, and what happens when that is over.
  add preview_seconds smallint not null default 60 check (preview_seconds between 5 and 3600),
  add preview_ends text not null default 'skip' check (preview_ends in ('skip', 'dial')),
  -- Whether a carrier that can is asked who answered, before an agent hears the call.
  add detects_machines boolean not null default true,
  -- What happens with a machine: the call ends, or an agent hears it like anybody else.
  add on_machine text not null default 'hang_up' check (on_machine in ('hang_up', 'connect')),
  -- From when a person counts as waiting: the answer, or the end of detection.
  add waits_from text not null default 'detection' check (waits_from in ('answer', 'detection')),
  -- What somebody hears for whom there is no agent in time.
  add abandon_message text not null default 'safe-harbour' check (length(abandon_message) between 1 and 200),
  add foreign key (workspace_id, script_id) references scripts;

-- Lines to people of ours, held open from call to call: an agent's, or that of a supervisor who joins.
create table legs (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  trunk_id uuid not null,
  agent_id uuid,
  user_id uuid,
  reached_at text not null check (reached_at in ('browser', 'extension', 'outside')),
  address text not null,
  provider_leg_id text,
  state text not null default 'opening' check (state in ('opening', 'up', 'down')),
  asked_at timestamptz not null,
  up_at timestamptz,
  down_at timestamptz,
  hangup_cause text,
  -- It is to be closed; the carrier is told until it says that it is.
  closing boolean not null default false,
  -- Database time: when its carrier is asked what became of it.
  check_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, trunk_id) references trunks,
  foreign key (workspace_id, agent_id) references agents,
  check (num_nonnulls(agent_id, user_id) = 1),
  check ((state = 'down') = (down_at is not null))
) with (fillfactor = 70);
create unique index legs_one_per_agent on legs (workspace_id, agent_id) where down_at is null and agent_id is not null;
create unique index legs_one_per_user on legs (workspace_id, user_id) where down_at is null and user_id is not null;
create index legs_by_agent on legs (workspace_id, agent_id, asked_at);
create index legs_open on legs (workspace_id, check_at) where down_at is null;
call protect_tenant_table('legs', 'select, insert, update');
grant select on legs to outdial_finder;
create policy finder on legs for select to outdial_finder using (true);

alter table agent_sessions add leg_id uuid;
create index agent_sessions_by_leg on agent_sessions (workspace_id, leg_id) where ended_at is null;

alter table leads
  -- Whose call it is: nobody else is given it (a callback promised by one agent).
  add agent_id uuid;

alter table attempts
  -- Whose hands the call is in, or goes to as soon as somebody answers.
  add agent_id uuid,
  add session_id uuid,
  -- Nobody has it yet, and somebody must when a person answers.
  add awaits_agent boolean not null default false,
  -- From when a person waits for an agent.
  add live_at timestamptz,
  add abandoned_at timestamptz,
  add check (not awaits_agent or session_id is null);
create index attempts_waiting on attempts (workspace_id, live_at) where awaits_agent and live_at is not null and ended_at is null;
create index attempts_by_session on attempts (workspace_id, session_id) where ended_at is null and session_id is not null;

alter table calls
  -- Who heard the person first, and when.
  add agent_id uuid,
  add connected_at timestamptz,
  add abandoned_at timestamptz;
create index calls_by_contact on calls (workspace_id, contact_id, id);
create index calls_by_agent on calls (workspace_id, agent_id, id) where agent_id is not null;
