-- Blocks for all campaigns that call under one name, and lists of millions of numbers beside the single ones.
alter table campaigns add column brand text check (brand = btrim(brand) and length(brand) between 1 and 200);

alter table suppressions
  drop constraint suppressions_scope_check,
  drop constraint suppressions_check,
  add column brand text check (brand = btrim(brand) and length(brand) between 1 and 200),
  add constraint suppressions_scope_check check (scope in ('workspace', 'brand', 'campaign')),
  add constraint suppressions_check
    check ((scope = 'campaign') = (campaign_id is not null) and (scope = 'brand') = (brand is not null));
create unique index suppressions_once_brand on suppressions (workspace_id, number, lower(brand))
  where removed_at is null and scope = 'brand';

-- A list is read from files. Each file is a version of it with a number of its own in the workspace: a file that replaces
-- another is read beside it and takes over whole, in one row of this table.
create table suppression_lists (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  -- Who gave it.
  source text not null check (length(source) between 1 and 500),
  scope text not null check (scope in ('workspace', 'brand', 'campaign', 'national', 'state', 'litigator')),
  brand text check (brand = btrim(brand) and length(brand) between 1 and 200),
  campaign_id uuid,
  country text check (country ~ '^[A-Z]{2}$'),
  region text check (region ~ '^[A-Z0-9-]{1,10}$'),
  expires_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  removed_reason text,
  status text not null default 'empty' check (status in ('empty', 'importing', 'ready', 'failed')),
  -- The version that blocks; null: none yet, or none any more. The first one blocks from its first chunk on.
  holds integer,
  -- The version read last, or being read.
  latest integer,
  -- Numbers of the version that blocks, or blocked until the list was removed.
  numbers bigint not null default 0,
  -- Versions that block no more, whose numbers are still to go.
  discards integer[] not null default '{}',
  -- A version took over: the leads of its numbers have been judged up to this number; null: all of them.
  judged_to text,
  -- Of the latest file.
  file_name text,
  file_size_bytes bigint not null default 0,
  -- Where it lies until it is read; below the data folder.
  file_path text,
  options jsonb not null default '{}',
  layout jsonb,
  bytes_read bigint not null default 0,
  rows_read bigint not null default 0,
  added_numbers bigint not null default 0,
  repeated_numbers bigint not null default 0,
  refused_rows bigint not null default 0,
  -- Chunks below this one are in; after a crash the leads of the last of them are judged once more.
  chunks_in integer not null default 0,
  error text,
  uploaded_by uuid,
  uploaded_at timestamptz,
  completed_at timestamptz,
  lease_until timestamptz,
  leased_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns,
  check ((scope = 'brand') = (brand is not null)),
  check ((scope = 'campaign') = (campaign_id is not null)),
  check ((scope = 'state') = (region is not null)),
  check (case scope when 'national' then country is not null when 'state' then true else country is null end),
  check (removed_at is null or holds is null)
);
create unique index suppression_lists_by_version on suppression_lists (workspace_id, holds) where holds is not null;
create index suppression_lists_unfinished on suppression_lists (workspace_id, id)
  where status = 'importing' or judged_to is not null or discards <> '{}';
call protect_tenant_table('suppression_lists', 'select, insert, update');
grant select on suppression_lists to outdial_merger;
grant select on suppression_lists to outdial_finder;
create policy finder on suppression_lists for select to outdial_finder using (true);

-- Ten million rows of one file are usual: a row is as narrow as it can be, there is no index but the key, which answers for
-- a number by one look, and no foreign key, which would be looked up ten million times.
create table suppression_list_numbers (
  workspace_id uuid not null,
  number text not null,
  -- The version: see suppression_lists.holds.
  list_number integer not null,
  primary key (workspace_id, number, list_number)
);
call protect_tenant_table('suppression_list_numbers', 'select, insert, delete');
grant select on suppression_list_numbers to outdial_merger;

-- The first refused rows of a version, to hand back.
create table suppression_list_refusals (
  workspace_id uuid not null references workspaces,
  list_number integer not null,
  -- As a spreadsheet shows it.
  row integer not null,
  text text not null,
  reason text not null,
  primary key (workspace_id, list_number, row)
);
call protect_tenant_table('suppression_list_refusals', 'select, insert, delete');

create function find_unfinished_suppression_lists() returns table (workspace_id uuid, list_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select l.workspace_id, l.id from suppression_lists l
    where (l.status = 'importing' or l.judged_to is not null or l.discards <> '{}')
      and (l.lease_until is null or l.lease_until < now())
  $$;
grant create on schema public to outdial_finder;
revoke all on function find_unfinished_suppression_lists from public;
grant execute on function find_unfinished_suppression_lists to outdial_app;
alter function find_unfinished_suppression_lists owner to outdial_finder;
revoke create on schema public from outdial_finder;
