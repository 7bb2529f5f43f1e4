import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { Download, PhoneOutgoing } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { callFileAt, callsQuery } from '../../api/calls.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { buttonLook } from '../../ui/button-look.ts'
import { ColumnsMenu } from '../../ui/columns-menu.tsx'
import { List } from '../../ui/list.tsx'
import { Empty } from '../../ui/states.tsx'
import { callColumns, nameOf } from './call-columns.tsx'
import { CallFilters } from './call-filters.tsx'
import { type CallSearch, filtersOf } from './shown.ts'

interface CallsShownProps {
  search: CallSearch
  change: (change: CallSearch, replace?: boolean) => void
  /** Only this campaign's, whatever else they are found by. */
  campaignId?: string
}

const hiddenOf = ({ hide }: CallSearch) => hide?.split(',') ?? []
const filtersIn = ({ search, campaignId }: CallsShownProps) =>
  filtersOf({ ...search, ...(campaignId && { campaign_id: campaignId }) })
const columnsIn = ({ campaignId }: CallsShownProps, t: TFunction<'words'>) =>
  callColumns(t).filter(({ id }) => !(campaignId && id === 'campaign'))

/** Which columns are shown, and the same calls as a file. */
export function CallHistoryActs(shown: CallsShownProps) {
  const { t } = useTranslation()
  return (
    <>
      <ColumnsMenu
        columns={columnsIn(shown, t)}
        hidden={hiddenOf(shown.search)}
        onHide={(ids) => shown.change({ hide: ids.length > 0 ? ids.join(',') : undefined })}
      />
      <a href={callFileAt(filtersIn(shown))} download className={buttonLook('plain', 'small')}>
        <Download aria-hidden className="size-4" />
        {t('calls.export')}
      </a>
    </>
  )
}

/** Calls, found by what is known of them. */
export function CallHistory({ clear, ...shown }: CallsShownProps & { clear: () => void }) {
  const { t } = useTranslation()
  const { search, change, campaignId } = shown
  const filters = filtersIn(shown)
  const list = useInfiniteQuery({ ...callsQuery(filters), placeholderData: keepPreviousData })
  const hidden = hiddenOf(search)
  const all = Object.keys(filters).length === (campaignId ? 1 : 0)
  return (
    <>
      <CallFilters search={search} change={change} anyCampaign={!campaignId} />
      <List
        of={list}
        which={filters}
        label={t('places.calls')}
        columns={columnsIn(shown, t).filter(({ id }) => !hidden.includes(id))}
        idOf={({ id }) => id}
        nameOf={(call) => nameOf(call, t('calls.nobody'))}
        linkTo={({ id }) => ({ to: urls.call, params: { id } })}
        empty={
          <Empty icon={PhoneOutgoing} title={t(all ? 'calls.none' : 'calls.noneSuch')}>
            <p>{t(all ? 'calls.noneMore' : 'calls.noneSuchMore')}</p>
            {!all && (
              <Button className="mt-3" onClick={clear}>
                {t('calls.clear')}
              </Button>
            )}
          </Empty>
        }
      />
    </>
  )
}
