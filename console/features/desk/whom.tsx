import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '../../api/agent-frames.ts'
import { callInHandQuery } from '../../api/calls-in-hand.ts'
import { showAge } from '../../lib/format.ts'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Desk } from './use-desk.ts'

/** Whoever heard nobody for so long may be about to hang up. */
const blankMs = 2_000

/** Who is on the line, for how long, and how long they had heard nobody. */
export function Whom({ desk: { session, ahead_ms }, pop }: { desk: Desk; pop: ScreenPop | null }) {
  const { t } = useTranslation()
  const now = useNow()
  const call = useQuery({ ...callInHandQuery(session.call_id ?? ''), enabled: session.call_id !== null })
  const waited = call.data?.wait_ms ?? 0
  return (
    <div>
      <p className="text-sm text-ink-soft" dir="auto">
        {pop?.campaign?.name ?? t('desk.byHand')}
      </p>
      <p className="text-xl font-semibold wrap-anywhere" dir="auto">
        {pop?.contact?.full_name || (pop ? <PhoneNumber e164={pop.number} /> : t('loading'))}
      </p>
      {pop?.contact?.full_name && (
        <p>
          <PhoneNumber e164={pop.number} />
        </p>
      )}
      {session.state === 'on_call' && (
        <p role="timer" aria-live="off" className="mt-1 text-3xl font-semibold">
          {showAge(now - ahead_ms - Date.parse(session.state_since))}
        </p>
      )}
      {waited > blankMs && (
        <p className="mt-2 flex items-center gap-1.5 text-sm font-medium text-warn">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {t('desk.blank', { seconds: (waited / 1000).toFixed(1) })}
        </p>
      )}
    </div>
  )
}
