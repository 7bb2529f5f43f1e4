import { BellRing, type LucideIcon, Phone, PhoneCall, PhoneOutgoing } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../api/calls.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const looks: Record<Call['state'], { tone: Tone; icon: LucideIcon }> = {
  initiated: { tone: 'info', icon: PhoneOutgoing },
  ringing: { tone: 'warn', icon: BellRing },
  answered: { tone: 'good', icon: PhoneCall },
  ended: { tone: 'quiet', icon: Phone },
}

export function StateBadge({ state }: { state: Call['state'] }) {
  const { t } = useTranslation()
  return <Badge {...looks[state]}>{t(`calls.state.${state}`)}</Badge>
}
