import { Coffee, Headphones, type LucideIcon, PencilLine, PhoneCall, PhoneIncoming, Power } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isUsual } from '../lib/break-reasons.ts'
import { Badge, type Tone } from './badge.tsx'

type State = 'offline' | 'available' | 'reserved' | 'on_call' | 'wrap_up' | 'break'

const looks: Record<State, { tone: Tone; icon: LucideIcon }> = {
  offline: { tone: 'quiet', icon: Power },
  available: { tone: 'good', icon: Headphones },
  reserved: { tone: 'info', icon: PhoneIncoming },
  on_call: { tone: 'info', icon: PhoneCall },
  wrap_up: { tone: 'warn', icon: PencilLine },
  break: { tone: 'quiet', icon: Coffee },
}

/** What an agent is doing, and why they take a break. */
export function AgentStateBadge({ state, reason }: { state: State; reason: string | null }) {
  const { t } = useTranslation()
  const word = t(`agentState.${state}`)
  const why = reason !== null && isUsual(reason) ? t(`breakReason.${reason}`) : reason
  return <Badge {...looks[state]}>{state === 'break' && why !== null ? t('agentState.breakFor', { why }) : word}</Badge>
}
