import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download, PhoneOutgoing } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { callFileAt, callsQuery } from '../../api/calls.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { buttonLook } from '../../ui/button-look.ts'
import { ColumnsMenu } from '../../ui/columns-menu.tsx'
import { List } from '../../ui/list.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { callColumns, nameOf } from './call-columns.tsx'
import { CallFilters } from './call-filters.tsx'
import { LiveCalls } from './live-calls.tsx'
import { type CallSearch, filtersOf } from './shown.ts'

const route = getRouteApi(urls.calls)

/** Every call there was, found by what is known of it; or those that are up now. */
export function CallsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (change: CallSearch, replace = false) =>
    navigate({ search: (old) => ({ ...old, ...change }), replace })
  const which = (
    <Tabs
      label={t('calls.which')}
      value={search.live ? 'live' : 'all'}
      options={[
        { value: 'all', label: t('calls.all') },
        { value: 'live', label: t('calls.live') },
      ]}
      onChoose={(chosen) => navigate({ search: chosen === 'live' ? { live: true } : {} })}
    />
  )
  return (
    <Page
      title={t('places.calls')}
      aside={
        <div className="flex flex-wrap items-center gap-2">
          {!search.live && <ListActs search={search} change={change} />}
          {which}
        </div>
      }
    >
      {search.live ? <LiveCalls campaignId={search.campaign_id} /> : <CallHistory search={search} change={change} />}
    </Page>
  )
}

interface CallHistoryProps {
  search: CallSearch
  change: (change: CallSearch, replace?: boolean) => void
}

const hiddenOf = ({ hide }: CallSearch) => hide?.split(',') ?? []

function ListActs({ search, change }: CallHistoryProps) {
  const { t } = useTranslation()
  return (
    <>
      <ColumnsMenu
        columns={callColumns(t)}
        hidden={hiddenOf(search)}
        onHide={(ids) => change({ hide: ids.length > 0 ? ids.join(',') : undefined })}
      />
      <a href={callFileAt(filtersOf(search))} download className={buttonLook('plain', 'small')}>
        <Download aria-hidden className="size-4" />
        {t('calls.export')}
      </a>
    </>
  )
}

function CallHistory({ search, change }: CallHistoryProps) {
  const { t } = useTranslation()
  const navigate = route.useNavigate()
  const filters = filtersOf(search)
  const list = useInfiniteQuery({ ...callsQuery(filters), placeholderData: keepPreviousData })
  const hidden = hiddenOf(search)
  const all = Object.keys(filters).length === 0
  return (
    <>
      <CallFilters search={search} change={change} />
      <List
        of={list}
        which={filters}
        label={t('places.calls')}
        columns={callColumns(t).filter(({ id }) => !hidden.includes(id))}
        idOf={({ id }) => id}
        nameOf={(call) => nameOf(call, t('calls.nobody'))}
        linkTo={({ id }) => ({ to: urls.call, params: { id } })}
        empty={
          <Empty icon={PhoneOutgoing} title={t(all ? 'calls.none' : 'calls.noneSuch')}>
            <p>{t(all ? 'calls.noneMore' : 'calls.noneSuchMore')}</p>
            {!all && (
              <Button className="mt-3" onClick={() => navigate({ search: {} })}>
                {t('calls.clear')}
              </Button>
            )}
          </Empty>
        }
      />
    </>
  )
}
