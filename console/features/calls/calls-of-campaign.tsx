import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveCalls } from './live-calls.tsx'

/** The calls of a campaign that are up; `badge` says whether they ring anybody. */
export function CallsOfCampaign({ campaignId, badge }: { campaignId: string; badge: ReactNode }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="live-calls" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="live-calls" className="font-semibold">
          {t('calls.live')}
        </h2>
        {badge}
      </div>
      <LiveCalls campaignId={campaignId} />
    </section>
  )
}
