/** The API of an older queue: contacts picked or uploaded become a campaign that begins at once; the rest of its acts. */
import { refusals } from '../callcampaign/refusals.ts'
import type { Dialect } from '../dialect.ts'
import { agentRoutes } from './agent-routes.ts'
import { beginRoutes } from './begin-routes.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { contactRoutes } from './contact-routes.ts'

export const campaignqueue: Dialect = {
  prefix: '/api',
  refusals,
  routes: (house) => async (app) => {
    await app.register(beginRoutes(house))
    await app.register(campaignRoutes(house))
    await app.register(contactRoutes(house))
    await app.register(agentRoutes(house))
  },
}
