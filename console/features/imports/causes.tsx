import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { causesQuery, type ImportCause, type ImportJob, refusedRowsAt } from '../../api/imports.ts'
import { showCount } from '../../lib/format.ts'
import { buttonLook } from '../../ui/button-look.ts'
import { Loaded } from '../../ui/loaded.tsx'

/** Why rows became no lead: by cause, with what to do about it and the first examples. */
export function Causes({ job: { id, invalid_rows } }: { job: ImportJob }) {
  const { t } = useTranslation()
  const causes = useQuery(causesQuery(id))
  return (
    <Loaded of={causes}>
      {({ data }) =>
        data.length > 0 && (
          <section aria-labelledby="causes" className="flex flex-col gap-3">
            <header className="flex flex-wrap items-center justify-between gap-3">
              <h2 id="causes" className="text-lg font-semibold">
                {t('imports.causes')}
              </h2>
              {invalid_rows > 0 && (
                <a
                  href={refusedRowsAt(id)}
                  download
                  className={clsx(
                    buttonLook('plain', 'normal'),
                    'h-auto! max-w-full py-1.5 text-start whitespace-normal!',
                  )}
                >
                  <Download aria-hidden className="size-4" />
                  {t('imports.refusedFile', { count: invalid_rows })}
                </a>
              )}
            </header>
            <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
              {data.map((cause) => (
                <CauseCard key={`${cause.reason} ${cause.column_name}`} cause={cause} />
              ))}
            </div>
          </section>
        )
      }
    </Loaded>
  )
}

function CauseCard({ cause: { reason, column_name, count, examples } }: { cause: ImportCause }) {
  const { t } = useTranslation()
  const heads = ['row', 'found', 'expected'] as const
  return (
    <article className="flex min-w-0 flex-col gap-2 rounded-xl border border-line bg-surface p-5">
      <h3 className="flex flex-wrap items-baseline justify-between gap-2 font-semibold">
        {t(`imports.reason.${reason}` as 'imports.reason.other', { defaultValue: reason })}
        <span>{showCount(count)}</span>
      </h3>
      <p className="text-sm text-ink-soft">
        {t(`imports.fix.${reason}` as 'imports.fix.other', { defaultValue: t('imports.fix.other') })}
      </p>
      {column_name !== '' && (
        <p dir="auto" className="text-sm text-ink-soft">
          {t('imports.inColumn', { column: column_name })}
        </p>
      )}
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">{t('imports.examples')}</caption>
        <thead>
          <tr className="text-ink-soft">
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 pe-3 text-start font-medium first:w-16">
                {t(`imports.head.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {examples.map(({ row, found, expected }) => (
            <tr key={row} className="align-top">
              <td className="py-1 pe-3">{row}</td>
              <td dir="auto" className="py-1 pe-3 wrap-anywhere">
                {found}
              </td>
              <td dir="auto" className="py-1 wrap-anywhere">
                {expected}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}
