import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { RotateCcw, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../api/campaigns.ts'
import { type Lead, type LeadStatus, leadsQuery } from '../../api/leads.ts'
import { useBarred } from '../../api/me.ts'
import { showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { Filter } from '../../ui/field.tsx'
import { List } from '../../ui/list.tsx'
import { PhoneNumber } from '../../ui/phone-number.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'
import { LeadBadge } from './lead-badge.tsx'
import { LeadPanel } from './lead-panel.tsx'
import { RecycleForm } from './recycle-form.tsx'
import { type LeadSearch, leadStatuses, readSort, writeSort } from './shown.ts'
import { WhyNumber } from './why-number.tsx'

/** The people of a campaign: how each stands, when they are due, and what holds them. */
export function LeadsTab({ campaign, search }: { campaign: Campaign; search: LeadSearch }) {
  const { t } = useTranslation()
  const barred = useBarred()
  const navigate = useNavigate({ from: urls.campaign })
  const [recycling, setRecycling] = useState(false)
  const { status, lead, sort = 'number' } = search
  const { id } = campaign
  const leads = useInfiniteQuery(leadsQuery(id, status, sort))
  const show = (change: LeadSearch) => navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const over = campaign.status === 'archived' || campaign.status === 'cancelled' ? t('leads.campaignOver') : null
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Filter
          label={t('leads.which')}
          className="sm:w-48"
          value={status ?? ''}
          options={[
            { value: '', label: t('leads.all') },
            ...leadStatuses.map((value) => ({ value, label: t(`lead.${value}`) })),
          ]}
          onChange={({ target }) => show({ status: (target.value || undefined) as LeadStatus | undefined })}
        />
        <WhyNumber campaign={id} onFound={(found) => show({ lead: found })} />
        <Button className="ms-auto" barred={barred('leads.write') ?? over} onClick={() => setRecycling(true)}>
          <RotateCcw aria-hidden className="size-4" />
          {t('leads.recycle')}
        </Button>
      </div>
      <List
        of={leads}
        which={[id, status, sort]}
        label={t('leads.title')}
        columns={useLeadColumns()}
        idOf={(row) => row.id}
        nameOf={({ full_name, phone }) => full_name || phone || ''}
        linkTo={(row) => ({ to: urls.campaign, params: { id }, search: { ...search, tab: 'leads', lead: row.id } })}
        sort={{ now: readSort(sort), onSort: (next) => show({ sort: writeSort(next) }) }}
        empty={
          <Empty icon={UsersRound} title={t(status ? 'leads.noneSuch' : 'leads.none')}>
            {t(status ? 'leads.noneSuchMore' : 'leads.noneMore')}
          </Empty>
        }
      />
      {lead !== undefined && <LeadPanel id={lead} onClose={() => show({ lead: undefined })} />}
      {recycling && <RecycleForm campaign={campaign} onClose={() => setRecycling(false)} />}
    </>
  )
}

function useLeadColumns(): Column<Lead>[] {
  const { t } = useTranslation()
  const title = (id: 'name' | 'number' | 'phone' | 'status' | 'attempts' | 'due_at' | 'held') => ({
    id,
    title: t(`leads.column.${id}`),
  })
  return [
    { ...title('name'), width: 12.5, cell: ({ full_name, number }) => full_name || t('leads.unnamed', { number }) },
    { ...title('number'), width: 5, sortable: true, cell: ({ number }) => number },
    { ...title('phone'), width: 11, cell: ({ phone }) => phone && <PhoneNumber e164={phone} /> },
    { ...title('status'), width: 9, cell: ({ status }) => <LeadBadge status={status} /> },
    {
      ...title('attempts'),
      width: 5,
      cell: ({ attempts, max_attempts: max }) => t('leads.triesOf', { attempts, max }),
    },
    { ...title('due_at'), width: 11.5, sortable: true, cell: ({ due_at }) => due_at && showMoment(due_at) },
    { ...title('held'), width: 13, cell: ({ held_because }) => <bdi title={held_because ?? ''}>{held_because}</bdi> },
  ]
}
