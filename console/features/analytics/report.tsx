import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { agentNamesQuery } from '../../api/names.ts'
import { callReportQuery } from '../../api/reports.ts'
import { DayRange } from '../../ui/day-range.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { drillInto } from './drill.ts'
import { ReportView } from './report-view.tsx'
import type { AnalyticsSearch } from './shown.ts'

interface ReportProps {
  search: AnalyticsSearch
  change: (change: AnalyticsSearch) => void
  /** Of this campaign alone; its figures lead to the calls on its own page. */
  campaignId?: string
  /** What else its calls are chosen by. */
  children?: ReactNode
}

/** What became of the calls of some days, and what they are chosen by. */
export function Report({ search, change, campaignId, children }: ReportProps) {
  const { t } = useTranslation()
  const agents = useQuery(agentNamesQuery)
  const said = { ...search, ...(campaignId && { campaign_id: campaignId }) }
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  const report = useQuery({ ...callReportQuery(given), placeholderData: keepPreviousData })
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <DayRange
          days={search}
          any={t('analytics.lastDays')}
          onChoose={({ since, until, zone }) => change({ since, until, zone })}
        />
        {children}
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
            <ReportView report={data} drill={drillInto(data, search, campaignId)} />
          )
        }
      </Loaded>
    </>
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
