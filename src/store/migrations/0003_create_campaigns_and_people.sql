create table trunks (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text not null,
  provider text not null,
  is_default boolean not null default false,
  active boolean not null default true,
  channels integer not null check (channels between 0 and 100000),
  calls_per_second double precision check (calls_per_second > 0),
  settings jsonb not null default '{}',
  -- Credentials, sealed (secrets.ts); never leaves the server.
  sealed_secret bytea,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index trunks_one_default on trunks (workspace_id) where is_default;
create unique index trunks_by_id on trunks (id);
call protect_tenant_table('trunks');
grant select on trunks to outdial_finder;
create policy finder on trunks for select to outdial_finder using (true);

create table caller_ids (
  workspace_id uuid not null,
  trunk_id uuid not null,
  number text not null check (number ~ '^\+[1-9][0-9]{3,14}$'),
  name text,
  created_at timestamptz not null,
  primary key (workspace_id, trunk_id, number),
  foreign key (workspace_id, trunk_id) references trunks
);
call protect_tenant_table('caller_ids');

create table campaigns (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  number bigint not null,
  code text,
  name text not null check (length(name) between 1 and 200),
  description text not null default '',
  segment text,
  mode text not null check (mode in ('manual', 'preview', 'power', 'progressive', 'predictive', 'ai', 'broadcast')),
  status text not null default 'draft'
    check (status in ('draft', 'scheduled', 'active', 'paused', 'completed', 'cancelled', 'archived')),
  status_reason text,
  owner_user_id uuid not null,
  trunk_id uuid,
  caller_id text,
  script text not null default '',
  next_action text not null default '',
  max_attempts smallint not null default 3 check (max_attempts between 1 and 100),
  retry_interval_seconds integer check (retry_interval_seconds >= 0),
  retry_rules jsonb not null default '{}',
  -- Minutes of the day; an end at or before the start crosses midnight. Null: no hours of its own.
  window_start smallint check (window_start between 0 and 1439),
  window_end smallint check (window_end between 0 and 1440),
  weekdays smallint[] not null default '{1,2,3,4,5,6,7}',
  time_zone text not null,
  hours_zone text not null default 'campaign' check (hours_zone in ('campaign', 'person')),
  start_date date,
  end_date date,
  duration_days integer check (duration_days > 0),
  daily_limit integer check (daily_limit > 0),
  max_concurrent_calls integer check (max_concurrent_calls > 0),
  weight smallint not null default 1 check (weight between 0 and 1000),
  ring_timeout_seconds smallint not null default 25 check (ring_timeout_seconds between 15 and 120),
  completes text not null default 'when_done' check (completes in ('when_done', 'at_end', 'by_hand')),
  metadata jsonb not null default '{}',
  had_leads boolean not null default false,
  started_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_user_id) references memberships,
  foreign key (workspace_id, trunk_id) references trunks,
  check ((window_start is null) = (window_end is null))
);
create unique index campaigns_by_number on campaigns (workspace_id, number);
create unique index campaigns_by_code on campaigns (workspace_id, code) where code is not null;
create index campaigns_running on campaigns (workspace_id, status) where status in ('active', 'scheduled');
create index campaigns_by_owner on campaigns (workspace_id, owner_user_id, id);
call protect_tenant_table('campaigns');
call protect_owned_table('campaigns');
grant select on campaigns to outdial_finder, outdial_merger;
create policy finder on campaigns for select to outdial_finder using (true);

create table contacts (
  -- No key to workspaces: row-level security lets nobody write into one that is not acting, and none is ever deleted.
  workspace_id uuid not null,
  id uuid not null,
  owner_user_id uuid not null,
  full_name text not null default '',
  first_name text not null default '',
  last_name text not null default '',
  company text not null default '',
  email text not null default '',
  city text not null default '',
  -- What places the person in a zone: a zone named outright, else state or postcode, else the number.
  time_zone text,
  country char(2),
  region text,
  postcode text,
  language text,
  custom jsonb not null default '{}',
  import_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
call protect_tenant_table('contacts');
call protect_owned_table('contacts');

-- A number belongs to one contact of the workspace: first come.
create table contact_phones (
  workspace_id uuid not null,
  number text not null,
  contact_id uuid not null,
  position smallint not null,
  kind text,
  extension text,
  primary key (workspace_id, number),
  foreign key (workspace_id, contact_id) references contacts
);
create index contact_phones_by_contact on contact_phones (workspace_id, contact_id, position);
call protect_tenant_table('contact_phones');

create table leads (
  workspace_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  import_id uuid,
  number bigint not null,
  -- The next instant at which the lead may lawfully be dialed; null while it is being called and when it is final.
  due_at timestamptz,
  -- The earliest instant that retry, callback or follow-up allow; due_at adds the law and the window to it.
  not_before timestamptz,
  status text not null default 'pending'
    check (status in ('pending', 'calling', 'callback', 'completed', 'called', 'failed', 'skipped', 'do_not_call')),
  priority smallint not null default 0 check (priority between -100 and 100),
  named boolean not null default false,
  -- Callbacks first, then priority, then named people: packed, so that the due-index stays narrow.
  rank smallint not null generated always as (
    (case when status = 'callback' then 0 else 1000 end + (100 - priority) * 2 + case when named then 0 else 1 end)::smallint
  ) stored,
  attempts smallint not null default 0,
  carrier_faults smallint not null default 0,
  max_attempts smallint check (max_attempts between 1 and 100),
  last_outcome text,
  last_attempt_at timestamptz,
  -- The rule that skipped the lead, or that holds it back now.
  held_by text,
  consent_basis text,
  customer_segment text,
  last_order_date timestamptz,
  follow_up_date timestamptz,
  metadata jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns,
  foreign key (workspace_id, contact_id) references contacts
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
create unique index leads_once_per_campaign on leads (workspace_id, campaign_id, contact_id);
create index leads_due on leads (workspace_id, campaign_id, rank, due_at, id) where due_at is not null;
create index leads_by_contact on leads (workspace_id, contact_id);
call protect_tenant_table('leads');
grant select on leads to outdial_finder;
create policy finder on leads for select to outdial_finder using (true);

create table suppressions (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  number text not null check (number ~ '^\+[1-9][0-9]{3,14}$'),
  scope text not null default 'workspace' check (scope in ('workspace', 'campaign')),
  campaign_id uuid,
  reason text not null default '',
  source text not null check (source in ('manual', 'customer_request', 'system', 'import')),
  added_by uuid,
  expires_at timestamptz,
  created_at timestamptz not null,
  removed_at timestamptz,
  removed_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaigns,
  check ((scope = 'campaign') = (campaign_id is not null))
);
create index suppressions_by_number on suppressions (workspace_id, number) where removed_at is null;
create unique index suppressions_once on suppressions (workspace_id, number, scope, coalesce(campaign_id, id))
  where removed_at is null and scope = 'campaign';
create unique index suppressions_once_workspace on suppressions (workspace_id, number)
  where removed_at is null and scope = 'workspace';
call protect_tenant_table('suppressions', 'select, insert, update');

create view dnc_entries with (security_invoker = true) as
  select workspace_id, id, number, reason, source, added_by, expires_at as expires, created_at
  from suppressions where removed_at is null and scope = 'workspace';
grant select on dnc_entries to outdial_app;

-- A number nobody may dial until then: an attempt whose fate was never learnt, or (later) an abandoned call.
create table number_rests (
  workspace_id uuid not null references workspaces,
  number text not null,
  until timestamptz not null,
  reason text not null,
  primary key (workspace_id, number)
);
call protect_tenant_table('number_rests');
