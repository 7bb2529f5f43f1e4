import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answer } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { pageOf } from '../../http/schema.ts'
import { listOwn, readOwn, setOwn, showPacks } from './rule-packs.ts'
import { newOwnRules, ownRules, rulePack } from './schema.ts'

const tags = ['rule-packs']

export function rulePackRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/rule-packs',
      config: { action: 'rule-packs.read' },
      schema: {
        tags,
        summary: 'The rules of countries and states, each with its source',
        response: { 200: pageOf(rulePack) },
      },
      handler: async (_request, reply) => reply.send({ data: showPacks(), next_cursor: null }),
    })

    app.route({
      method: 'GET',
      url: '/rule-packs/custom',
      config: { action: 'rule-packs.read' },
      schema: { tags, summary: "The workspace's own rules", response: { 200: ownRules } },
      handler: async ({ caller }, reply) => answer(reply, 200, await readOwn(house, caller)),
    })

    app.route({
      method: 'GET',
      url: '/rule-packs/custom/versions',
      config: { action: 'rule-packs.read' },
      schema: {
        tags,
        summary: 'Every version of them, the latest first: who set it, when and why',
        response: { 200: z.object({ data: z.array(ownRules) }) },
      },
      handler: async ({ caller }, reply) => reply.send({ data: await listOwn(house, caller) }),
    })

    app.route({
      method: 'PUT',
      url: '/rule-packs/custom',
      config: { action: 'rule-packs.write' },
      schema: {
        tags,
        summary: "Set the workspace's own rules; what loosens is for an owner",
        body: newOwnRules,
        response: { 200: ownRules },
      },
      handler: async (request, reply) => answer(reply, 200, await setOwn(house, request.caller, request.body)),
    })
  }
}
