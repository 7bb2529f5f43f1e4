-- How often in a row a trunk's carrier took no call. Each time the trunk rests longer, and then one call is tried.
alter table dial_limits add column refusals smallint not null default 0;
