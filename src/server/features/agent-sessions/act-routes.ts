import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal } from '../../http/problems.ts'
import { ids } from '../../http/schema.ts'
import { askState, messageAll, sendMessage, signOnAgent, superviseState } from './acts.ts'
import { answerOffer } from './offers.ts'
import {
  agentSession,
  askedState,
  breakAct,
  broadcast,
  broadcastAct,
  messageAct,
  offerAnswer,
  signingOn,
  signOffAct,
} from './schema.ts'

const tags = ['agent-sessions']
const own = { action: 'agent-sessions.own' } as const
const supervise = { action: 'agent-sessions.supervise' } as const
const response = { 200: agentSession }

export function agentSessionActRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/agent-sessions',
      config: own,
      schema: {
        tags,
        summary: 'Sign on as your agent; supervisors sign on agents at an extension or outside number',
        body: signingOn,
        response: { 200: agentSession, 201: agentSession },
      },
      async handler(request, reply) {
        const device = { ip: request.ip, client: request.headers['user-agent']?.slice(0, 500) ?? null }
        const signed = await signOnAgent(house, request.caller, request.body, device)
        if (isRefusal(signed)) return sendProblem(reply, signed)
        reply.header('location', `/api/v1/agent-sessions/${signed.session.id}`)
        return reply.code(signed.opened ? 201 : 200).send(signed.session)
      },
    })

    app.route({
      method: 'POST',
      url: '/agent-sessions/message',
      config: supervise,
      schema: {
        tags,
        summary: 'Say something to everybody at the phone, or to a team',
        body: broadcastAct,
        response: { 200: broadcast },
      },
      handler: async ({ caller, body }, reply) => answer(reply, 200, await messageAll(house, caller, body)),
    })

    app.route({
      method: 'POST',
      url: '/agent-sessions/:id/state',
      config: own,
      schema: { tags, summary: 'Be available, take a break, sign off', params: ids, body: askedState, response },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await askState(house, caller, params.id, body)),
    })

    app.route({
      method: 'POST',
      url: '/agent-sessions/:id/offer',
      config: own,
      schema: {
        tags,
        summary: 'Take the lead you are shown, or pass it over',
        params: ids,
        body: offerAnswer,
        response,
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await answerOffer(house, caller, params.id, body)),
    })

    app.route({
      method: 'POST',
      url: '/agent-sessions/:id/ready',
      config: supervise,
      schema: { tags, summary: 'Make an agent available, out of a break or a wrap-up', params: ids, response },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await superviseState(house, caller, params.id, { state: 'available' })),
    })

    app.route({
      method: 'POST',
      url: '/agent-sessions/:id/break',
      config: supervise,
      schema: {
        tags,
        summary: 'Send an agent on a break, after the call in hand',
        params: ids,
        body: breakAct,
        response,
      },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await superviseState(house, caller, params.id, { state: 'break', ...body })),
    })

    app.route({
      method: 'POST',
      url: '/agent-sessions/:id/sign-off',
      config: supervise,
      schema: { tags, summary: 'Sign an agent off, after the call in hand', params: ids, body: signOffAct, response },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await superviseState(house, caller, params.id, { state: 'offline', ...body })),
    })

    app.route({
      method: 'POST',
      url: '/agent-sessions/:id/message',
      config: supervise,
      schema: { tags, summary: 'Say something to an agent', params: ids, body: messageAct, response },
      handler: async ({ caller, params, body }, reply) =>
        answer(reply, 200, await sendMessage(house, caller, params.id, body.text)),
    })
  }
}
