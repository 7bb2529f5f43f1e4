import { useInfiniteQuery } from '@tanstack/react-query'
import { ShieldCheck, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import { type Suppression, suppressionsQuery, unblock } from '../../api/suppressions.ts'
import { showMoment } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { List } from '../../ui/list.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'

/** Every number that was blocked by itself, the latest first. */
export function BlockedNumbers() {
  const { t } = useTranslation()
  const barred = useBarred()
  const list = useInfiniteQuery(suppressionsQuery(''))
  const [freeing, setFreeing] = useState<Suppression | null>(null)
  const columns: Column<Suppression>[] = [
    { id: 'number', title: t('doNotCall.number'), width: 10.5, cell: ({ number }) => <PhoneNumber e164={number} /> },
    {
      id: 'scope',
      title: t('doNotCall.where'),
      width: 8,
      cell: ({ scope, brand }) => (scope === 'brand' ? brand : t(`doNotCall.scope.${scope}`)),
    },
    { id: 'source', title: t('doNotCall.from'), width: 9, cell: ({ source }) => t(`doNotCall.source.${source}`) },
    { id: 'reason', title: t('doNotCall.reason'), width: 12.5, cell: ({ reason }) => <bdi>{reason}</bdi> },
    { id: 'created_at', title: t('doNotCall.since'), width: 12, cell: ({ created_at }) => showMoment(created_at) },
    {
      id: 'expires_at',
      title: t('doNotCall.until'),
      width: 8,
      cell: ({ expires_at }) => (expires_at === null ? t('doNotCall.forGood') : showMoment(expires_at)),
    },
    {
      id: 'acts',
      title: t('doNotCall.acts'),
      width: 10,
      cell: (row) => (
        <Button look="quiet" size="small" barred={barred('suppressions.remove')} onClick={() => setFreeing(row)}>
          <Undo2 aria-hidden className="size-4" />
          {t('doNotCall.free')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <List
        of={list}
        label={t('doNotCall.tab.numbers')}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ number }) => number}
        empty={
          <Empty icon={ShieldCheck} title={t('doNotCall.none')}>
            {t('doNotCall.noneMore')}
          </Empty>
        }
      />
      {freeing && (
        <ReasonDialog
          title={t('doNotCall.freeTitle', { number: freeing.number })}
          text={t('doNotCall.freeText')}
          submit={t('doNotCall.free')}
          onSubmit={async (reason) => {
            await unblock(freeing.id, reason)
            setFreeing(null)
          }}
          onClose={() => setFreeing(null)}
        />
      )}
    </>
  )
}
