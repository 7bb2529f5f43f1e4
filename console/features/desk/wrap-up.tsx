import { Timer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { showAge } from '../../lib/format.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Desk } from './use-desk.ts'

/** How long the agent has for writing down what the call was about; a text that is not saved holds the next call back. */
export function WrapUp({ desk: { session, ahead_ms, want } }: { desk: Desk }) {
  const { t } = useTranslation()
  const now = useNow()
  if (session.wrap_up_until === null) return null
  const left = Date.parse(session.wrap_up_until) - (now - ahead_ms)
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-warn-soft p-3">
      <p className="font-medium text-warn">
        {t('desk.wrapUp.left')}{' '}
        <span role="timer" aria-live="off">
          {showAge(left)}
        </span>
      </p>
      <p className="text-sm">
        {t(session.unsaved ? 'desk.wrapUp.unsaved' : `desk.wrapUp.then.${session.next_state ?? 'available'}`)}
      </p>
      <ActButton
        id="desk.e"
        keyOf="e"
        icon={Timer}
        label={t('desk.wrapUp.extend')}
        barred={session.wrap_up_extended ? t('desk.wrapUp.extended') : null}
        run={() => want({ type: 'extend_wrap_up' })}
      />
    </div>
  )
}
