-- A campaign may leave a message where a machine answers, and treat who screens calls and faxes otherwise than machines.
alter table campaigns
  drop constraint campaigns_on_machine_check,
  add check (on_machine in ('hang_up', 'connect', 'leave_message')),
  -- By detection; what is missing follows `on_machine`.
  add column on_detection jsonb not null default '{}',
  add column voicemail_drop_id uuid,
  add foreign key (workspace_id, voicemail_drop_id) references voicemail_drops (workspace_id, id);
create index campaigns_by_voicemail_drop on campaigns (workspace_id, voicemail_drop_id) where voicemail_drop_id is not null;

-- The message that is left before a call ends; taken out by whoever leaves it.
alter table attempts add column leaves_drop_id uuid;
-- What agents say of connected calls labels what detection had made of them; past a budget of errors a campaign listens no more.
alter table campaigns
  -- Of the calls that machines answered so many are connected to agents all the same.
  add column machine_sample_percent smallint not null default 0 check (machine_sample_percent between 0 and 10),
  -- Labels count from here on: it was turned on again.
  add column detection_trusted_from timestamptz,
  -- Why it was turned off, in plain words; null where nobody but its people did.
  add column detection_off_reason text;

create table detection_labels (
  workspace_id uuid not null references workspaces,
  call_id uuid not null,
  campaign_id uuid not null,
  heard_machine boolean not null,
  was_machine boolean not null,
  at timestamptz not null,
  primary key (workspace_id, call_id)
);
create index detection_labels_in_order on detection_labels (workspace_id, campaign_id, heard_machine, at desc);
call protect_tenant_table('detection_labels');
