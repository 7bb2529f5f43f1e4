/**
 * The API of an older system for lists of a call centre, at /api/dialer/…/. In: its words, with integer ids, pages and
 * slashes at the end. Out: its words. Whom to call, when and by whom is decided where /api/v1 has it decided.
 */
import { answerNowhere } from '../../http/errors.ts'
import { placeOf } from '../addresses.ts'
import type { Dialect } from '../dialect.ts'
import { agentRoutes } from './agents.ts'
import { callLogRoutes } from './call-logs.ts'
import { campaignActRoutes } from './campaign-acts.ts'
import { campaignRoutes } from './campaigns.ts'
import { csvUploadRoutes } from './csv-upload.ts'
import { importLogRoutes } from './import-logs.ts'
import { leadRoutes } from './leads.ts'
import { telecardRefusals } from './refusals.ts'

const nouns = [
  agentRoutes,
  campaignRoutes,
  campaignActRoutes,
  leadRoutes,
  csvUploadRoutes,
  importLogRoutes,
  callLogRoutes,
]

export const telecard: Dialect = {
  prefix: placeOf('telecard'),
  refusals: telecardRefusals,
  routes: (house) => async (app) => {
    app.setNotFoundHandler(answerNowhere)
    for (const routes of nouns) await app.register(routes(house))
  },
}
