import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { startOfDay } from '#domain/zone-offset.ts'
import { type CallStatistics, countCalls } from '#store/call-statistics.ts'
import { callStatuses } from '#store/campaign-counts.ts'
import { type ClientCall, listClientCalls } from '#store/client-calls.ts'
import { readWorkspace } from '#store/workspaces.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { percent } from '../percent.ts'
import { analyticsQuery } from './bodies.ts'
import { showCall } from './shapes.ts'

const dayMs = 86_400_000

export function analyticsRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/analytics',
      config: { action: 'calls.read' },
      schema: { querystring: analyticsQuery },
      async handler({ caller, query }) {
        const { workspace_id } = caller
        return within(house, caller, async (tx) => {
          const zone = (await readWorkspace(tx, workspace_id))?.time_zone ?? 'UTC'
          const from = query.start_date ? beginningOf(zone, query.start_date) : null
          const before = query.end_date ? endOf(zone, query.end_date) : null
          const campaign_id = query.campaign_id || null
          const filters = { ...(from && { from }), ...(before && { before }), ...(campaign_id && { campaign_id }) }
          const [counted, recent] = await Promise.all([
            countCalls(tx, workspace_id, { from, before, campaign_id }),
            listClientCalls(tx, workspace_id, filters, { limit: 10, offset: 0 }),
          ])
          return { analytics: showAnalytics(counted, recent.rows) }
        })
      },
    })
  }
}

function showAnalytics({ by_status, by_hour, duration_seconds }: CallStatistics, recent: ClientCall[]) {
  const byStatus = Object.fromEntries(callStatuses.map((status) => [status, by_status[status] ?? 0]))
  const { answered = 0, completed = 0, failed = 0, busy = 0, 'no-answer': noAnswer = 0 } = by_status
  const answeredCalls = answered + completed
  const totalCalls = answeredCalls + failed + busy + noAnswer
  return {
    overview: {
      ...{ totalCalls, answeredCalls, completedCalls: completed, failedCalls: failed, busyCalls: busy },
      ...{ noAnswerCalls: noAnswer, totalDuration: duration_seconds },
      avgDuration: answeredCalls === 0 ? 0 : Math.floor(duration_seconds / answeredCalls),
      ...{ answerRate: percent(answeredCalls, totalCalls), completionRate: percent(completed, totalCalls) },
    },
    distribution: { byHour: Array.from({ length: 24 }, (_, hour) => by_hour[hour] ?? 0), byStatus },
    recentCalls: recent.map(showCall),
  }
}

function isDay(text: string): boolean {
  return text.length === 10
}

function beginningOf(zone: string, text: string): Date {
  return new Date(isDay(text) ? startOfDay(zone, text) : text)
}

/** The first instant that is not in it any more. */
function endOf(zone: string, text: string): Date {
  if (!isDay(text)) return new Date(Date.parse(text) + 1)
  return new Date(startOfDay(zone, new Date(Date.parse(text) + dayMs).toISOString().slice(0, 10)))
}
