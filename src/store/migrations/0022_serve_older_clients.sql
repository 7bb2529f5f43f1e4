-- What clients of older systems ask for and the model lacked: one word for how a call stands, integer ids that can be
-- looked up, campaigns taken out of every list, runs of a few calls, what a client says of its own calls, and tries that
-- were made by hand or elsewhere.

-- The eight words in which older systems say how a call stands.
create function call_status(state text, outcome text, answered boolean) returns text
  language sql immutable parallel safe
as $$
  select case when state <> 'ended' then state when answered then 'completed' when outcome = 'busy' then 'busy'
    when outcome = 'no_answer' then 'no-answer' when outcome = 'canceled' then 'canceled' else 'failed' end
$$;

create unique index leads_by_number on leads (workspace_id, number);
create index calls_by_number on calls (workspace_id, number);

-- Archived, and no longer shown; calls and people stay.
alter table campaigns add column deleted_at timestamptz;

-- A run of a few calls: at most run_limit attempts from run_from on, then the campaign pauses.
alter table campaigns
  add column run_limit integer check (run_limit > 0),
  add column run_from uuid,
  add constraint campaigns_run_whole check ((run_limit is null) = (run_from is null));

alter table calls
  add column metadata jsonb not null default '{}',
  -- Whom the client means, in its own words.
  add column external_lead_id text check (length(external_lead_id) <= 200),
  add column recording_url text check (length(recording_url) <= 2000),
  -- No longer shown to clients of the dialect that hid it; evidence and counters stay.
  add column hidden_at timestamptz;

-- mark: somebody says they called; there is no call. past: made by another system before this one.
alter table attempts drop constraint attempts_kind_check;
alter table attempts add constraint attempts_kind_check check (kind in ('campaign', 'manual', 'mark', 'past'));
