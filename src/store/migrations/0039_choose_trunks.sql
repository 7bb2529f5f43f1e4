alter table trunks
  -- What campaigns that choose may use it for: `+` and the first digits of numbers, `+` alone for all of them, or a country. Empty:
  -- for nobody, so that no trunk is dialed over by surprise.
  add column serves text[] not null default '{}',
  -- Its share among equals; 0: a reserve.
  add column weight integer not null default 1 check (weight between 0 and 1000);

alter table campaigns
  add column trunk_choice text not null default 'fixed' check (trunk_choice in ('fixed', 'least_cost')),
  -- An agent's line stands on one trunk, and the calls it takes are on that one.
  add check (trunk_choice = 'fixed' or mode in ('ai', 'broadcast'));
create index campaigns_that_choose on campaigns (workspace_id) where trunk_choice <> 'fixed' and status = 'active';

-- The trunks over which the lead's last calls were refused, one after the other; its next call leaves them out.
alter table leads add column refused_by uuid[];
