import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { AudioLines } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { campaignNamesQuery } from '../../api/names.ts'
import { type Recording, recordingsQuery } from '../../api/recordings.ts'
import { showAge, showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { List } from '../../ui/list.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'
import { RecordingBadge } from './recording-panel.tsx'
import { type RecordingSearch, recordingStates } from './shown.ts'

const route = getRouteApi(urls.recordings)

/** What was recorded, kept or not; a row leads to its call, where it is played. */
export function RecordingsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { state, campaign_id } = search
  const list = useInfiniteQuery(recordingsQuery({ ...(state && { state }), ...(campaign_id && { campaign_id }) }))
  const campaigns = useQuery(campaignNamesQuery)
  const names = new Map(campaigns.data?.data.map(({ id, name }) => [id, name]))
  const change = (change: RecordingSearch) => navigate({ search: (old) => ({ ...old, ...change }) })
  const all = state === undefined && campaign_id === undefined
  const columns: Column<Recording>[] = [
    { id: 'when', title: t('recordings.column.when'), width: 12, cell: (row) => showMoment(row.recorded_at) },
    { id: 'state', title: t('recordings.column.state'), width: 9, cell: (row) => <RecordingBadge state={row.state} /> },
    {
      ...{ id: 'duration', title: t('recordings.column.duration'), width: 6 },
      cell: ({ duration_ms }) => (duration_ms === null ? '–' : showAge(duration_ms)),
    },
    {
      ...{ id: 'campaign', title: t('recordings.column.campaign'), width: 14 },
      cell: (row) => <bdi>{(row.campaign_id && names.get(row.campaign_id)) ?? '–'}</bdi>,
    },
    { id: 'reason', title: t('recordings.column.reason'), width: 18, cell: (row) => <bdi>{row.reason ?? '–'}</bdi> },
  ]
  return (
    <Page title={t('places.recordings')}>
      <div className="flex flex-wrap gap-2">
        <FilterSelect
          label={t('recordings.column.state')}
          any={t('recordings.anyState')}
          value={state}
          options={recordingStates.map((value) => ({ value, label: t(`recordings.state.${value}`) }))}
          onChoose={(value) => change({ state: recordingStates.find((each) => each === value) })}
        />
        <FilterSelect
          label={t('recordings.column.campaign')}
          any={t('calls.any.campaign_id')}
          value={campaign_id}
          options={(campaigns.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(value) => change({ campaign_id: value })}
        />
      </div>
      <List
        of={list}
        which={[state, campaign_id]}
        label={t('places.recordings')}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ recorded_at }) => showMoment(recorded_at)}
        linkTo={({ call_id }) => ({ to: urls.call, params: { id: call_id } })}
        empty={
          <Empty icon={AudioLines} title={t(all ? 'recordings.none' : 'recordings.noneSuch')}>
            {t(all ? 'recordings.noneMore' : 'recordings.noneSuchMore')}
          </Empty>
        }
      />
    </Page>
  )
}
