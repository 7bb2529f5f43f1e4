import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallReport } from '../../api/reports.ts'
import { showDate } from '../../lib/days.ts'
import { showAge, showCount } from '../../lib/format.ts'
import type { Drill } from './drill.ts'
import { HeatMap } from './heat-map.tsx'
import { LinkedBars } from './linked-bars.tsx'
import { Panel } from './panel.tsx'
import { AbandonPanel, DaysPanel, TriesPanel } from './report-charts.tsx'
import { ReportTiles } from './report-tiles.tsx'

const steps = ['answered', 'human', 'contact', 'success'] as const

/** A report: the whole first, then how far calls came, when, and by whom. */
export function ReportView({ report, drill }: { report: CallReport; drill: Drill }) {
  const { t } = useTranslation()
  const { totals, definitions } = report
  const part = { report, drill }
  return (
    <>
      <p className="-mb-3 text-sm text-ink-soft">
        {t('analytics.span', { since: showDate(report.since), until: showDate(report.until), zone: report.zone })}
      </p>
      <ReportTiles {...part} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        <DaysPanel {...part} />
        <Panel title={t('analytics.funnel')} definition={definitions.leads}>
          <LinkedBars
            whole={totals.calls}
            bars={[
              { id: 'calls', label: t('analytics.tile.calls'), count: totals.calls, to: drill() },
              ...steps.map((name) => ({
                ...{ id: name, label: t(`analytics.tile.${name}`), count: totals[name] },
                to: drill({ counted_as: name }),
              })),
            ]}
          />
          <p className="mt-4 border-t border-line pt-3 text-sm text-ink-soft">
            {t('analytics.onLists', { count: report.leads, shown: showCount(report.leads) })}
          </p>
        </Panel>
        <Panel title={t('analytics.heat.title')} definition={definitions.by_local_hour} className="lg:col-span-3">
          <HeatMap {...part} />
        </Panel>
        <Panel title={t('analytics.outcomes')} definition={definitions.by_outcome}>
          <LinkedBars
            whole={totals.calls}
            bars={report.by_outcome.map(({ outcome, calls }) => ({
              ...{ id: outcome, label: t(`outcome.${outcome as 'human'}`, outcome), count: calls },
              to: drill({ outcome: outcome as 'human' }),
            }))}
          />
        </Panel>
        <Panel title={t('analytics.dispositions')} definition={definitions.by_disposition}>
          <LinkedBars
            whole={totals.calls}
            bars={report.by_disposition.map(({ key, name, calls }) => ({
              ...{ id: key, label: name, count: calls, to: drill({ disposition: key }) },
            }))}
          />
        </Panel>
        <TriesPanel {...part} />
        <AbandonPanel {...part} />
        <Panel title={t('analytics.agents')} definition={definitions.by_agent} className="lg:col-span-2">
          <Agents {...part} />
        </Panel>
      </div>
    </>
  )
}

function Agents({ report, drill }: { report: CallReport; drill: Drill }) {
  const { t } = useTranslation()
  if (report.by_agent.length === 0) return <p className="text-sm text-ink-soft">{t('none')}</p>
  const columns = ['calls', 'contact', 'success', 'talk_seconds'] as const
  return (
    <section
      aria-label={t('analytics.tableOf', { figure: t('analytics.agents') })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard.
      tabIndex={0}
      className="max-h-96 overflow-auto"
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="text-ink-soft">
            <th scope="col" className="py-1.5 text-start font-medium">
              {t('analytics.agent')}
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="px-2 py-1.5 text-end font-medium">
                {t(`analytics.tile.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.by_agent.map((row) => (
            <tr key={row.agent_id} className="border-t border-line">
              <th scope="row" className="py-2 text-start font-medium">
                <Link {...drill({ agent_id: row.agent_id })} className="text-accent hover:underline">
                  <bdi>{row.name}</bdi>
                </Link>
              </th>
              {columns.map((name) => (
                <td key={name} className="px-2 py-2 text-end">
                  {name === 'talk_seconds' ? showAge(row.talk_seconds * 1000) : showCount(row[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
