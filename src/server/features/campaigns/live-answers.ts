import type { z } from 'zod'
import { localTime } from '#domain/zone-offset.ts'
import { readCampaign } from '#store/campaigns.ts'
import { countLiveAnswers } from '#store/live-answer-days.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuseUnknown, refuseValues } from '../../http/problems.ts'
import type { liveAnswers, liveAnswersQuery } from './figures-schema.ts'

/** As far back as a question without `from` looks: the period over which US rules count abandons. */
const shownDays = 30
const mostDays = 400
const dayMs = 86_400_000

/** Who answered, who was put through and who was abandoned, by day and in all; recounted from the calls. */
export async function readLiveAnswers(
  house: ServerDeps,
  caller: Caller,
  id: string,
  { from, to }: z.output<typeof liveAnswersQuery>,
): Promise<z.input<typeof liveAnswers> | Refusal> {
  const { workspace_id } = caller
  return within(house, caller, async (tx) => {
    const campaign = await readCampaign(tx, workspace_id, id)
    if (!campaign) return refuseUnknown('campaign')
    const until = to ?? localTime(campaign.time_zone, house.clock.now()).date
    const since = from ?? new Date(Date.parse(until) - (shownDays - 1) * dayMs).toISOString().slice(0, 10)
    const days = (Date.parse(until) - Date.parse(since)) / dayMs
    if (days < 0) return refuseValues([{ path: 'to', message: 'must not lie before from' }])
    if (days > mostDays) return refuseValues([{ path: 'from', message: `spans more than ${mostDays} days` }])
    const rows = await countLiveAnswers(tx, workspace_id, id, { since, until })
    const sum = (name: 'live_answers' | 'connected' | 'abandoned' | 'short') =>
      rows.reduce((total, row) => total + row[name], 0)
    const total = {
      ...{ live_answers: sum('live_answers'), connected: sum('connected') },
      ...{ abandoned: sum('abandoned'), short: sum('short') },
    }
    return { from: since, to: until, total: withShare(total), days: rows.map(withShare) }
  })
}

function withShare<Row extends { live_answers: number; abandoned: number }>(row: Row) {
  const { live_answers, abandoned } = row
  return { ...row, abandoned_percent: live_answers === 0 ? 0 : Math.round((10_000 * abandoned) / live_answers) / 100 }
}
