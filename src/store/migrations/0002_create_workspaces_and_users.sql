create table workspaces (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  country char(2) not null,
  time_zone text not null,
  visibility text not null default 'all' check (visibility in ('all', 'own')),
  concurrent_calls integer not null default 10 check (concurrent_calls between 0 and 100000),
  -- Own calling hours, stricter than the law's: a list of [start, end) minutes for each weekday from Monday.
  hours jsonb,
  number_rules jsonb not null default '{"drop_prefixes": []}',
  -- Who declared, in which words and when, that the people on the workspace's lists may be called.
  consent_declaration jsonb,
  is_demo boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
alter table workspaces enable row level security;
alter table workspaces force row level security;
create policy tenant on workspaces to outdial_app, outdial_merger
  using (id = (select acting_workspace())) with check (id = (select acting_workspace()));
grant select, insert, update on workspaces to outdial_app;

create table memberships (
  workspace_id uuid not null references workspaces,
  user_id uuid not null,
  role text not null check (role in ('owner', 'admin', 'supervisor', 'agent', 'viewer')),
  concurrent_calls integer not null default 2 check (concurrent_calls between 0 and 100000),
  suspended_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, user_id)
);
create index memberships_by_user on memberships (user_id);
call protect_tenant_table('memberships');
grant select on memberships to outdial_finder;
create policy finder on memberships for select to outdial_finder using (true);

-- A user is a person, not a tenant's row: seen by those who share the acting workspace, and by themselves.
create table users (
  id uuid primary key,
  email text not null check (email = lower(email) and length(email) <= 320),
  name text not null check (length(name) <= 200),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index users_by_email on users (email);
alter table memberships add foreign key (user_id) references users;
alter table users enable row level security;
alter table users force row level security;
create policy seen on users to outdial_app
  using (id = (select acting_user()) or exists (select from memberships m where m.user_id = users.id))
  with check (id = (select acting_user()));
create policy added on users for insert to outdial_app with check (true);
grant select, insert, update (name, email, updated_at) on users to outdial_app;
grant select on users to outdial_finder;
create policy finder on users for select to outdial_finder using (true);

-- Who made this installation, written once; the only one who makes workspaces.
create table installation (
  one boolean primary key default true check (one),
  -- Deferred, so that of two servers starting at once the second stops here, before it made anybody.
  owner_user_id uuid not null references users deferrable initially deferred,
  created_at timestamptz not null
);
grant select, insert on installation to outdial_app;

create table user_credentials (
  user_id uuid primary key references users,
  password_hash text not null,
  updated_at timestamptz not null
);
create table sessions (
  id_hash bytea primary key,
  user_id uuid not null references users,
  workspace_id uuid not null references workspaces,
  ip text,
  client text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_end on sessions (expires_at);
-- One-time links: to sign in, or to accept an invitation.
create table sign_in_links (
  token_hash bytea primary key,
  user_id uuid not null references users,
  workspace_id uuid not null references workspaces,
  kind text not null check (kind in ('sign_in', 'invite')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_links_by_user on sign_in_links (user_id);

do $$
declare name text;
begin
  foreach name in array array['user_credentials', 'sessions', 'sign_in_links'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to outdial_app using (user_id = (select acting_user())) with check (user_id = (select acting_user()))', name);
    execute format('grant select, insert, update, delete on %I to outdial_app', name);
    execute format('grant select on %I to outdial_finder', name);
    execute format('create policy finder on %I for select to outdial_finder using (true)', name);
  end loop;
end $$;

create table api_keys (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  -- The first characters, for people to tell keys apart; the token itself is only kept hashed.
  prefix text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, user_id) references memberships
);
create unique index api_keys_by_token on api_keys (token_hash);
create index api_keys_by_user on api_keys (workspace_id, user_id);
call protect_tenant_table('api_keys');
grant select on api_keys to outdial_finder;
create policy finder on api_keys for select to outdial_finder using (true);

-- Integers that people read out, counted per workspace and noun, taken in blocks.
create table number_counters (
  workspace_id uuid not null references workspaces,
  noun text not null,
  last bigint not null,
  primary key (workspace_id, noun)
);
call protect_tenant_table('number_counters');

create table idempotency_keys (
  workspace_id uuid not null references workspaces,
  key text not null,
  user_id uuid not null,
  request_hash bytea not null,
  -- Null while the first request is still being answered; sealed, since an answer may hold personal values.
  response bytea,
  created_at timestamptz not null,
  primary key (workspace_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
call protect_tenant_table('idempotency_keys');
