-- What is left on a trunk's account, as its carrier told last; asked while a campaign runs over it.
alter table trunks
  add column balance numeric,
  add column balance_currency text,
  -- When it was told, and when it was asked for last; they differ where the last question was not answered, and why.
  add column balance_told_at timestamptz,
  add column balance_asked_at timestamptz,
  add column balance_fault text,
  -- At so little somebody should know.
  add column low_balance numeric;
