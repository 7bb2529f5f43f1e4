-- The schema as the migrations make it, for reading. Made by: node src/store/dump-schema.ts

create table agent_messages (
  workspace_id uuid not null,
  session_id uuid not null,
  seq integer not null,
  type text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, session_id, seq),
  FOREIGN KEY (workspace_id, session_id) REFERENCES agent_sessions(workspace_id, id),
  CHECK ((type = ANY (ARRAY['message'::text, 'offer'::text, 'screen_pop'::text, 'callback'::text])))
);
CREATE INDEX agent_messages_by_age ON public.agent_messages USING btree (workspace_id, at);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select

create table agent_sessions (
  workspace_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  ip text,
  client text,
  state text not null,
  state_since timestamp with time zone not null,
  reason text,
  call_id uuid,
  wrap_up_until timestamp with time zone,
  wrap_up_extended boolean not null default false,
  next_state text,
  next_reason text,
  seen_at timestamp with time zone not null default now(),
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  idle_since timestamp with time zone,
  unsaved boolean not null default false,
  next_by_user_id uuid,
  connection_id uuid,
  steps integer not null default 0,
  seq integer not null default 0,
  leg_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((state = 'offline'::text) = (ended_at IS NOT NULL))),
  CHECK (((state <> ALL (ARRAY['reserved'::text, 'on_call'::text, 'wrap_up'::text])) OR (call_id IS NOT NULL))),
  CHECK (((state = ANY (ARRAY['available'::text, 'reserved'::text])) = (idle_since IS NOT NULL))),
  CHECK ((next_state = ANY (ARRAY['break'::text, 'offline'::text]))),
  CHECK ((state = ANY (ARRAY['offline'::text, 'available'::text, 'reserved'::text, 'on_call'::text, 'wrap_up'::text, 'break'::text])))
);
CREATE INDEX agent_sessions_by_agent ON public.agent_sessions USING btree (workspace_id, agent_id, started_at);
CREATE UNIQUE INDEX agent_sessions_by_call ON public.agent_sessions USING btree (workspace_id, call_id) WHERE (state = ANY (ARRAY['reserved'::text, 'on_call'::text]));
CREATE INDEX agent_sessions_by_leg ON public.agent_sessions USING btree (workspace_id, leg_id) WHERE (ended_at IS NULL);
CREATE INDEX agent_sessions_idle ON public.agent_sessions USING btree (workspace_id, idle_since, id) WHERE (state = 'available'::text);
CREATE UNIQUE INDEX agent_sessions_open ON public.agent_sessions USING btree (workspace_id, agent_id) WHERE (ended_at IS NULL);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table agent_transitions (
  workspace_id uuid not null,
  session_id uuid not null,
  step integer not null,
  agent_id uuid not null,
  from_state text not null,
  to_state text not null,
  reason text,
  call_id uuid,
  by_user_id uuid,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, session_id, step),
  FOREIGN KEY (workspace_id, session_id) REFERENCES agent_sessions(workspace_id, id)
);
CREATE INDEX agent_transitions_by_agent ON public.agent_transitions USING btree (workspace_id, agent_id, at);
CREATE INDEX agent_transitions_by_call ON public.agent_transitions USING btree (workspace_id, call_id) WHERE (call_id IS NOT NULL);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select

