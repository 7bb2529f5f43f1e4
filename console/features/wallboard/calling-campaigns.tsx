import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pause } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { activeCampaignsQuery, actOn, type Campaign } from '../../api/campaigns.ts'
import type { Me } from '../../api/me.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { tell } from '../../ui/tell.ts'
import { tellRefusal } from '../../ui/tell-refusal.ts'

/** The campaigns that call now; each can be stopped from here, and goes on with one more click. */
export function CallingCampaigns({ me }: { me: Me }) {
  const { t } = useTranslation()
  const campaigns = useQuery(activeCampaignsQuery)
  const barred = me.may.includes('campaigns.write') ? null : t('wallboard.barred.role')
  return (
    <section aria-labelledby="calling" className="rounded-xl border border-line bg-surface p-4">
      <h2 id="calling" className="mb-2 font-semibold">
        {t('wallboard.calling')}
      </h2>
      <Loaded of={campaigns}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-sm text-ink-soft">{t('wallboard.noneCalling')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {data.map((campaign) => (
                <Calling key={campaign.id} campaign={campaign} barred={barred} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

/** Long enough to see that it was the wrong one. */
const undoMs = 10_000

function Calling({ campaign, barred }: { campaign: Campaign; barred: string | null }) {
  const { t } = useTranslation()
  const { id, name, mode } = campaign
  const resume = useMutation({ mutationFn: () => actOn(id, 'resume'), onError: tellRefusal })
  const pause = useMutation({
    mutationFn: () => actOn(id, 'pause'),
    onSuccess: () =>
      tell('success', t('campaigns.became.paused', { name }), {
        duration: undoMs,
        action: { label: t('wallboard.undo'), onClick: () => resume.mutate() },
      }),
    onError: tellRefusal,
  })
  return (
    <li className="flex items-center gap-3 py-2">
      <Link
        to={urls.campaign}
        params={{ id }}
        dir="auto"
        className="min-w-0 flex-1 truncate font-medium hover:underline"
      >
        {name}
      </Link>
      <span className="text-sm text-ink-soft">{t(`campaigns.mode.${mode}`)}</span>
      <Button
        size="small"
        barred={barred ?? (pause.isPending ? t('loading') : null)}
        aria-label={t('wallboard.pause', { name })}
        onClick={() => pause.mutate()}
      >
        <Pause aria-hidden className="size-4" />
        {t('campaigns.act.pause')}
      </Button>
    </li>
  )
}
