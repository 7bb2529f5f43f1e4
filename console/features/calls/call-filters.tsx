import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { dispositionsQuery } from '../../api/dispositions.ts'
import { agentNamesQuery, campaignNamesQuery } from '../../api/names.ts'
import { showWeekday } from '../../lib/days.ts'
import { DayRange } from '../../ui/day-range.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { type CallSearch, chips, outcomes } from './shown.ts'

interface CallFiltersProps {
  search: CallSearch
  change: (change: CallSearch, replace?: boolean) => void
}

/** What calls are found by, of any campaign or of one that stays; all of it stands in the address. */
export function CallFilters({ search, change, anyCampaign }: CallFiltersProps & { anyCampaign: boolean }) {
  const { t } = useTranslation()
  const campaigns = useQuery({ ...campaignNamesQuery, enabled: anyCampaign })
  const agents = useQuery(agentNamesQuery)
  const dispositions = useQuery(dispositionsQuery(true))
  const named = (list: typeof campaigns | typeof agents) =>
    (list.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const selects = [
    ...(anyCampaign ? [['campaign_id', named(campaigns)] as const] : []),
    ['agent_id', named(agents)],
    ['outcome', outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))],
    ['disposition', (dispositions.data?.data ?? []).map(({ key, name }) => ({ value: key, label: name }))],
  ] as const
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          label={t('calls.search')}
          value={search.q ?? ''}
          onSearch={(words) => change({ q: words || undefined }, true)}
          className="w-full sm:w-72"
        />
        <DayRange
          days={search}
          any={t('days.any')}
          onChoose={({ since, until, zone }) => change({ since, until, zone })}
        />
        {selects.map(([name, options]) => (
          <FilterSelect
            key={name}
            label={t(`calls.filter.${name}`)}
            any={t(`calls.any.${name}`)}
            value={search[name]}
            options={options}
            onChoose={(value) => change({ [name]: value })}
          />
        ))}
      </div>
      <Chips search={search} change={change} />
    </div>
  )
}

/** What a figure has led to, each with a way to take it off. */
function Chips({ search, change }: CallFiltersProps) {
  const { t } = useTranslation()
  const said = {
    counted_as: search.counted_as && t(`calls.countedAs.${search.counted_as}`),
    try: search.try && t('calls.chip.try', { count: search.try }),
    local_weekday: search.local_weekday && t('calls.chip.weekday', { day: showWeekday(search.local_weekday) }),
    local_hour: search.local_hour !== undefined && t('calls.chip.hour', { hour: search.local_hour }),
    contact_id: search.contact_id && t('calls.chip.contact'),
    lead_id: search.lead_id && t('calls.chip.lead'),
  }
  const shown = chips.filter((name) => said[name])
  if (shown.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-2">
      {shown.map((name) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => change({ [name]: undefined })}
            className="inline-flex cursor-pointer items-center gap-1.5 rounded-full bg-accent-soft px-3 py-1 text-sm font-medium text-accent"
          >
            {said[name]}
            <X aria-hidden className="size-3.5" />
            <span className="sr-only">{t('calls.chip.off')}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
