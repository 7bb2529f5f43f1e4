import type { Outcome } from '#domain/call.ts'
import type { CallResult } from '#domain/forecast/shift-belief.ts'
import type { PacedMode, ShiftPlan } from '#domain/forecast/shift-plan.ts'
import { planRetry } from '#domain/retry.ts'
import { policyOf } from '#domain/retry-policy.ts'
import type { CampaignBounds } from '#store/campaign-forecast.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { CampaignEvidence } from '#store/lead-evidence.ts'
import type { ServerDeps } from '../../http/house.ts'
import { pacedModes } from './forecast-schema.ts'

/** Who would work, and on whom. */
export interface Asked {
  mode: PacedMode
  agents: number
  abandon_cap_percent: number
  hours: number
  leads: number
}

/** A working day where no window says how long it is; nobody works longer than the latter. */
const usualHours = 8
const mostHours = 12

export function hoursOf({ window_start, window_end }: Campaign): number {
  if (window_start === null || window_end === null) return usualHours
  const minutes = (window_end - window_start + 1440) % 1440
  return minutes === 0 ? usualHours : Math.min(mostHours, Math.max(0.5, minutes / 60))
}

export function isPaced(mode: string): mode is PacedMode {
  return pacedModes.some((paced) => paced === mode)
}

export function planOf(
  house: ServerDeps,
  campaign: Campaign,
  running: CampaignEvidence,
  { trunk, workspace_calls_per_second }: CampaignBounds,
  { mode, agents, abandon_cap_percent, hours, leads }: Asked,
): ShiftPlan {
  const rates = [trunk?.calls_per_second ?? null, workspace_calls_per_second].filter((rate) => rate !== null)
  const { system_concurrent_calls: all } = house.config
  // Without a trunk nothing is known of its lines: enough of them.
  const lines = [trunk ? trunk.channels : agents * 5, campaign.max_concurrent_calls, all].filter(
    (line) => line !== null,
  )
  return {
    ...{ mode, agents, hours, leads, abandon_cap: abandon_cap_percent / 100, calls_per_agent: campaign.power_ratio },
    ...{ lines: Math.max(1, Math.min(...lines)), daily_limit: campaign.daily_limit },
    calls_per_second: rates.length === 0 ? null : Math.min(...rates),
    ...{ ring_timeout: campaign.ring_timeout_seconds, detects_machines: campaign.detects_machines },
    ...{ max_attempts: campaign.max_attempts, retries: retriesOf(campaign, running) },
  }
}

const standsFor: Record<CallResult, Outcome> = {
  ...{ live: 'human', machine: 'machine', busy: 'busy', noanswer: 'no_answer', failed: 'failed' },
}

function retriesOf({ max_attempts }: Campaign, running: CampaignEvidence): ShiftPlan['retries'] {
  const policy = policyOf(running, max_attempts)
  const delay = (result: CallResult) => {
    const none = { attempts: 0, carrier_faults: 0 }
    const { not_before } = planRetry(policy, none, standsFor[result], 0, { rang: true })
    return not_before === null ? null : not_before / 1000
  }
  return {
    ...{ live: delay('live'), machine: delay('machine'), busy: delay('busy') },
    ...{ noanswer: delay('noanswer'), failed: delay('failed') },
  }
}
