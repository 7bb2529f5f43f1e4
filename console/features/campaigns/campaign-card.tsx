import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { type Campaign, progressQuery } from '../../api/campaigns.ts'
import { showAgo, showShare, showShort } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Meter } from '../../ui/meter.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { CampaignActs } from './campaign-acts.tsx'
import { CarrierBadge } from './carrier-badge.tsx'
import { StatusBadge } from './status-badge.tsx'

/** One campaign among others: how it stands, how far it is, and what can be done with it. */
export function CampaignCard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const { id, name, number, mode, status, status_at, rehearses } = campaign
  return (
    <article
      aria-labelledby={id}
      className={clsx(
        'flex flex-col gap-4 rounded-xl border bg-surface p-5',
        rehearses ? 'border-info' : 'border-line',
      )}
    >
      <header className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id={id} className="truncate text-lg font-semibold">
            <Link to={urls.campaign} params={{ id }} className="hover:underline">
              {name}
            </Link>
          </h2>
          <p className="text-sm text-ink-soft">
            {t('campaigns.cardLine', { number, mode: t(`campaigns.mode.${mode}`), when: showAgo(status_at) })}
          </p>
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1.5">
          <StatusBadge status={status} />
          <CarrierBadge rehearses={rehearses} />
        </div>
      </header>
      <CardFigures id={id} />
      <footer className="mt-auto flex justify-end">
        <CampaignActs campaign={campaign} />
      </footer>
    </article>
  )
}

function CardFigures({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(progressQuery(id))
  if (error) return <p className="text-sm text-bad">{t('campaigns.noFigures')}</p>
  if (!data) return <Skeleton className="h-24" />
  const { leads, done_percent, attempts, dispositions, diagnosis } = data
  const figures = [
    ['campaigns.figure.leads', showShort(leads.total)],
    ['campaigns.figure.dialed', showShort(attempts.dialed)],
    ['campaigns.figure.answered', attempts.dialed === 0 ? '–' : showShare(attempts.answered / attempts.dialed)],
    ['campaigns.figure.successes', showShort(dispositions.successes)],
  ] as const
  return (
    <>
      <div>
        <div className="mb-1.5 flex justify-between text-sm">
          <span className="text-ink-soft">{t('campaigns.done')}</span>
          <span className="font-medium">{showShare(done_percent / 100)}</span>
        </div>
        <Meter share={done_percent / 100} label={t('campaigns.done')} />
      </div>
      <dl className="grid grid-cols-4 gap-2">
        {figures.map(([words, figure]) => (
          <div key={words} className="min-w-0">
            <dt className="truncate text-xs text-ink-soft">{t(words)}</dt>
            <dd className="text-lg font-semibold">{figure}</dd>
          </div>
        ))}
      </dl>
      <p dir="auto" className="text-sm text-ink-soft">
        {diagnosis.sentence}
      </p>
    </>
  )
}
