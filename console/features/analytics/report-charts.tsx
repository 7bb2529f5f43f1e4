import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallReport } from '../../api/reports.ts'
import { showDate } from '../../lib/days.ts'
import { showCount, showShare } from '../../lib/format.ts'
import { Legend } from '../../ui/legend.tsx'
import { Chart, type Series } from './charts.tsx'
import type { Drill } from './drill.ts'
import { AsTable, Panel } from './panel.tsx'

interface PartProps {
  report: CallReport
  drill: Drill
}

const dayMs = 86_400_000
const link = 'text-accent hover:underline'

/** Every day of the report, those without a call too. */
function everyDay({ since, until, by_day }: CallReport): CallReport['by_day'] {
  const known = new Map(by_day.map((day) => [day.date, day]))
  const none = { calls: 0, answered: 0, human: 0, contact: 0, success: 0, abandoned: 0 }
  const count = Math.round((Date.parse(until) - Date.parse(since)) / dayMs) + 1
  return Array.from({ length: count }, (_, n) => {
    const date = new Date(Date.parse(since) + n * dayMs).toISOString().slice(0, 10)
    return known.get(date) ?? { date, ...none }
  })
}

export function DaysPanel({ report, drill }: PartProps) {
  const { t } = useTranslation()
  const days = everyDay(report)
  const series = [
    { key: 'calls', label: t('analytics.tile.calls'), as: 'bar', colour: 'line-strong' },
    { key: 'answered', label: t('analytics.tile.answered'), as: 'line', colour: 'info' },
    { key: 'success', label: t('analytics.tile.success'), as: 'line', colour: 'good' },
  ] as const satisfies Series[]
  return (
    <Panel title={t('analytics.byDay')} definition={report.definitions.by_day} className="lg:col-span-2">
      <Legend series={series} />
      <Chart rows={days} x="date" series={series} showX={(day) => showDate(day, 'short')} showY={showCount} />
      <AsTable
        caption={t('analytics.byDay')}
        head={[t('analytics.day'), ...series.map(({ label }) => label)]}
        rows={days.map(({ date, calls, answered, success }) => ({
          id: date,
          cells: [
            <Link key="day" {...drill({ since: date, until: date })} className={link}>
              {showDate(date)}
            </Link>,
            ...[calls, answered, success].map(showCount),
          ],
        }))}
      />
    </Panel>
  )
}

export function TriesPanel({ report, drill }: PartProps) {
  const { t } = useTranslation()
  const rows = report.contacts_by_try.map((row) => ({ ...row, try: String(row.try) }))
  const series = [{ key: 'contact', label: t('analytics.tile.contact'), as: 'bar', colour: 'accent' }] as const
  return (
    <Panel title={t('analytics.byTry')} definition={report.definitions.contacts_by_try}>
      {rows.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      ) : (
        <>
          <Chart rows={rows} x="try" series={series} showX={(nth) => nth} showY={showCount} />
          <AsTable
            caption={t('analytics.byTry')}
            head={[t('analytics.try'), t('analytics.tile.contact')]}
            rows={report.contacts_by_try.map((row) => ({
              id: String(row.try),
              cells: [
                <Link key="try" {...drill({ try: row.try, counted_as: 'contact' })} className={link}>
                  {showCount(row.try)}
                </Link>,
                showCount(row.contact),
              ],
            }))}
          />
        </>
      )}
    </Panel>
  )
}

export function AbandonPanel({ report, drill }: PartProps) {
  const { t } = useTranslation()
  const rows = report.abandon_windows.map((day) => ({
    ...day,
    share: day.window_human === 0 ? null : day.window_abandoned / day.window_human,
  }))
  const series = [{ key: 'share', label: t('analytics.abandonShare'), as: 'line', colour: 'bad' }] as const
  return (
    <Panel title={t('analytics.abandoned')} definition={report.definitions.abandon_windows}>
      <Chart rows={rows} x="date" series={series} showX={(day) => showDate(day, 'short')} showY={showShare} shares />
      <AsTable
        caption={t('analytics.abandoned')}
        head={[
          t('analytics.day'),
          t('analytics.tile.abandoned'),
          t('analytics.tile.human'),
          t('analytics.abandonShare'),
        ]}
        rows={rows.map(({ date, abandoned, human, share }) => ({
          id: date,
          cells: [
            showDate(date),
            <Link key="abandoned" {...drill({ since: date, until: date, counted_as: 'abandoned' })} className={link}>
              {showCount(abandoned)}
            </Link>,
            showCount(human),
            share === null ? '–' : showShare(share),
          ],
        }))}
      />
    </Panel>
  )
}
