import { PhoneOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { DialBox } from './dial-box.tsx'
import type { Desk } from './use-desk.ts'

/** Between two calls: whether one is being dialed, and how the line stands. */
export function Waiting({ desk, onHangUp }: { desk: Desk; onHangUp: () => void }) {
  const { t } = useTranslation()
  const { session } = desk
  const line = session.leg?.state ?? null
  return (
    <>
      <div>
        <p className="text-xl font-semibold">
          {t(
            `desk.waiting.${session.state === 'reserved' ? 'dialing' : session.state === 'available' ? 'ready' : 'break'}`,
          )}
        </p>
        <p className={line === 'down' ? 'mt-1 text-sm text-bad' : 'mt-1 text-sm text-ink-soft'}>
          {t(`desk.line.${line ?? 'none'}`, { cause: session.leg?.hangup_cause ?? '' })}
        </p>
      </div>
      {session.state === 'reserved' ? (
        <ActButton
          id="desk.x"
          keyOf="x"
          icon={PhoneOff}
          look="bad"
          label={t('desk.act.hang_up')}
          barred={null}
          run={onHangUp}
        />
      ) : (
        <DialBox desk={desk} />
      )}
    </>
  )
}
