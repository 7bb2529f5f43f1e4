import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findSigningAgent } from '#store/agent-board.ts'
import { findOpenSession, type StoredSession } from '#store/agent-sessions.ts'
import type { Authenticator } from '../../http/auth.ts'
import type { Caller } from '../../http/caller.ts'
import { sendProblem } from '../../http/errors.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { keepChecking } from '../../http/keep-checking.ts'
import type { LiveHub } from '../../http/live.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import { id } from '../../http/schema.ts'
import { type AgentSocket, closeCodes, openAgentConnection } from './connection.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The session that a socket is opened on. */
    agentSession: StoredSession | null
  }
}

export function agentSocketRoutes(
  house: ServerDeps,
  hub: LiveHub,
  authenticator: Authenticator,
): FastifyPluginAsyncZod {
  return async (app) => {
    app.decorateRequest('agentSession', null)
    app.route({
      method: 'GET',
      url: '/agent',
      config: { action: 'agent-sessions.own' },
      schema: {
        tags: ['agent-sessions'],
        summary: "The agent's WebSocket",
        description:
          'One JSON object per frame, with a `type` and a `seq`. The whole state comes first; connect again with the ' +
          '`session_id` and, as `seen`, the highest `seq` you have, and no message is missing. A browser without a session cookie sends its key as ' +
          'the sub-protocols `outdial.v1, bearer.<key>`. The newest connection shows the calls; the others get ' +
          '`not_owner` and may send `take_over`.',
        querystring: z.strictObject({
          session_id: id.exactOptional(),
          seen: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
        }),
        response: { 101: z.undefined().describe('The connection is a WebSocket now') },
      },
      async preHandler(request, reply) {
        const session = await findOwnSession(house, request.caller)
        if (isRefusal(session)) return sendProblem(reply, session)
        request.agentSession = session
      },
      handler: async (_request, reply) => sendProblem(reply, refuse('upgrade-required', 'Connect by WebSocket.')),
      wsHandler(socket: AgentSocket, request) {
        socket.on('error', (error) => house.log.info({ err: error }, "an agent's connection broke"))
        const { id: session_id } = request.agentSession as StoredSession
        const { query, caller } = request
        const seen = query.session_id === session_id ? query.seen : 0
        const connection = openAgentConnection(house, hub, socket, { caller, session_id }, seen)
        keepChecking(house, authenticator, request, socket, () => connection.close(closeCodes.unknown, 'signed out'))
      },
    })
  }
}

async function findOwnSession(house: ServerDeps, caller: Caller): Promise<StoredSession | Refusal> {
  const { workspace_id, user_id } = caller
  return withinAll(house, caller, async (tx) => {
    const agent = await findSigningAgent(tx, workspace_id, { user_id })
    if (agent === null) return refuse('conflict', 'No agent signs in as you.')
    const session = await findOpenSession(tx, workspace_id, agent.id)
    return session ?? refuse('conflict', 'Sign on first: POST /api/v1/agent-sessions.')
  })
}
