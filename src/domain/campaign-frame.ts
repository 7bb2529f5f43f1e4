import { type WeekHours, weekOf } from './calling-hours.ts'
import type { CampaignStatus } from './campaign.ts'
import type { ContactabilityInput } from './contactability.ts'
import type { OwnRules } from './rule-packs/rule-packs.ts'

/** A campaign's settings that a verdict looks at. Minutes of the day; instants in epoch ms. */
export interface FramedCampaign {
  status: CampaignStatus
  window_start: number | null
  window_end: number | null
  /** ISO: 1 is Monday. */
  weekdays: number[]
  time_zone: string
  hours_zone: 'campaign' | 'person'
  starts_at: number | null
  ends_at: number | null
  workspace_hours: WeekHours | null
  closed_dates: string[]
  workspace_closed_dates: string[]
  purpose: 'marketing' | 'information'
  own_rules: OwnRules | null
  home_country: string | null
}

/** The part of a verdict's input that all leads of a campaign share. Make it once: the rules keep their answers by it. */
export function frameCampaign(campaign: FramedCampaign): Pick<ContactabilityInput, 'campaign' | 'workspace'> {
  const ownHours = campaign.window_start !== null || campaign.weekdays.length < 7
  return {
    campaign: {
      status: campaign.status,
      hours: ownHours ? weekOf(campaign.window_start ?? 0, campaign.window_end ?? 0, campaign.weekdays) : null,
      zone: campaign.time_zone,
      hours_zone: campaign.hours_zone,
      starts_at: campaign.starts_at,
      ends_at: campaign.ends_at,
      ...(campaign.purpose === 'marketing' ? {} : { purpose: campaign.purpose }),
      ...(campaign.closed_dates.length === 0 ? {} : { closed_dates: campaign.closed_dates }),
    },
    workspace: {
      hours: campaign.workspace_hours,
      ...(campaign.workspace_closed_dates.length === 0 ? {} : { closed_dates: campaign.workspace_closed_dates }),
      ...(campaign.own_rules ? { own_rules: campaign.own_rules } : {}),
      ...(campaign.home_country ? { home_country: campaign.home_country } : {}),
    },
  }
}
