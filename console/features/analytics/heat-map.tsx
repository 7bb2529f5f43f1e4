import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallReport } from '../../api/reports.ts'
import { showWeekday } from '../../lib/days.ts'
import { showCount, showShare } from '../../lib/format.ts'
import { Tabs } from '../../ui/tabs.tsx'
import type { Drill } from './drill.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7]
const hours = Array.from({ length: 24 }, (_, hour) => hour)
const shown = ['calls', 'answered', 'success'] as const

/** When calls are made and when they are taken, on the clock of whoever was called. */
export function HeatMap({ report, drill }: { report: CallReport; drill: Drill }) {
  const { t } = useTranslation()
  const [by, setBy] = useState<(typeof shown)[number]>('answered')
  const cells = new Map(report.by_local_hour.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]))
  const measure = (cell: CallReport['by_local_hour'][number]) => (by === 'calls' ? cell.calls : cell[by] / cell.calls)
  const most = Math.max(0, ...report.by_local_hour.map(measure)) || 1
  return (
    <>
      <Tabs
        label={t('analytics.heat.by')}
        value={by}
        options={shown.map((value) => ({ value, label: t(`analytics.heat.${value}`) }))}
        onChoose={setBy}
      />
      <section
        aria-label={t('analytics.tableOf', { figure: t('analytics.heat.title') })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard.
        tabIndex={0}
        className="mt-3 overflow-x-auto"
      >
        <table className="w-full min-w-3xl table-fixed border-separate border-spacing-0.5 text-xs">
          <caption className="sr-only">{t('analytics.heat.title')}</caption>
          <thead>
            <tr>
              <th scope="col" className="w-12 text-start font-medium text-ink-soft">
                <span className="sr-only">{t('analytics.heat.weekday')}</span>
              </th>
              {hours.map((hour) => (
                <th key={hour} scope="col" className="font-medium text-ink-soft">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((weekday) => (
              <tr key={weekday}>
                <th scope="row" className="text-start font-medium text-ink-soft">
                  {showWeekday(weekday)}
                </th>
                {hours.map((hour) => {
                  const cell = cells.get(`${weekday} ${hour}`)
                  if (cell === undefined) return <td key={hour} className="h-8 rounded bg-raised" />
                  const value = measure(cell)
                  const words = by === 'calls' ? showCount(cell.calls) : showShare(Math.round(value * 100) / 100)
                  const counted = by === 'calls' ? {} : { counted_as: by }
                  return (
                    <td key={hour} className="relative h-8 overflow-hidden rounded bg-raised p-0 text-center">
                      <span aria-hidden className="absolute inset-0 bg-accent" ref={shade(value / most)} />
                      <Link
                        {...drill({ local_weekday: weekday, local_hour: hour, ...counted })}
                        title={t('analytics.heat.cell', {
                          calls: showCount(cell.calls),
                          answered: showCount(cell.answered),
                        })}
                        className="absolute inset-0 flex items-center justify-center text-ink hover:underline"
                      >
                        {words}
                      </Link>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** Words have to be read on it. */
const deepest = 0.35

/** A style that the page's policy allows: set by script, not written in the markup. */
const shade = (share: number) => (box: HTMLElement | null) => {
  if (box) box.style.opacity = String(share * deepest)
}
