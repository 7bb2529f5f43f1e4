-- Which of its contact's numbers, in their order, the lead's next try goes to; counted from 0 and taken modulo their count.
alter table leads add phone_index smallint not null default 0 check (phone_index >= 0);
