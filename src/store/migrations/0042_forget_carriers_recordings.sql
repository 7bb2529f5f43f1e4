-- A carrier's own copy of a recording is deleted once the house keeps it, where its trunk says so: a recording that is kept
-- and due has one left.
alter table trunks add column forgets_recordings boolean not null default false;
alter table recordings
  drop constraint recordings_check,
  add check (case state when 'kept' then true else (state in ('waiting', 'leaving')) = (due_at is not null) end);
