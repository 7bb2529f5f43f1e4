import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ImportError } from '#store/imports.ts'
import {
  type ImportOfCampaign,
  type ImportPageFilters,
  importOrderings,
  importResults,
  listErrorsByRow,
  listNumberedImports,
} from '#store/numbered-imports.ts'
import type { Caller } from '../../http/caller.ts'
import { answer } from '../../http/errors.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown } from '../../http/problems.ts'
import { showLog } from './import-shapes.ts'
import { answerPage, asked, numberParam, numberQuery, pageQuery } from './pages.ts'

/** Errors of one import that an upload's answer and a list show; the log of one import shows all. */
export const shownErrors = 100

const importQuery = z.object({
  ...pageQuery,
  campaign: numberQuery,
  status: asked(z.enum(importResults)),
  ordering: asked(z.enum(importOrderings)),
})

export function importLogRoutes(house: ServerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/import-logs',
      config: { action: 'imports.read' },
      schema: { querystring: importQuery },
      async handler(request, reply) {
        const { caller, query } = request
        const { campaign: campaign_number, status: result, ordering = '-created_at' } = query
        return answerPage(request, reply, query, (place) =>
          within(house, caller, async (tx) => {
            const { workspace_id } = caller
            const filters = { campaign_number, result }
            const { rows, total } = await listNumberedImports(tx, workspace_id, filters, { ...place, ordering })
            const ids = rows.map(({ id }) => id)
            const errors = Map.groupBy(await listErrorsByRow(tx, workspace_id, ids, shownErrors), (e) => e.import_id)
            return { total, rows: rows.map((row) => showLog(row, errors.get(row.id) ?? [])) }
          }),
        )
      },
    })

    app.route({
      method: 'GET',
      url: '/import-logs/:id',
      config: { action: 'imports.read' },
      schema: { params: numberParam },
      async handler({ caller, params }, reply) {
        const found = await findImport(house, caller, { number: params.id }, null)
        return answer(reply, 200, isRefusal(found) ? found : showLog(found.job, found.errors))
      },
    })
  }
}

export async function findImport(
  house: ServerDeps,
  caller: Caller,
  which: ImportPageFilters,
  mostErrors: number | null,
): Promise<{ job: ImportOfCampaign; errors: ImportError[] } | Refusal> {
  const { workspace_id } = caller
  const one = { ordering: 'created_at', limit: 1, offset: 0 } as const
  return within(house, caller, async (tx) => {
    const job = (await listNumberedImports(tx, workspace_id, which, one)).rows[0]
    if (!job) return refuseUnknown('import')
    return { job, errors: await listErrorsByRow(tx, workspace_id, [job.id], mostErrors) }
  })
}
