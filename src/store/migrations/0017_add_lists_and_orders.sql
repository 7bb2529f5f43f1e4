alter table campaigns
  -- Who is dialed first of the leads that are due and of the same standing.
  add lead_order text not null default 'due_first'
    check (lead_order in ('due_first', 'newest_first', 'fewest_attempts_first', 'random')),
  -- What follows from a disposition that retries, by its key; beside retry_rules.
  add disposition_rules jsonb not null default '{}';

-- The lists of campaigns whose lists have weights: one for each import, and one of the leads added by hand. A campaign
-- without rows here dials its leads in one order, whichever list they are in.
create table lists (
  workspace_id uuid not null,
  campaign_id uuid not null,
  -- The import's, or the campaign's own for the leads added by hand.
  id uuid not null,
  import_id uuid,
  -- Its place in the ranks of its leads; 0 for those added by hand.
  number smallint not null check (number between 0 and 16383),
  -- 0: it rests.
  weight smallint not null default 1 check (weight between 0 and 1000),
  -- Dials that it is behind its share; never more than one, so that nothing is caught up with in a burst.
  credit double precision not null default 0 check (credit between -1 and 1),
  -- Its part of the dials that the last claim shared out, and of which standing; null: it had nobody due.
  share double precision,
  standing smallint,
  created_at timestamptz not null,
  primary key (workspace_id, campaign_id, id),
  unique (workspace_id, campaign_id, number),
  foreign key (workspace_id, campaign_id) references campaigns,
  foreign key (workspace_id, import_id) references imports,
  check (id = coalesce(import_id, campaign_id)),
  check ((number = 0) = (import_id is null))
) with (fillfactor = 50);
call protect_tenant_table('lists');
grant select on lists to outdial_merger;

-- The rank carries the standing, the list and the order, so that the one index on it serves them all:
--
--   bits 47 and up   callbacks first, then priority, then named people: the standing
--   bits 33 to 46    the list, where lists have weights
--   bits 0 to 32     the lane: 0 where the one due longest goes first; else what the campaign's order says
alter table leads drop column rank;
alter table leads
  -- The campaign's lead_order when the lead was dated last; null for due_first.
  add ordered_by text,
  add list_number smallint not null default 0;
alter table leads
  add rank bigint not null generated always as (
    ((case when status = 'callback' then 0 else 1000 end + (100 - priority) * 2 + case when named then 0 else 1 end)::bigint << 47)
    | (list_number::bigint << 33)
    | case ordered_by
        -- By the second; retries after all who were never tried.
        when 'newest_first' then case when attempts > 0 then 4294967296
          else 4294967296 - extract(epoch from created_at - '1970-01-01T00:00:00Z'::timestamptz)::bigint end
        when 'fewest_attempts_first' then attempts
        -- In 256 lots, drawn by the id, so that a lead keeps its own.
        when 'random' then uuid_hash_extended(id, 0) & 255
        else 0
      end
  ) stored;
create index leads_due on leads (workspace_id, campaign_id, rank, due_at, id) where due_at is not null;

-- Up to `take` due leads whose rank lies from `low` to before `high`, in dialing order, locked, passing over those another
-- dialer holds. A walk over the ranks there are, each step one look into the index, and one range scan of each rank that
-- has somebody due, which stops as soon as it can.
create function walk_due_leads(workspace uuid, campaign uuid, low bigint, high bigint, take integer, at timestamptz)
returns setof uuid language plpgsql as $$
declare
  current_rank bigint := low - 1;
  remaining integer := take;
  found_now integer;
begin
  while remaining > 0 loop
    with recursive step as (
      (select l.rank, l.due_at from leads l
        where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null
          and l.rank > current_rank and l.rank < high
        order by l.rank, l.due_at limit 1)
      union all
      select n.rank, n.due_at from step s, lateral (select l.rank, l.due_at from leads l
        where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null
          and l.rank > s.rank and l.rank < high
        order by l.rank, l.due_at limit 1) n
      where s.due_at > at
    )
    select s.rank into current_rank from step s where s.due_at <= at;
    exit when not found;
    return query
      select l.id from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.rank = current_rank and l.due_at <= at
      order by l.due_at, l.id limit remaining for update skip locked;
    get diagnostics found_now = row_count;
    remaining := remaining - found_now;
  end loop;
