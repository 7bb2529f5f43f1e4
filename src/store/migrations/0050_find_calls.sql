-- Whoever looks for a call knows a number, often only its last digits, or the beginning of a name. Row-level security lets an
-- index be used only where the comparison leaks nothing: that of a column as it stands does, that of an expression does not.
-- So what is compared is kept as columns of its own.
alter table calls
  -- The number of whoever talked to us, from its end.
  add column phone_reversed text generated always as
    (reverse(case direction when 'inbound' then from_number else to_number end)) stored,
  -- The clock of whoever was called, as far as their number tells; the first where several are possible.
  add column zone text;
-- Partial, and so out of the choice where a foreign key is looked up by workspace and id: of a table that was small when that
-- was planned, any index that begins with the workspace seems as good, and each look-up then reads all of the workspace.
create index calls_by_phone on calls (workspace_id, phone_reversed text_pattern_ops, id) where phone_reversed is not null;

alter table contacts
  add column full_name_key text generated always as (nullif(lower(full_name), '')) stored,
  add column last_name_key text generated always as (nullif(lower(last_name), '')) stored;
create index contacts_by_full_name on contacts (workspace_id, full_name_key text_pattern_ops)
  where full_name_key is not null;
create index contacts_by_last_name on contacts (workspace_id, last_name_key text_pattern_ops)
  where last_name_key is not null;
