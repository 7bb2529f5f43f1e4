import { useTranslation } from 'react-i18next'
import { LiveCalls } from './live-calls.tsx'

/** The calls of a campaign that are up. */
export function CallsOfCampaign({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="live-calls" className="flex flex-col gap-3">
      <h2 id="live-calls" className="font-semibold">
        {t('calls.live')}
      </h2>
      <LiveCalls campaignId={campaignId} />
    </section>
  )
}
