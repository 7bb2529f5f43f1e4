-- What carriers recorded of calls. A row is made in the same moment in which the report of it is applied; its audio is
-- fetched afterwards, tried again until it is kept or lost. A row outlives its audio: that there was a recording stays known.
create table recordings (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  call_id uuid not null,
  trunk_id uuid not null,
  -- Where its carrier has it, in the carrier's own words.
  url text not null check (length(url) between 1 and 2000),
  recorded_at timestamptz not null,
  -- waiting → kept | lost; any → leaving → gone.
  state text not null default 'waiting' check (state in ('waiting', 'kept', 'lost', 'leaving', 'gone')),
  tries smallint not null default 0,
  -- When somebody may take it up, by the database's clock: to fetch the audio, or to delete it.
  due_at timestamptz default now(),
  -- Why it is not kept.
  reason text,
  content_type text,
  bytes bigint check (bytes > 0),
  sha256 bytea check (length(sha256) = 32),
  -- Null where neither the audio nor the carrier says.
  duration_ms integer check (duration_ms >= 0),
  kept_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, call_id, url),
  check ((state in ('waiting', 'leaving')) = (due_at is not null)),
  check (state <> 'kept' or num_nulls(content_type, bytes, sha256, kept_at) = 0)
);
create index recordings_due on recordings (workspace_id, due_at) where due_at is not null;
call protect_tenant_table('recordings', 'select, insert, update');
grant select on recordings to outdial_finder;
create policy finder on recordings for select to outdial_finder using (true);

create function find_due_recordings(most integer) returns table (workspace_id uuid, recording_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select r.workspace_id, r.id from recordings r where r.due_at <= now() order by r.due_at limit most $$;
grant create on schema public to outdial_finder;
revoke all on function find_due_recordings from public;
grant execute on function find_due_recordings to outdial_app;
alter function find_due_recordings owner to outdial_finder;
revoke create on schema public from outdial_finder;

-- A message is audio of our own, or a recording that the carrier has under a name.
alter table voicemail_drops
  alter column message drop not null,
  add column bytes integer check (bytes > 0),
  add column sha256 bytea check (length(sha256) = 32),
  add check (num_nulls(bytes, sha256) in (0, 2));
