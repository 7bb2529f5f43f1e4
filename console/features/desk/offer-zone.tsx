import { Phone, SkipForward } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '../../api/agent-frames.ts'
import { showAge } from '../../lib/format.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { Desk } from './use-desk.ts'

const reasons = ['later', 'unprepared', 'not_mine'] as const
type Reason = (typeof reasons)[number]

/** A lead that is shown before it is dialed: the agent takes it or passes it over. */
export function OfferZone({ desk, offer }: { desk: Desk; offer: ScreenPop & { until: string } }) {
  const { t } = useTranslation()
  const now = useNow()
  const [why, setWhy] = useState<Reason>('later')
  const { call_id, number, contact, campaign, until } = offer
  return (
    <>
      <div data-offer={call_id}>
        <p className="text-sm text-ink-soft" dir="auto">
          {campaign?.name}
        </p>
        <p className="text-xl font-semibold wrap-anywhere" dir="auto">
          {contact?.full_name || <PhoneNumber e164={number} />}
        </p>
        {contact?.full_name && <PhoneNumber e164={number} />}
        <p className="mt-1 text-sm text-ink-soft">
          {t('desk.offer.decide')}{' '}
          <span role="timer" aria-live="off" className="font-medium text-ink">
            {showAge(Date.parse(until) - (now - desk.ahead_ms))}
          </span>
        </p>
      </div>
      <div className="grid gap-2">
        <ActButton
          id="desk.a"
          keyOf="a"
          look="primary"
          icon={Phone}
          label={t('desk.offer.take')}
          barred={null}
          run={() => desk.want({ type: 'accept_offer', call_id })}
        />
        <SelectField
          label={t('desk.offer.why')}
          value={why}
          options={reasons.map((value) => ({ value, label: t(`desk.offer.reason.${value}`) }))}
          onChange={({ target }) => setWhy(target.value as Reason)}
        />
        <ActButton
          id="desk.s"
          keyOf="s"
          icon={SkipForward}
          label={t('desk.offer.skip')}
          barred={null}
          run={() => desk.want({ type: 'skip_offer', call_id, reason: why })}
        />
      </div>
    </>
  )
}
