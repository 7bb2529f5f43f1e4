import type { z } from 'zod'
import { reportCalls, type WholeReport } from '#analytics/call-report.ts'
import { dayAfter } from '#domain/day-span.ts'
import { localTime } from '#domain/zone-offset.ts'
import { readAgent } from '#store/agents.ts'
import { readCampaign } from '#store/campaigns.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { type Refusal, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { readZone } from '../calls/calls.ts'
import type { callReportQuery } from './schema.ts'

const daysUnlessAsked = 30
const mostDays = 400

export async function readCallReportFor(
  house: ServerDeps,
  caller: Caller,
  query: z.output<typeof callReportQuery>,
): Promise<WholeReport | Refusal> {
  const { workspace_id } = caller
  const { since: first, until: last, zone: _, ...whose } = query
  const report = async (tx: Tx) => {
    if (whose.campaign_id && !(await readCampaign(tx, workspace_id, whose.campaign_id)))
      return refuseUnknown('campaign')
    if (whose.agent_id && !(await readAgent(tx, workspace_id, whose.agent_id))) return refuseUnknown('agent')
    const zone = await readZone(tx, workspace_id, query)
    const until = last ?? localTime(zone, house.clock.now()).date
    const since = first ?? dayAfter(until, 1 - daysUnlessAsked)
    if (since > until) return refuseValues([{ path: 'since', message: `is after ${until}` }])
    if (dayAfter(since, mostDays) <= until)
      return refuseValues([{ path: 'since', message: `is more than ${mostDays} days before ${until}` }])
    return reportCalls(tx, workspace_id, whose, { since, until, zone })
  }
  // All figures of one moment.
  return inWorkspace(house.pool, caller, report, { reads_only: true })
}
