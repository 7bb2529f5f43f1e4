import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChartColumn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { agentNamesQuery, campaignNamesQuery } from '../../api/names.ts'
import { callReportQuery } from '../../api/reports.ts'
import { urls } from '../../lib/urls.ts'
import { DayRange } from '../../ui/day-range.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { ReportView } from './report-view.tsx'
import type { AnalyticsSearch } from './shown.ts'

const route = getRouteApi(urls.analytics)

/** What became of calls, of all campaigns or of one; which days is in the address. */
export function AnalyticsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (change: AnalyticsSearch) => navigate({ search: (old) => ({ ...old, ...change }) })
  const campaigns = useQuery(campaignNamesQuery)
  const agents = useQuery(agentNamesQuery)
  const given = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
  const report = useQuery({ ...callReportQuery(given), placeholderData: keepPreviousData })
  return (
    <Page title={t('places.analytics')}>
      <div className="flex flex-wrap items-center gap-2">
        <DayRange
          days={search}
          any={t('analytics.lastDays')}
          onChoose={({ since, until, zone }) => change({ since, until, zone })}
        />
        <FilterSelect
          label={t('calls.filter.campaign_id')}
          any={t('calls.any.campaign_id')}
          value={search.campaign_id}
          options={(campaigns.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(value) => change({ campaign_id: value })}
        />
        <FilterSelect
          label={t('calls.filter.agent_id')}
          any={t('calls.any.agent_id')}
          value={search.agent_id}
          options={(agents.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(value) => change({ agent_id: value })}
        />
      </div>
      <Loaded of={report} shape={<ReportShape />}>
        {(data) =>
          data.totals.calls === 0 ? (
            <Empty icon={ChartColumn} title={t('analytics.none')}>
              {t('analytics.noneMore')}
            </Empty>
          ) : (
            <ReportView report={data} search={search} />
          )
        }
      </Loaded>
    </Page>
  )
}

function ReportShape() {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4 2xl:grid-cols-8">
        {['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((key) => (
          <Skeleton key={key} className="h-24" />
        ))}
      </div>
      <Skeleton className="h-80" />
    </>
  )
}
