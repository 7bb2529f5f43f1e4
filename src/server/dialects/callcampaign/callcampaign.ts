/** The API of an older calling system: campaigns that speak for themselves, over files of contacts. */
import { answerNowhere } from '../../http/errors.ts'
import type { Dialect } from '../dialect.ts'
import { callRoutes } from './call-routes.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { contactRoutes } from './contact-routes.ts'
import { refusals } from './refusals.ts'

export const callcampaign: Dialect = {
  prefix: '/api',
  refusals,
  routes: (house) => async (app) => {
    // For both dialects that share these addresses.
    app.setNotFoundHandler(answerNowhere)
    await app.register(campaignRoutes(house))
    await app.register(contactRoutes(house))
    await app.register(callRoutes(house))
  },
}
