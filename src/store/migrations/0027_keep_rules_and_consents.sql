-- A workspace's own rules, one version after the other: the latest holds, and none is ever changed.
create table rule_packs (
  workspace_id uuid not null references workspaces (id),
  version integer not null check (version > 0),
  rules jsonb not null,
  -- What of it lets calls out that the law or the house alone would not.
  loosens text[] not null,
  reason text not null check (length(reason) between 1 and 1000),
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (workspace_id, version)
);
call protect_tenant_table('rule_packs', 'select, insert');

-- What a person agreed to, when and in which words. It is withdrawn, and deleted with the person alone.
create table consents (
  workspace_id uuid not null references workspaces (id),
  id uuid not null,
  number text not null check (number ~ '^\+[1-9][0-9]{3,14}$'),
  basis text not null check (length(basis) between 1 and 100),
  strength text not null check (strength in ('stated', 'express', 'written')),
  text text not null check (length(text) <= 5000),
  source text not null check (length(source) between 1 and 500),
  given_at timestamptz not null,
  expires_at timestamptz check (expires_at > given_at),
  recorded_by uuid not null,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  primary key (workspace_id, id),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index consents_by_number on consents (workspace_id, number);
call protect_tenant_table('consents');

-- What a campaign's calls are for decides how strong a consent AI and recorded voices need.
alter table campaigns add column purpose text not null default 'marketing' check (purpose in ('marketing', 'information'));
