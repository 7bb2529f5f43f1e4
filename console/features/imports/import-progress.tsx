import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from '../../api/imports.ts'
import { showAge, showCount, showShare } from '../../lib/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Tiles } from '../../ui/tiles.tsx'
import { isRunning } from './import-badge.tsx'

/** How far a file is read, how fast, and what became of the rows so far. */
export function ImportProgress({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const { file_name, error, imported_rows, duplicate_rows, invalid_rows, suppressed_rows } = job
  const tiles = [
    ['imports.imported', imported_rows],
    ['imports.duplicate', duplicate_rows],
    ['imports.invalid', invalid_rows],
    ['imports.suppressed', suppressed_rows],
  ] as const
  return (
    <>
      {isRunning(job) && (
        <section
          aria-label={t('imports.reading', { name: file_name })}
          className="rounded-xl border border-line bg-surface p-5"
        >
          <Pace job={job} />
        </section>
      )}
      {error && (
        <p role="alert" dir="auto" className="rounded-xl border border-bad/40 bg-bad-soft p-4 text-bad">
          {error}
        </p>
      )}
      <Tiles tiles={tiles.map(([words, count]) => [t(words), showCount(count)])} />
    </>
  )
}

function Pace({ job: { file_name, bytes_read, file_size_bytes, total_rows, started_at } }: { job: ImportJob }) {
  const { t } = useTranslation()
  const share = file_size_bytes === 0 ? 0 : bytes_read / file_size_bytes
  const seconds = useSecondsSince(started_at)
  const pace = seconds > 0 && total_rows > 0 ? total_rows / seconds : 0
  const left = share > 0 ? Math.ceil((seconds * (1 - share)) / share) : null
  return (
    <>
      <div className="mb-2 flex flex-wrap justify-between gap-2">
        <p className="font-medium">
          {t('imports.readSoFar', { share: showShare(share), rows: showCount(total_rows) })}
        </p>
        <p className="text-sm text-ink-soft">
          {pace === 0
            ? t('imports.begins')
            : t('imports.pace', { pace: showCount(pace), left: left === null ? '–' : showAge(left * 1000) })}
        </p>
      </div>
      <Meter share={share} label={t('imports.reading', { name: file_name })} />
    </>
  )
}

function useSecondsSince(iso: string | null): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return iso === null ? 0 : Math.max(0, (now - Date.parse(iso)) / 1000)
}
