import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { attemptStates } from '#domain/attempt.ts'
import { outcomes } from '#domain/call.ts'
import { listAttempts, readAttempt } from '#store/attempt-list.ts'
import { answer, sendProblem } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal, refuseUnknown } from '../../http/problems.ts'
import { id, ids, instant, listQuery, pageOf, pageQuery, sortQuery } from '../../http/schema.ts'

const shown = {
  id,
  campaign_id: id.nullable(),
  lead_id: id.nullable(),
  contact_id: id.nullable(),
  owner_user_id: id,
  trunk_id: id,
  kind: z.string(),
  agentless: z.boolean(),
  phone: z.string(),
  caller_id: z.string().nullable(),
  state: z.enum(attemptStates),
  outcome: z.string().nullable(),
  drop_reason: z.string().nullable(),
  provider_call_id: z.string().nullable(),
  claimed_at: instant,
  intent_at: instant.nullable(),
  dialed_at: instant.nullable(),
  ended_at: instant.nullable(),
}
const attempt = z.object(shown).meta({ id: 'Attempt' })
const explained = z.object({ ...shown, verdict: z.unknown() }).meta({ id: 'AttemptWithVerdict' })

const attemptQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(['created_at'], '-created_at'),
  campaign_id: id.exactOptional(),
  lead_id: id.exactOptional(),
  phone: z.string().max(30).exactOptional(),
  state: listQuery(attemptStates),
  outcome: listQuery(outcomes),
})

export function attemptRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/attempts',
      config: { action: 'calls.read' },
      schema: {
        tags: ['attempts'],
        summary: 'Tries to reach a number',
        querystring: attemptQuery,
        response: { 200: pageOf(attempt) },
      },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        const rows = await within(house, caller, (tx) => listAttempts(tx, caller.workspace_id, query, page))
        return reply.send(toPage(rows, query.sort, (row) => row))
      },
    })

    app.route({
      method: 'GET',
      url: '/attempts/:id',
      config: { action: 'calls.read' },
      schema: {
        tags: ['attempts'],
        summary: 'One try, with the verdict that let it out',
        params: ids,
        response: { 200: explained },
      },
      async handler({ caller, params }, reply) {
        const found = await within(house, caller, (tx) => readAttempt(tx, caller.workspace_id, params.id))
        return answer(reply, 200, found ?? refuseUnknown('attempt'))
      },
    })
  }
}
