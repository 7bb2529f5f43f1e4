import { setImmediate as letOthersWork } from 'node:timers/promises'
import { isAgentless } from '#domain/campaign.ts'
import { type Forecast, forecastCampaign, mostPlayedByDay } from '#domain/forecast/campaign-forecast.ts'
import type { CallSample, Capacity } from '#domain/forecast/play-campaign.ts'
import { policyOf } from '#domain/retry-policy.ts'
import type { RoutedTrunk } from '#domain/routing.ts'
import { type CrewCount, countCrew } from '#store/campaign-agents.ts'
import { type CampaignBounds, readCampaignBounds, readLastCalls } from '#store/campaign-forecast.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { CampaignEvidence } from '#store/lead-evidence.ts'
import { listTrunks } from '#store/trunks.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { foreseeCalls, rehearsal_provider } from '#telephony/registry.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { boundsOver, type RouteTally } from './dry-run-route.ts'
import { capacityOfShift, foreseeShift, paceOf, showShift } from './dry-run-shift.ts'
import type { KeptLeads } from './dry-run-tally.ts'
import { readPast } from './forecast-belief.ts'
import { isPaced } from './forecast-plan.ts'

/** Fewer calls than these say little of the next ones; more than the latter are not read. */
const fewestCalls = 200
const mostCalls = 1_000
/** Chance of a forecast: the same question has the same answer. */
const seed = 1

/** When the campaign is expected to be through, what that is expected to cost, and what was assumed. */
export async function expectCampaign(
  house: ServerDeps,
  { workspace_id }: Caller,
  campaign: Campaign,
  running: CampaignEvidence,
  kept: KeptLeads & { chosen: { route: RoutedTrunk[]; routes: RouteTally } | null },
  at: number,
) {
  const { bounds, crew, calls, past } = await inWorkspace(
    house.pool,
    { workspace_id },
    async (tx) => ({
      bounds: await readBounds(tx, workspace_id, campaign.id, kept.chosen, at),
      crew: await countCrew(tx, workspace_id, campaign.id),
      calls: await findCalls(tx, workspace_id, campaign),
      past: isPaced(campaign.mode) ? await readPast(tx, workspace_id, campaign.id, at) : null,
    }),
    { reads_only: true },
  )
  const { samples, based_on } = calls ?? foresee(house, campaign, bounds)
  const bound = findBound(house, campaign, bounds, crew)
  const impossible = findObstacle(campaign, running, bounds, crew)
  const leads = Math.round(kept.leads.length * kept.stands_for)
  const shift = impossible ? null : await foreseeShift(house, campaign, running, { bounds, crew, past, leads })
  const capacity = {
    ...capacityOf(campaign, bounds, bound.lines),
    ...(shift ? capacityOfShift(shift, samples, campaign.wrap_up_seconds * 1000) : {}),
  }
  const plan = { at, policy: policyOf(running, 0), samples, capacity, ...(shift ? { pace: paceOf(shift) } : {}) }
  const forecast = impossible ? null : await play(kept, plan)
  return {
    shift: showShift(shift),
    finish: showFinish(forecast, impossible),
    cost: showCost(forecast, bounds),
    assumptions: {
      ...{ lines: bound.lines, bound_by: bound.by, based_on, calls: samples.length },
      ...{ answered_percent: Math.round(share(samples, ({ talk_ms }) => talk_ms > 0) * 1000) / 10 },
      ...{ stands_for: Math.round(kept.stands_for * 100) / 100, runs: forecast?.runs ?? 0 },
      sentences: sayAssumptions(campaign, based_on, samples.length, shift !== null),
    },
  }
}

/** Of its trunk; of one that chooses, of its trunks together. */
async function readBounds(
  tx: Tx,
  workspaceId: string,
  id: string,
  chosen: { route: RoutedTrunk[]; routes: RouteTally } | null,
  at: number,
): Promise<CampaignBounds> {
  const bounds = await readCampaignBounds(tx, workspaceId, id, at)
  return chosen === null ? bounds : boundsOver(bounds, chosen.route, await listTrunks(tx, workspaceId), chosen.routes)
}

/** The campaign's own calls, or else the workspace's; null where there are too few of both. */
async function findCalls(tx: Tx, workspaceId: string, { id, mode }: Campaign) {
  const agentless = isAgentless(mode)
  for (const [based_on, campaign_id] of [['campaign', id] as const, ['workspace', null] as const]) {
    const samples = await readLastCalls(tx, workspaceId, { campaign_id, agentless }, mostCalls)
    if (samples.length >= fewestCalls) return { samples: samples as CallSample[], based_on }
  }
  return null
}

function foresee(house: ServerDeps, campaign: Campaign, { trunk }: CampaignBounds) {
  const { sim } = house.config
  const simulated = trunk?.provider === rehearsal_provider
  const foreseen = foreseeCalls(trunk?.provider ?? '', sim.script_file, campaign.ring_timeout_seconds * 1000)
  const speed = simulated ? (trunk.speed ?? sim.speed) : 1
  const samples = foreseen.map((call) => ({ ...call, line_ms: call.line_ms / speed, talk_ms: call.talk_ms / speed }))
  return { samples, based_on: simulated ? ('simulated_carrier' as const) : ('cold_list' as const) }
}

type Bound = { lines: number; by: 'trunk' | 'campaign' | 'owner' | 'workspace' | 'installation' | 'agents' }

