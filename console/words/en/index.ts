import agentState from './agent-state.json'
import agents from './agents.json'
import analytics from './analytics.json'
import apiKeys from './api-keys.json'
import breakReason from './break-reason.json'
import calls from './calls.json'
import compliance from './compliance.json'
import contacts from './contacts.json'
import days from './days.json'
import desk from './desk.json'
import dispositions from './dispositions.json'
import doNotCall from './do-not-call.json'
import first from './first.ts'
import firstSteps from './first-steps.json'
import imports from './imports.json'
import lead from './lead.json'
import leads from './leads.json'
import messages from './messages.json'
import outcome from './outcome.json'
import recordings from './recordings.json'
import scripts from './scripts.json'
import setUp from './set-up.json'
import trunks from './trunks.json'
import users from './users.json'
import verdict from './verdict.json'
import wallboard from './wallboard.json'
import workspace from './workspace.json'

export default {
  ...first,
  apiKeys,
  compliance,
  contacts,
  analytics,
  calls,
  days,
  agentState,
  agents,
  breakReason,
  desk,
  dispositions,
  doNotCall,
  firstSteps,
  imports,
  lead,
  leads,
  messages,
  outcome,
  recordings,
  scripts,
  setUp,
  trunks,
  users,
  verdict,
  wallboard,
  workspace,
}
