create table imports (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  number bigint not null,
  -- Null: contacts only.
  campaign_id uuid,
  owner_user_id uuid not null,
  file_name text not null,
  file_size_bytes bigint not null default 0,
  -- Where the upload lies until the import is finished; below the data folder.
  file_path text,
  status text not null default 'pending'
    check (status in ('pending', 'processing', 'completed', 'partial', 'failed', 'cancelled', 'undone')),
  -- What the caller said (mapping, country, overwrite, consent) and what was found (delimiter, encoding, columns).
  options jsonb not null default '{}',
  layout jsonb,
  consent_basis text,
  consent_text text,
  bytes_read bigint not null default 0,
  total_rows integer not null default 0,
  imported_rows integer not null default 0,
  duplicate_rows integer not null default 0,
  invalid_rows integer not null default 0,
  suppressed_rows integer not null default 0,
  -- Chunks below this one are merged and are not read again after a crash.
  chunks_merged integer not null default 0,
  error text,
  lease_until timestamptz,
  leased_by text,
  created_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns
);
create unique index imports_by_number on imports (workspace_id, number);
create index imports_by_campaign on imports (workspace_id, campaign_id, id);
create index imports_running on imports (workspace_id, status) where status in ('pending', 'processing');
call protect_tenant_table('imports', 'select, insert, update');
call protect_owned_table('imports');
grant select on imports to outdial_finder;
create policy finder on imports for select to outdial_finder using (true);

-- Every refused row says why: line and column as a spreadsheet shows them, what was found, what was expected.
create table import_errors (
  workspace_id uuid not null,
  import_id uuid not null,
  id bigint not null generated always as identity,
  row integer not null,
  column_name text not null,
  reason text not null,
  found text not null,
  expected text not null,
  -- The whole row as it came, so that the refused ones can be handed back, mended and imported again.
  cells jsonb,
  primary key (workspace_id, import_id, id),
  foreign key (workspace_id, import_id) references imports
);
call protect_tenant_table('import_errors', 'select, insert, delete');
