import { Link, type LinkProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { showCount, showShare } from '../../lib/format.ts'
import { Meter } from '../../ui/meter.tsx'

export interface LinkedBar {
  id: string
  label: string
  count: number
  to?: LinkProps | undefined
}

/** Counts in the order they are given in, each leading to what it counts; shares are of `whole`. */
export function LinkedBars({ bars, whole }: { bars: readonly LinkedBar[]; whole: number }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...bars.map(({ count }) => count))
  if (bars.length === 0) return <p className="text-sm text-ink-soft">{t('none')}</p>
  return (
    <ul className="flex flex-col gap-2.5">
      {bars.map(({ id, label, count, to }) => (
        <li key={id}>
          <div className="mb-1 flex justify-between gap-3 text-sm">
            {to ? (
              <Link {...to} dir="auto" className="truncate text-accent hover:underline">
                {label}
              </Link>
            ) : (
              <span dir="auto" className="truncate text-ink-soft">
                {label}
              </span>
            )}
            <span className="flex shrink-0 gap-2">
              <span className="font-medium">{showCount(count)}</span>
              {whole > 0 && <span className="text-ink-soft">{showShare(count / whole)}</span>}
            </span>
          </div>
          <Meter share={count / most} label={label} className="h-1.5" />
        </li>
      ))}
    </ul>
  )
}
