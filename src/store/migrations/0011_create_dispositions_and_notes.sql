-- What a call may have meant, in each workspace's own words, and what follows from it.
create table disposition_categories (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  -- What programs say; never changes, while the name may.
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,49}$'),
  name text not null check (length(name) between 1 and 200),
  -- How older clients spell the same meaning.
  dialect_keys text[] not null default '{}',
  counts_as_contact boolean not null default false,
  success boolean not null default false,
  final boolean not null default false,
  retries boolean not null default false,
  blocks_number boolean not null default false,
  -- note, callback_at, or members of the disposition's own fields.
  required_fields text[] not null default '{}',
  position smallint not null default 100 check (position between 0 and 1000),
  built_in boolean not null default false,
  -- Not given to calls any more; those that have it keep it.
  retired_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check (not (final and retries)),
  check (final or not blocks_number)
);
create unique index disposition_categories_by_key on disposition_categories (workspace_id, key);

-- The categories that every workspace begins with: the one list of them.
create function add_default_dispositions(workspace uuid, at timestamptz) returns void language sql as $$
  insert into disposition_categories (workspace_id, id, key, name, dialect_keys, counts_as_contact, success, final, retries,
    blocks_number, required_fields, position, built_in, created_at, updated_at)
  select workspace, gen_random_uuid(), d.key, d.name, d.dialect_keys::text[], d.contact, d.success, d.final, d.retries,
    d.blocks, d.required::text[], d.position, true, at, at
  from (values
    -- key, name, spelt by older clients, contact, success, final, retries, blocks, required, position
    ('sale', 'Sale', '{Sale}', true, true, true, false, false, '{}', 1),
    ('interested', 'Interested', '{}', true, false, true, false, false, '{}', 2),
    ('qualified', 'Qualified', '{}', true, true, true, false, false, '{}', 3),
    ('not_interested', 'Not Interested', '{Not Interested,not-interested}', true, false, true, false, false, '{}', 4),
    ('not_qualified', 'Not Qualified', '{not-qualified}', true, false, true, false, false, '{}', 5),
    ('callback', 'Call Back', '{Call Back}', true, false, false, true, false, '{callback_at}', 6),
    ('follow_up_required', 'Follow Up Required', '{Follow Up Required}', true, false, false, true, false, '{note}', 7),
    ('completed', 'Completed', '{Completed}', true, false, true, false, false, '{}', 8),
    ('do_not_call', 'Do Not Call', '{Do Not Call,do-not-call}', true, false, true, false, true, '{}', 9),
    ('wrong_number', 'Wrong Number', '{Wrong Number,wrong-number}', false, false, true, false, false, '{}', 10),
    ('voicemail', 'Voicemail', '{}', false, false, false, true, false, '{}', 11),
    ('no_answer', 'No Answer', '{No Answer,no-answer}', false, false, false, true, false, '{}', 12),
    ('busy', 'Busy', '{Busy}', false, false, false, true, false, '{}', 13),
    ('failed', 'Failed', '{Failed}', false, false, false, true, false, '{}', 14)
  ) as d (key, name, dialect_keys, contact, success, final, retries, blocks, required, position)
$$;

-- Forced row-level security hides the workspaces from their owner too, where that is no superuser.
alter table workspaces no force row level security;
select add_default_dispositions(id, now()) from workspaces;
alter table workspaces force row level security;
call protect_tenant_table('disposition_categories');

-- What a call meant, and what saying so did, so that a correction takes back that and no more.
create table call_dispositions (
  workspace_id uuid not null references workspaces,
  call_id uuid not null,
  campaign_id uuid,
  disposition_id uuid not null,
  note text not null default '',
  callback_at timestamptz,
  fields jsonb not null default '{}',
  set_by uuid not null,
  set_at timestamptz not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  -- The block it made or strengthened; how often the block had been asked for then, and its end before that.
  suppression_id uuid,
  suppression_asked integer,
  suppression_until timestamptz,
  -- The lead's own budget before a promised callback could raise it.
  lead_max_attempts smallint,
  primary key (workspace_id, call_id),
  foreign key (workspace_id, disposition_id) references disposition_categories
);
create index call_dispositions_by_campaign on call_dispositions (workspace_id, campaign_id, disposition_id);
create index call_dispositions_by_category on call_dispositions (workspace_id, disposition_id);
call protect_tenant_table('call_dispositions', 'select, insert, update');

-- Every disposition a call was ever given. Nothing changes or deletes a row.
create table call_disposition_changes (
  workspace_id uuid not null references workspaces,
  call_id uuid not null,
  -- Counted within the call from 1.
  step integer not null,
  from_disposition_id uuid,
  disposition_id uuid not null,
  note text not null,
  callback_at timestamptz,
  fields jsonb not null,
  by_user_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, call_id, step)
);
call protect_tenant_table('call_disposition_changes', 'select, insert');

-- How often somebody asked for the block: one that others asked for too is not theirs alone to take back.
alter table suppressions add column asked integer not null default 1;

-- Whose call it was.
create index agent_transitions_by_call on agent_transitions (workspace_id, call_id) where call_id is not null;

create table call_notes (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  call_id uuid not null,
  contact_id uuid,
  type text not null default 'general' check (type in ('general', 'transcript', 'follow_up', 'complaint')),
  content text not null check (length(content) between 1 and 20000),
  important boolean not null default false,
  author_user_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create index call_notes_by_call on call_notes (workspace_id, call_id, id);
create index call_notes_by_contact on call_notes (workspace_id, contact_id, id);
call protect_tenant_table('call_notes');
