-- What is said on a call: steps, each a template with branches to others. The first step opens the call.
create table scripts (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  steps jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
call protect_tenant_table('scripts');
