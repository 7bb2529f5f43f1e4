-- Opt-outs that carriers told of: each once per trunk, however often it is delivered. Whose it was stands in the suppression
-- alone.
create table carrier_opt_outs (
  workspace_id uuid not null references workspaces,
  trunk_id uuid not null,
  event_key text not null,
  keyword text not null,
  suppression_id uuid not null,
  received_at timestamptz not null,
  primary key (workspace_id, trunk_id, event_key),
  foreign key (workspace_id, trunk_id) references trunks
);
call protect_tenant_table('carrier_opt_outs', 'select, insert');