/** The narrowest of what bounds its calls at once, with nobody else's calls beside them. */
function findBound(
  house: ServerDeps,
  campaign: Campaign,
  { trunk, owner_cap, workspace_cap }: CampaignBounds,
  { assigned, signed_on }: CrewCount,
): Bound {
  const crew: Bound[] = isAgentless(campaign.mode)
    ? [
        { lines: owner_cap, by: 'owner' },
        { lines: workspace_cap, by: 'workspace' },
      ]
    : [{ lines: signed_on > 0 ? signed_on : assigned, by: 'agents' }]
  const { max_concurrent_calls: own } = campaign
  const { system_concurrent_calls: all } = house.config
  const bounds: Bound[] = [
    { lines: trunk?.channels ?? 0, by: 'trunk' },
    ...(own === null ? [] : [{ lines: own, by: 'campaign' } as const]),
    ...crew,
    ...(all === null ? [] : [{ lines: all, by: 'installation' } as const]),
  ]
  return bounds.reduce((narrowest, bound) => (bound.lines < narrowest.lines ? bound : narrowest))
}

function capacityOf(campaign: Campaign, bounds: CampaignBounds, lines: number): Capacity {
  const { trunk, workspace_calls_per_second, dials_today } = bounds
  const rates = [trunk?.calls_per_second ?? null, workspace_calls_per_second].filter((rate) => rate !== null)
  const { mode, wrap_up_seconds, preview_seconds, daily_limit, time_zone } = campaign
  const shown = mode === 'preview' ? preview_seconds * 1000 : 0
  const holdMs = isAgentless(mode)
    ? ({ line_ms }: CallSample) => line_ms
    : ({ outcome, line_ms }: CallSample) => {
        const talks = outcome === 'human' || outcome === 'answered'
        return shown + (talks ? line_ms + wrap_up_seconds * 1000 : line_ms)
      }
  return {
    ...{ lines, holdMs, calls_per_second: rates.length === 0 ? null : Math.min(...rates) },
    daily: daily_limit === null ? null : { limit: daily_limit, zone: time_zone, made: dials_today },
  }
}

type Obstacle = 'campaign_over' | 'by_hand' | 'no_trunk' | 'no_agents'

/** What keeps the campaign from dialing at all, whoever may be called. */
function findObstacle(
  { mode, status }: Campaign,
  running: CampaignEvidence,
  { trunk }: CampaignBounds,
  { assigned }: CrewCount,
): Obstacle | null {
  if (status === 'cancelled' || status === 'archived') return 'campaign_over'
  if (mode === 'manual') return 'by_hand'
  if (!trunk || running.trunk_id === null) return 'no_trunk'
  return !isAgentless(mode) && assigned === 0 ? 'no_agents' : null
}

/** Plays it, and lets the rest of the process go on meanwhile. */
async function play(
  { leads, stands_for }: KeptLeads,
  plan: Omit<Parameters<typeof forecastCampaign>[0], 'leads' | 'stands_for'>,
): Promise<Forecast> {
  const every = plan.capacity.daily ? Math.max(1, Math.ceil(leads.length / mostPlayedByDay)) : 1
  const played = leads.filter((_, index) => index % every === 0)
  const each = played.length === 0 ? 1 : (stands_for * leads.length) / played.length
  const playing = forecastCampaign({ ...plan, leads: played, stands_for: each }, seed)
  for (;;) {
    const step = playing.next()
    if (step.done) return step.value
    await letOthersWork()
  }
}

const whyNot: Record<Obstacle | NonNullable<Forecast['unfinished']>, string> = {
  campaign_over: 'The campaign is over for good.',
  by_hand: 'Its agents dial by hand, and when they do is theirs to say.',
  no_trunk: 'There is no trunk to call over.',
  no_agents: 'No agents are assigned to it.',
  nobody_callable: 'Nobody may be called.',
  no_capacity: 'Its limits leave no line to call over.',
  beyond_horizon: 'It would not be through in 400 days.',
}

function showFinish(forecast: Forecast | null, obstacle: Obstacle | null) {
  const why = obstacle ?? forecast?.unfinished ?? null
  const instant = (at: number | null | undefined) => (at == null ? null : new Date(Math.round(at)))
  return {
    finishes_at: instant(forecast?.finishes_at),
    earliest: instant(forecast?.earliest),
    latest: instant(forecast?.latest),
    reason: why === null ? null : { code: why, sentence: whyNot[why] },
    dials: Math.round(forecast?.dials ?? 0),
    talk_minutes: Math.round(forecast?.talk_minutes ?? 0),
    unreached: Math.round(forecast?.unreached ?? 0),
  }
}

function showCost(forecast: Forecast | null, { trunk }: CampaignBounds) {
  const { price_per_minute: price, currency } = trunk ?? { price_per_minute: null, currency: null }
  if (price === null || currency === null || forecast === null) return null
  const amount = Math.round(forecast.talk_minutes * price * 100) / 100
  return { amount, currency, price_per_minute: price, billed: 'started_minutes_of_talk' as const }
}

function share(samples: readonly CallSample[], has: (sample: CallSample) => boolean): number {
  return samples.length === 0 ? 0 : samples.filter(has).length / samples.length
}

const sources = {
  campaign: "as the campaign's last calls did",
  workspace: "as the workspace's last calls did",
  simulated_carrier: 'as the simulated carrier plays them',
  cold_list: 'as those of a cold list do, until there are 200 calls of its own',
}

function sayAssumptions(campaign: Campaign, basedOn: keyof typeof sources, calls: number, rests: boolean): string[] {
  return [
    `Calls end and last ${sources[basedOn]} (${calls} of them).`,
    'Nobody else calls over its lines meanwhile, and it is not paused.',
    ...(isAgentless(campaign.mode)
      ? []
      : [
          `As many agents stay as are signed on now, or are assigned when none is; ${rests ? 'they come, rest and wait for calls as in simulated shifts' : 'nobody rests'}.`,
        ]),
    ...(campaign.completes === 'by_hand' ? ['It stays open afterwards, until somebody ends it.'] : []),
  ]
}
