import { Info } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Hint } from '../../ui/hint.tsx'

interface PanelProps {
  title: string
  /** What it counts, in a sentence of the server's. */
  definition: string | undefined
  className?: string
  children: ReactNode
}

/** One part of a report, under its name and what it counts. */
export function Panel({ title, definition, className = '', children }: PanelProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-xl border border-line bg-surface p-5 ${className}`}>
      <div className="mb-4 flex items-center gap-1.5">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {definition && (
          <Hint text={<span dir="auto">{definition}</span>}>
            <button
              type="button"
              aria-label={t('analytics.whatCounts', { figure: title })}
              className="cursor-help rounded-full p-1 text-ink-soft hover:text-ink"
            >
              <Info aria-hidden className="size-4" />
            </button>
          </Hint>
        )}
      </div>
      {children}
    </section>
  )
}

interface AsTableProps {
  caption: string
  head: readonly string[]
  rows: readonly { id: string; cells: readonly ReactNode[] }[]
}

/** The same as figures: for whoever does not see a chart, and for whoever wants to know exactly. */
export function AsTable({ caption, head, rows }: AsTableProps) {
  const { t } = useTranslation()
  return (
    <details className="mt-3 text-sm">
      <summary className="w-fit cursor-pointer text-ink-soft hover:text-ink">{t('analytics.asTable')}</summary>
      <section
        aria-label={t('analytics.tableOf', { figure: caption })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard.
        tabIndex={0}
        className="mt-2 max-h-72 overflow-auto rounded-lg border border-line"
      >
        <table className="w-full">
          <caption className="sr-only">{caption}</caption>
          <thead className="sticky top-0 bg-raised">
            <tr>
              {head.map((word) => (
                <th key={word} scope="col" className="px-3 py-1.5 text-start font-medium">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells }) => (
              <tr key={id} className="border-t border-line">
                {cells.map((cell, at) => (
                  <td key={head[at]} className="px-3 py-1.5 text-start">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
