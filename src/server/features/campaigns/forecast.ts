import { setImmediate as letOthersWork } from 'node:timers/promises'
import type { z } from 'zod'
import { type TimeWindow, weekOf } from '#domain/calling-hours.ts'
import type { ShiftBelief } from '#domain/forecast/shift-belief.ts'
import { forecastShift, type Range, type ShiftForecast } from '#domain/forecast/shift-forecast.ts'
import type { ShiftPlan } from '#domain/forecast/shift-plan.ts'
import { endOfWork } from '#domain/forecast/working-days.ts'
import { countCrew } from '#store/campaign-agents.ts'
import { readCampaignBounds } from '#store/campaign-forecast.ts'
import { type Campaign, readCampaign } from '#store/campaigns.ts'
import { readCampaignEvidence } from '#store/lead-evidence.ts'
import { countOpenLeads } from '#store/past-calls.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { believe, type FoundBelief, readPast } from './forecast-belief.ts'
import { type Asked, hoursOf, isPaced, planOf } from './forecast-plan.ts'
import type { campaignForecast, forecastQuery, setting } from './forecast-schema.ts'

/** Chance of a forecast: the same question has the same answer. */
const seed = 1

type Query = z.output<typeof forecastQuery>

export async function forecastOneCampaign(
  house: ServerDeps,
  caller: Caller,
  id: string,
  query: Query,
): Promise<z.input<typeof campaignForecast> | Refusal> {
  const { workspace_id } = caller
  const campaign = await within(house, caller, async (tx) => (await readCampaign(tx, workspace_id, id)) ?? null)
  if (!campaign) return refuseUnknown('campaign')
  if (!isPaced(query.mode ?? campaign.mode)) return refuseMode(campaign)
  const now = house.clock.now()
  const known = await inWorkspace(
    house.pool,
    { workspace_id },
    async (tx) => ({
      running: (await readCampaignEvidence(tx, workspace_id, [id])).get(id) ?? null,
      bounds: await readCampaignBounds(tx, workspace_id, id, now),
      crew: await countCrew(tx, workspace_id, id),
      leads: await countOpenLeads(tx, workspace_id, id),
      past: await readPast(tx, workspace_id, id, now),
    }),
    { reads_only: true },
  )
  const { running, bounds, crew, leads } = known
  if (!running) return refuseUnknown('campaign')
  const agents = crew.signed_on > 0 ? crew.signed_on : crew.assigned
  if (agents === 0 && query.agents === undefined)
    return refuseValues([{ path: 'agents', message: 'nobody is assigned to it: say how many' }])
  const found = believe(house, campaign, bounds, known.past)
  const at = Math.max(now, running.starts_at ?? now)
  const show = (asked: Asked) =>
    showSetting(campaign, planOf(house, campaign, running, bounds, asked), found.belief, at)
  const { mode } = campaign
  const own = { agents, abandon_cap_percent: campaign.abandon_cap_percent, hours: hoursOf(campaign), leads }
  const as_is = isPaced(mode) && agents > 0 ? await show({ mode, ...own }) : null
  const asked = Object.keys(query).length > 0
  const what_if = asked ? await show({ mode: mode as Asked['mode'], ...own, ...query }) : null
  return {
    ...{ campaign_id: id, at: new Date(now), mode, as_is, what_if, based_on: showBasis(found) },
    assumptions: sayAssumptions(campaign, found, bounds.trunk !== null),
  }
}

/** Whose calls nobody waits for has neither utilisation nor abandons; when it is through, its dry run says. */
function refuseMode({ mode }: Campaign): Refusal {
  const detail = `A ${mode} campaign dials no faster than its agents or its limits say; its dry run tells when it is through. Ask with mode=progressive, power or predictive what one of these would do.`
  return refuse('conflict', detail, { current_mode: mode })
}

/** Forecasts a plan, and lets the rest of the process go on meanwhile. */
export async function runForecast(plan: ShiftPlan, belief: ShiftBelief): Promise<ShiftForecast> {
  const forecasting = forecastShift(plan, belief, seed)
  for (;;) {
    const step = forecasting.next()
    if (step.done) return step.value
    await letOthersWork()
  }
}

async function showSetting(
  campaign: Campaign,
  plan: ShiftPlan,
  belief: ShiftBelief,
  at: number,
): Promise<z.input<typeof setting>> {
  const forecast = await runForecast(plan, belief)
  const { mode, agents, hours, leads, lines, abandon_cap } = plan
  const window = windowOf(campaign)
  const end = (days: number) => {
    const ends = Number.isFinite(days) ? endOfWork(window, { at, hours, days }) : null
    return ends === null ? null : new Date(Math.round(ends))
  }
  const { low, middle, high } = forecast.days
  return {
    ...{ mode, agents, abandon_cap_percent: Math.round(abandon_cap * 10_000) / 100, hours, leads, lines },
    ...{ utilisation_percent: percent(forecast.utilisation), abandoned_percent: percent(forecast.abandon_rate) },
    ...{ live_answers: rounded(forecast.live_answers, 1), talks: rounded(forecast.talks, 1) },
    dials: rounded(forecast.dials, 1),
    working_days: Number.isFinite(high) ? rounded(forecast.days, 100) : null,
    finishes_at: { low: end(low), middle: end(middle), high: end(high) },
  }
}

function windowOf({ window_start, window_end, weekdays, time_zone, closed_dates }: Campaign): TimeWindow {
  return { hours: weekOf(window_start ?? 0, window_end ?? 0, weekdays), zone: time_zone, closed_dates }
}

export function percent(range: Range): Range {
  return rounded({ low: range.low * 100, middle: range.middle * 100, high: range.high * 100 }, 100)
}

function rounded({ low, middle, high }: Range, parts: number): Range {
  const round = (value: number) => Math.round(value * parts) / parts
  return { low: round(low), middle: round(middle), high: round(high) }
}

function showBasis({ belief, ...basis }: FoundBelief) {
  const { shares, talk, wrap } = belief
  const tenth = (value: number) => Math.round(value * 10) / 10
  return {
    ...basis,
    answered_percent: tenth(shares.live * 100),
    ...{ talk_seconds: tenth(talk.mean), wrap_up_seconds: tenth(wrap.mean) },
  }
}

function sayAssumptions(
  campaign: Campaign,
  { calls, workspace_calls, otherwise }: FoundBelief,
  hasTrunk: boolean,
): string[] {
  const others =
    workspace_calls > 0 ? `, and on ${workspace_calls} of the workspace's other campaigns as far as these few tell` : ''
  const standIn = otherwise === 'cold_list' ? 'a cold list' : 'what the simulated carrier plays'
  return [
    `What it rests on: ${calls} calls of its own${others}; where they are few, ${standIn} stands in.`,
    'Agents come within ten minutes, and take two rests of ten minutes, half an hour of lunch and short pauses.',
    'Days differ from each other by a few per cent; that answers change within a day is not foreseen.',
    'All its leads may be called in its hours, with all their tries left; the dry run asks the rules of each.',
    'Nobody else calls over its lines meanwhile.',
    ...(campaign.hours_zone === 'person' ? ["Its hours are taken on the campaign's clock, not on each person's."] : []),
    ...(hasTrunk ? [] : ['It has no trunk; five lines for each agent are taken for granted.']),
  ]
}
