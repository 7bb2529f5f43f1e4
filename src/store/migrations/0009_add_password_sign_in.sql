-- How a session was opened: within minutes of a one-time link, a password may be set without the present one.
alter table sessions add opened_by text not null default 'link' check (opened_by in ('link', 'password'));
alter table sessions alter opened_by drop default;

-- Passwords tried in vain, by account and by address, counted here so that all processes share the count. Of no tenant:
-- asked before anybody is known. The key is a hash, so that the rows say nothing of whom they are about.
create table sign_in_failures (
  key bytea primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
create index sign_in_failures_by_age on sign_in_failures (last_at);
grant select, insert, update, delete on sign_in_failures to outdial_app;

-- The one finder that returns more than ids: a hash can only be compared with a password where that password is.
create function find_credentials(email_address text) returns table (user_id uuid, password_hash text)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.user_id, c.password_hash from users u join user_credentials c on c.user_id = u.id
    where u.email = lower(email_address)
  $$;

-- In the order in which they were joined.
create or replace function find_workspaces_of(member uuid) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select m.workspace_id from memberships m where m.user_id = member and m.suspended_at is null
    order by m.created_at, m.workspace_id
  $$;

grant create on schema public to outdial_finder;
revoke all on function find_credentials(text) from public;
grant execute on function find_credentials(text) to outdial_app;
alter function find_credentials(text) owner to outdial_finder;
revoke create on schema public from outdial_finder;
