-- Campaigns may show each person a number that is near them, and a number may be shown so often in an hour, or rest.
alter table caller_ids
  add column calls_per_hour integer check (calls_per_hour > 0),
  add column rests_until timestamptz;
alter table campaigns
  -- `local`: of the numbers registered on the trunk the one nearest to whoever is called.
  add column caller_id_choice text not null default 'fixed' check (caller_id_choice in ('fixed', 'local'));

-- How often a number was shown in the last hour is counted, not kept.
create index attempts_by_caller_id on attempts (workspace_id, trunk_id, caller_id, claimed_at) where caller_id is not null;