end $$;

-- The same for a campaign whose lists have weights: among leads of one standing, lists take turns by their weights. The
-- next dial is that of the list which is behind its share and would first be a whole dial behind ("earliest eligible
-- virtual deadline first"), so that no list is ever a dial off. The lists stay locked until the claim is over; it is charged
-- with what it dials, not with what the gate or a limit holds back.
create function mix_due_leads(workspace uuid, campaign uuid, take integer, at timestamptz)
returns setof uuid language plpgsql as $$
declare
  numbers smallint[];
  weights double precision[];
  credits double precision[];
  now_standing bigint := -1;
  low bigint;
  waiting uuid[];
  nexts integer[];
  ends integer[];
  shares double precision[];
  total double precision;
  best integer;
  remaining integer := take;
begin
  perform from lists x where x.workspace_id = workspace and x.campaign_id = campaign order by x.number for no key update;
  select array_agg(x.number), array_agg(x.weight), array_agg(x.credit) into numbers, weights, credits from (
    select y.* from lists y where y.workspace_id = workspace and y.campaign_id = campaign and y.weight > 0 order by y.number
  ) x;
  if numbers is null then return; end if;
  loop
    select l.rank >> 47 into now_standing from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null and l.rank >= (now_standing + 1) << 47
      order by l.rank limit 1;
    exit when not found or remaining = 0;
    waiting := '{}';
    nexts := '{}';
    ends := '{}';
    for i in 1..cardinality(numbers) loop
      nexts[i] := cardinality(waiting) + 1;
      low := (now_standing << 47) | (numbers[i]::bigint << 33);
      waiting := waiting || array(select walk_due_leads(workspace, campaign, low, low + (1::bigint << 33), remaining, at));
      ends[i] := cardinality(waiting);
    end loop;
    continue when cardinality(waiting) = 0;
    shares := array(select case when nexts[i] <= ends[i] then
        weights[i] / sum(weights[i]) filter (where nexts[i] <= ends[i]) over () end
      from generate_series(1, cardinality(numbers)) i order by i);
    update lists x set share = s.share, standing = now_standing
      from unnest(numbers, shares) as s (number, share)
      where x.workspace_id = workspace and x.campaign_id = campaign and x.number = s.number;
    while remaining > 0 loop
      select sum(weights[i]) into total from generate_series(1, cardinality(numbers)) i where nexts[i] <= ends[i];
      exit when total is null;
      best := null;
      for i in 1..cardinality(numbers) loop
        continue when nexts[i] > ends[i];
        credits[i] := credits[i] + weights[i] / total;
        if best is null or (credits[i] > 0, (credits[i] - 1) / weights[i]) > (credits[best] > 0, (credits[best] - 1) / weights[best])
          then best := i; end if;
      end loop;
      return next waiting[nexts[best]];
      nexts[best] := nexts[best] + 1;
      credits[best] := credits[best] - 1;
      remaining := remaining - 1;
    end loop;
  end loop;
end $$;

create or replace function pick_due_leads(workspace uuid, campaign uuid, take integer, at timestamptz)
returns table (lead_id uuid, place integer) language plpgsql as $$
begin
  if exists (select from lists x where x.workspace_id = workspace and x.campaign_id = campaign) then
    return query select m.id, m.place::integer from mix_due_leads(workspace, campaign, take, at) with ordinality m (id, place);
  else
    return query select w.id, w.place::integer
      from walk_due_leads(workspace, campaign, 0, 9223372036854775807, take, at) with ordinality w (id, place);
  end if;
end $$;
grant execute on function walk_due_leads, mix_due_leads to outdial_app;
