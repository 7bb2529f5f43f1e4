-- Days on which nobody is called: holidays, as a campaign or its workspace keeps them.
alter table campaigns add column closed_dates date[] not null default '{}';
alter table workspaces add column closed_dates date[] not null default '{}';
