import { useTranslation } from 'react-i18next'
import { type Days, lastDays, ownZone } from '../lib/days.ts'
import { FilterSelect } from './filter-select.tsx'

const presets = [1, 7, 30, 90] as const
const box = 'h-9 rounded-lg border border-line-strong bg-surface px-2 text-sm'

interface DayRangeProps {
  days: Days
  /** What no days in particular mean here. */
  any: string
  onChoose: (days: Days) => void
}

/** From a day to a day, both included, in a zone that stands beside them. */
export function DayRange({ days, any, onChoose }: DayRangeProps) {
  const { t } = useTranslation()
  const { since, until, zone } = days
  const chosen = presets.find((count) => {
    const last = lastDays(count, zone)
    return last.since === since && last.until === until
  })
  const own = since !== undefined || until !== undefined
  const choose = (value: string | undefined) =>
    onChoose(value === undefined ? {} : value === 'own' ? { ...lastDays(30), ...days } : lastDays(Number(value)))
  const change = (change: Days) => onChoose({ zone: ownZone(), ...days, ...change })
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterSelect
        label={t('days.label')}
        any={any}
        value={chosen ? String(chosen) : own ? 'own' : undefined}
        options={[
          ...presets.map((count) => ({ value: String(count), label: t('days.last', { count }) })),
          { value: 'own', label: t('days.own') },
        ]}
        onChoose={choose}
      />
      {own && (
        <>
          <input
            type="date"
            aria-label={t('days.since')}
            className={box}
            value={since ?? ''}
            max={until}
            onChange={({ target }) => change({ since: target.value || undefined })}
          />
          <input
            type="date"
            aria-label={t('days.until')}
            className={box}
            value={until ?? ''}
            min={since}
            onChange={({ target }) => change({ until: target.value || undefined })}
          />
          <bdi className="text-sm text-ink-soft">{zone}</bdi>
        </>
      )}
    </div>
  )
}
