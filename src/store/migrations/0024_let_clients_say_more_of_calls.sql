-- What clients of an older system say of calls, and who dialed one by hand.
alter table calls
  -- Who dialed it by hand, for an agent or for nobody.
  add column placed_by uuid,
  -- How it stands as a client says, while its carrier has told of no end; each time it is said, an event is kept too.
  add column said jsonb,
  -- When a client last changed what it says of it.
  add column changed_at timestamptz;

-- A client's day of dispositions, newest first.
create index call_dispositions_by_time on call_dispositions (workspace_id, set_at, call_id);
