import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { urls } from '../../lib/urls.ts'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CallHistory, CallHistoryActs } from './call-history.tsx'
import { LiveCalls } from './live-calls.tsx'
import type { CallSearch } from './shown.ts'

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
          {!search.live && <CallHistoryActs search={search} change={change} />}
          {which}
        </div>
      }
    >
      {search.live ? (
        <LiveCalls campaignId={search.campaign_id} />
      ) : (
        <CallHistory search={search} change={change} clear={() => navigate({ search: {} })} />
      )}
    </Page>
  )
}
