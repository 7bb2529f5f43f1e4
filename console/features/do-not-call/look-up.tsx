import { useMutation, useQuery } from '@tanstack/react-query'
import { Ban, CircleCheck, Search } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contactabilityQuery } from '../../api/contactability.ts'
import { useBarred } from '../../api/me.ts'
import { block, lookUpQuery } from '../../api/suppressions.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { Verdict } from '../contactability/verdict.tsx'

interface LookUpProps {
  /** The number that is looked up; empty: none. */
  number: string
  onAsk: (number: string) => void
}

/** One field: is this number blocked, by what, may it be called, and block it now. */
export function LookUp({ number, onAsk }: LookUpProps) {
  const { t } = useTranslation()
  const barred = useBarred()
  const [typed, setTyped] = useState(number)
  const blocking = useMutation({
    mutationFn: () => block({ number: typed, reason: t('doNotCall.asked'), source: 'customer_request' }),
    onSuccess: (blocked) => {
      tell('success', t('doNotCall.blocked', { number: blocked.number }))
      onAsk(blocked.number)
    },
    onError: tellRefusal,
  })
  const ask = (event: FormEvent) => {
    event.preventDefault()
    onAsk(typed.trim())
  }
  const nothing = typed.trim() === '' ? t('doNotCall.typeFirst') : null
  return (
    <section className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
      <form onSubmit={ask} className="flex flex-wrap items-end gap-2">
        <div className="w-full sm:w-80">
          <TextField
            label={t('doNotCall.number')}
            type="tel"
            dir="ltr"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
        <Button type="submit" look="primary" barred={nothing}>
          <Search aria-hidden className="size-4" />
          {t('doNotCall.lookUp')}
        </Button>
        <Button
          look="bad"
          barred={barred('suppressions.add') ?? nothing ?? (blocking.isPending ? t('loading') : null)}
          onClick={() => blocking.mutate()}
        >
          <Ban aria-hidden className="size-4" />
          {t('doNotCall.block')}
        </Button>
      </form>
      {number !== '' && <Found number={number} />}
    </section>
  )
}

function Found({ number }: { number: string }) {
  const { t } = useTranslation()
  const found = useQuery(lookUpQuery(number))
  const may = useQuery(contactabilityQuery(number))
  return (
    <Loaded of={found} shape={<Skeleton className="h-20" />}>
      {({ number: e164, suppressed, suppressions, lists }) => (
        <div aria-live="polite" className="flex flex-col gap-2 border-t border-line pt-4">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            <PhoneNumber e164={e164} />
            {suppressed ? (
              <Badge tone="bad" icon={Ban}>
                {t('doNotCall.is')}
              </Badge>
            ) : (
              <Badge tone="good" icon={CircleCheck}>
                {t('doNotCall.isNot')}
              </Badge>
            )}
          </p>
          {may.data && <Verdict verdict={may.data} />}
          <ul className="list-disc ps-5 text-sm">
            {suppressions.map(({ id, scope, reason, source }) => (
              <li key={id} dir="auto">
                {t('doNotCall.by', {
                  scope: t(`doNotCall.scope.${scope}`),
                  source: t(`doNotCall.source.${source}`),
                  reason,
                })}
              </li>
            ))}
            {lists.map(({ id, name, source }) => (
              <li key={id} dir="auto">
                {t('doNotCall.byList', { name, source })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Loaded>
  )
}
