import { lazyRouteComponent } from '@tanstack/react-router'
import { Activity } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign, Progress } from '../../api/campaigns.ts'
import { showCount, showMoment, showShare } from '../../lib/format.ts'
import { Bars } from '../../ui/bars.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { Tiles } from '../../ui/tiles.tsx'
import { CallsOfCampaign } from '../calls/calls-of-campaign.tsx'
import { CarrierBadge } from './carrier-badge.tsx'

/** Its curve is loaded once the figures are there. */
const Minutes = lazyRouteComponent(() => import('./minutes.tsx'), 'Minutes')

/** How a campaign stands at this moment: first whether it is healthy, then the figures, then where they come from. */
export function Monitor({ progress, rehearses }: { progress: Progress } & Pick<Campaign, 'rehearses'>) {
  const { t } = useTranslation()
  const { leads, attempts, agents, waiting, dispositions, diagnosis, done_percent, due_now } = progress
  const tiles = [
    ['campaigns.tile.up', showCount(attempts.in_flight)],
    ['campaigns.tile.dialed', showCount(attempts.dialed)],
    ['campaigns.tile.answered', attempts.dialed === 0 ? '–' : showShare(attempts.answered / attempts.dialed)],
    ['campaigns.tile.due', showCount(due_now)],
    ['campaigns.tile.ready', `${showCount(agents.available)} / ${showCount(agents.signed_on)}`],
    ['campaigns.tile.successes', showCount(dispositions.successes)],
  ] as const
  return (
    <>
      <section
        aria-label={t('campaigns.health')}
        className="flex items-start gap-3 rounded-xl border border-line bg-surface p-5"
      >
        <Activity aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
        <p dir="auto" className="text-lg">
          {diagnosis.sentence}
        </p>
      </section>
      <Tiles tiles={tiles.map(([words, figure]) => [t(words), figure])} />
      <Suspense fallback={<Skeleton className="h-80" />}>
        <Minutes campaignId={progress.campaign_id} />
      </Suspense>
      <section aria-labelledby="done" className="rounded-xl border border-line bg-surface p-5">
        <div className="mb-2 flex flex-wrap justify-between gap-2">
          <h2 id="done" className="font-semibold">
            {t('campaigns.listDone')}
          </h2>
          <p className="text-ink-soft">
            {t('campaigns.ofLeads', { done: showShare(done_percent / 100), total: showCount(leads.total) })}
          </p>
        </div>
        <Meter share={done_percent / 100} label={t('campaigns.listDone')} />
        {waiting.next_due_at && (
          <p className="mt-3 text-sm text-ink-soft">
            {t('campaigns.nextDue', { count: waiting.total, when: showMoment(waiting.next_due_at) })}
          </p>
        )}
      </section>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        <Bars
          title={t('campaigns.bars.leads')}
          counts={leads.by_status}
          nameOf={(key) => t(`lead.${key}` as 'lead.pending', key)}
        />
        <Bars
          title={t('campaigns.bars.outcomes')}
          counts={progress.by_outcome}
          nameOf={(key) => t(`outcome.${key}` as 'outcome.human', key)}
        />
        <Bars
          title={t('campaigns.bars.held')}
          counts={Object.fromEntries(progress.reasons.map(({ sentence, count }) => [sentence, count]))}
          nameOf={(sentence) => sentence}
        />
      </div>
      <CallsOfCampaign campaignId={progress.campaign_id} badge={<CarrierBadge rehearses={rehearses} />} />
    </>
  )
}