create table agents (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  code text,
  kind text not null default 'human'::text,
  name text not null,
  user_id uuid,
  reached_at text not null default 'browser'::text,
  extension text,
  phone_number text,
  email text,
  department text,
  supervisor_user_id uuid,
  time_zone text,
  language text,
  skills text[] not null default '{}'::text[],
  max_concurrent_calls integer not null default 1,
  active boolean not null default true,
  settings jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  FOREIGN KEY (workspace_id, supervisor_user_id) REFERENCES memberships(workspace_id, user_id),
  FOREIGN KEY (workspace_id, user_id) REFERENCES memberships(workspace_id, user_id),
  CHECK (((kind = 'ai'::text) OR (max_concurrent_calls = 1) OR (reached_at <> 'browser'::text))),
  CHECK (((reached_at <> 'extension'::text) OR (extension IS NOT NULL))),
  CHECK (((reached_at <> 'outside'::text) OR (phone_number IS NOT NULL))),
  CHECK (((length(code) >= 1) AND (length(code) <= 200))),
  CHECK ((length(department) <= 200)),
  CHECK ((length(email) <= 320)),
  CHECK ((extension ~ '^[0-9*#]{1,20}$'::text)),
  CHECK ((kind = ANY (ARRAY['human'::text, 'ai'::text]))),
  CHECK ((length(language) <= 35)),
  CHECK (((max_concurrent_calls >= 1) AND (max_concurrent_calls <= 1000))),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((phone_number ~ '^\+[1-9][0-9]{3,14}$'::text)),
  CHECK ((reached_at = ANY (ARRAY['browser'::text, 'extension'::text, 'outside'::text])))
);
CREATE UNIQUE INDEX agents_by_code ON public.agents USING btree (workspace_id, code) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX agents_by_number ON public.agents USING btree (workspace_id, number);
CREATE UNIQUE INDEX agents_by_user ON public.agents USING btree (workspace_id, user_id) WHERE (deleted_at IS NULL);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table answer_days (
  workspace_id uuid not null,
  campaign_id uuid not null,
  day date not null,
  live_answers integer not null,
  abandoned integer not null,
  PRIMARY KEY (workspace_id, campaign_id, day),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update

create table api_keys (
  workspace_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  prefix text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  FOREIGN KEY (workspace_id, user_id) REFERENCES memberships(workspace_id, user_id)
);
CREATE UNIQUE INDEX api_keys_by_token ON public.api_keys USING btree (token_hash);
CREATE INDEX api_keys_by_user ON public.api_keys USING btree (workspace_id, user_id);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table attempts (
  workspace_id uuid not null,
  id uuid not null,
  lead_id uuid,
  campaign_id uuid,
  contact_id uuid,
  owner_user_id uuid not null,
  trunk_id uuid not null,
  kind text not null default 'campaign'::text,
  agentless boolean not null,
  number text not null,
  caller_id text,
  state text not null,
  outcome text,
  drop_reason text,
  day date,
  verdict jsonb not null,
  provider_call_id text,
  claimed_by text not null,
  claimed_at timestamp with time zone not null,
  lease_until timestamp with time zone not null,
  intent_at timestamp with time zone,
  dialed_at timestamp with time zone,
  ended_at timestamp with time zone,
  agent_id uuid,
  session_id uuid,
  awaits_agent boolean not null default false,
  live_at timestamp with time zone,
  abandoned_at timestamp with time zone,
  offered_until timestamp with time zone,
  hang_up_at timestamp with time zone,
  leaves_drop_id uuid,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id),
  FOREIGN KEY (workspace_id, trunk_id) REFERENCES trunks(workspace_id, id),
  CHECK (((ended_at IS NULL) = (state = ANY (ARRAY['claimed'::text, 'dialing'::text, 'dialed'::text, 'unknown'::text])))),
  CHECK (((NOT awaits_agent) OR (session_id IS NULL))),
  CHECK ((kind = ANY (ARRAY['campaign'::text, 'manual'::text, 'mark'::text, 'past'::text]))),
  CHECK ((state = ANY (ARRAY['claimed'::text, 'dialing'::text, 'dialed'::text, 'unknown'::text, 'dropped'::text, 'ended'::text])))
);
CREATE INDEX attempts_by_caller_id ON public.attempts USING btree (workspace_id, trunk_id, caller_id, claimed_at) WHERE (caller_id IS NOT NULL);
CREATE INDEX attempts_by_campaign ON public.attempts USING btree (workspace_id, campaign_id, id);
CREATE INDEX attempts_by_lead ON public.attempts USING btree (workspace_id, lead_id, id);
CREATE INDEX attempts_by_number ON public.attempts USING btree (workspace_id, number, claimed_at);
CREATE INDEX attempts_by_session ON public.attempts USING btree (workspace_id, session_id) WHERE ((ended_at IS NULL) AND (session_id IS NOT NULL));
CREATE INDEX attempts_live ON public.attempts USING btree (workspace_id, trunk_id, owner_user_id, campaign_id, agentless) WHERE (ended_at IS NULL);
CREATE INDEX attempts_offered ON public.attempts USING btree (workspace_id, offered_until) WHERE ((offered_until IS NOT NULL) AND (ended_at IS NULL));
CREATE UNIQUE INDEX attempts_one_per_lead ON public.attempts USING btree (workspace_id, lead_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX attempts_one_per_number ON public.attempts USING btree (workspace_id, number) WHERE (ended_at IS NULL);
CREATE INDEX attempts_to_hang_up ON public.attempts USING btree (workspace_id, hang_up_at) WHERE ((hang_up_at IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX attempts_waiting ON public.attempts USING btree (workspace_id, live_at) WHERE (awaits_agent AND (live_at IS NOT NULL) AND (ended_at IS NULL));
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy owned (ALL, restrictive, to outdial_app): using ((( SELECT only_user() AS only_user) IS NULL) OR (owner_user_id = ( SELECT only_user() AS only_user))) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update
-- granted to outdial_finder: select

create table call_acts (
  workspace_id uuid not null,
  seq bigint not null generated always as identity,
  act_id uuid not null,
  call_id uuid not null,
  act text not null,
  result text not null,
  detail jsonb not null default '{}'::jsonb,
  user_id uuid,
  agent_id uuid,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, call_id, seq),
  CHECK (((length(act) >= 1) AND (length(act) <= 30))),
  CHECK ((result = ANY (ARRAY['asked'::text, 'done'::text, 'refused'::text, 'unknown'::text])))
);
CREATE UNIQUE INDEX call_acts_once ON public.call_acts USING btree (workspace_id, act_id, result);
-- policy eraser (ALL, to outdial_eraser): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select
-- granted to outdial_eraser: select

create table call_disposition_changes (
  workspace_id uuid not null,
  call_id uuid not null,
  step integer not null,
  from_disposition_id uuid,
  disposition_id uuid not null,
  note text not null,
  callback_at timestamp with time zone,
  fields jsonb not null,
  by_user_id uuid not null,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, call_id, step),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy eraser (ALL, to outdial_eraser): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select
-- granted to outdial_eraser: select

create table call_dispositions (
  workspace_id uuid not null,
  call_id uuid not null,
  campaign_id uuid,
  disposition_id uuid not null,
  note text not null default ''::text,
  callback_at timestamp with time zone,
  fields jsonb not null default '{}'::jsonb,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null,
  suppression_id uuid,
  suppression_asked integer,
  suppression_until timestamp with time zone,
  lead_max_attempts smallint,
  PRIMARY KEY (workspace_id, call_id),
  FOREIGN KEY (workspace_id, disposition_id) REFERENCES disposition_categories(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX call_dispositions_by_campaign ON public.call_dispositions USING btree (workspace_id, campaign_id, disposition_id);
CREATE INDEX call_dispositions_by_category ON public.call_dispositions USING btree (workspace_id, disposition_id);
CREATE INDEX call_dispositions_by_time ON public.call_dispositions USING btree (workspace_id, set_at, call_id);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update

create table call_events (
  workspace_id uuid not null,
  call_id uuid not null,
  event_key text not null,
  kind text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  detail jsonb not null default '{}'::jsonb,
  number_commitment bytea,
  PRIMARY KEY (workspace_id, call_id, event_key)
) partition by RANGE (call_id);
-- policy eraser (ALL, to outdial_eraser): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select
-- granted to outdial_eraser: select

create table call_hints (
  workspace_id uuid not null,
  trunk_id uuid not null,
  provider_call_id text not null,
  attempt_id uuid,
  told integer not null default 1,
  first_told_at timestamp with time zone not null default clock_timestamp(),
  look_at timestamp with time zone not null default clock_timestamp(),
  PRIMARY KEY (workspace_id, trunk_id, provider_call_id),
  CHECK (((length(provider_call_id) >= 1) AND (length(provider_call_id) <= 200)))
);
CREATE INDEX call_hints_in_order ON public.call_hints USING btree (workspace_id, look_at);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table call_joins (
  workspace_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  user_id uuid not null,
  leg_id uuid not null,
  how text not null,
  act_id uuid not null,
  state text not null default 'opening'::text,
  reason text,
  asked_at timestamp with time zone not null,
  joined_at timestamp with time zone,
  ended_at timestamp with time zone,
  check_at timestamp with time zone not null default now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, leg_id) REFERENCES legs(workspace_id, id),
  CHECK (((state = 'over'::text) = (ended_at IS NOT NULL))),
  CHECK ((how = ANY (ARRAY['listen'::text, 'whisper'::text, 'barge'::text, 'take_over'::text]))),
  CHECK ((state = ANY (ARRAY['opening'::text, 'joined'::text, 'over'::text])))
);
CREATE INDEX call_joins_by_call ON public.call_joins USING btree (workspace_id, call_id);
CREATE INDEX call_joins_by_leg ON public.call_joins USING btree (workspace_id, leg_id, ended_at);
CREATE UNIQUE INDEX call_joins_one_per_user ON public.call_joins USING btree (workspace_id, user_id) WHERE (ended_at IS NULL);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update

create table call_notes (
  workspace_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  contact_id uuid,
  type text not null default 'general'::text,
  content text not null,
  important boolean not null default false,
  author_user_id uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((length(content) >= 1) AND (length(content) <= 20000))),
  CHECK ((type = ANY (ARRAY['general'::text, 'transcript'::text, 'follow_up'::text, 'complaint'::text])))
);
CREATE INDEX call_notes_by_call ON public.call_notes USING btree (workspace_id, call_id, id);
CREATE INDEX call_notes_by_contact ON public.call_notes USING btree (workspace_id, contact_id, id);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table callbacks (
  workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  call_id uuid,
  agent_id uuid,
  promised_at timestamp with time zone not null,
  time_zone text not null,
  note text not null default ''::text,
  status text not null default 'open'::text,
  closed_reason text,
  closed_call_id uuid,
  closed_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  reminded_at timestamp with time zone,
  moved_at timestamp with time zone,
  moved_from_agent_id uuid,
  created_by uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE,
  CHECK (((status = 'open'::text) = (closed_at IS NULL))),
  CHECK ((expires_at > promised_at)),
  CHECK ((length(note) <= 20000)),
  CHECK ((status = ANY (ARRAY['open'::text, 'kept'::text, 'missed'::text, 'cancelled'::text])))
);
CREATE INDEX callbacks_by_agent ON public.callbacks USING btree (workspace_id, agent_id, promised_at) WHERE (agent_id IS NOT NULL);
CREATE INDEX callbacks_by_closing_call ON public.callbacks USING btree (workspace_id, closed_call_id) WHERE (closed_call_id IS NOT NULL);
CREATE INDEX callbacks_by_lead ON public.callbacks USING btree (workspace_id, lead_id);
CREATE INDEX callbacks_by_time ON public.callbacks USING btree (workspace_id, promised_at, id);
CREATE UNIQUE INDEX callbacks_one_open ON public.callbacks USING btree (workspace_id, lead_id) WHERE (status = 'open'::text);
CREATE INDEX callbacks_open ON public.callbacks USING btree (workspace_id, promised_at) WHERE (status = 'open'::text);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update
-- granted to outdial_finder: select

create table caller_ids (
  workspace_id uuid not null,
  trunk_id uuid not null,
  number text not null,
  name text,
  created_at timestamp with time zone not null,
  calls_per_hour integer,
  rests_until timestamp with time zone,
  PRIMARY KEY (workspace_id, trunk_id, number),
  FOREIGN KEY (workspace_id, trunk_id) REFERENCES trunks(workspace_id, id),
  CHECK ((calls_per_hour > 0)),
  CHECK ((number ~ '^\+[1-9][0-9]{3,14}$'::text))
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table calls (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  direction text not null default 'outbound'::text,
  campaign_id uuid,
  lead_id uuid,
  contact_id uuid,
  owner_user_id uuid not null,
  trunk_id uuid not null,
  provider text not null,
  provider_call_id text,
  from_number text,
  to_number text,
  state text not null default 'initiated'::text,
  outcome text,
  detection text,
  hangup_cause text,
  initiated_at timestamp with time zone not null,
  ringing_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  agent_id uuid,
  connected_at timestamp with time zone,
  abandoned_at timestamp with time zone,
  metadata jsonb not null default '{}'::jsonb,
  external_lead_id text,
  recording_url text,
  hidden_at timestamp with time zone,
  placed_by uuid,
  said jsonb,
  changed_at timestamp with time zone,
  cost numeric(12,6),
  cost_currency text,
  phone_reversed text generated always as (reverse(
CASE direction
    WHEN 'inbound'::text THEN from_number
    ELSE to_number
END)) stored,
  zone text,
  PRIMARY KEY (workspace_id, id),
  CHECK (((cost IS NULL) = (cost_currency IS NULL))),
  CHECK ((cost >= (0)::numeric)),
  CHECK ((cost_currency ~ '^[A-Z]{3}$'::text)),
  CHECK ((direction = ANY (ARRAY['outbound'::text, 'inbound'::text]))),
  CHECK ((length(external_lead_id) <= 200)),
  CHECK ((length(recording_url) <= 2000)),
  CHECK ((state = ANY (ARRAY['initiated'::text, 'ringing'::text, 'answered'::text, 'ended'::text])))
) partition by RANGE (id);
CREATE INDEX calls_by_agent ON ONLY public.calls USING btree (workspace_id, agent_id, id) WHERE (agent_id IS NOT NULL);
CREATE INDEX calls_by_campaign ON ONLY public.calls USING btree (workspace_id, campaign_id, id);
CREATE INDEX calls_by_contact ON ONLY public.calls USING btree (workspace_id, contact_id, id);
CREATE INDEX calls_by_lead ON ONLY public.calls USING btree (workspace_id, lead_id, id);
CREATE INDEX calls_by_number ON ONLY public.calls USING btree (workspace_id, number);
CREATE INDEX calls_by_phone ON ONLY public.calls USING btree (workspace_id, phone_reversed text_pattern_ops, id) WHERE (phone_reversed IS NOT NULL);
CREATE INDEX calls_by_provider_id ON ONLY public.calls USING btree (workspace_id, trunk_id, provider_call_id);
-- policy owned (ALL, restrictive, to outdial_app): using ((( SELECT only_user() AS only_user) IS NULL) OR (owner_user_id = ( SELECT only_user() AS only_user))) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update

create table campaign_agents (
  workspace_id uuid not null,
  campaign_id uuid not null,
  agent_id uuid not null,
  PRIMARY KEY (workspace_id, campaign_id, agent_id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents(workspace_id, id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id)
);
CREATE INDEX campaign_agents_by_agent ON public.campaign_agents USING btree (workspace_id, agent_id);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table campaign_days (
  workspace_id uuid not null,
  campaign_id uuid not null,
  day date not null,
  dials integer not null default 0,
  PRIMARY KEY (workspace_id, campaign_id, day),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table campaign_teams (
  workspace_id uuid not null,
  campaign_id uuid not null,
  team_id uuid not null,
  PRIMARY KEY (workspace_id, campaign_id, team_id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id),
  FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX campaign_teams_by_team ON public.campaign_teams USING btree (workspace_id, team_id);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table campaigns (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  code text,
  name text not null,
  description text not null default ''::text,
  segment text,
  mode text not null,
  status text not null default 'draft'::text,
  status_reason text,
  owner_user_id uuid not null,
  trunk_id uuid,
  caller_id text,
  script text not null default ''::text,
  next_action text not null default ''::text,
  max_attempts smallint not null default 3,
  retry_interval_seconds integer,
  retry_rules jsonb not null default '{}'::jsonb,
  window_start smallint,
  window_end smallint,
  weekdays smallint[] not null default '{1,2,3,4,5,6,7}'::smallint[],
  time_zone text not null,
  hours_zone text not null default 'campaign'::text,
  start_date date,
  end_date date,
  duration_days integer,
  daily_limit integer,
  max_concurrent_calls integer,
  weight smallint not null default 1,
  ring_timeout_seconds smallint not null default 25,
  completes text not null default 'when_done'::text,
  metadata jsonb not null default '{}'::jsonb,
  had_leads boolean not null default false,
  started_at timestamp with time zone,
  completed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  wrap_up_seconds smallint not null default 30,
  power_ratio double precision not null default 1.5,
  script_id uuid,
  skills text[] not null default '{}'::text[],
  preview_seconds smallint not null default 60,
  preview_ends text not null default 'skip'::text,
  detects_machines boolean not null default true,
  on_machine text not null default 'hang_up'::text,
  waits_from text not null default 'detection'::text,
  abandon_message text not null default 'safe-harbour'::text,
  lead_order text not null default 'due_first'::text,
  disposition_rules jsonb not null default '{}'::jsonb,
  deleted_at timestamp with time zone,
  run_limit integer,
  run_from uuid,
  consent_line text not null default 'This call may be recorded.'::text,
  closed_dates date[] not null default '{}'::date[],
  purpose text not null default 'marketing'::text,
  brand text,
  status_by uuid,
  status_at timestamp with time zone not null,
  abandon_cap_percent numeric(3,2) not null default 3,
  caller_id_choice text not null default 'fixed'::text,
  trunk_choice text not null default 'fixed'::text,
  on_detection jsonb not null default '{}'::jsonb,
  voicemail_drop_id uuid,
  machine_sample_percent smallint not null default 0,
  detection_trusted_from timestamp with time zone,
  detection_off_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  FOREIGN KEY (workspace_id, owner_user_id) REFERENCES memberships(workspace_id, user_id),
  FOREIGN KEY (workspace_id, script_id) REFERENCES scripts(workspace_id, id),
  FOREIGN KEY (workspace_id, trunk_id) REFERENCES trunks(workspace_id, id),
  FOREIGN KEY (workspace_id, voicemail_drop_id) REFERENCES voicemail_drops(workspace_id, id),
  CHECK (((abandon_cap_percent >= 0.5) AND (abandon_cap_percent <= (3)::numeric))),
  CHECK (((length(abandon_message) >= 1) AND (length(abandon_message) <= 200))),
  CHECK (((brand = btrim(brand)) AND ((length(brand) >= 1) AND (length(brand) <= 200)))),
  CHECK ((caller_id_choice = ANY (ARRAY['fixed'::text, 'local'::text]))),
  CHECK (((window_start IS NULL) = (window_end IS NULL))),
  CHECK (((trunk_choice = 'fixed'::text) OR (mode = ANY (ARRAY['ai'::text, 'broadcast'::text])))),
  CHECK ((completes = ANY (ARRAY['when_done'::text, 'at_end'::text, 'by_hand'::text]))),
  CHECK ((length(consent_line) <= 1000)),
  CHECK ((daily_limit > 0)),
  CHECK ((duration_days > 0)),
  CHECK ((hours_zone = ANY (ARRAY['campaign'::text, 'person'::text]))),
  CHECK ((lead_order = ANY (ARRAY['due_first'::text, 'newest_first'::text, 'fewest_attempts_first'::text, 'random'::text]))),
  CHECK (((machine_sample_percent >= 0) AND (machine_sample_percent <= 10))),
  CHECK (((max_attempts >= 1) AND (max_attempts <= 100))),
  CHECK ((max_concurrent_calls > 0)),
  CHECK ((mode = ANY (ARRAY['manual'::text, 'preview'::text, 'power'::text, 'progressive'::text, 'predictive'::text, 'ai'::text, 'broadcast'::text]))),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((on_machine = ANY (ARRAY['hang_up'::text, 'connect'::text, 'leave_message'::text]))),
  CHECK (((power_ratio >= (1)::double precision) AND (power_ratio <= (10)::double precision))),
  CHECK ((preview_ends = ANY (ARRAY['skip'::text, 'dial'::text]))),
  CHECK (((preview_seconds >= 5) AND (preview_seconds <= 3600))),
  CHECK ((purpose = ANY (ARRAY['marketing'::text, 'information'::text]))),
  CHECK ((retry_interval_seconds >= 0)),
  CHECK (((ring_timeout_seconds >= 15) AND (ring_timeout_seconds <= 120))),
  CHECK ((run_limit > 0)),
  CHECK (((run_limit IS NULL) = (run_from IS NULL))),
  CHECK ((status = ANY (ARRAY['draft'::text, 'scheduled'::text, 'active'::text, 'paused'::text, 'completed'::text, 'cancelled'::text, 'archived'::text]))),
  CHECK ((trunk_choice = ANY (ARRAY['fixed'::text, 'least_cost'::text]))),
  CHECK ((waits_from = ANY (ARRAY['answer'::text, 'detection'::text]))),
  CHECK (((weight >= 0) AND (weight <= 1000))),
  CHECK (((window_end >= 0) AND (window_end <= 1440))),
  CHECK (((window_start >= 0) AND (window_start <= 1439))),
  CHECK (((wrap_up_seconds >= 0) AND (wrap_up_seconds <= 3600)))
);
CREATE UNIQUE INDEX campaigns_by_code ON public.campaigns USING btree (workspace_id, code) WHERE (code IS NOT NULL);
CREATE UNIQUE INDEX campaigns_by_number ON public.campaigns USING btree (workspace_id, number);
CREATE INDEX campaigns_by_owner ON public.campaigns USING btree (workspace_id, owner_user_id, id);
CREATE INDEX campaigns_by_voicemail_drop ON public.campaigns USING btree (workspace_id, voicemail_drop_id) WHERE (voicemail_drop_id IS NOT NULL);
CREATE INDEX campaigns_running ON public.campaigns USING btree (workspace_id, status) WHERE (status = ANY (ARRAY['active'::text, 'scheduled'::text]));
CREATE INDEX campaigns_that_choose ON public.campaigns USING btree (workspace_id) WHERE ((trunk_choice <> 'fixed'::text) AND (status = 'active'::text));
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy owned (ALL, restrictive, to outdial_app): using ((( SELECT only_user() AS only_user) IS NULL) OR (owner_user_id = ( SELECT only_user() AS only_user))) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select
-- granted to outdial_merger: select

create table carrier_opt_outs (
  workspace_id uuid not null,
  trunk_id uuid not null,
  event_key text not null,
  keyword text not null,
  suppression_id uuid not null,
  received_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, trunk_id, event_key),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  FOREIGN KEY (workspace_id, trunk_id) REFERENCES trunks(workspace_id, id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select

create table consents (
  workspace_id uuid not null,
  id uuid not null,
  number text not null,
  basis text not null,
  strength text not null,
  text text not null,
  source text not null,
  given_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  recorded_by uuid not null,
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((length(basis) >= 1) AND (length(basis) <= 100))),
  CHECK ((expires_at > given_at)),
  CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL))),
  CHECK ((number ~ '^\+[1-9][0-9]{3,14}$'::text)),
  CHECK (((length(source) >= 1) AND (length(source) <= 500))),
  CHECK ((strength = ANY (ARRAY['stated'::text, 'express'::text, 'written'::text]))),
  CHECK ((length(text) <= 5000))
);
CREATE INDEX consents_by_number ON public.consents USING btree (workspace_id, number);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table contact_phones (
  workspace_id uuid not null,
  number text not null,
  contact_id uuid not null,
  "position" smallint not null,
  kind text,
  extension text,
  PRIMARY KEY (workspace_id, number),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id)
);
CREATE INDEX contact_phones_by_contact ON public.contact_phones USING btree (workspace_id, contact_id, "position");
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_merger: insert, select, update

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  owner_user_id uuid not null,
  full_name text not null default ''::text,
  first_name text not null default ''::text,
  last_name text not null default ''::text,
  company text not null default ''::text,
  email text not null default ''::text,
  city text not null default ''::text,
  time_zone text,
  country character(2),
  region text,
  postcode text,
  language text,
  custom jsonb not null default '{}'::jsonb,
  import_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  erased_at timestamp with time zone,
  full_name_key text generated always as (NULLIF(lower(full_name), ''::text)) stored,
  last_name_key text generated always as (NULLIF(lower(last_name), ''::text)) stored,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX contacts_by_full_name ON public.contacts USING btree (workspace_id, full_name_key text_pattern_ops) WHERE (full_name_key IS NOT NULL);
CREATE INDEX contacts_by_last_name ON public.contacts USING btree (workspace_id, last_name_key text_pattern_ops) WHERE (last_name_key IS NOT NULL);
-- policy owned (ALL, restrictive, to outdial_app): using ((( SELECT only_user() AS only_user) IS NULL) OR (owner_user_id = ( SELECT only_user() AS only_user))) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_merger: insert, select, update

create table detection_labels (
  workspace_id uuid not null,
  call_id uuid not null,
  campaign_id uuid not null,
  heard_machine boolean not null,
  was_machine boolean not null,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, call_id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX detection_labels_in_order ON public.detection_labels USING btree (workspace_id, campaign_id, heard_machine, at DESC);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table dial_limits (
  workspace_id uuid not null,
  limited_id uuid not null,
  tokens double precision not null default 2,
  refilled_at timestamp with time zone not null default now(),
  turn bigint not null default 0,
  blocked_until timestamp with time zone,
  blocked_reason text,
  refusals smallint not null default 0,
  PRIMARY KEY (workspace_id, limited_id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table disposition_categories (
  workspace_id uuid not null,
  id uuid not null,
  key text not null,
  name text not null,
  dialect_keys text[] not null default '{}'::text[],
  counts_as_contact boolean not null default false,
  success boolean not null default false,
  final boolean not null default false,
  retries boolean not null default false,
  blocks_number boolean not null default false,
  required_fields text[] not null default '{}'::text[],
  "position" smallint not null default 100,
  built_in boolean not null default false,
  retired_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK ((NOT (final AND retries))),
  CHECK ((final OR (NOT blocks_number))),
  CHECK ((key ~ '^[a-z][a-z0-9_]{0,49}$'::text)),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((("position" >= 0) AND ("position" <= 1000)))
);
CREATE UNIQUE INDEX disposition_categories_by_key ON public.disposition_categories USING btree (workspace_id, key);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table erased_numbers (
  workspace_id uuid not null,
  number_hash bytea not null,
  erasure_id uuid not null,
  erased_at timestamp with time zone not null,
  key_check bytea not null,
  PRIMARY KEY (workspace_id, number_hash),
  FOREIGN KEY (workspace_id, erasure_id) REFERENCES erasures(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select
-- granted to outdial_finder: select
-- granted to outdial_merger: select

create table erasures (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  erased_by uuid not null,
  reason text not null,
  numbers integer not null,
  erased_rows jsonb not null,
  erased_at timestamp with time zone not null,
  UNIQUE (workspace_id, contact_id),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);
CREATE UNIQUE INDEX erasures_workspace_id_contact_id_key ON public.erasures USING btree (workspace_id, contact_id);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select

create table event_inbox (
  workspace_id uuid not null,
  trunk_id uuid not null,
  event_key text not null,
  id bigint not null generated always as identity,
  attempt_id uuid,
  provider_call_id text,
  event jsonb not null,
  received_at timestamp with time zone not null,
  waiting boolean not null default false,
  parked_reason text,
  PRIMARY KEY (workspace_id, trunk_id, event_key)
);
CREATE INDEX event_inbox_in_order ON public.event_inbox USING btree (workspace_id, id) WHERE (NOT waiting);
CREATE INDEX event_inbox_waiting ON public.event_inbox USING btree (workspace_id, trunk_id, provider_call_id) WHERE waiting;
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table idempotency_keys (
  workspace_id uuid not null,
  key text not null,
  user_id uuid not null,
  request_hash bytea not null,
  response bytea,
  created_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, key),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table import_errors (
  workspace_id uuid not null,
  import_id uuid not null,
  id bigint not null generated always as identity,
  "row" integer not null,
  column_name text not null,
  reason text not null,
  found text not null,
  expected text not null,
  cells jsonb,
  PRIMARY KEY (workspace_id, import_id, id),
  FOREIGN KEY (workspace_id, import_id) REFERENCES imports(workspace_id, id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select
-- granted to outdial_merger: insert, select

create unlogged table import_staging (
  workspace_id uuid not null default acting_workspace(),
  import_id uuid not null,
  run integer not null,
  chunk integer not null,
  "row" integer not null,
  repeats boolean not null,
  joined boolean not null default false,
  contact_id uuid not null,
  lead_id uuid not null,
  number text,
  phone_kind text,
  extension text,
  alternates jsonb,
  full_name text not null,
  first_name text not null,
  last_name text not null,
  company text not null,
  email text not null,
  city text not null,
  time_zone text,
  country text,
  region text,
  postcode text,
  language text,
  custom jsonb,
  priority smallint not null,
  max_attempts smallint,
  consent_basis text,
  customer_segment text,
  last_order_date timestamp with time zone,
  follow_up_date timestamp with time zone,
  not_before timestamp with time zone,
  due_at timestamp with time zone,
  status text not null,
  held_by text,
  reason text,
  column_name text,
  found text,
  expected text,
  cells jsonb
);
CREATE INDEX import_staging_by_chunk ON public.import_staging USING btree (workspace_id, import_id, chunk);
-- granted to outdial_eraser: delete, select
-- granted to outdial_merger: delete, select, update
-- no row-level security

create table imports (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  campaign_id uuid,
  owner_user_id uuid not null,
  file_name text not null,
  file_size_bytes bigint not null default 0,
  file_path text,
  status text not null default 'pending'::text,
  options jsonb not null default '{}'::jsonb,
  layout jsonb,
  consent_basis text,
  consent_text text,
  bytes_read bigint not null default 0,
  total_rows integer not null default 0,
  imported_rows integer not null default 0,
  duplicate_rows integer not null default 0,
  invalid_rows integer not null default 0,
  suppressed_rows integer not null default 0,
  chunks_merged integer not null default 0,
  error text,
  lease_until timestamp with time zone,
  leased_by text,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  completed_at timestamp with time zone,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'completed'::text, 'partial'::text, 'failed'::text, 'cancelled'::text, 'undone'::text])))
);
CREATE INDEX imports_by_campaign ON public.imports USING btree (workspace_id, campaign_id, id);
CREATE UNIQUE INDEX imports_by_number ON public.imports USING btree (workspace_id, number);
CREATE INDEX imports_running ON public.imports USING btree (workspace_id, status) WHERE (status = ANY (ARRAY['pending'::text, 'processing'::text]));
-- policy eraser (ALL, to outdial_eraser): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check -
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy owned (ALL, restrictive, to outdial_app): using ((( SELECT only_user() AS only_user) IS NULL) OR (owner_user_id = ( SELECT only_user() AS only_user))) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update
-- granted to outdial_finder: select
-- granted to outdial_merger: select, update

create table installation (
  one boolean not null default true,
  owner_user_id uuid not null,
  created_at timestamp with time zone not null,
  PRIMARY KEY (one),
  FOREIGN KEY (owner_user_id) REFERENCES users(id) DEFERRABLE INITIALLY DEFERRED,
  CHECK (one)
);
-- granted to outdial_app: insert, select
-- no row-level security

create table leads (
  workspace_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  import_id uuid,
  number bigint not null,
  due_at timestamp with time zone,
  not_before timestamp with time zone,
  status text not null default 'pending'::text,
  priority smallint not null default 0,
  named boolean not null default false,
  attempts smallint not null default 0,
  carrier_faults smallint not null default 0,
  max_attempts smallint,
  last_outcome text,
  last_attempt_at timestamp with time zone,
  held_by text,
  consent_basis text,
  customer_segment text,
  last_order_date timestamp with time zone,
  follow_up_date timestamp with time zone,
  metadata jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  phone_index smallint not null default 0,
  agent_id uuid,
  ordered_by text,
  list_number smallint not null default 0,
  rank bigint not null generated always as (((((((
CASE
    WHEN (status = 'callback'::text) THEN 0
    ELSE 1000
END + ((100 - priority) * 2)) +
CASE
    WHEN named THEN 0
    ELSE 1
END))::bigint << 47) | ((list_number)::bigint << 33)) |
CASE ordered_by
    WHEN 'newest_first'::text THEN
    CASE
        WHEN (attempts > 0) THEN '4294967296'::bigint
        ELSE ('4294967296'::bigint - (EXTRACT(epoch FROM (created_at - '1970-01-01 00:00:00+00'::timestamp with time zone)))::bigint)
    END
    WHEN 'fewest_attempts_first'::text THEN (attempts)::bigint
    WHEN 'random'::text THEN (uuid_hash_extended(id, (0)::bigint) & (255)::bigint)
    ELSE (0)::bigint
END)) stored,
  refused_by uuid[],
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id),
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id),
  CHECK (((max_attempts >= 1) AND (max_attempts <= 100))),
  CHECK ((phone_index >= 0)),
  CHECK (((priority >= '-100'::integer) AND (priority <= 100))),
  CHECK ((status = ANY (ARRAY['pending'::text, 'calling'::text, 'callback'::text, 'completed'::text, 'called'::text, 'failed'::text, 'skipped'::text, 'do_not_call'::text])))
);
CREATE INDEX leads_by_contact ON public.leads USING btree (workspace_id, contact_id);
CREATE UNIQUE INDEX leads_by_number ON public.leads USING btree (workspace_id, number);
CREATE INDEX leads_due ON public.leads USING btree (workspace_id, campaign_id, rank, due_at, id) WHERE (due_at IS NOT NULL);
CREATE UNIQUE INDEX leads_once_per_campaign ON public.leads USING btree (workspace_id, campaign_id, contact_id);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select
-- granted to outdial_merger: insert, select, update

create table legs (
  workspace_id uuid not null,
  id uuid not null,
  trunk_id uuid not null,
  agent_id uuid,
  user_id uuid,
  reached_at text not null,
  address text not null,
  provider_leg_id text,
  state text not null default 'opening'::text,
  asked_at timestamp with time zone not null,
  up_at timestamp with time zone,
  down_at timestamp with time zone,
  hangup_cause text,
  closing boolean not null default false,
  check_at timestamp with time zone not null default now(),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  FOREIGN KEY (workspace_id, trunk_id) REFERENCES trunks(workspace_id, id),
  CHECK ((num_nonnulls(agent_id, user_id) = 1)),
  CHECK (((state = 'down'::text) = (down_at IS NOT NULL))),
  CHECK ((reached_at = ANY (ARRAY['browser'::text, 'extension'::text, 'outside'::text]))),
  CHECK ((state = ANY (ARRAY['opening'::text, 'up'::text, 'down'::text])))
);
CREATE INDEX legs_by_agent ON public.legs USING btree (workspace_id, agent_id, asked_at);
CREATE UNIQUE INDEX legs_one_per_agent ON public.legs USING btree (workspace_id, agent_id) WHERE ((down_at IS NULL) AND (agent_id IS NOT NULL));
CREATE UNIQUE INDEX legs_one_per_user ON public.legs USING btree (workspace_id, user_id) WHERE ((down_at IS NULL) AND (user_id IS NOT NULL));
CREATE INDEX legs_open ON public.legs USING btree (workspace_id, check_at) WHERE (down_at IS NULL);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update
-- granted to outdial_finder: select

create table lists (
  workspace_id uuid not null,
  campaign_id uuid not null,
  id uuid not null,
  import_id uuid,
  number smallint not null,
  weight smallint not null default 1,
  credit double precision not null default 0,
  share double precision,
  standing smallint,
  created_at timestamp with time zone not null,
  UNIQUE (workspace_id, campaign_id, number),
  PRIMARY KEY (workspace_id, campaign_id, id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id),
  FOREIGN KEY (workspace_id, import_id) REFERENCES imports(workspace_id, id),
  CHECK ((id = COALESCE(import_id, campaign_id))),
  CHECK (((number = 0) = (import_id IS NULL))),
  CHECK (((credit >= ('-1'::integer)::double precision) AND (credit <= (1)::double precision))),
  CHECK (((number >= 0) AND (number <= 16383))),
  CHECK (((weight >= 0) AND (weight <= 1000)))
);
CREATE UNIQUE INDEX lists_workspace_id_campaign_id_number_key ON public.lists USING btree (workspace_id, campaign_id, number);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_merger: select

create table live_events (
  workspace_id uuid not null,
  seq bigint not null,
  type text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX live_events_by_age ON public.live_events USING btree (workspace_id, at);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select

create table live_outbox (
  workspace_id uuid not null,
  id bigint not null generated always as identity,
  type text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, id)
);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table memberships (
  workspace_id uuid not null,
  user_id uuid not null,
  role text not null,
  concurrent_calls integer not null default 2,
  suspended_at timestamp with time zone,
  created_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, user_id),
  FOREIGN KEY (user_id) REFERENCES users(id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((concurrent_calls >= 0) AND (concurrent_calls <= 100000))),
  CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'supervisor'::text, 'agent'::text, 'viewer'::text])))
);
CREATE INDEX memberships_by_user ON public.memberships USING btree (user_id);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table number_commitments (
  workspace_id uuid not null,
  call_id uuid not null,
  salt bytea not null,
  number text not null,
  PRIMARY KEY (workspace_id, call_id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select

create table number_counters (
  workspace_id uuid not null,
  noun text not null,
  last bigint not null,
  PRIMARY KEY (workspace_id, noun),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table number_rests (
  workspace_id uuid not null,
  number text not null,
  until timestamp with time zone not null,
  reason text not null,
  PRIMARY KEY (workspace_id, number),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table owner_turns (
  workspace_id uuid not null,
  owner_user_id uuid not null,
  turn bigint not null,
  PRIMARY KEY (workspace_id, owner_user_id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table pacer_states (
  workspace_id uuid not null,
  campaign_id uuid not null,
  held_by text not null,
  memory jsonb,
  doubt text,
  doubt_since timestamp with time zone,
  calls integer not null default 0,
  at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, campaign_id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id),
  CHECK (((doubt IS NULL) = (doubt_since IS NULL)))
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update

create table provider_payloads (
  workspace_id uuid not null,
  trunk_id uuid not null,
  id bigint not null generated always as identity,
  payload jsonb not null,
  received_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX provider_payloads_by_age ON public.provider_payloads USING btree (workspace_id, received_at);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select

create table recordings (
  workspace_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  trunk_id uuid not null,
  url text not null,
  recorded_at timestamp with time zone not null,
  state text not null default 'waiting'::text,
  tries smallint not null default 0,
  due_at timestamp with time zone default now(),
  reason text,
  content_type text,
  bytes bigint,
  sha256 bytea,
  duration_ms integer,
  kept_at timestamp with time zone,
  UNIQUE (workspace_id, call_id, url),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK ((bytes > 0)),
  CHECK (
CASE state
    WHEN 'kept'::text THEN true
    ELSE ((state = ANY (ARRAY['waiting'::text, 'leaving'::text])) = (due_at IS NOT NULL))
END),
  CHECK (((state <> 'kept'::text) OR (num_nulls(content_type, bytes, sha256, kept_at) = 0))),
  CHECK ((duration_ms >= 0)),
  CHECK ((length(sha256) = 32)),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'kept'::text, 'lost'::text, 'leaving'::text, 'gone'::text]))),
  CHECK (((length(url) >= 1) AND (length(url) <= 2000)))
);
CREATE INDEX recordings_due ON public.recordings USING btree (workspace_id, due_at) WHERE (due_at IS NOT NULL);
CREATE UNIQUE INDEX recordings_workspace_id_call_id_url_key ON public.recordings USING btree (workspace_id, call_id, url);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update
-- granted to outdial_finder: select

create table rule_packs (
  workspace_id uuid not null,
  version integer not null,
  rules jsonb not null,
  loosens text[] not null,
  reason text not null,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  PRIMARY KEY (workspace_id, version),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
  CHECK ((version > 0))
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select

create table schema_migrations (
  name text not null,
  checksum text not null,
  ran_at timestamp with time zone not null default now(),
  PRIMARY KEY (name)
);
-- no row-level security

create table scripts (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  steps jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  UNIQUE (workspace_id, name),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
CREATE UNIQUE INDEX scripts_workspace_id_name_key ON public.scripts USING btree (workspace_id, name);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table sessions (
  id_hash bytea not null,
  user_id uuid not null,
  workspace_id uuid not null,
  ip text,
  client text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  opened_by text not null,
  PRIMARY KEY (id_hash),
  FOREIGN KEY (user_id) REFERENCES users(id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK ((opened_by = ANY (ARRAY['link'::text, 'password'::text])))
);
CREATE INDEX sessions_by_end ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy own (ALL, to outdial_app): using (user_id = ( SELECT acting_user() AS acting_user)) check (user_id = ( SELECT acting_user() AS acting_user))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table sign_in_failures (
  key bytea not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  blocked_until timestamp with time zone not null,
  PRIMARY KEY (key)
);
CREATE INDEX sign_in_failures_by_age ON public.sign_in_failures USING btree (last_at);
-- granted to outdial_app: delete, insert, select, update
-- no row-level security

create table sign_in_links (
  token_hash bytea not null,
  user_id uuid not null,
  workspace_id uuid not null,
  kind text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  PRIMARY KEY (token_hash),
  FOREIGN KEY (user_id) REFERENCES users(id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK ((kind = ANY (ARRAY['sign_in'::text, 'invite'::text])))
);
CREATE INDEX sign_in_links_by_user ON public.sign_in_links USING btree (user_id);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy own (ALL, to outdial_app): using (user_id = ( SELECT acting_user() AS acting_user)) check (user_id = ( SELECT acting_user() AS acting_user))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table spend_days (
  workspace_id uuid not null,
  day date not null,
  spent numeric(18,6) not null,
  PRIMARY KEY (workspace_id, day),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update

create table suppression_list_numbers (
  workspace_id uuid not null,
  number text not null,
  list_number integer not null,
  PRIMARY KEY (workspace_id, number, list_number)
);
-- policy eraser (ALL, to outdial_eraser): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select
-- granted to outdial_eraser: delete, select
-- granted to outdial_merger: select

create table suppression_list_refusals (
  workspace_id uuid not null,
  list_number integer not null,
  "row" integer not null,
  text text not null,
  reason text not null,
  PRIMARY KEY (workspace_id, list_number, "row"),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select

create table suppression_lists (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  source text not null,
  scope text not null,
  brand text,
  campaign_id uuid,
  country text,
  region text,
  expires_at timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone not null,
  removed_by uuid,
  removed_at timestamp with time zone,
  removed_reason text,
  status text not null default 'empty'::text,
  holds integer,
  latest integer,
  numbers bigint not null default 0,
  discards integer[] not null default '{}'::integer[],
  judged_to text,
  file_name text,
  file_size_bytes bigint not null default 0,
  file_path text,
  options jsonb not null default '{}'::jsonb,
  layout jsonb,
  bytes_read bigint not null default 0,
  rows_read bigint not null default 0,
  added_numbers bigint not null default 0,
  repeated_numbers bigint not null default 0,
  refused_rows bigint not null default 0,
  chunks_in integer not null default 0,
  error text,
  uploaded_by uuid,
  uploaded_at timestamp with time zone,
  completed_at timestamp with time zone,
  lease_until timestamp with time zone,
  leased_by text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((brand = btrim(brand)) AND ((length(brand) >= 1) AND (length(brand) <= 200)))),
  CHECK (((scope = 'brand'::text) = (brand IS NOT NULL))),
  CHECK (((scope = 'campaign'::text) = (campaign_id IS NOT NULL))),
  CHECK (((scope = 'state'::text) = (region IS NOT NULL))),
  CHECK (
CASE scope
    WHEN 'national'::text THEN (country IS NOT NULL)
    WHEN 'state'::text THEN true
    ELSE (country IS NULL)
END),
  CHECK (((removed_at IS NULL) OR (holds IS NULL))),
  CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((region ~ '^[A-Z0-9-]{1,10}$'::text)),
  CHECK ((scope = ANY (ARRAY['workspace'::text, 'brand'::text, 'campaign'::text, 'national'::text, 'state'::text, 'litigator'::text]))),
  CHECK (((length(source) >= 1) AND (length(source) <= 500))),
  CHECK ((status = ANY (ARRAY['empty'::text, 'importing'::text, 'ready'::text, 'failed'::text])))
);
CREATE UNIQUE INDEX suppression_lists_by_version ON public.suppression_lists USING btree (workspace_id, holds) WHERE (holds IS NOT NULL);
CREATE INDEX suppression_lists_unfinished ON public.suppression_lists USING btree (workspace_id, id) WHERE ((status = 'importing'::text) OR (judged_to IS NOT NULL) OR (discards <> '{}'::integer[]));
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update
-- granted to outdial_finder: select
-- granted to outdial_merger: select

create table suppressions (
  workspace_id uuid not null,
  id uuid not null,
  number text not null,
  scope text not null default 'workspace'::text,
  campaign_id uuid,
  reason text not null default ''::text,
  source text not null,
  added_by uuid,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  removed_by uuid,
  asked integer not null default 1,
  brand text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaigns(workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((brand = btrim(brand)) AND ((length(brand) >= 1) AND (length(brand) <= 200)))),
  CHECK ((((scope = 'campaign'::text) = (campaign_id IS NOT NULL)) AND ((scope = 'brand'::text) = (brand IS NOT NULL)))),
  CHECK ((number ~ '^\+[1-9][0-9]{3,14}$'::text)),
  CHECK ((scope = ANY (ARRAY['workspace'::text, 'brand'::text, 'campaign'::text]))),
  CHECK ((source = ANY (ARRAY['manual'::text, 'customer_request'::text, 'system'::text, 'import'::text])))
);
CREATE INDEX suppressions_by_number ON public.suppressions USING btree (workspace_id, number) WHERE (removed_at IS NULL);
CREATE UNIQUE INDEX suppressions_once ON public.suppressions USING btree (workspace_id, number, scope, COALESCE(campaign_id, id)) WHERE ((removed_at IS NULL) AND (scope = 'campaign'::text));
CREATE UNIQUE INDEX suppressions_once_brand ON public.suppressions USING btree (workspace_id, number, lower(brand)) WHERE ((removed_at IS NULL) AND (scope = 'brand'::text));
CREATE UNIQUE INDEX suppressions_once_workspace ON public.suppressions USING btree (workspace_id, number) WHERE ((removed_at IS NULL) AND (scope = 'workspace'::text));
-- policy eraser (ALL, to outdial_eraser): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update
-- granted to outdial_eraser: delete, select
-- granted to outdial_merger: select

create table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  agent_id uuid not null,
  PRIMARY KEY (workspace_id, team_id, agent_id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents(workspace_id, id),
  FOREIGN KEY (workspace_id, team_id) REFERENCES teams(workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX team_members_by_agent ON public.team_members USING btree (workspace_id, agent_id);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table teams (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  UNIQUE (workspace_id, name),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
CREATE UNIQUE INDEX teams_workspace_id_name_key ON public.teams USING btree (workspace_id, name);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table trunks (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  provider text not null,
  is_default boolean not null default false,
  active boolean not null default true,
  channels integer not null,
  calls_per_second double precision,
  settings jsonb not null default '{}'::jsonb,
  sealed_secret bytea,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  price_per_minute numeric(12,6),
  currency text,
  serves text[] not null default '{}'::text[],
  weight integer not null default 1,
  balance numeric,
  balance_currency text,
  balance_told_at timestamp with time zone,
  balance_asked_at timestamp with time zone,
  balance_fault text,
  low_balance numeric,
  forgets_recordings boolean not null default false,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK ((calls_per_second > (0)::double precision)),
  CHECK (((channels >= 0) AND (channels <= 100000))),
  CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  CHECK (((price_per_minute IS NULL) OR (currency IS NOT NULL))),
  CHECK ((price_per_minute >= (0)::numeric)),
  CHECK (((weight >= 0) AND (weight <= 1000)))
);
CREATE UNIQUE INDEX trunks_by_id ON public.trunks USING btree (id);
CREATE UNIQUE INDEX trunks_one_default ON public.trunks USING btree (workspace_id) WHERE is_default;
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table user_credentials (
  user_id uuid not null,
  password_hash text not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (user_id),
  FOREIGN KEY (user_id) REFERENCES users(id)
);
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy own (ALL, to outdial_app): using (user_id = ( SELECT acting_user() AS acting_user)) check (user_id = ( SELECT acting_user() AS acting_user))
-- granted to outdial_app: delete, insert, select, update
-- granted to outdial_finder: select

create table users (
  id uuid not null,
  email text not null,
  name text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (id),
  CHECK (((email = lower(email)) AND (length(email) <= 320))),
  CHECK ((length(name) <= 200))
);
CREATE UNIQUE INDEX users_by_email ON public.users USING btree (email);
-- policy added (INSERT, to outdial_app): using - check true
-- policy finder (SELECT, to outdial_finder): using true check -
-- policy seen (ALL, to outdial_app): using ((id = ( SELECT acting_user() AS acting_user)) OR (EXISTS ( SELECT
   FROM memberships m
  WHERE (m.user_id = users.id)))) check (id = ( SELECT acting_user() AS acting_user))
-- granted to outdial_app: insert, select
-- granted to outdial_finder: select

create table voicemail_drops (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  message text,
  duration_seconds integer,
  usage_count integer not null default 0,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  bytes integer,
  sha256 bytea,
  UNIQUE (workspace_id, name),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  CHECK ((bytes > 0)),
  CHECK ((num_nulls(bytes, sha256) = ANY (ARRAY[0, 2]))),
  CHECK (((duration_seconds >= 1) AND (duration_seconds <= 600))),
  CHECK (((length(message) >= 1) AND (length(message) <= 200))),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((length(sha256) = 32))
);
CREATE UNIQUE INDEX voicemail_drops_workspace_id_name_key ON public.voicemail_drops USING btree (workspace_id, name);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (workspace_id = ( SELECT acting_workspace() AS acting_workspace)) check (workspace_id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: delete, insert, select, update

create table workspaces (
  id uuid not null,
  name text not null,
  country character(2) not null,
  time_zone text not null,
  visibility text not null default 'all'::text,
  concurrent_calls integer not null default 10,
  hours jsonb,
  number_rules jsonb not null default '{"drop_prefixes": []}'::jsonb,
  consent_declaration jsonb,
  is_demo boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  break_reasons jsonb,
  closed_dates date[] not null default '{}'::date[],
  calls_per_second double precision,
  daily_spend_limit double precision,
  PRIMARY KEY (id),
  CHECK ((calls_per_second > (0)::double precision)),
  CHECK (((concurrent_calls >= 0) AND (concurrent_calls <= 100000))),
  CHECK ((daily_spend_limit >= (0)::double precision)),
  CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  CHECK ((visibility = ANY (ARRAY['all'::text, 'own'::text])))
);
-- policy tenant (ALL, to outdial_app, outdial_merger): using (id = ( SELECT acting_workspace() AS acting_workspace)) check (id = ( SELECT acting_workspace() AS acting_workspace))
-- granted to outdial_app: insert, select, update

create view dnc_entries with (security_invoker=true) as
 SELECT workspace_id,
    id,
    number,
    reason,
    source,
    added_by,
    expires_at AS expires,
    created_at
   FROM suppressions
  WHERE removed_at IS NULL AND scope = 'workspace'::text;

create view v_active_agents with (security_invoker=true) as
 SELECT s.workspace_id,
    s.agent_id,
    a.number,
    a.name,
    a.department,
    s.id AS session_id,
    s.state,
    s.state_since,
    s.reason,
    s.call_id,
    s.started_at
   FROM agent_sessions s
     JOIN agents a ON a.workspace_id = s.workspace_id AND a.id = s.agent_id
  WHERE s.ended_at IS NULL;

create view v_campaign_performance with (security_invoker=true) as
 SELECT c.workspace_id,
    c.id AS campaign_id,
    c.number,
    c.name,
    c.mode,
    c.status,
    l.leads,
    l.done,
    k.calls,
    k.answered,
    k.abandoned,
    k.contacts,
    k.successes,
    k.talk_seconds,
    round(100.0 * k.successes::numeric / NULLIF(k.answered, 0)::numeric, 1)::double precision AS conversion_percent
   FROM campaigns c,
    LATERAL ( SELECT count(*) AS leads,
            count(*) FILTER (WHERE l_1.status <> ALL (ARRAY['pending'::text, 'calling'::text, 'callback'::text])) AS done
           FROM leads l_1
          WHERE l_1.workspace_id = c.workspace_id AND l_1.campaign_id = c.id) l,
    LATERAL ( SELECT count(*) AS calls,
            count(k_1.answered_at) AS answered,
            count(k_1.abandoned_at) AS abandoned,
            count(*) FILTER (WHERE d.counts_as_contact) AS contacts,
            count(*) FILTER (WHERE d.success) AS successes,
            COALESCE(sum(floor(EXTRACT(epoch FROM k_1.ended_at - k_1.answered_at))), 0::numeric)::bigint AS talk_seconds
           FROM calls k_1
             LEFT JOIN call_dispositions x ON x.workspace_id = c.workspace_id AND x.call_id = k_1.id
             LEFT JOIN disposition_categories d ON d.workspace_id = c.workspace_id AND d.id = x.disposition_id
          WHERE k_1.workspace_id = c.workspace_id AND k_1.campaign_id = c.id) k;

create view v_daily_call_stats with (security_invoker=true) as
 SELECT w.id AS workspace_id,
    (c.initiated_at AT TIME ZONE w.time_zone)::date AS day,
    count(*) AS calls,
    count(c.answered_at) AS answered,
    count(c.abandoned_at) AS abandoned,
    count(*) FILTER (WHERE d.success) AS successes,
    count(DISTINCT c.contact_id) AS contacts,
    COALESCE(sum(floor(EXTRACT(epoch FROM c.ended_at - c.answered_at))), 0::numeric)::bigint AS talk_seconds,
    round(avg(floor(EXTRACT(epoch FROM c.ended_at - c.answered_at))))::bigint AS average_seconds,
    round(100.0 * count(*) FILTER (WHERE d.success)::numeric / NULLIF(count(c.answered_at), 0)::numeric, 1)::double precision AS conversion_percent
   FROM workspaces w
     JOIN calls c ON c.workspace_id = w.id AND c.id >= first_uuid_at(now() - '32 days'::interval) AND (c.initiated_at AT TIME ZONE w.time_zone)::date > ((now() AT TIME ZONE w.time_zone)::date - 30)
     LEFT JOIN call_dispositions x ON x.workspace_id = w.id AND x.call_id = c.id
     LEFT JOIN disposition_categories d ON d.workspace_id = w.id AND d.id = x.disposition_id
  GROUP BY w.id, ((c.initiated_at AT TIME ZONE w.time_zone)::date);

CREATE OR REPLACE FUNCTION public.acting_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.member', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.acting_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.workspace', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.add_alternate_numbers(import uuid, this_run integer, this_chunk integer)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into contact_phones (workspace_id, number, contact_id, position, kind, extension)
  select s.workspace_id, a.number, s.contact_id,
    coalesce((select max(p.position) from contact_phones p
      where p.workspace_id = s.workspace_id and p.contact_id = s.contact_id), 0) + a.place, a.kind, a.extension
  from staged_rows(import, this_run, this_chunk) s
    cross join lateral rows from (jsonb_to_recordset(s.alternates) as (number text, kind text, extension text))
      with ordinality as a (number, kind, extension, place)
  where s.alternates is not null
  order by a.number, s.row
  on conflict (workspace_id, number) do nothing
$function$;

CREATE OR REPLACE FUNCTION public.add_default_dispositions(workspace uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into disposition_categories (workspace_id, id, key, name, dialect_keys, counts_as_contact, success, final, retries,
    blocks_number, required_fields, position, built_in, created_at, updated_at)
  select workspace, gen_random_uuid(), d.key, d.name, d.dialect_keys::text[], d.contact, d.success, d.final, d.retries,
    d.blocks, d.required::text[], d.position, true, at, at
  from (values
    -- key, name, spelt by older clients, contact, success, final, retries, blocks, required, position
    ('sale', 'Sale', '{Sale}', true, true, true, false, false, '{}', 1),
    ('interested', 'Interested', '{}', true, false, true, false, false, '{}', 2),
    ('qualified', 'Qualified', '{}', true, true, true, false, false, '{}', 3),
    ('not_interested', 'Not Interested', '{Not Interested,not-interested}', true, false, true, false, false, '{}', 4),
    ('not_qualified', 'Not Qualified', '{not-qualified}', true, false, true, false, false, '{}', 5),
    ('callback', 'Call Back', '{Call Back}', true, false, false, true, false, '{callback_at}', 6),
    ('follow_up_required', 'Follow Up Required', '{Follow Up Required}', true, false, false, true, false, '{note}', 7),
    ('completed', 'Completed', '{Completed}', true, false, true, false, false, '{}', 8),
    ('do_not_call', 'Do Not Call', '{Do Not Call,do-not-call}', true, false, true, false, true, '{}', 9),
    ('wrong_number', 'Wrong Number', '{Wrong Number,wrong-number}', false, false, true, false, false, '{}', 10),
    ('voicemail', 'Voicemail', '{}', false, false, false, true, false, '{}', 11),
    ('no_answer', 'No Answer', '{No Answer,no-answer}', false, false, false, true, false, '{}', 12),
    ('busy', 'Busy', '{Busy}', false, false, false, true, false, '{}', 13),
    ('failed', 'Failed', '{Failed}', false, false, false, true, false, '{}', 14)
  ) as d (key, name, dialect_keys, contact, success, final, retries, blocks, required, position)
$function$;

CREATE OR REPLACE FUNCTION public.add_joined_leads(import uuid, this_run integer, this_chunk integer, campaign uuid, first_number bigint, at timestamp with time zone, OUT leads integer, OUT suppressed integer)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
declare
  ws uuid := acting_workspace();
  any_blocked boolean := has_blocks(ws);
  ordered_by text := (select nullif(c.lead_order, 'due_first') from campaigns c where c.workspace_id = ws and c.id = campaign);
  list_number smallint := (select x.number from lists x
    where x.workspace_id = ws and x.campaign_id = campaign and x.id = import);
begin
  with joined as materialized (
    select s.*, case when any_blocked then blocked_until(ws, s.number, campaign, at) end as until,
      (select jsonb_strip_nulls(jsonb_build_object(
          'full_name', case when s.full_name not in ('', n.full_name) then s.full_name end,
          'company', case when s.company not in ('', n.company) then s.company end,
          'email', case when s.email not in ('', n.email) then s.email end,
          'city', case when s.city not in ('', n.city) then s.city end))
        from contacts n where n.workspace_id = ws and n.id = s.contact_id) as said
    from staged_rows(import, this_run, this_chunk) s where s.joined order by s.row
  ), led as (
    insert into leads (workspace_id, id, campaign_id, contact_id, import_id, number, due_at, not_before, status, held_by,
      priority, named, max_attempts, consent_basis, customer_segment, last_order_date, follow_up_date, metadata,
      created_at, updated_at, ordered_by, list_number)
    select ws, j.lead_id, campaign, j.contact_id, import, first_number + row_number() over () - 1,
      -- The contact may know better than the row where the person is: the gate settles it when the lead comes up.
      case when j.until = 'infinity' then null else greatest(j.not_before, j.until, at) end, j.not_before,
      case when j.until = 'infinity' then 'do_not_call' else 'pending' end,
      case when j.until = 'infinity' then 'do_not_call' when j.until > at then 'do_not_call_until' end,
      j.priority, j.full_name <> '', j.max_attempts, j.consent_basis, j.customer_segment, j.last_order_date,
      j.follow_up_date, case when j.said = '{}' then j.custom else coalesce(j.custom, '{}') || jsonb_build_object('said', j.said) end,
      at, at, ordered_by, coalesce(list_number, 0)
    from joined j
    on conflict (workspace_id, campaign_id, contact_id) do nothing returning status
  )
  select count(*), count(*) filter (where led.status = 'do_not_call') from led into leads, suppressed;
end $function$;

CREATE OR REPLACE FUNCTION public.add_staged_people(import uuid, this_run integer, this_chunk integer, campaign uuid, owner_user uuid, first_number bigint, at timestamp with time zone, OUT people integer, OUT leads integer, OUT suppressed integer, OUT known integer[])
 RETURNS record
 LANGUAGE plpgsql
AS $function$
declare
  ws uuid := acting_workspace();
  any_blocked boolean := has_blocks(ws);
  ordered_by text;
  list_number smallint;
begin
  if campaign is not null then
    perform from campaigns c where c.workspace_id = ws and c.id = campaign for key share;
    if not found then raise exception 'campaign % is gone', campaign; end if;
    select nullif(c.lead_order, 'due_first') into ordered_by from campaigns c where c.workspace_id = ws and c.id = campaign;
    select x.number into list_number from lists x
      where x.workspace_id = ws and x.campaign_id = campaign and x.id = import;
  end if;
  with fresh as materialized (
    select s.* from staged_rows(import, this_run, this_chunk) s where s.number is not null and not s.repeats
  ), phoned as (
    insert into contact_phones (workspace_id, number, contact_id, position, kind, extension)
    select ws, f.number, f.contact_id, 0, f.phone_kind, f.extension from fresh f order by f.number
    on conflict (workspace_id, number) do nothing returning contact_id
  ), created as materialized (
    select f.*, case when any_blocked then blocked_until(ws, f.number, campaign, at) end as until
    from fresh f join phoned p on p.contact_id = f.contact_id order by f.row
  ), made as (
    insert into contacts (workspace_id, id, owner_user_id, full_name, first_name, last_name, company, email, city,
      time_zone, country, region, postcode, language, custom, import_id, created_at, updated_at)
    select ws, c.contact_id, owner_user, c.full_name, c.first_name, c.last_name, c.company, c.email, c.city,
      c.time_zone, c.country, c.region, c.postcode, c.language, coalesce(c.custom, '{}'), import, at, at
    from created c returning id
  ), led as (
    insert into leads (workspace_id, id, campaign_id, contact_id, import_id, number, due_at, not_before, status, held_by,
      priority, named, max_attempts, consent_basis, customer_segment, last_order_date, follow_up_date, metadata,
      created_at, updated_at, ordered_by, list_number)
    select ws, c.lead_id, campaign, c.contact_id, import, first_number + row_number() over () - 1,
      case when c.until = 'infinity' or c.due_at is null then null else greatest(c.due_at, c.until) end, c.not_before,
      case when c.until = 'infinity' then 'do_not_call' else c.status end,
      case when c.until = 'infinity' then 'do_not_call' when c.until > c.due_at then 'do_not_call_until' else c.held_by end,
      c.priority, c.full_name <> '', c.max_attempts, c.consent_basis, c.customer_segment, c.last_order_date,
      c.follow_up_date, c.custom, at, at, ordered_by, coalesce(list_number, 0)
    from created c where campaign is not null returning status
  )
  select (select count(*) from made), (select count(*) from led), (select count(*) from led where status = 'do_not_call'),
    array(select f.row from fresh f left join phoned p on p.contact_id = f.contact_id where p.contact_id is null)
    into people, leads, suppressed, known;
end $function$;

CREATE OR REPLACE FUNCTION public.agent_performance(workspace uuid, agents uuid[], period text, since date, until date, at timestamp with time zone)
 RETURNS TABLE(agent_id uuid, starts_on date, calls bigint, answered bigint, missed bigint, sales bigint, talk_ms bigint, wrap_up_ms bigint, break_ms bigint, idle_ms bigint, reserved_ms bigint, login_ms bigint, average_talk_ms bigint, conversion_percent double precision)
 LANGUAGE sql
 STABLE
AS $function$
    with zone as (
      select w.time_zone as name, since::timestamp at time zone w.time_zone as first, until::timestamp at time zone w.time_zone as past
      from workspaces w where w.id = workspace
    ), stretch as (
      select s.*, s.state = 'on_call' and coalesce((
          select d.success and coalesce((select k.agent_id from calls k where k.workspace_id = workspace and k.id = s.call_id),
            s.agent_id) = s.agent_id
          from call_dispositions x join disposition_categories d on d.workspace_id = workspace and d.id = x.disposition_id
          where x.workspace_id = workspace and x.call_id = s.call_id), false) as sold
      from zone, agent_stretches(workspace, array(
        select x.id from agent_sessions x where x.workspace_id = workspace and x.agent_id = any (agents)
          and x.started_at < zone.past and (x.ended_at is null or x.ended_at >= zone.first)), at) s
      where s.state <> 'offline' and s.from_at < zone.past and s.to_at >= zone.first
    ), cut as (
      select s.agent_id, s.state, s.next_state, s.call_id, s.sold, d.day, s.from_at >= d.starts and s.from_at < d.ends as begins,
        round(extract(epoch from least(s.to_at, d.ends) - greatest(s.from_at, d.starts)) * 1000)::bigint as ms
      from stretch s, zone, lateral (
        select g::date as day, g at time zone zone.name as starts, (g + interval '1 day') at time zone zone.name as ends
        from generate_series((greatest(s.from_at, zone.first) at time zone zone.name)::date::timestamp,
          (least(s.to_at, zone.past - interval '1 microsecond') at time zone zone.name)::date::timestamp, interval '1 day') g
      ) d
    ), summed as (
      select c.agent_id, date_trunc(period, c.day::timestamp)::date as starts_on,
        count(*) filter (where c.begins and c.state = 'reserved') as calls,
        count(*) filter (where c.begins and c.state = 'on_call') as answered,
        count(*) filter (where c.begins and c.state = 'reserved' and c.next_state <> 'on_call') as missed,
        count(distinct c.call_id) filter (where c.begins and c.sold) as sales,
        coalesce(sum(c.ms) filter (where c.state = 'on_call'), 0)::bigint as talk_ms,
        coalesce(sum(c.ms) filter (where c.state = 'wrap_up'), 0)::bigint as wrap_up_ms,
        coalesce(sum(c.ms) filter (where c.state = 'break'), 0)::bigint as break_ms,
        coalesce(sum(c.ms) filter (where c.state = 'available'), 0)::bigint as idle_ms,
        coalesce(sum(c.ms) filter (where c.state = 'reserved'), 0)::bigint as reserved_ms,
        coalesce(sum(c.ms), 0)::bigint as login_ms
      from cut c group by 1, 2
    )
    select s.*, round(s.talk_ms::numeric / nullif(s.answered, 0))::bigint,
      round(100.0 * s.sales / nullif(s.answered, 0), 1)::double precision
    from summed s
  $function$;

CREATE OR REPLACE FUNCTION public.agent_stretches(workspace uuid, sessions uuid[], at timestamp with time zone)
 RETURNS TABLE(session_id uuid, agent_id uuid, state text, reason text, call_id uuid, from_at timestamp with time zone, to_at timestamp with time zone, next_state text)
 LANGUAGE sql
 STABLE
AS $function$
    select t.session_id, t.agent_id, t.to_state, t.reason, t.call_id, t.at,
      coalesce(lead(t.at) over steps, greatest(t.at, agent_stretches.at)), lead(t.to_state) over steps
    from agent_transitions t where t.workspace_id = workspace and t.session_id = any (sessions)
    window steps as (partition by t.session_id order by t.step)
  $function$;

CREATE OR REPLACE FUNCTION public.blocked_until(workspace uuid, phone text, campaign uuid, at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    select max(coalesce(b.expires_at, 'infinity')) from blocks_on(workspace, phone, campaign) b
    where coalesce(b.expires_at, 'infinity') > at
  $function$;

CREATE OR REPLACE FUNCTION public.blocks_on(workspace uuid, phone text, campaign uuid)
 RETURNS TABLE(scope text, source text, reason text, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    select s.scope, s.source, s.reason, s.expires_at from suppressions s
    where s.workspace_id = workspace and s.number = phone and s.removed_at is null
      and (s.campaign_id is null or s.campaign_id = campaign)
      and (s.brand is null or lower(s.brand) = (select lower(c.brand) from campaigns c where c.workspace_id = workspace and c.id = campaign))
    union all
    select l.scope, l.name || ': ' || l.source, 'listed', l.expires_at
    from suppression_list_numbers n
    join suppression_lists l on l.workspace_id = workspace and l.holds = n.list_number
    where n.workspace_id = workspace and n.number = phone
      and (l.campaign_id is null or l.campaign_id = campaign)
      and (l.brand is null or lower(l.brand) = (select lower(c.brand) from campaigns c where c.workspace_id = workspace and c.id = campaign))
    union all
    select 'workspace', 'erasure', 'the person was erased', null
    where exists (select from erased_numbers any_one where any_one.workspace_id = workspace)
      and exists (select from erased_numbers e where e.workspace_id = workspace and e.number_hash = number_hash(workspace, phone))
  $function$;

CREATE OR REPLACE FUNCTION public.call_hold_ms(workspace uuid, call uuid, until timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
    select coalesce(sum(round(extract(epoch from coalesce(x.next_at, until) - x.at) * 1000)), 0)::bigint from (
      select a.act, a.at, lead(a.at) over (order by a.seq) as next_at from call_acts a
      where a.workspace_id = workspace and a.call_id = call and a.result = 'done' and a.act in ('hold', 'resume', 'park',
        'unpark', 'consult', 'three_way', 'cancel_consult', 'transfer', 'complete_transfer', 'take_over')
    ) x where x.act in ('hold', 'park', 'consult')
  $function$;

CREATE OR REPLACE FUNCTION public.call_status(state text, outcome text, answered boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when state <> 'ended' then state when answered then 'completed' when outcome = 'busy' then 'busy'
    when outcome = 'no_answer' then 'no-answer' when outcome = 'canceled' then 'canceled' else 'failed' end
$function$;

-- owned by outdial_merger
CREATE OR REPLACE FUNCTION public.clear_import_staging(import uuid, only_run integer, except_run integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  delete from import_staging s where s.workspace_id = (select acting_workspace()) and s.import_id = import
    and (only_run is null or s.run = only_run) and (except_run is null or s.run <> except_run)
$function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.count_live_attempts(worker text DEFAULT NULL::text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select count(*)::integer from attempts a where a.ended_at is null and (worker is null or a.claimed_by = worker) $function$;

-- owned by outdial_eraser
CREATE OR REPLACE FUNCTION public.erase_from_histories(calls uuid[], numbers text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  ws uuid := acting_workspace();
  counts jsonb := '{}';
  n integer;
begin
  -- A carrier's words for an end are evidence too, unless a number stands in them.
  update call_events v set detail = v.detail - case when v.detail ->> 'cause' ~ '[0-9]{6}' then '{url,cause}'::text[] else '{url}' end
    where v.workspace_id = ws and v.call_id = any (calls) and (v.detail ? 'url' or v.detail ->> 'cause' ~ '[0-9]{6}');
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('call_events', n);
  update call_acts a set detail = '{}' where a.workspace_id = ws and a.call_id = any (calls) and a.detail <> '{}';
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('call_acts', n);
  update call_disposition_changes d set note = '', fields = '{}'
    where d.workspace_id = ws and d.call_id = any (calls) and (d.note <> '' or d.fields <> '{}');
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('call_disposition_changes', n);
  delete from suppressions s where s.workspace_id = ws and s.number = any (numbers);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('suppressions', n);
  delete from suppression_list_numbers l where l.workspace_id = ws and l.number = any (numbers);
  get diagnostics n = row_count;
  counts := counts || jsonb_build_object('suppression_list_numbers', n);
  delete from import_staging s where s.workspace_id = ws and s.import_id in (select i.id from imports i
    where i.workspace_id = ws and i.status not in ('pending', 'processing'));
  get diagnostics n = row_count;
  return counts || jsonb_build_object('import_staging', n);
end $function$;

CREATE OR REPLACE FUNCTION public.fill_contacts(import uuid, this_run integer, this_chunk integer, overwrite boolean, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  ws uuid := acting_workspace();
  said import_staging;
begin
  for said in
    select * from staged_rows(import, this_run, this_chunk) s
    where s.joined and (overwrite or (select n.full_name = '' and s.full_name <> '' or n.company = '' and s.company <> ''
        or n.email = '' and s.email <> '' or n.city = '' and s.city <> '' or n.time_zone is null and s.time_zone is not null
        or n.country is null and s.country is not null or n.region is null and s.region is not null
        or n.postcode is null and s.postcode is not null or n.language is null and s.language is not null
        or not n.custom ?& array(select jsonb_object_keys(s.custom))
      from contacts n where n.workspace_id = ws and n.id = s.contact_id))
    order by s.row
  loop
    with told as (
      select n.id, said.full_name <> '' and (overwrite or n.full_name = '') as names,
        said_or_kept(said.company, n.company, overwrite) as company, said_or_kept(said.email, n.email, overwrite) as email,
        said_or_kept(said.city, n.city, overwrite) as city,
        said_or_kept(said.time_zone, n.time_zone, overwrite) as time_zone,
        said_or_kept(said.country, n.country, overwrite) as country,
        said_or_kept(said.region, n.region, overwrite) as region,
        said_or_kept(said.postcode, n.postcode, overwrite) as postcode,
        said_or_kept(said.language, n.language, overwrite) as language,
        case when said.custom is null then n.custom when overwrite then n.custom || said.custom
          else said.custom || n.custom end as custom
      from contacts n where n.workspace_id = ws and n.id = said.contact_id
    )
    update contacts n set updated_at = at,
        full_name = case when t.names then said.full_name else n.full_name end,
        first_name = case when t.names then said.first_name else n.first_name end,
        last_name = case when t.names then said.last_name else n.last_name end,
        company = t.company, email = t.email, city = t.city, time_zone = t.time_zone, country = t.country,
        region = t.region, postcode = t.postcode, language = t.language, custom = t.custom
      from told t
      where n.workspace_id = ws and n.id = said.contact_id
        and (t.names and (said.full_name, said.first_name, said.last_name) <> (n.full_name, n.first_name, n.last_name)
          or (t.company, t.email, t.city, t.time_zone, t.country, t.region, t.postcode, t.language, t.custom)
            is distinct from (n.company, n.email, n.city, n.time_zone, n.country, n.region, n.postcode, n.language, n.custom));
  end loop;
end $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_api_key(hash bytea)
 RETURNS TABLE(workspace_id uuid, api_key_id uuid, user_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select k.workspace_id, k.id, k.user_id from api_keys k where k.token_hash = hash and k.revoked_at is null $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_credentials(email_address text)
 RETURNS TABLE(user_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select c.user_id, c.password_hash from users u join user_credentials c on c.user_id = u.id
    where u.email = lower(email_address)
  $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_due_recordings(most integer)
 RETURNS TABLE(workspace_id uuid, recording_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select r.workspace_id, r.id from recordings r where r.due_at <= now() order by r.due_at limit most $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_foreign_number_key()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select exists (select from erased_numbers e
      where e.key_check is distinct from number_hash('00000000-0000-0000-0000-000000000000', ''))
  $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_session(hash bytea, at timestamp with time zone)
 RETURNS TABLE(workspace_id uuid, user_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select s.workspace_id, s.user_id from sessions s where s.id_hash = hash and s.expires_at > at $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_sign_in_link(hash bytea)
 RETURNS TABLE(workspace_id uuid, user_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select l.workspace_id, l.user_id from sign_in_links l where l.token_hash = hash $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_trunk(trunk uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select t.workspace_id from trunks t where t.id = trunk $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_trunks_of_account(named_provider text, account text)
 RETURNS TABLE(workspace_id uuid, trunk_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select t.workspace_id, t.id from trunks t
    where t.provider = named_provider and t.settings ->> 'account_sid' = account order by t.id
  $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_unfinished_imports()
 RETURNS TABLE(workspace_id uuid, import_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select i.workspace_id, i.id from imports i
    where i.status in ('pending', 'processing') and (i.lease_until is null or i.lease_until < now())
  $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_unfinished_suppression_lists()
 RETURNS TABLE(workspace_id uuid, list_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select l.workspace_id, l.id from suppression_lists l
    where (l.status = 'importing' or l.judged_to is not null or l.discards <> '{}')
      and (l.lease_until is null or l.lease_until < now())
  $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_user(email_address text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$ select u.id from users u where u.email = lower(email_address) $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_workspaces_of(member uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select m.workspace_id from memberships m where m.user_id = member and m.suspended_at is null
    order by m.created_at, m.workspace_id
  $function$;

-- owned by outdial_finder
CREATE OR REPLACE FUNCTION public.find_workspaces_with_work()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
    select c.workspace_id from campaigns c where c.status in ('active', 'scheduled')
    union select a.workspace_id from attempts a where a.ended_at is null
    union select i.workspace_id from event_inbox i
    union select h.workspace_id from call_hints h
    union select o.workspace_id from live_outbox o
    union select s.workspace_id from agent_sessions s where s.ended_at is null
    union select k.workspace_id from callbacks k where k.status = 'open'
    union select l.workspace_id from legs l where l.down_at is null
  $function$;

CREATE OR REPLACE FUNCTION public.first_uuid_at(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $function$;

CREATE OR REPLACE FUNCTION public.get_agent_session_stats(agent uuid, at timestamp with time zone DEFAULT now())
 RETURNS TABLE(sessions bigint, calls bigint, answered bigint, missed bigint, talk_ms bigint, wrap_up_ms bigint, break_ms bigint, idle_ms bigint, reserved_ms bigint, login_ms bigint, last_started_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
    with owner as materialized (
      select a.workspace_id from agents a where a.id = agent
    ), session as materialized (
      select s.id, s.started_at from agent_sessions s
      where s.workspace_id = (select workspace_id from owner) and s.agent_id = agent
        and s.started_at <= get_agent_session_stats.at
    ), stretch as (
      select t.*, round(extract(epoch from t.to_at - t.from_at) * 1000)::bigint as ms
      from agent_stretches((select workspace_id from owner), array(select id from session), get_agent_session_stats.at) t
      where t.state <> 'offline'
    )
    select (select count(*) from session), count(*) filter (where state = 'reserved'),
      count(*) filter (where state = 'on_call'), count(*) filter (where state = 'reserved' and next_state <> 'on_call'),
      coalesce(sum(ms) filter (where state = 'on_call'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'wrap_up'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'break'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'available'), 0)::bigint,
      coalesce(sum(ms) filter (where state = 'reserved'), 0)::bigint,
      coalesce(sum(ms), 0)::bigint, (select max(started_at) from session)
    from stretch
  $function$;

CREATE OR REPLACE FUNCTION public.has_blocks(workspace uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    select exists (select from suppressions s where s.workspace_id = workspace and s.removed_at is null)
      or exists (select from suppression_lists l where l.workspace_id = workspace and l.holds is not null)
      or exists (select from erased_numbers e where e.workspace_id = workspace)
  $function$;

CREATE OR REPLACE FUNCTION public.has_due_lead(workspace uuid, campaign uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  current_rank bigint;
begin
  select l.rank into current_rank from leads l
    where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null order by l.rank limit 1;
  while found loop
    perform from leads l where l.workspace_id = workspace and l.campaign_id = campaign and l.rank = current_rank
      and l.due_at <= at limit 1;
    if found then return true; end if;
    select l.rank into current_rank from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null and l.rank > current_rank
      order by l.rank limit 1;
  end loop;
  return false;
end $function$;

CREATE OR REPLACE FUNCTION public.is_dnc(phone text, at timestamp with time zone DEFAULT now())
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select exists (select from workspaces w where blocked_until(w.id, phone, null, at) is not null) $function$;

CREATE OR REPLACE FUNCTION public.join_staged_people(import uuid, this_run integer, this_chunk integer, known integer[])
 RETURNS void
 LANGUAGE sql
AS $function$
  update import_staging s set joined = true,
      contact_id = (select p.contact_id from contact_phones p where p.workspace_id = s.workspace_id and p.number = s.number)
    from (select k.row from unnest(known) k (row)
      union all select r.row from staged_rows(import, this_run, this_chunk) r where r.repeats) known_rows
    where s.workspace_id = (select acting_workspace()) and s.import_id = import and s.run = this_run
      and s.chunk = this_chunk and s.row = known_rows.row
$function$;

CREATE OR REPLACE FUNCTION public.lock_limits(workspace uuid, trunk_ids uuid[], at timestamp with time zone, system_cap integer)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
begin
  if system_cap is not null then
    perform pg_advisory_xact_lock(hashtextextended('installation-limit', 0));
  end if;
  perform from dial_limits l where l.workspace_id = workspace and l.limited_id = workspace for no key update;
  perform from dial_limits l where l.workspace_id = workspace and l.limited_id = any (trunk_ids)
    order by l.limited_id for no key update;
  return read_usage(workspace, at, system_cap) || jsonb_build_object('toll', read_toll_limits(workspace, at));
end $function$;

-- owned by outdial_merger
CREATE OR REPLACE FUNCTION public.merge_import_chunk(import uuid, this_run integer, this_chunk integer, expected integer, worker text, first_number bigint, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET enable_seqscan TO 'off'
 SET enable_mergejoin TO 'off'
 SET work_mem TO '64MB'
AS $function$
declare
  ws uuid := acting_workspace();
  job imports;
  staged record;
  added record;
  joined record;
  counts jsonb;
begin
  select * into job from imports i
    where i.workspace_id = ws and i.id = import and i.status = 'processing' and i.leased_by = worker
      and i.chunks_merged = this_chunk
    for no key update;
  if not found then return null; end if;
  select count(*)::integer as total, count(s.number)::integer as valid, count(s.alternates) as alternates into staged
    from staged_rows(import, this_run, this_chunk) s;
  if staged.total <> expected then
    -- A crash of the database emptied staging in between: the chunk is read again.
    raise exception using errcode = 'object_not_in_prerequisite_state',
      message = format('chunk %s of import %s has %s rows in staging instead of %s', this_chunk, import, staged.total, expected);
  end if;
  select * into added from add_staged_people(import, this_run, this_chunk, job.campaign_id, job.owner_user_id, first_number, at);
  select 0 as leads, 0 as suppressed into joined;
  if added.people < staged.valid then
    perform join_staged_people(import, this_run, this_chunk, added.known);
    perform fill_contacts(import, this_run, this_chunk, coalesce((job.options ->> 'overwrite')::boolean, false), at);
    if job.campaign_id is not null then
      select * into joined from add_joined_leads(import, this_run, this_chunk, job.campaign_id, first_number + added.leads, at);
    end if;
  end if;
  if staged.alternates > 0 then
    perform add_alternate_numbers(import, this_run, this_chunk);
  end if;
  perform report_staged_rows(import, this_run, this_chunk, job.campaign_id, added.suppressed + joined.suppressed);
  if added.leads + joined.leads > 0 then
    update campaigns set had_leads = true where workspace_id = ws and id = job.campaign_id and not had_leads;
  end if;
  delete from import_staging s
    where s.workspace_id = ws and s.import_id = import and s.run = this_run and s.chunk = this_chunk;
  select jsonb_build_object('total', staged.total, 'imported', c.imported, 'suppressed', c.suppressed,
      'duplicate', staged.valid - c.imported - c.suppressed, 'invalid', staged.total - staged.valid)
    from (select case when job.campaign_id is null then added.people
        else added.leads + joined.leads - added.suppressed - joined.suppressed end as imported,
      added.suppressed + joined.suppressed as suppressed) c into counts;
  update imports i set chunks_merged = this_chunk + 1, total_rows = i.total_rows + staged.total,
      imported_rows = i.imported_rows + (counts ->> 'imported')::integer,
      duplicate_rows = i.duplicate_rows + (counts ->> 'duplicate')::integer,
      invalid_rows = i.invalid_rows + (counts ->> 'invalid')::integer,
      suppressed_rows = i.suppressed_rows + (counts ->> 'suppressed')::integer
    where i.workspace_id = ws and i.id = import;
  return counts;
end $function$;

CREATE OR REPLACE FUNCTION public.mix_due_leads(workspace uuid, campaign uuid, take integer, at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
declare
  numbers smallint[];
  weights double precision[];
  credits double precision[];
  now_standing bigint := -1;
  low bigint;
  waiting uuid[];
  nexts integer[];
  ends integer[];
  shares double precision[];
  total double precision;
  best integer;
  remaining integer := take;
begin
  perform from lists x where x.workspace_id = workspace and x.campaign_id = campaign order by x.number for no key update;
  select array_agg(x.number), array_agg(x.weight), array_agg(x.credit) into numbers, weights, credits from (
    select y.* from lists y where y.workspace_id = workspace and y.campaign_id = campaign and y.weight > 0 order by y.number
  ) x;
  if numbers is null then return; end if;
  loop
    select l.rank >> 47 into now_standing from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null and l.rank >= (now_standing + 1) << 47
      order by l.rank limit 1;
    exit when not found or remaining = 0;
    waiting := '{}';
    nexts := '{}';
    ends := '{}';
    for i in 1..cardinality(numbers) loop
      nexts[i] := cardinality(waiting) + 1;
      low := (now_standing << 47) | (numbers[i]::bigint << 33);
      waiting := waiting || array(select walk_due_leads(workspace, campaign, low, low + (1::bigint << 33), remaining, at));
      ends[i] := cardinality(waiting);
    end loop;
    continue when cardinality(waiting) = 0;
    shares := array(select case when nexts[i] <= ends[i] then
        weights[i] / sum(weights[i]) filter (where nexts[i] <= ends[i]) over () end
      from generate_series(1, cardinality(numbers)) i order by i);
    update lists x set share = s.share, standing = now_standing
      from unnest(numbers, shares) as s (number, share)
      where x.workspace_id = workspace and x.campaign_id = campaign and x.number = s.number;
    while remaining > 0 loop
      select sum(weights[i]) into total from generate_series(1, cardinality(numbers)) i where nexts[i] <= ends[i];
      exit when total is null;
      best := null;
      for i in 1..cardinality(numbers) loop
        continue when nexts[i] > ends[i];
        credits[i] := credits[i] + weights[i] / total;
        if best is null or (credits[i] > 0, (credits[i] - 1) / weights[i]) > (credits[best] > 0, (credits[best] - 1) / weights[best])
          then best := i; end if;
      end loop;
      return next waiting[nexts[best]];
      nexts[best] := nexts[best] + 1;
      credits[best] := credits[best] - 1;
      remaining := remaining - 1;
    end loop;
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.number_hash(workspace uuid, number text)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select sha256(decode(substr(nullif(current_setting('app.number_key', true), ''), 129), 'hex')
    || sha256(decode(substr(nullif(current_setting('app.number_key', true), ''), 1, 128), 'hex')
      || convert_to(workspace::text || number, 'UTF8')))
$function$;

CREATE OR REPLACE FUNCTION public.only_user()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.only_user', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.pick_due_leads(workspace uuid, campaign uuid, take integer, at timestamp with time zone)
 RETURNS TABLE(lead_id uuid, place integer)
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from lists x where x.workspace_id = workspace and x.campaign_id = campaign) then
    return query select m.id, m.place::integer from mix_due_leads(workspace, campaign, take, at) with ordinality m (id, place);
  else
    return query select w.id, w.place::integer
      from walk_due_leads(workspace, campaign, 0, 9223372036854775807, take, at) with ordinality w (id, place);
  end if;
end $function$;

-- owned by outdial_merger
CREATE OR REPLACE FUNCTION public.preview_import(import uuid, this_run integer, campaign uuid, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET enable_nestloop TO 'off'
 SET work_mem TO '64MB'
AS $function$
  with told as (
    select s.number, s.row,
      (select p.contact_id from contact_phones p where p.workspace_id = s.workspace_id and p.number = s.number) as known,
      row_number() over (partition by s.number order by s.row) = 1 as first_time,
      coalesce(case when (select has_blocks((select acting_workspace())))
        then blocked_until(s.workspace_id, s.number, campaign, at) = 'infinity' end, false) as suppressed
    from import_staging s
    where s.workspace_id = (select acting_workspace()) and s.import_id = import and s.run = this_run
  ), placed as (
    select t.*, t.number is not null and (not t.first_time or t.known is not null and (campaign is null
      or exists (select from leads l where l.workspace_id = (select acting_workspace()) and l.campaign_id = campaign
        and l.contact_id = t.known))) as duplicate
    from told t
  )
  select jsonb_build_object('total', count(*), 'invalid', count(*) filter (where p.number is null),
    'duplicate', count(*) filter (where p.duplicate),
    'suppressed', count(*) filter (where p.number is not null and not p.duplicate and p.suppressed and campaign is not null),
    'create', count(*) filter (where p.number is not null and not p.duplicate and p.known is null
      and not (p.suppressed and campaign is not null)),
    'update', count(*) filter (where p.number is not null and not p.duplicate and p.known is not null
      and not (p.suppressed and campaign is not null)))
  from placed p
$function$;

CREATE OR REPLACE PROCEDURE public.protect_owned_table(IN name regclass, IN owner_column name DEFAULT 'owner_user_id'::name)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format(
    'create policy owned on %s as restrictive to outdial_app'
    ' using ((select only_user()) is null or %I = (select only_user()))', name, owner_column);
end $procedure$;

CREATE OR REPLACE PROCEDURE public.protect_tenant_table(IN name regclass, IN grants text DEFAULT 'select, insert, update, delete'::text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy tenant on %s to outdial_app, outdial_merger'
    ' using (workspace_id = (select acting_workspace())) with check (workspace_id = (select acting_workspace()))', name);
  execute format('grant %s on %s to outdial_app', grants, name);
end $procedure$;

CREATE OR REPLACE FUNCTION public.read_toll_limits(workspace uuid, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
AS $function$
  with w as materialized (
    select w.calls_per_second, w.daily_spend_limit, (at at time zone w.time_zone)::date as day from workspaces w where w.id = workspace
  ), price as materialized (
    select t.id, t.price_per_minute as price
    from trunks t, w where t.workspace_id = workspace and w.daily_spend_limit is not null
  )
  select jsonb_build_object(
    'calls_per_second', w.calls_per_second,
    'tokens', case when w.calls_per_second is not null then (select least(2, l.tokens
        + w.calls_per_second * greatest(0, extract(epoch from clock_timestamp() - l.refilled_at)))
      from dial_limits l where l.workspace_id = workspace and l.limited_id = workspace) end,
    'daily_spend_limit', w.daily_spend_limit,
    'spend_left', case when w.daily_spend_limit is not null then w.daily_spend_limit
        - coalesce((select s.spent from spend_days s where s.workspace_id = workspace and s.day = w.day), 0)
        - coalesce((select sum(p.price * greatest(10, 1 + ceil(extract(epoch from at - a.claimed_at) / 60)))
          from attempts a join price p on p.id = a.trunk_id where a.workspace_id = workspace and a.ended_at is null), 0) end,
    'reserves', case when w.daily_spend_limit is not null
      then (select coalesce(jsonb_object_agg(p.id, p.price * 10), '{}') from price p) end)
  from w
$function$;

CREATE OR REPLACE FUNCTION public.read_usage(workspace uuid, at timestamp with time zone, system_cap integer)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
begin
  return (with live as materialized (
    select a.trunk_id, a.owner_user_id, a.campaign_id, a.agentless, a.awaits_agent, a.session_id, a.live_at, a.abandoned_at from attempts a
    where a.workspace_id = workspace and a.ended_at is null
  ), dialing as materialized (
    select c.*, coalesce(c.trunk_id, t.id) as dials_on from campaigns c
    left join trunks t on t.workspace_id = workspace and t.is_default
    where c.workspace_id = workspace and c.status = 'active'
  )
  select jsonb_build_object(
    'installation_left', case when system_cap is null then null else system_cap - count_live_attempts() end,
    'turn', (select l.turn from dial_limits l where l.workspace_id = workspace and l.limited_id = workspace),
    'agentless_in_use', (select count(*) from live where live.agentless),
    'agentless_cap', (select w.concurrent_calls from workspaces w where w.id = workspace),
    'trunks', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', t.id, 'channels', case when t.active then t.channels else 0 end, 'calls_per_second', t.calls_per_second,
        'in_use', (select count(*) from live where live.trunk_id = t.id),
        'tokens', case when t.calls_per_second is null then null else least(2, l.tokens
          + t.calls_per_second * greatest(0, extract(epoch from clock_timestamp() - l.refilled_at))) end,
        'blocked_until', l.blocked_until, 'blocked_reason', l.blocked_reason)), '[]')
      from trunks t join dial_limits l on l.workspace_id = workspace and l.limited_id = t.id
      where t.workspace_id = workspace),
    'owners', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', m.user_id, 'cap', m.concurrent_calls, 'turn', o.turn,
        'in_use', (select count(*) from live where live.owner_user_id = m.user_id and live.agentless))), '[]')
      from memberships m left join owner_turns o on o.workspace_id = workspace and o.owner_user_id = m.user_id
      where m.workspace_id = workspace and m.user_id in (select d.owner_user_id from dialing d)),
    'campaigns', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', d.id, 'owner_user_id', d.owner_user_id, 'trunk_id', d.dials_on, 'weight', d.weight,
        'agentless', d.mode in ('ai', 'broadcast'), 'cap', d.max_concurrent_calls, 'daily_limit', d.daily_limit,
        'in_use', (select count(*) from live where live.campaign_id = d.id),
        'day', (at at time zone d.time_zone)::date,
        'dials_today', coalesce((select y.dials from campaign_days y where y.workspace_id = workspace
          and y.campaign_id = d.id and y.day = (at at time zone d.time_zone)::date), 0),
        -- Counted anew each time: a try that is dropped gives its place back. Marks and the past are no calls of a run.
        'run_limit', d.run_limit, 'run_left', case when d.run_limit is null then null else d.run_limit - (
          select count(*) from attempts a where a.workspace_id = workspace and a.campaign_id = d.id and a.id >= d.run_from
            and a.state <> 'dropped' and a.kind in ('campaign', 'manual')) end,
        'mode', d.mode,
        -- Those who dial by hand are paced by their hands. Of predictive dialing, about every third call is answered by a person:
        -- it says how many agents its calls under way are dealt, not how many calls there are.
        'calls_per_agent', case d.mode when 'power' then d.power_ratio when 'predictive' then 3 when 'progressive' then 1
          when 'preview' then 1 else 0 end,
        'due', d.mode in ('power', 'predictive', 'progressive', 'preview') and has_due_lead(workspace, d.id, at),
        'abandon_cap', d.abandon_cap_percent / 100,
        'awaiting', (select count(*) from live where live.campaign_id = d.id and live.awaits_agent),
        'talking', (select count(*) from live where live.campaign_id = d.id and live.session_id is not null),
        'live_answers', coalesce(heard.live_answers, 0), 'abandoned', coalesce(heard.abandoned, 0))), '[]')
      from dialing d
      -- Only these call ahead of their agents.
      left join lateral (select past.live_answers + up.live_answers as live_answers, past.abandoned + up.abandoned as abandoned
        from (select coalesce(sum(y.live_answers), 0) as live_answers, coalesce(sum(y.abandoned), 0) as abandoned from answer_days y
            where y.workspace_id = workspace and y.campaign_id = d.id and y.day > (at at time zone d.time_zone)::date - 30) past,
          (select count(live.live_at) as live_answers, count(live.abandoned_at) as abandoned from live
            where live.campaign_id = d.id) up
        where d.mode in ('power', 'predictive')) heard on true),
    -- Whoever can take a call this moment, the longest idle first.
    'idle', case when exists (select from dialing d where d.mode in ('power', 'predictive', 'progressive', 'preview'))
      then (select coalesce(jsonb_agg(jsonb_build_object('session_id', s.id, 'agent_id', s.agent_id,
          'campaign_ids', array(select d.id from dialing d where d.mode in ('power', 'predictive', 'progressive', 'preview')
            and d.dials_on = l.trunk_id and a.skills @> d.skills and takes_calls_of(workspace, d.id, s.agent_id)))
          order by s.idle_since, s.id), '[]')
        from agent_sessions s
        join legs l on l.workspace_id = workspace and l.id = s.leg_id
        join agents a on a.workspace_id = workspace and a.id = s.agent_id
        where s.workspace_id = workspace and s.state = 'available' and l.state = 'up' and not l.closing
          and a.active and a.deleted_at is null
          and (a.reached_at <> 'browser' or s.seen_at > now() - make_interval(secs => 60)))
      else '[]' end
  ));
end $function$;

CREATE OR REPLACE FUNCTION public.report_staged_rows(import uuid, this_run integer, this_chunk integer, campaign uuid, suppressed integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  ws uuid := acting_workspace();
begin
  insert into import_errors (workspace_id, import_id, row, column_name, reason, found, expected, cells)
    select ws, import, s.row, s.column_name, s.reason, s.found, s.expected, s.cells
    from staged_rows(import, this_run, this_chunk) s where s.number is null order by s.row;
  insert into import_errors (workspace_id, import_id, row, column_name, reason, found, expected)
    select ws, import, s.row, s.column_name,
      case when campaign is null then 'duplicate_contact' else 'duplicate_in_campaign' end, s.number,
      case when campaign is null then 'a number that no contact has yet' else 'a number that is not in the campaign yet' end
    from staged_rows(import, this_run, this_chunk) s
    where s.joined and (select true from leads l where l.workspace_id = ws and l.id = s.lead_id) is null order by s.row;
  if suppressed = 0 then return; end if;
  insert into import_errors (workspace_id, import_id, row, column_name, reason, found, expected)
    select ws, import, s.row, s.column_name, 'suppressed', s.number, 'a number that is on no suppression list'
    from staged_rows(import, this_run, this_chunk) s
    where s.number is not null
      and (select l.status from leads l where l.workspace_id = ws and l.id = s.lead_id) = 'do_not_call' order by s.row;
end $function$;

CREATE OR REPLACE FUNCTION public.said_or_kept(said text, kept text, overwrite boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select coalesce(case when overwrite then nullif(said, '') end, nullif(kept, ''), said) $function$;

CREATE OR REPLACE FUNCTION public.staged_rows(import uuid, this_run integer, this_chunk integer)
 RETURNS SETOF import_staging
 LANGUAGE sql
 STABLE
AS $function$
    select * from import_staging s where s.workspace_id = (select acting_workspace())
      and s.import_id = import and s.run = this_run and s.chunk = this_chunk
  $function$;

CREATE OR REPLACE FUNCTION public.takes_calls_of(workspace uuid, campaign uuid, agent uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from campaign_agents c where c.workspace_id = workspace and c.campaign_id = campaign and c.agent_id = agent)
    or exists (select from campaign_teams t
      where t.workspace_id = workspace and t.campaign_id = campaign and exists (
        select from team_members m where m.workspace_id = workspace and m.team_id = t.team_id and m.agent_id = agent))
$function$;

CREATE OR REPLACE FUNCTION public.walk_due_leads(workspace uuid, campaign uuid, low bigint, high bigint, take integer, at timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
declare
  current_rank bigint := low - 1;
  remaining integer := take;
  found_now integer;
begin
  while remaining > 0 loop
    with recursive step as (
      (select l.rank, l.due_at from leads l
        where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null
          and l.rank > current_rank and l.rank < high
        order by l.rank, l.due_at limit 1)
      union all
      select n.rank, n.due_at from step s, lateral (select l.rank, l.due_at from leads l
        where l.workspace_id = workspace and l.campaign_id = campaign and l.due_at is not null
          and l.rank > s.rank and l.rank < high
        order by l.rank, l.due_at limit 1) n
      where s.due_at > at
    )
    select s.rank into current_rank from step s where s.due_at <= at;
    exit when not found;
    return query
      select l.id from leads l
      where l.workspace_id = workspace and l.campaign_id = campaign and l.rank = current_rank and l.due_at <= at
      order by l.due_at, l.id limit remaining for update skip locked;
    get diagnostics found_now = row_count;
    remaining := remaining - found_now;
  end loop;
end $function$;
