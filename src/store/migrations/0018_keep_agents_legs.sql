-- Whether a campaign has a lead to dial at this instant; rank by rank, as the hopper walks its index.
create function has_due_lead(workspace uuid, campaign uuid, at timestamptz) returns boolean language plpgsql stable as $$
declare
  current_rank smallint;
begin
  select l.rank into current_rank from leads l
    where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null order by l.rank limit 1;
  while found loop
    perform from leads l where l.workspace_id = workspace and l.campaign_id = campaign and l.rank = current_rank
      and l.due_at <= at limit 1;
    if found then return true; end if;
    select l.rank into current_rank from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null and l.rank > current_rank
      order by l.rank limit 1;
  end loop;
  return false;
end $$;
grant execute on function has_due_lead(uuid, uuid, timestamptz) to outdial_app;

create or replace function find_workspaces_with_work() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select c.workspace_id from campaigns c where c.status in ('active', 'scheduled')
    union select a.workspace_id from attempts a where a.ended_at is null
    union select i.workspace_id from event_inbox i
    union select o.workspace_id from live_outbox o
    union select s.workspace_id from agent_sessions s where s.ended_at is null
    union select l.workspace_id from legs l where l.down_at is null
  $$;
