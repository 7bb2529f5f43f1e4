import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DryRun, dryRunQuery } from '../../../api/campaigns.ts'
import { showCount, showMoment, showMoney } from '../../../lib/format.ts'
import { urls } from '../../../lib/urls.ts'
import { Button } from '../../../ui/button.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Tiles } from '../../../ui/tiles.tsx'
import { barredFrom } from '../acts.ts'
import { CarrierBadge } from '../carrier-badge.tsx'
import { StartDialog } from '../start-dialog.tsx'
import { useAct } from '../use-act.ts'
import type { Draft } from './use-draft.ts'

/** What it would do, worked out by the server as if it began now; and the start. */
export function ReviewStep({ draft: { campaign } }: { draft: Draft }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const dryRun = useQuery(dryRunQuery(campaign.id))
  const { mutate, isPending } = useAct(campaign)
  const [asking, setAsking] = useState(false)
  const reason = barredFrom('start', campaign)
  const nobody = dryRun.data?.leads.total === 0 ? t('setUp.nobody') : null
  const start = () => mutate('start', { onSuccess: () => navigate({ to: urls.campaign, params: { id: campaign.id } }) })
  return (
    <>
      <p>
        <CarrierBadge rehearses={campaign.rehearses} />
      </p>
      <Loaded of={dryRun}>{(found) => <Findings found={found} />}</Loaded>
      <Button
        look="primary"
        className="self-start"
        barred={isPending ? t('campaigns.underWay') : reason ? t(reason) : nobody}
        onClick={() => (campaign.rehearses ? start() : setAsking(true))}
      >
        <Play aria-hidden className="size-4" />
        {t('setUp.start')}
      </Button>
      {asking && <StartDialog campaign={campaign} onConfirm={start} onClose={() => setAsking(false)} />}
    </>
  )
}

function Findings({ found }: { found: DryRun }) {
  const { t } = useTranslation()
  const { leads, reasons, finish, cost, assumptions } = found
  const tiles = [
    ['setUp.review.now', leads.now],
    ['setUp.review.later', leads.later],
    ['setUp.review.never', leads.never],
  ] as const
  return (
    <div className="flex flex-col gap-5">
      <Tiles tiles={tiles.map(([words, count]) => [t(words), showCount(count)])} />
      {leads.next_due_at && <p>{t('setUp.review.next', { when: showMoment(leads.next_due_at) })}</p>}
      {[...reasons.later, ...reasons.never].length > 0 && (
        <section>
          <h3 className="mb-2 font-semibold">{t('setUp.review.why')}</h3>
          <ul className="flex flex-col divide-y divide-line rounded-xl border border-line bg-surface">
            {[...reasons.later, ...reasons.never].map(({ rule, sentence, count }) => (
              <li key={rule} className="flex justify-between gap-4 px-4 py-2.5">
                <span dir="auto" className="text-ink-soft">
                  {sentence}
                </span>
                <span className="font-medium">{showCount(count)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        {finish.finishes_at
          ? t('setUp.review.finish', { when: showMoment(finish.finishes_at), dials: showCount(finish.dials) })
          : finish.reason?.sentence}
      </p>
      {cost && <p>{t('setUp.review.cost', { amount: showMoney(cost.amount, cost.currency) })}</p>}
      <details className="text-sm text-ink-soft">
        <summary className="cursor-pointer">{t('setUp.review.assumptions')}</summary>
        <ul className="mt-2 list-disc ps-5">
          {assumptions.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}
