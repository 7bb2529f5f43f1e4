import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { showTimeIn } from '../../lib/format.ts'
import { instantOf, localOf } from '../../lib/zones.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

const minute = 60_000
const day = 24 * 60 * minute

/** When to call again: the times that people say, or any other on the person's own clock; shown on both clocks. */
export function WhenField({
  zone,
  at,
  onChoose,
}: {
  zone: string | null
  at: number | null
  onChoose: (at: number | null) => void
}) {
  const { t } = useTranslation()
  const ours = Intl.DateTimeFormat().resolvedOptions().timeZone
  const theirs = zone ?? ours
  const now = Math.floor(Date.now() / minute) * minute
  const morning = (days: number, time: string) =>
    instantOf(`${localOf(now + days * day, theirs).slice(0, 10)}T${time}`, theirs)
  const picks = [
    ['in30', now + 30 * minute],
    ['in2h', now + 120 * minute],
    ['tomorrow10', morning(1, '10:00')],
    ['tomorrow15', morning(1, '15:00')],
    ['week', morning(7, '10:00')],
  ] as const
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-1.5">
        {picks.map(([pick, instant]) => (
          <Button
            key={pick}
            size="small"
            aria-pressed={at === instant}
            className={clsx(at === instant && 'border-accent! bg-accent-soft! text-accent!')}
            onClick={() => onChoose(instant)}
          >
            {t(`desk.when.${pick}`)}
          </Button>
        ))}
      </div>
      <TextField
        type="datetime-local"
        label={t('desk.when.other', { zone: theirs })}
        value={at === null ? '' : localOf(at, theirs)}
        onChange={({ target }) => onChoose(instantOf(target.value, theirs))}
      />
      {at !== null && (
        <p className="text-sm">
          {t('desk.when.clocks', { theirs: showTimeIn(at, theirs), ours: showTimeIn(at, ours) })}
        </p>
      )}
    </div>
  )
}
