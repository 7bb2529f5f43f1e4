import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { pageOf } from '../../http/schema.ts'
import { makePhoneAccounts } from './phone-accounts.ts'
import { newPhoneAccount, phoneAccount } from './schema.ts'

export function phoneAccountRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/phone-accounts',
      config: { action: 'agent-sessions.own', secrets: ['password'] },
      schema: {
        tags: ['agent-sessions'],
        summary: 'What your own phone in the browser signs in with',
        description: 'One account for each active trunk that takes phones. It takes the place of the one before.',
        body: newPhoneAccount,
        response: { 200: pageOf(phoneAccount) },
      },
      async handler({ caller, body }, reply) {
        const made = await makePhoneAccounts(house, caller, body.as)
        return answer(reply, 200, isRefusal(made) ? made : { data: made, next_cursor: null })
      },
    })
  }
}
