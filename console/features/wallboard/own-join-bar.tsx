import { Ear, type LucideIcon, Megaphone, MessageSquare, Mic, MicOff, Phone, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinHow } from '../../api/calls-in-hand.ts'
import type { Softphone } from '../../lib/softphone.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { OwnJoin } from './use-own-join.ts'

export const hows: Record<JoinHow, { key: string; icon: LucideIcon }> = {
  listen: { key: 'l', icon: Ear },
  whisper: { key: 'w', icon: MessageSquare },
  barge: { key: 'b', icon: Megaphone },
  take_over: { key: 'o', icon: Phone },
}

interface OwnJoinBarProps {
  join: OwnJoin
  /** Whose call it is. */
  name: string
  /** Of the supervisor, where the carrier takes phones. */
  phones: readonly Softphone[]
  onLeave: () => void
}

/** How the supervisor is in a call, whether they are heard, and the way out. Shown as long as they are in it. */
export function OwnJoinBar({ join, name, phones, onLeave }: OwnJoinBarProps) {
  const { t } = useTranslation()
  const [heard, setHeard] = useState(false)
  // Whoever comes into the next call is heard by nobody at first.
  useEffect(
    () => () => {
      for (const phone of phones) phone.setMuted(true)
    },
    [phones],
  )
  const speak = () => {
    for (const phone of phones) phone.setMuted(heard)
    setHeard(!heard)
  }
  return (
    <div data-join={join.how} className="flex flex-wrap items-center gap-3">
      <p role="status">
        <Badge tone={join.how === 'listen' ? 'info' : 'warn'} icon={hows[join.how].icon}>
          {t(join.state === 'opening' ? 'wallboard.joining' : `wallboard.mode.${join.how}`, { name })}
        </Badge>
      </p>
      {phones.length > 0 && (
        <Button size="small" aria-pressed={heard} onClick={speak}>
          {heard ? <Mic aria-hidden className="size-4" /> : <MicOff aria-hidden className="size-4" />}
          {t(heard ? 'wallboard.microphoneOn' : 'wallboard.microphoneOff')}
        </Button>
      )}
      <ActButton
        id="wallboard.x"
        keyOf="x"
        icon={X}
        label={t('wallboard.leave')}
        barred={join.how === 'take_over' ? t('wallboard.barred.taken') : null}
        run={onLeave}
      />
    </div>
  )
}
