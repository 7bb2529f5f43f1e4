import { Link, type LinkProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallReport } from '../../api/reports.ts'
import { showAge, showCount, showMoney, showShare } from '../../lib/format.ts'
import { Hint } from '../../ui/hint.tsx'
import type { Drill } from './drill.ts'

interface Tile {
  name: 'calls' | 'answered' | 'human' | 'contact' | 'success' | 'abandoned' | 'talk_seconds' | 'costs'
  figure: string
  more?: string | undefined
  to?: LinkProps
}

/** The whole in eight figures; those that count calls lead to them. */
export function ReportTiles({ report, drill }: { report: CallReport; drill: Drill }) {
  const { t } = useTranslation()
  const { totals, definitions } = report
  const of = (part: number, whole: number) => (whole === 0 ? undefined : showShare(part / whole))
  const counted = (name: 'answered' | 'human' | 'contact' | 'success' | 'abandoned', whole: number): Tile => ({
    ...{ name, figure: showCount(totals[name]), more: of(totals[name], whole), to: drill({ counted_as: name }) },
  })
  const tiles: Tile[] = [
    { name: 'calls', figure: showCount(totals.calls), to: drill() },
    counted('answered', totals.calls),
    counted('human', totals.calls),
    counted('contact', totals.calls),
    counted('success', totals.calls),
    counted('abandoned', totals.human),
    { name: 'talk_seconds', figure: showAge(totals.talk_seconds * 1000) },
    {
      name: 'costs',
      figure: totals.costs.map(({ amount, currency }) => showMoney(amount, currency)).join(' + ') || '–',
    },
  ]
  const look = 'flex h-full w-full flex-col rounded-xl border border-line bg-surface p-4 text-start'
  return (
    <ul className="grid grid-cols-2 gap-3 md:grid-cols-4 2xl:grid-cols-8">
      {tiles.map(({ name, figure, more, to }) => {
        const inside = (
          <>
            <span className="text-sm text-ink-soft">{t(`analytics.tile.${name}`)}</span>
            <span className="mt-1 flex flex-wrap items-baseline gap-x-2">
              <span className="text-2xl font-semibold">{figure}</span>
              {more && <span className="text-sm text-ink-soft">{more}</span>}
            </span>
          </>
        )
        return (
          <li key={name}>
            <Hint text={<span dir="auto">{definitions[name]}</span>}>
              {to ? (
                <Link {...to} className={`${look} hover:border-accent`}>
                  {inside}
                </Link>
              ) : (
                <button type="button" className={`${look} cursor-help`}>
                  {inside}
                </button>
              )}
            </Hint>
          </li>
        )
      })}
    </ul>
  )
}
