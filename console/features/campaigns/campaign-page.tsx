import { useQuery } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { type Campaign, campaignQuery, progressQuery } from '../../api/campaigns.ts'
import { urls } from '../../lib/urls.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CallHistory, CallHistoryActs } from '../calls/call-history.tsx'
import type { CallSearch } from '../calls/shown.ts'
import { LeadsTab } from '../leads/leads-tab.tsx'
import { CampaignActs } from './campaign-acts.tsx'
import { CarrierBadge } from './carrier-badge.tsx'
import { Monitor } from './monitor.tsx'
import { SettingsTab } from './settings-tab.tsx'
import { StatusBadge } from './status-badge.tsx'
import { campaignTabs } from './tabs.ts'

const route = getRouteApi(urls.campaign)

/** Its charts are loaded when somebody wants to see them. */
const Report = lazyRouteComponent(() => import('../analytics/report.tsx'), 'Report')

/** One campaign: how it stands now, its people, its calls and what became of them, and what it runs with. */
export function CampaignPage() {
  const { id } = route.useParams()
  const { tab = 'live' } = route.useSearch()
  const navigate = route.useNavigate()
  const { t } = useTranslation()
  const campaign = useQuery(campaignQuery(id))
  const aside = campaign.data && (
    <div className="flex flex-wrap items-center gap-3">
      <CarrierBadge rehearses={campaign.data.rehearses} />
      <StatusBadge status={campaign.data.status} />
      <CampaignActs campaign={campaign.data} />
    </div>
  )
  return (
    <Page title={campaign.data?.name ?? t('campaigns.one')} aside={aside}>
      <div>
        <Tabs
          label={t('campaigns.parts')}
          value={tab}
          options={campaignTabs.map((value) => ({ value, label: t(`campaigns.tab.${value}`) }))}
          onChoose={(chosen) => navigate({ search: chosen === 'live' ? {} : { tab: chosen } })}
        />
      </div>
      <Loaded of={campaign}>
        {(found) => (
          <div
            className={clsx('flex flex-col gap-6', found.rehearses && 'rounded-2xl border-2 border-info p-3 sm:p-4')}
          >
            <Part campaign={found} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Part({ campaign }: { campaign: Campaign }) {
  const { tab = 'live', ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const change = (change: CallSearch, replace = false) =>
    navigate({ search: (old) => ({ ...old, ...change }), replace })
  const shown = { search, change, campaignId: campaign.id }
  switch (tab) {
    case 'live':
      return <Live campaign={campaign} />
    case 'leads':
      return <LeadsTab campaign={campaign} search={search} />
    case 'calls':
      return (
        <>
          <div className="flex flex-wrap items-center justify-end gap-2">
            <CallHistoryActs {...shown} />
          </div>
          <CallHistory {...shown} clear={() => navigate({ search: { tab } })} />
        </>
      )
    case 'analytics':
      return (
        <Suspense fallback={<Skeleton className="h-96" />}>
          <Report {...shown} />
        </Suspense>
      )
    case 'settings':
      return <SettingsTab campaign={campaign} />
  }
}

function Live({ campaign: { id, rehearses } }: { campaign: Campaign }) {
  const progress = useQuery(progressQuery(id))
  return <Loaded of={progress}>{(now) => <Monitor progress={now} rehearses={rehearses} />}</Loaded>
}
