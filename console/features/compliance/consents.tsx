import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Handshake, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBarred } from '../../api/me.ts'
import { type Consent, consentsQuery, withdrawConsent } from '../../api/rules.ts'
import { showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { List } from '../../ui/list.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'
import { NewConsentDialog } from './new-consent.tsx'

const route = getRouteApi(urls.compliance)

/** Who agreed to be called: how, when, in which words, and where that can be looked up. */
export function Consents() {
  const { t } = useTranslation()
  const barred = useBarred()
  const { number = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(consentsQuery(number))
  const [recording, setRecording] = useState(false)
  const [withdrawing, setWithdrawing] = useState<Consent | null>(null)
  const columns: Column<Consent>[] = [
    { id: 'number', title: t('compliance.number'), width: 11, cell: (row) => <PhoneNumber e164={row.number} /> },
    { id: 'basis', title: t('compliance.basis'), width: 10, cell: ({ basis }) => <bdi>{basis}</bdi> },
    {
      id: 'strength',
      title: t('compliance.strengthLabel'),
      width: 8,
      cell: ({ strength }) => t(`compliance.strength.${strength}`),
    },
    { id: 'given', title: t('compliance.given'), width: 12.5, cell: ({ given_at }) => showMoment(given_at) },
    {
      id: 'source',
      title: t('compliance.source'),
      width: 14,
      cell: ({ source, text }) => <bdi title={text}>{source}</bdi>,
    },
    {
      id: 'state',
      title: t('compliance.state'),
      width: 11,
      cell: (row) =>
        row.withdrawn_at === null ? (
          <Button look="quiet" size="small" barred={barred('consents.write')} onClick={() => setWithdrawing(row)}>
            {t('compliance.withdraw')}
          </Button>
        ) : (
          <span title={row.withdrawn_reason ?? ''}>
            {t('compliance.withdrawn', { when: showMoment(row.withdrawn_at) })}
          </span>
        ),
    },
  ]
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <SearchBox
          label={t('compliance.search')}
          value={number}
          onSearch={(words) => navigate({ search: (old) => ({ ...old, number: words || undefined }), replace: true })}
          className="w-full sm:w-72"
        />
        <Button className="ms-auto" barred={barred('consents.write')} onClick={() => setRecording(true)}>
          <Plus aria-hidden className="size-4" />
          {t('compliance.record')}
        </Button>
      </div>
      <List
        of={list}
        which={number}
        label={t('compliance.tab.consents')}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={(row) => row.number}
        empty={
          <Empty icon={Handshake} title={t('compliance.none')}>
            {t('compliance.noneMore')}
          </Empty>
        }
      />
      {recording && <NewConsentDialog onClose={() => setRecording(false)} />}
      {withdrawing && (
        <ReasonDialog
          title={t('compliance.withdrawTitle', { number: withdrawing.number })}
          text={t('compliance.withdrawText')}
          submit={t('compliance.withdraw')}
          onSubmit={async (reason) => {
            await withdrawConsent(withdrawing.number, reason)
            setWithdrawing(null)
          }}
          onClose={() => setWithdrawing(null)}
        />
      )}
    </>
  )
}
