import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { campaignNamesQuery } from '../../api/names.ts'
import { urls } from '../../lib/urls.ts'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Page } from '../../ui/page.tsx'
import { Report } from './report.tsx'
import type { AnalyticsSearch } from './shown.ts'

const route = getRouteApi(urls.analytics)

/** What became of calls, of all campaigns or of one; which days is in the address. */
export function AnalyticsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (change: AnalyticsSearch) => navigate({ search: (old) => ({ ...old, ...change }) })
  const campaigns = useQuery(campaignNamesQuery)
  return (
    <Page title={t('places.analytics')}>
      <Report search={search} change={change}>
        <FilterSelect
          label={t('calls.filter.campaign_id')}
          any={t('calls.any.campaign_id')}
          value={search.campaign_id}
          options={(campaigns.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(value) => change({ campaign_id: value })}
        />
      </Report>
    </Page>
  )
}
