import { useTranslation } from 'react-i18next'
import { ChoiceCards } from '../../../ui/choice-cards.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ToggleDays } from '../../../ui/toggle-days.tsx'
import type { Draft } from './use-draft.ts'

/** When it may call. What the law allows holds besides, wherever the person is. */
export function ScheduleStep({ draft: { campaign, keep, faultOf } }: { draft: Draft }) {
  const { t } = useTranslation()
  const zones = (['person', 'campaign'] as const).map((value) => ({
    value,
    title: t(`setUp.hoursZone.${value}`),
    text: t(`setUp.hoursZoneText.${value}`, { zone: campaign.time_zone }),
  }))
  const field = (name: 'window_start' | 'window_end' | 'start_date' | 'end_date') => ({
    label: t(`setUp.${name}`),
    error: faultOf(name),
    defaultValue: campaign[name] ?? '',
    onBlur: ({ target }: { target: HTMLInputElement }) => {
      const value = target.value === '' ? null : target.value
      if (value !== campaign[name]) keep({ [name]: value })
    },
  })
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField type="time" hint={t('setUp.windowHint')} {...field('window_start')} />
        <TextField type="time" {...field('window_end')} />
        <TextField type="date" hint={t('setUp.startHint')} {...field('start_date')} />
        <TextField type="date" hint={t('setUp.endHint')} {...field('end_date')} />
      </div>
      <ToggleDays
        label={t('setUp.weekdays')}
        days={campaign.weekdays}
        onChoose={(weekdays) => weekdays.length > 0 && keep({ weekdays })}
      />
      <ChoiceCards
        label={t('setUp.hoursZoneLabel')}
        value={campaign.hours_zone}
        options={zones}
        onChoose={(hours_zone) => keep({ hours_zone })}
      />
    </>
  )
}
