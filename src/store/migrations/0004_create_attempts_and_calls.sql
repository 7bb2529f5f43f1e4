-- What claims lock, last and briefly: one row for each workspace and one for each trunk.
create table dial_limits (
  workspace_id uuid not null references workspaces,
  -- The workspace's own id, or a trunk's.
  limited_id uuid not null,
  -- Token bucket of a trunk's calls per second.
  tokens double precision not null default 2,
  refilled_at timestamptz not null default now(),
  -- Workspace row: counts the leads served, so that owners can be ordered by whose turn is longest ago.
  turn bigint not null default 0,
  -- Trunk row: the carrier refuses this trunk (credentials, balance); nothing is claimed for it until then.
  blocked_until timestamptz,
  blocked_reason text,
  primary key (workspace_id, limited_id)
) with (fillfactor = 50);
call protect_tenant_table('dial_limits');

create table owner_turns (
  workspace_id uuid not null references workspaces,
  owner_user_id uuid not null,
  turn bigint not null,
  primary key (workspace_id, owner_user_id)
) with (fillfactor = 50);
call protect_tenant_table('owner_turns');

-- Dials of a campaign on a day of its own zone; equals a count of its attempts, kept so that a daily limit is one look.
create table campaign_days (
  workspace_id uuid not null,
  campaign_id uuid not null,
  day date not null,
  dials integer not null default 0,
  primary key (workspace_id, campaign_id, day),
  foreign key (workspace_id, campaign_id) references campaigns
) with (fillfactor = 50);
call protect_tenant_table('campaign_days');

create table attempts (
  workspace_id uuid not null,
  -- Also the id of its call, and the idempotency key at the carrier.
  id uuid not null,
  lead_id uuid,
  campaign_id uuid,
  contact_id uuid,
  owner_user_id uuid not null,
  trunk_id uuid not null,
  kind text not null default 'campaign' check (kind in ('campaign', 'manual')),
  agentless boolean not null,
  number text not null,
  caller_id text,
  state text not null check (state in ('claimed', 'dialing', 'dialed', 'unknown', 'dropped', 'ended')),
  outcome text,
  drop_reason text,
  day date,
  verdict jsonb not null,
  provider_call_id text,
  claimed_by text not null,
  claimed_at timestamptz not null,
  -- Database time: nobody else touches the attempt before this.
  lease_until timestamptz not null,
  -- Written, committed, and only then did the command leave.
  intent_at timestamptz,
  dialed_at timestamptz,
  -- Set when the slot is given back: the attempt holds it exactly while this is null.
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references leads,
  foreign key (workspace_id, trunk_id) references trunks,
  check ((ended_at is null) = (state in ('claimed', 'dialing', 'dialed', 'unknown')))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
-- A slot is a live attempt; there is no counter that could leak.
create index attempts_live on attempts (workspace_id, trunk_id, owner_user_id, campaign_id, agentless) where ended_at is null;
create unique index attempts_one_per_lead on attempts (workspace_id, lead_id) where ended_at is null;
create unique index attempts_one_per_number on attempts (workspace_id, number) where ended_at is null;
-- Rolling caps on calls to one number, over all campaigns.
create index attempts_by_number on attempts (workspace_id, number, claimed_at);
create index attempts_by_lead on attempts (workspace_id, lead_id, id);
create index attempts_by_campaign on attempts (workspace_id, campaign_id, id);
call protect_tenant_table('attempts', 'select, insert, update');
call protect_owned_table('attempts');
grant select on attempts to outdial_finder;
create policy finder on attempts for select to outdial_finder using (true);

-- Partitioned by the time in the call's UUIDv7, so by month; migrate.ts makes the months ahead.
create table calls (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  direction text not null default 'outbound' check (direction in ('outbound', 'inbound')),
  campaign_id uuid,
  lead_id uuid,
  contact_id uuid,
  owner_user_id uuid not null,
  trunk_id uuid not null,
  provider text not null,
  provider_call_id text,
  from_number text,
  to_number text,
  state text not null default 'initiated' check (state in ('initiated', 'ringing', 'answered', 'ended')),
  outcome text,
  detection text,
  hangup_cause text,
  initiated_at timestamptz not null,
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  primary key (workspace_id, id)
) partition by range (id);
create index calls_by_campaign on calls (workspace_id, campaign_id, id);
create index calls_by_provider_id on calls (workspace_id, trunk_id, provider_call_id);
create index calls_by_lead on calls (workspace_id, lead_id, id);
call protect_tenant_table('calls', 'select, insert, update');
call protect_owned_table('calls');

-- Append-only, and without a personal value in clear: a number stands here as a salted commitment.
create table call_events (
  workspace_id uuid not null,
  call_id uuid not null,
  event_key text not null,
  kind text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  detail jsonb not null default '{}',
  number_commitment bytea,
  primary key (workspace_id, call_id, event_key)
) partition by range (call_id);
call protect_tenant_table('call_events', 'select, insert');

-- The erasable side of a commitment: without this row the event no longer says whom it was about.
create table number_commitments (
  workspace_id uuid not null references workspaces,
  call_id uuid not null,
  salt bytea not null,
  number text not null,
  primary key (workspace_id, call_id)
);
call protect_tenant_table('number_commitments', 'select, insert, delete');

-- The durable door: what a carrier told us, until the tracker has applied it.
create table event_inbox (
  workspace_id uuid not null,
  trunk_id uuid not null,
  event_key text not null,
  id bigint not null generated always as identity,
  attempt_id uuid,
  provider_call_id text,
  event jsonb not null,
  received_at timestamptz not null,
  -- Its call is not known yet; it waits until a dial's answer names the provider's id.
  waiting boolean not null default false,
  -- Why the tracker could not apply it; set aside for somebody to look at, never thrown away.
  parked_reason text,
  primary key (workspace_id, trunk_id, event_key)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index event_inbox_in_order on event_inbox (workspace_id, id) where not waiting;
create index event_inbox_waiting on event_inbox (workspace_id, trunk_id, provider_call_id) where waiting;
call protect_tenant_table('event_inbox');
grant select on event_inbox to outdial_finder;
create policy finder on event_inbox for select to outdial_finder using (true);

-- What the provider sent, byte for byte, for disputes and for mending a translation; kept 30 days.
create table provider_payloads (
  workspace_id uuid not null,
  trunk_id uuid not null,
  id bigint not null generated always as identity,
  payload jsonb not null,
  received_at timestamptz not null,
  primary key (workspace_id, id)
);
create index provider_payloads_by_age on provider_payloads (workspace_id, received_at);
call protect_tenant_table('provider_payloads', 'select, insert, delete');

-- Live events leave with the change that caused them; the numberer gives them gapless numbers afterwards.
create table live_outbox (
  workspace_id uuid not null,
  id bigint not null generated always as identity,
  type text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
call protect_tenant_table('live_outbox');
grant select on live_outbox to outdial_finder;
create policy finder on live_outbox for select to outdial_finder using (true);

create table live_events (
  workspace_id uuid not null,
  seq bigint not null,
  type text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, seq)
);
create index live_events_by_age on live_events (workspace_id, at);
call protect_tenant_table('live_events', 'select, insert, delete');
