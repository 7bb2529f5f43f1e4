-- Three roles besides the owner of the schema. None can log in here except where the embedded launcher says so.
--   outdial_app     what every connection of the running product drops to; neither owner nor superuser
--   outdial_finder  owns the few functions that read before a workspace is known, and may only select
--   outdial_merger  owns the one function that moves an import's rows from staging
do $$
declare name text;
begin
  foreach name in array array['outdial_app', 'outdial_finder', 'outdial_merger'] loop
    if not exists (select from pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin nosuperuser nobypassrls', name);
      exception when duplicate_object or unique_violation then null; -- another database of this cluster was quicker
      end;
    end if;
    if not pg_has_role(current_user, name, 'member') then
      execute format('grant %I to current_user', name);
    end if;
  end loop;
end $$;

revoke all on schema public from public;
grant usage on schema public to outdial_app, outdial_finder, outdial_merger;

-- The acting workspace and user are transaction-local settings; '' is what a reused connection is left with.
create function acting_workspace() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.workspace', true), '')::uuid $$;
create function acting_user() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.member', true), '')::uuid $$;
-- Set to the acting user only where the workspace shows members their own things alone.
create function only_user() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.only_user', true), '')::uuid $$;
grant execute on function acting_workspace(), acting_user(), only_user() to outdial_app, outdial_finder, outdial_merger;

-- Row-level security for a tenant table: forced, one policy for reading and writing, and the app's grants.
create procedure protect_tenant_table(name regclass, grants text default 'select, insert, update, delete')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy tenant on %s to outdial_app, outdial_merger'
    ' using (workspace_id = (select acting_workspace())) with check (workspace_id = (select acting_workspace()))', name);
  execute format('grant %s on %s to outdial_app', grants, name);
end $$;

-- The second fence, where a workspace's visibility is `own`: members below supervisor reach only what they own.
create procedure protect_owned_table(name regclass, owner_column name default 'owner_user_id')
language plpgsql as $$
begin
  execute format(
    'create policy owned on %s as restrictive to outdial_app'
    ' using ((select only_user()) is null or %I = (select only_user()))', name, owner_column);
end $$;
