import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answer, sendProblem } from '../../http/errors.ts'
import type { ServerDeps } from '../../http/house.ts'
import { readPageQuery, toPage } from '../../http/pagination.ts'
import { isRefusal, type Refusal } from '../../http/problems.ts'
import { ids, nothing, pageOf } from '../../http/schema.ts'
import { changeOneCampaign, listOfCampaigns, makeCampaign, readOneCampaign } from './campaigns.ts'
import { cloneCampaign } from './clone.ts'
import { deleteOneCampaign } from './delete-campaign.ts'
import { readDetectionErrors } from './detection-errors.ts'
import { runDry } from './dry-run.ts'
import { dryRun } from './dry-run-schema.ts'
import { campaignMinutes, detectionErrors, liveAnswers, liveAnswersQuery, progress } from './figures-schema.ts'
import { forecastOneCampaign } from './forecast.ts'
import { campaignForecast, forecastQuery } from './forecast-schema.ts'
import { readLiveAnswers } from './live-answers.ts'
import { readMinutes } from './minutes.ts'
import { type ShownCampaign, showCampaign } from './present.ts'
import { readProgress } from './progress.ts'
import { campaign, campaignChange, campaignClone, campaignQuery, newCampaign } from './schema.ts'

const tags = ['campaigns']

export function campaignRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/campaigns',
      config: { action: 'campaigns.read' },
      schema: { tags, summary: 'List campaigns', querystring: campaignQuery, response: { 200: pageOf(campaign) } },
      async handler({ caller, query }, reply) {
        const page = readPageQuery(query)
        if (isRefusal(page)) return sendProblem(reply, page)
        return reply.send(toPage(await listOfCampaigns(house, caller, query, page), query.sort, showCampaign))
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns',
      config: { action: 'campaigns.write' },
      schema: { tags, summary: 'Make a draft', body: newCampaign, response: { 201: campaign } },
      async handler(request, reply) {
        const made = await makeCampaign(house, request.caller, request.body)
        if (!isRefusal(made)) reply.header('location', `/api/v1/campaigns/${made.id}`)
        return answer(reply, 201, shown(made))
      },
    })

    app.route({
      method: 'POST',
      url: '/campaigns/:id/clone',
      config: { action: 'campaigns.write' },
      schema: {
        tags,
        summary: 'Make a draft with its settings and agents',
        description: 'Without its people, its code and its first and last day.',
        params: ids,
        body: campaignClone,
        response: { 201: campaign },
      },
      async handler({ caller, params, body }, reply) {
        const made = await cloneCampaign(house, caller, params.id, body ?? {})
        if (!isRefusal(made)) reply.header('location', `/api/v1/campaigns/${made.id}`)
        return answer(reply, 201, shown(made))
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id',
      config: { action: 'campaigns.read' },
      schema: { tags, summary: 'One campaign', params: ids, response: { 200: campaign } },
      handler: async (request, reply) =>
        answer(reply, 200, shown(await readOneCampaign(house, request.caller, request.params.id))),
    })

    app.route({
      method: 'PATCH',
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: {
        tags,
        summary: 'Change its settings',
        params: ids,
        body: campaignChange,
        response: { 200: campaign },
      },
      handler: async (request, reply) =>
        answer(reply, 200, shown(await changeOneCampaign(house, request.caller, request.params.id, request.body))),
    })

    app.route({
      method: 'DELETE',
      url: '/campaigns/:id',
      config: { action: 'campaigns.write' },
      schema: {
        tags,
        summary: 'Archive it and show it no more; calls and people stay',
        params: ids,
        response: { 204: nothing },
      },
      handler: async (request, reply) => {
        const deleted = await deleteOneCampaign(house, request.caller, request.params.id)
        return isRefusal(deleted) ? sendProblem(reply, deleted) : reply.code(204).send()
      },
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/detection-errors',
      config: { action: 'campaigns.read' },
      schema: {
        tags,
        summary: 'How often its detection of machines errs, as agents say by what they dispose calls as',
        params: ids,
        response: { 200: detectionErrors },
      },
      handler: async ({ caller, params }, reply) =>
        answer(reply, 200, await readDetectionErrors(house, caller, params.id)),
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/live-answers',
      config: { action: 'campaigns.read' },
      schema: {
        tags,
        summary: 'Who answered, who was put through, who was abandoned: by day of its zone, the last 30 unless asked',
        params: ids,
        querystring: liveAnswersQuery,
        response: { 200: liveAnswers },
      },
      handler: async ({ caller, params, query }, reply) =>
        answer(reply, 200, await readLiveAnswers(house, caller, params.id, query)),
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/dry-run',
      config: { action: 'campaigns.read' },
      schema: {
        tags,
        summary: 'Whom it would call, when, and when it would be through; calls nobody and changes nothing',
        params: ids,
        response: { 200: dryRun },
      },
      handler: async (request, reply) => answer(reply, 200, await runDry(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/forecast',
      config: { action: 'campaigns.read' },
      schema: {
        tags,
        summary:
          'How busy its agents would be, how many answers be abandoned and how long it takes, as it is and what if',
        params: ids,
        querystring: forecastQuery,
        response: { 200: campaignForecast },
      },
      handler: async ({ caller, params, query }, reply) =>
        answer(reply, 200, await forecastOneCampaign(house, caller, params.id, query)),
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/progress',
      config: { action: 'campaigns.read' },
      schema: { tags, summary: 'Where it stands: a recount', params: ids, response: { 200: progress } },
      handler: async (request, reply) =>
        answer(reply, 200, await readProgress(house, request.caller, request.params.id)),
    })

    app.route({
      method: 'GET',
      url: '/campaigns/:id/minutes',
      config: { action: 'campaigns.read' },
      schema: {
        tags,
        summary: 'Its calls of the last 60 minutes, by the minute in which they began',
        description:
          'What each figure counts is what it counts in GET /reports/calls: the figures of days that lie within these ' +
          'minutes are their sums.',
        params: ids,
        response: { 200: campaignMinutes },
      },
      handler: async ({ caller, params }, reply) => answer(reply, 200, await readMinutes(house, caller, params.id)),
    })
  }
}

function shown(result: Parameters<typeof showCampaign>[0] | Refusal): ShownCampaign | Refusal {
  return isRefusal(result) ? result : showCampaign(result)
}
