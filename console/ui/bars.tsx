import { useTranslation } from 'react-i18next'
import { showCount } from '../lib/format.ts'
import { Meter } from './meter.tsx'

interface BarsProps {
  title: string
  counts: Record<string, number>
  /** What people call what is counted under a key. */
  nameOf: (key: string) => string
}

/** Counts beside each other, the largest first; the figures say it, the bars show it. */
export function Bars({ title, counts, nameOf }: BarsProps) {
  const { t } = useTranslation()
  const rows = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one)
  const most = Math.max(1, ...rows.map(([, count]) => count))
  return (
    <section className="rounded-xl border border-line bg-surface p-5">
      <h2 className="mb-3 font-semibold">{title}</h2>
      {rows.length === 0 && <p className="text-sm text-ink-soft">{t('none')}</p>}
      <ul className="flex flex-col gap-2.5">
        {rows.map(([key, count]) => (
          <li key={key}>
            <div className="mb-1 flex justify-between gap-2 text-sm">
              <span dir="auto" className="truncate text-ink-soft">
                {nameOf(key)}
              </span>
              <span className="font-medium">{showCount(count)}</span>
            </div>
            <Meter share={count / most} label={nameOf(key)} className="h-1.5" />
          </li>
        ))}
      </ul>
    </section>
  )
}
