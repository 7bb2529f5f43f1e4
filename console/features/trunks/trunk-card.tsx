import { useMutation, useQuery } from '@tanstack/react-query'
import { CircleCheck, CirclePause, FlaskConical, Pencil, PhoneCall, RadioTower, Star } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { useBarred } from '../../api/me.ts'
import { answerRatesQuery, changeTrunk, type Trunk } from '../../api/trunks.ts'
import { showCount, showMoment, showMoney, showShare } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { CallerIds } from './caller-ids.tsx'
import { TestCall } from './test-call.tsx'

interface TrunkCardProps {
  trunk: Trunk
  /** How many of its calls are up; null until that was read. */
  use: Schemas['Limits']['trunks'][number] | null
  onEdit: () => void
}

export function TrunkCard({ trunk, use, onEdit }: TrunkCardProps) {
  const { t } = useTranslation()
  const barred = useBarred()
  const [testing, setTesting] = useState(false)
  const change = useMutation({
    mutationFn: (body: Parameters<typeof changeTrunk>[1]) => changeTrunk(trunk.id, body),
    onError: tellRefusal,
  })
  const simulated = trunk.provider === 'simulated'
  const notMine = barred('trunks.write')
  return (
    <li className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="me-1 min-w-0 text-lg font-semibold wrap-anywhere">{trunk.name}</h2>
        <Badge tone={simulated ? 'info' : 'quiet'} icon={simulated ? FlaskConical : RadioTower}>
          {simulated ? t('trunks.simulated') : trunk.provider}
        </Badge>
        {trunk.is_default && (
          <Badge tone="good" icon={Star}>
            {t('trunks.default')}
          </Badge>
        )}
        {!trunk.active && (
          <Badge tone="warn" icon={CirclePause}>
            {t('trunks.outOfUse')}
          </Badge>
        )}
      </div>
      {use?.blocked_until && (
        <p role="status" dir="auto" className="rounded-lg bg-warn-soft p-3 text-sm text-warn">
          {t('trunks.rests', { when: showMoment(use.blocked_until), why: use.blocked_reason })}
        </p>
      )}
      <Figures trunk={trunk} inUse={use?.in_use ?? null} />
      <CallerIds trunk={trunk} />
      <div className="mt-auto flex flex-wrap gap-2 border-t border-line pt-4">
        <Button
          size="small"
          barred={barred('calls.place') ?? (trunk.active ? null : t('trunks.outOfUse'))}
          onClick={() => setTesting(true)}
        >
          <PhoneCall aria-hidden className="size-4" />
          {t('trunks.test.open')}
        </Button>
        <Button size="small" barred={notMine} onClick={onEdit}>
          <Pencil aria-hidden className="size-4" />
          {t('trunks.change')}
        </Button>
        {!trunk.is_default && (
          <Button size="small" barred={notMine} onClick={() => change.mutate({ is_default: true })}>
            <Star aria-hidden className="size-4" />
            {t('trunks.makeDefault')}
          </Button>
        )}
        <Button
          size="small"
          barred={notMine ?? (trunk.is_default && trunk.active ? t('trunks.defaultStays') : null)}
          onClick={() => change.mutate({ active: !trunk.active })}
        >
          {trunk.active ? (
            <CirclePause aria-hidden className="size-4" />
          ) : (
            <CircleCheck aria-hidden className="size-4" />
          )}
          {t(trunk.active ? 'trunks.takeOut' : 'trunks.takeIn')}
        </Button>
      </div>
      {testing && <TestCall trunk={trunk} onClose={() => setTesting(false)} />}
    </li>
  )
}

function Figures({ trunk, inUse }: { trunk: Trunk; inUse: number | null }) {
  const { t } = useTranslation()
  const { data: rates } = useQuery(answerRatesQuery(trunk.id))
  const day = rates?.last_day
  const { balance } = trunk
  const figures = [
    [t('trunks.figure.lines'), `${inUse === null ? '–' : showCount(inUse)} / ${showCount(trunk.channels)}`],
    [t('trunks.figure.rate'), trunk.calls_per_second === null ? t('trunks.noBound') : String(trunk.calls_per_second)],
    [t('trunks.figure.answered'), day && day.calls > 0 ? showShare(day.answered / day.calls) : '–'],
    ...(balance?.amount != null
      ? [[t('trunks.figure.balance'), showMoney(balance.amount, balance.currency ?? 'USD')]]
      : []),
  ]
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt className="text-sm text-ink-soft">{label}</dt>
            <dd className="font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
      <Meter share={(inUse ?? 0) / Math.max(1, trunk.channels)} label={t('trunks.figure.lines')} className="h-1.5" />
      {rates?.fallen && <p className="text-sm text-warn">{t('trunks.fallen')}</p>}
    </>
  )
}
