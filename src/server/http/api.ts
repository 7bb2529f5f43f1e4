import type { FastifyInstance } from 'fastify'
import { agentSessionActRoutes } from '../features/agent-sessions/act-routes.ts'
import { agentSessionRoutes } from '../features/agent-sessions/routes.ts'
import { agentSocketRoutes } from '../features/agent-sessions/socket.ts'
import { agentRoutes } from '../features/agents/routes.ts'
import { apiKeyRoutes } from '../features/api-keys/routes.ts'
import { attemptRoutes } from '../features/attempts/routes.ts'
import { callbackRoutes } from '../features/callbacks/routes.ts'
import { callRoutes } from '../features/calls/routes.ts'
import { campaignActRoutes } from '../features/campaigns/act-routes.ts'
import { campaignRoutes } from '../features/campaigns/routes.ts'
import { consentRoutes } from '../features/consents/routes.ts'
import { contactabilityRoutes } from '../features/contactability/routes.ts'
import { contactRoutes } from '../features/contacts/routes.ts'
import { dispositionRoutes } from '../features/dispositions/routes.ts'
import { historyRoutes } from '../features/history/routes.ts'
import { holidayRoutes } from '../features/holidays/routes.ts'
import { importRoutes } from '../features/imports/routes.ts'
import { leadRoutes } from '../features/leads/routes.ts'
import { limitRoutes } from '../features/limits/routes.ts'
import { listRoutes } from '../features/lists/routes.ts'
import { liveRoutes } from '../features/live/routes.ts'
import { noteRoutes } from '../features/notes/routes.ts'
import { phoneAccountRoutes } from '../features/phone-accounts/routes.ts'
import { recordingRoutes } from '../features/recordings/routes.ts'
import { reportRoutes } from '../features/reports/routes.ts'
import { rulePackRoutes } from '../features/rule-packs/routes.ts'
import { scriptRoutes } from '../features/scripts/routes.ts'
import { sessionRoutes } from '../features/sessions/routes.ts'
import { suppressionListRoutes } from '../features/suppressions/list-routes.ts'
import { suppressionRoutes } from '../features/suppressions/routes.ts'
import { teamRoutes } from '../features/teams/routes.ts'
import { trunkRoutes } from '../features/trunks/routes.ts'
import { userRoutes } from '../features/users/routes.ts'
import { voicemailDropRoutes } from '../features/voicemail-drops/routes.ts'
import { workspaceRoutes } from '../features/workspaces/routes.ts'
import type { Authenticator } from './auth.ts'
import { guardApi } from './door.ts'
import { answerNowhere } from './errors.ts'
import type { ServerDeps } from './house.ts'
import { keepAnswers } from './idempotency.ts'
import type { LiveHub } from './live.ts'

/** Every noun's routes, behind one door. */
export async function registerApi(
  api: FastifyInstance,
  house: ServerDeps,
  hub: LiveHub,
  authenticator: Authenticator,
): Promise<void> {
  await guardApi(api, house, authenticator)
  keepAnswers(api, house)
  api.setNotFoundHandler(answerNowhere)
  await api.register(sessionRoutes(house))
  await api.register(workspaceRoutes(house))
  await api.register(userRoutes(house))
  await api.register(apiKeyRoutes(house))
  await api.register(trunkRoutes(house))
  await api.register(limitRoutes(house))
  await api.register(agentRoutes(house))
  await api.register(teamRoutes(house))
  await api.register(campaignRoutes(house))
  await api.register(campaignActRoutes(house))
  await api.register(leadRoutes(house))
  await api.register(listRoutes(house))
  await api.register(contactRoutes(house))
  await api.register(contactabilityRoutes(house))
  await api.register(holidayRoutes())
  await api.register(importRoutes(house))
  await api.register(historyRoutes(house))
  await api.register(attemptRoutes(house))
  await api.register(callRoutes(house))
  await api.register(reportRoutes(house))
  await api.register(recordingRoutes(house))
  await api.register(callbackRoutes(house))
  await api.register(dispositionRoutes(house))
  await api.register(noteRoutes(house))
  await api.register(scriptRoutes(house))
  await api.register(voicemailDropRoutes(house))
  await api.register(suppressionRoutes(house))
  await api.register(consentRoutes(house))
  await api.register(rulePackRoutes(house))
  await api.register(suppressionListRoutes(house))
  await api.register(agentSessionRoutes(house))
  await api.register(agentSessionActRoutes(house))
  await api.register(phoneAccountRoutes(house))
  await api.register(agentSocketRoutes(house, hub, authenticator))
  await api.register(liveRoutes(house, hub, authenticator))
}
