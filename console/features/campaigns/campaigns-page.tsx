import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Megaphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Campaign, type CampaignStatus, campaignsQuery } from '../../api/campaigns.ts'
import { allWords } from '../../app/i18n.ts'
import { later, useLater } from '../../lib/later.ts'
import { urls } from '../../lib/urls.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { More } from '../../ui/more.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CampaignCard } from './campaign-card.tsx'
import { NewCampaign } from './new-campaign.tsx'
import { type Shown, shownStatuses } from './shown.ts'

/** With the words that only it has here. */
const firstSteps = later(async () => (await Promise.all([import('./first-steps.tsx'), allWords.load()]))[0])

const route = getRouteApi(urls.campaigns)

/** All campaigns, as cards; which of them stands in the address. */
export function CampaignsPage() {
  const { t } = useTranslation()
  const { show = 'all', q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const steps = useLater(firstSteps, false)
  const status: readonly CampaignStatus[] = shownStatuses[show]
  const list = useInfiniteQuery(campaignsQuery({ status, search: q }))
  const tabs = (Object.keys(shownStatuses) as Shown[]).map((value) => ({ value, label: t(`campaigns.show.${value}`) }))
  return (
    <Page title={t('places.campaigns')} aside={<NewCampaign />}>
      <div className="flex flex-wrap items-center gap-3">
        <Tabs
          label={t('campaigns.which')}
          value={show}
          options={tabs}
          onChoose={(chosen) =>
            navigate({ search: (old) => ({ ...old, show: chosen === 'all' ? undefined : chosen }) })
          }
        />
        <SearchBox
          label={t('campaigns.search')}
          value={q}
          onSearch={(words) => navigate({ search: (old) => ({ ...old, q: words || undefined }), replace: true })}
          className="ms-auto w-full sm:w-64"
        />
      </div>
      <Loaded of={list} shape={<CardShapes />}>
        {({ pages }) => (
          <CampaignCards campaigns={pages.flatMap((page) => page.data)} all={q === '' && show === 'all'} />
        )}
      </Loaded>
      <More of={list} className="self-center" />
      {steps && <steps.FirstSteps />}
    </Page>
  )
}

const grid = 'grid grid-cols-1 gap-4 md:grid-cols-2 2xl:grid-cols-3'

/** `all`: nothing was left out, so that none means none at all. */
function CampaignCards({ campaigns, all }: { campaigns: Campaign[]; all: boolean }) {
  const { t } = useTranslation()
  if (campaigns.length === 0) {
    return (
      <Empty icon={Megaphone} title={t(all ? 'campaigns.none' : 'campaigns.noneSuch')}>
        {t(all ? 'campaigns.noneMore' : 'campaigns.noneSuchMore')}
      </Empty>
    )
  }
  return (
    <div className={grid}>
      {campaigns.map((campaign) => (
        <CampaignCard key={campaign.id} campaign={campaign} />
      ))}
    </div>
  )
}

function CardShapes() {
  return (
    <div className={grid}>
      {['one', 'two', 'three', 'four'].map((key) => (
        <Skeleton key={key} className="h-64" />
      ))}
    </div>
  )
}
