-- The closed list of functions that read before a workspace is known. They return ids (and one count), never content.
create function find_api_key(hash bytea) returns table (workspace_id uuid, api_key_id uuid, user_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select k.workspace_id, k.id, k.user_id from api_keys k where k.token_hash = hash and k.revoked_at is null $$;

create function find_session(hash bytea, at timestamptz) returns table (workspace_id uuid, user_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select s.workspace_id, s.user_id from sessions s where s.id_hash = hash and s.expires_at > at $$;

create function find_sign_in_link(hash bytea) returns table (workspace_id uuid, user_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select l.workspace_id, l.user_id from sign_in_links l where l.token_hash = hash $$;

create function find_user(email_address text) returns uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select u.id from users u where u.email = lower(email_address) $$;

create function find_workspaces_of(member uuid) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select m.workspace_id from memberships m where m.user_id = member and m.suspended_at is null $$;

create function find_trunk(trunk uuid) returns uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select t.workspace_id from trunks t where t.id = trunk $$;

-- Workspaces in which the dialer may have something to do.
create function find_workspaces_with_work() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.workspace_id from campaigns c where c.status in ('active', 'scheduled')
    union select a.workspace_id from attempts a where a.ended_at is null
    union select i.workspace_id from event_inbox i
    union select o.workspace_id from live_outbox o
  $$;

create function find_unfinished_imports() returns table (workspace_id uuid, import_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select i.workspace_id, i.id from imports i
    where i.status in ('pending', 'processing') and (i.lease_until is null or i.lease_until < now())
  $$;

-- Lines in use over all workspaces: for the one cap that spans them, and (of one worker) for a server that drains.
create function count_live_attempts(worker text default null) returns integer
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select count(*)::integer from attempts a where a.ended_at is null and (worker is null or a.claimed_by = worker) $$;

grant create on schema public to outdial_finder;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p
           where p.pronamespace = 'public'::regnamespace and p.prosecdef and (p.proname like 'find\_%' or p.proname = 'count_live_attempts') loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to outdial_app', f);
    execute format('alter function %s owner to outdial_finder', f);
  end loop;
end $$;
revoke create on schema public from outdial_finder;
