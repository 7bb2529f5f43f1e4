import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Settings2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../api/campaigns.ts'
import { crewQuery } from '../../api/crew.ts'
import { useBarred } from '../../api/me.ts'
import { trunksQuery } from '../../api/trunks.ts'
import { nameOfDay, showCount, showDate } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { buttonLook } from '../../ui/button-look.ts'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import type { Step } from './set-up/steps.ts'

/** What a campaign runs with; each part leads to where it is changed. */
export function SettingsTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation()
  const { data: crew } = useQuery(crewQuery)
  const barred = useBarred()
  const { data: trunks } = useQuery({ ...trunksQuery, enabled: barred('trunks.read') === null })
  const { mode, purpose, window_start, window_end, weekdays, hours_zone, time_zone, agent_ids, team_ids } = campaign
  const callers = [
    ...(crew?.teams.filter(({ id }) => team_ids.includes(id)) ?? []),
    ...(crew?.agents.filter(({ id }) => agent_ids.includes(id)) ?? []),
  ].map(({ name }) => name)
  const trunk = trunks?.data.find(({ id, is_default }) =>
    campaign.trunk_id === null ? is_default : id === campaign.trunk_id,
  )
  const limit = (count: number | null) => (count === null ? t('campaigns.noLimit') : showCount(count))
  const change = (step: Step) => (
    <Link
      to={urls.setUp}
      params={{ id: campaign.id }}
      search={{ step }}
      aria-label={t('campaigns.changePart', { part: t(`setUp.step.${step}`) })}
      className={buttonLook('plain', 'small')}
    >
      <Settings2 aria-hidden className="size-4" />
      {t('campaigns.change')}
    </Link>
  )
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card title={t('setUp.step.mode')} aside={change('mode')}>
        <Facts
          facts={[
            [t('setUp.step.mode'), t(`campaigns.mode.${mode}`)],
            [t('setUp.purposeLabel'), t(`setUp.purpose.${purpose}`)],
            [t('campaigns.callers'), callers.join(', ') || t('campaigns.nobodyTalks')],
          ]}
        />
      </Card>
      <Card title={t('setUp.step.schedule')} aside={change('schedule')}>
        <Facts
          facts={[
            [
              t('campaigns.hours'),
              window_start === null && window_end === null
                ? t('campaigns.anyHour')
                : t('campaigns.fromUntil', { from: window_start ?? '00:00', until: window_end ?? '24:00' }),
            ],
            [
              t('setUp.hoursZoneLabel'),
              hours_zone === 'person' ? t('setUp.hoursZone.person') : t('campaigns.ownClock', { zone: time_zone }),
            ],
            [t('setUp.weekdays'), weekdays.map((day) => nameOfDay(day)).join(', ')],
            [t('setUp.start_date'), campaign.start_date && showDate(campaign.start_date)],
            [t('setUp.end_date'), campaign.end_date && showDate(campaign.end_date)],
          ]}
        />
      </Card>
      <Card title={t('setUp.step.script')} aside={change('script')}>
        <Facts
          facts={[
            [t('setUp.consentLine'), campaign.consent_line],
            [t('setUp.nextAction'), campaign.next_action],
            [t('setUp.script'), campaign.script && <span className="whitespace-pre-wrap">{campaign.script}</span>],
          ]}
        />
        {!campaign.script && !campaign.consent_line && !campaign.next_action && (
          <p className="text-sm text-ink-soft">{t('campaigns.nothingSaid')}</p>
        )}
      </Card>
      <Card title={t('setUp.step.rules')} aside={change('rules')}>
        <Facts
          facts={[
            [t('setUp.max_attempts'), showCount(campaign.max_attempts)],
            [t('setUp.ring_timeout_seconds'), showCount(campaign.ring_timeout_seconds)],
            [t('setUp.daily_limit'), limit(campaign.daily_limit)],
            [t('setUp.max_concurrent_calls'), limit(campaign.max_concurrent_calls)],
            [t('setUp.trunk'), campaign.trunk_choice === 'least_cost' ? t('setUp.cheapest') : trunk?.name],
            [
              t('setUp.callerId'),
              campaign.caller_id_choice === 'local'
                ? t('setUp.nearest')
                : campaign.caller_id && <bdi dir="ltr">{campaign.caller_id}</bdi>,
            ],
            [t('setUp.detectsMachines'), t(campaign.detects_machines ? 'campaigns.yes' : 'campaigns.no')],
          ]}
        />
      </Card>
    </div>
  )
}
