import {
  Ban,
  BellOff,
  Bot,
  CircleHelp,
  LogOut,
  type LucideIcon,
  PhoneMissed,
  PhoneOff,
  Printer,
  UserRound,
  X,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../api/calls.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { StateBadge } from './state-badge.tsx'

const looks: Record<string, { tone: Tone; icon: LucideIcon }> = {
  human: { tone: 'good', icon: UserRound },
  answered: { tone: 'good', icon: UserRound },
  machine: { tone: 'quiet', icon: Bot },
  screened: { tone: 'quiet', icon: Bot },
  fax: { tone: 'quiet', icon: Printer },
  abandoned: { tone: 'bad', icon: LogOut },
  busy: { tone: 'warn', icon: BellOff },
  no_answer: { tone: 'warn', icon: PhoneMissed },
  rejected: { tone: 'warn', icon: PhoneOff },
  canceled: { tone: 'quiet', icon: X },
  invalid_number: { tone: 'bad', icon: Ban },
  congestion: { tone: 'bad', icon: Ban },
  failed: { tone: 'bad', icon: Ban },
}

/** What the machine saw of a call that is over; of one that is up, how far it is. */
export function OutcomeBadge({ call }: { call: Pick<Call, 'outcome' | 'state'> }) {
  const { t } = useTranslation()
  if (call.state !== 'ended') return <StateBadge state={call.state} />
  const outcome = call.outcome ?? 'unknown'
  const look = looks[outcome] ?? { tone: 'quiet' as const, icon: CircleHelp }
  return <Badge {...look}>{t(`outcome.${outcome as 'human'}`)}</Badge>
}
