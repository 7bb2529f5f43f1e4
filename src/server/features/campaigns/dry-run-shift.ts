import type { CallSample, Capacity } from '#domain/forecast/play-campaign.ts'
import type { ShiftForecast } from '#domain/forecast/shift-forecast.ts'
import type { CrewCount } from '#store/campaign-agents.ts'
import type { CampaignBounds } from '#store/campaign-forecast.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { CampaignEvidence } from '#store/lead-evidence.ts'
import type { ServerDeps } from '../../http/house.ts'
import { percent, runForecast } from './forecast.ts'
import { believe, type readPast } from './forecast-belief.ts'
import { hoursOf, isPaced, planOf } from './forecast-plan.ts'

/** A working day of those who are signed on, or else assigned, and how fast they get through a list. */
export interface ForeseenShift {
  agents: number
  hours: number
  forecast: ShiftForecast
}

/** Null where nobody paces the campaign's calls, or nobody is there to take them. */
export async function foreseeShift(
  house: ServerDeps,
  campaign: Campaign,
  running: CampaignEvidence,
  known: { bounds: CampaignBounds; crew: CrewCount; past: Awaited<ReturnType<typeof readPast>> | null; leads: number },
): Promise<ForeseenShift | null> {
  const { bounds, crew, past, leads } = known
  const { mode, abandon_cap_percent } = campaign
  const agents = crew.signed_on > 0 ? crew.signed_on : crew.assigned
  if (!isPaced(mode) || past === null || agents === 0 || !bounds.trunk || bounds.trunk.channels === 0) return null
  const hours = hoursOf(campaign)
  const plan = planOf(house, campaign, running, bounds, { mode, agents, abandon_cap_percent, hours, leads })
  const { belief } = believe(house, campaign, bounds, past)
  return { agents, hours, forecast: await runForecast(plan, belief) }
}

/**
 * Each agent holds what is dialed for them for as long as a dial took in the simulated shifts, idle time and rests
 * included; who talks longer holds the longer.
 */
export function capacityOfShift(
  { agents, forecast }: ForeseenShift,
  samples: readonly CallSample[],
  wrapUpMs: number,
): Pick<Capacity, 'lines' | 'holdMs'> {
  const plain = ({ outcome, line_ms }: CallSample) =>
    line_ms + (outcome === 'human' || outcome === 'answered' ? wrapUpMs : 0)
  const mean = samples.reduce((sum, sample) => sum + plain(sample), 0) / Math.max(1, samples.length)
  const each = (forecast.agent_seconds_per_dial.middle * 1000) / Math.max(1, mean)
  return { lines: agents, holdMs: (sample) => plain(sample) * each }
}

/** How much slower, or faster, one run is than the middle one. */
export function paceOf({ forecast }: ForeseenShift): (normal: number) => number {
  const { low, high } = forecast.agent_seconds_per_dial
  const spread = Math.log(high / low) / 2.563
  return (normal) => Math.exp(spread * normal)
}

export function showShift(shift: ForeseenShift | null) {
  if (shift === null) return null
  const { agents, hours, forecast } = shift
  return {
    ...{ agents, hours },
    utilisation_percent: percent(forecast.utilisation),
    abandoned_percent: percent(forecast.abandon_rate),
  }
}
