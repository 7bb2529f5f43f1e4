/**
 * The API that a VoIPStudio dialer's clients speak. In: its words at /api/dialer, without a slash at the end. Out: its
 * shapes, snake_case but where its own samples are not. It decides nothing.
 */
import { answerNowhere } from '../../http/errors.ts'
import { placeOf } from '../addresses.ts'
import type { Dialect } from '../dialect.ts'
import { analyticsRoutes } from './analytics.ts'
import { callRoutes } from './calls.ts'
import { campaignRoutes } from './campaigns.ts'
import { contactRoutes } from './contacts.ts'
import { dispositionRoutes } from './dispositions.ts'
import { refusals } from './refusals.ts'

export const voipstudio: Dialect = {
  prefix: placeOf('voipstudio'),
  refusals,
  routes: (house) => async (app) => {
    app.setNotFoundHandler(answerNowhere)
    await app.register(callRoutes(house))
    await app.register(campaignRoutes(house))
    await app.register(contactRoutes(house))
    await app.register(dispositionRoutes(house))
    await app.register(analyticsRoutes(house))
  },
}
