import {
  Archive,
  Ban,
  CalendarClock,
  CircleCheck,
  CirclePause,
  CirclePlay,
  type LucideIcon,
  Pencil,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CampaignStatus } from '../../api/campaigns.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const looks: Record<CampaignStatus, { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: 'quiet', icon: Pencil },
  scheduled: { tone: 'info', icon: CalendarClock },
  active: { tone: 'good', icon: CirclePlay },
  paused: { tone: 'warn', icon: CirclePause },
  completed: { tone: 'quiet', icon: CircleCheck },
  cancelled: { tone: 'bad', icon: Ban },
  archived: { tone: 'quiet', icon: Archive },
}

export function StatusBadge({ status }: { status: CampaignStatus }) {
  const { t } = useTranslation()
  return <Badge {...looks[status]}>{t(`campaigns.status.${status}`)}</Badge>
}
