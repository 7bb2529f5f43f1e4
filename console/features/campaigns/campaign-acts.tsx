import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Copy, Ellipsis, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Campaign, type CampaignAct, cloneCampaign } from '../../api/campaigns.ts'
import { urls } from '../../lib/urls.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { tellRefusal } from '../../ui/tell-refusal.ts'
import { actRules, barredFrom, nextActOf } from './acts.ts'
import { StartDialog } from './start-dialog.tsx'
import { useAct } from './use-act.ts'

/** Acts that nobody can take back ask first; so does a start that rings real phones. */
const asksFirst: readonly CampaignAct[] = ['stop', 'cancel', 'archive']

/** The likeliest act as a button, and all of them in a menu, each with the reason where it can't be done. */
export function CampaignActs({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const { mutate, isPending } = useAct(campaign)
  const [asking, setAsking] = useState<CampaignAct | null>(null)
  const navigate = useNavigate()
  const setUp = (id: string) => navigate({ to: urls.setUp, params: { id } })
  const clone = useMutation({
    mutationFn: () => cloneCampaign(campaign.id, t('campaigns.cloneName', { name: campaign.name }).slice(0, 200)),
    onSuccess: ({ id }) => setUp(id),
    onError: tellRefusal,
  })
  const next = nextActOf(campaign)
  const begin = (act: CampaignAct) =>
    asksFirst.includes(act) || (act === 'start' && !campaign.rehearses) ? setAsking(act) : mutate(act)
  const NextIcon = next === null ? null : actRules[next].icon
  return (
    <div className="flex items-center gap-1.5">
      {next !== null && NextIcon !== null && (
        <Button
          look={next === 'pause' ? 'plain' : 'primary'}
          size="small"
          barred={isPending ? t('campaigns.underWay') : null}
          onClick={() => begin(next)}
        >
          <NextIcon aria-hidden className="size-4" />
          {t(`campaigns.act.${next}`)}
        </Button>
      )}
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={t('campaigns.moreActs', { name: campaign.name })}>
            <Ellipsis aria-hidden className="size-5" />
          </Button>
        }
      >
        <MenuItem icon={Settings2} onSelect={() => setUp(campaign.id)}>
          {t('campaigns.setUp')}
        </MenuItem>
        <MenuItem icon={Copy} onSelect={() => clone.mutate()}>
          {t('campaigns.clone')}
        </MenuItem>
        {(Object.keys(actRules) as CampaignAct[]).map((act) => {
          const reason = barredFrom(act, campaign)
          return (
            <MenuItem key={act} icon={actRules[act].icon} barred={reason && t(reason)} onSelect={() => begin(act)}>
              {t(`campaigns.act.${act}`)}
            </MenuItem>
          )
        })}
      </Menu>
      {asking === 'start' && (
        <StartDialog campaign={campaign} onConfirm={() => mutate('start')} onClose={() => setAsking(null)} />
      )}
      {asking !== null && asking !== 'start' && (
        <ConfirmDialog
          title={t(`campaigns.ask.${asking as 'stop' | 'cancel' | 'archive'}`, { name: campaign.name })}
          text={t(`campaigns.askMore.${asking as 'stop' | 'cancel' | 'archive'}`)}
          confirm={t(`campaigns.act.${asking}`)}
          onConfirm={() => mutate(asking)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}
