import { Archive, Ban, type LucideIcon, Pause, Play, RotateCcw, Square } from 'lucide-react'
import type { Campaign, CampaignAct, CampaignStatus } from '../../api/campaigns.ts'

type Words =
  | 'campaigns.barred.finished'
  | 'campaigns.barred.notYet'
  | 'campaigns.barred.running'
  | 'campaigns.barred.archived'

interface ActRule {
  icon: LucideIcon
  from: readonly CampaignStatus[]
}

/** The server has the last word; this says beforehand what it would refuse. */
export const actRules: Record<CampaignAct, ActRule> = {
  start: { icon: Play, from: ['draft', 'scheduled'] },
  resume: { icon: RotateCcw, from: ['paused', 'completed'] },
  pause: { icon: Pause, from: ['active'] },
  stop: { icon: Square, from: ['active', 'paused'] },
  cancel: { icon: Ban, from: ['draft', 'scheduled', 'active', 'paused'] },
  archive: { icon: Archive, from: ['draft', 'paused', 'completed', 'cancelled'] },
}

/** Why this campaign can't be acted on so; null where it can. */
export function barredFrom(act: CampaignAct, { status }: Pick<Campaign, 'status'>): Words | null {
  if (actRules[act].from.includes(status)) return null
  if (status === 'archived') return 'campaigns.barred.archived'
  if (status === 'active') return 'campaigns.barred.running'
  return status === 'draft' || status === 'scheduled' ? 'campaigns.barred.notYet' : 'campaigns.barred.finished'
}

/** What is most likely wanted next of a campaign that stands so; null where nothing is. */
export function nextActOf({ status }: Pick<Campaign, 'status'>): CampaignAct | null {
  if (status === 'active') return 'pause'
  if (status === 'paused') return 'resume'
  return status === 'draft' || status === 'scheduled' ? 'start' : null
}
