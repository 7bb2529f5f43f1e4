import { Link } from '@tanstack/react-router'
import { ChartColumn, History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { urls } from '../../lib/urls.ts'
import { buttonLook } from '../../ui/button-look.ts'
import { LiveCalls } from './live-calls.tsx'

/** The calls of a campaign that are up, and the ways to all it ever made and to what became of them. */
export function CallsOfCampaign({ campaignId: campaign_id }: { campaignId: string }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="live-calls" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="live-calls" className="me-auto font-semibold">
          {t('calls.live')}
        </h2>
        <Link to={urls.calls} search={{ campaign_id }} className={buttonLook('plain', 'small')}>
          <History aria-hidden className="size-4" />
          {t('calls.all')}
        </Link>
        <Link to={urls.analytics} search={{ campaign_id }} className={buttonLook('plain', 'small')}>
          <ChartColumn aria-hidden className="size-4" />
          {t('places.analytics')}
        </Link>
      </div>
      <LiveCalls campaignId={campaign_id} />
    </section>
  )
}
