import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type ImportJob, refusedRowsAt } from '../../api/imports.ts'
import { showCount } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { Meter } from '../../ui/meter.tsx'
import { ImportBadge, isRunning } from './import-badge.tsx'

/** One file: how far it is read, and what became of its rows. */
export function ImportRow({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const { status, file_name, bytes_read, file_size_bytes } = job
  const running = isRunning(job)
  const counts = [
    ['imports.imported', job.imported_rows],
    ['imports.duplicate', job.duplicate_rows],
    ['imports.invalid', job.invalid_rows],
    ['imports.suppressed', job.suppressed_rows],
  ] as const
  return (
    <article className="rounded-xl border border-line bg-surface p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 truncate font-medium">
          <Link to={urls.import} params={{ id: job.id }} className="text-accent hover:underline">
            {file_name}
          </Link>
        </h3>
        <span className="ms-auto">
          <ImportBadge status={status} />
        </span>
      </header>
      {running && (
        <Meter
          className="mt-3"
          share={file_size_bytes === 0 ? 1 : bytes_read / file_size_bytes}
          label={t('imports.reading', { name: file_name })}
        />
      )}
      {job.error && <p className="mt-2 text-sm text-bad">{job.error}</p>}
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {counts.map(([words, count]) => (
          <div key={words} className="flex gap-1.5">
            <dt className="text-ink-soft">{t(words)}</dt>
            <dd className="font-medium">{showCount(count)}</dd>
          </div>
        ))}
      </dl>
      {job.invalid_rows > 0 && !running && (
        <a href={refusedRowsAt(job.id)} className="mt-3 inline-flex items-center gap-1.5 text-sm text-accent underline">
          <Download aria-hidden className="size-4" />
          {t('imports.refusedFile', { count: job.invalid_rows })}
        </a>
      )}
    </article>
  )
}
