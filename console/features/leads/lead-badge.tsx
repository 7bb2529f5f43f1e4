import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  FastForward,
  Hourglass,
  type LucideIcon,
  PhoneCall,
  PhoneForwarded,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LeadStatus } from '../../api/leads.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const looks: Record<LeadStatus, { tone: Tone; icon: LucideIcon }> = {
  pending: { tone: 'quiet', icon: Hourglass },
  calling: { tone: 'info', icon: PhoneCall },
  callback: { tone: 'info', icon: Clock },
  completed: { tone: 'good', icon: CircleCheck },
  called: { tone: 'good', icon: PhoneForwarded },
  failed: { tone: 'bad', icon: CircleX },
  skipped: { tone: 'warn', icon: FastForward },
  do_not_call: { tone: 'bad', icon: Ban },
}

/** How a lead stands. */
export function LeadBadge({ status }: { status: LeadStatus }) {
  const { t } = useTranslation()
  return <Badge {...looks[status]}>{t(`lead.${status}`)}</Badge>
}
