-- What a call cost by its carrier's own account, which comes when the call has long ended; null until then, and with carriers
-- that do not tell.
alter table calls
  add column cost numeric(12,6) check (cost >= 0),
  add column cost_currency text check (cost_currency ~ '^[A-Z]{3}$'),
  add check ((cost is null) = (cost_currency is null));
