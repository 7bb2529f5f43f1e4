import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FileUp, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { allImportsQuery, type ImportJob } from '../../api/imports.ts'
import { showCount, showMoment } from '../../lib/format.ts'
import { urls } from '../../lib/urls.ts'
import { buttonLook } from '../../ui/button-look.ts'
import { List } from '../../ui/list.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import type { Column } from '../../ui/table.tsx'
import { ImportBadge } from './import-badge.tsx'

/** Every file that was read. */
export function ImportsPage() {
  const { t } = useTranslation()
  const imports = useInfiniteQuery(allImportsQuery)
  const fresh = (
    <Link to={urls.newImport} className={buttonLook('primary', 'normal')}>
      <Plus aria-hidden className="size-4" />
      {t('imports.new')}
    </Link>
  )
  const count = (id: 'imported' | 'duplicate' | 'invalid', of: (job: ImportJob) => number): Column<ImportJob> => ({
    ...{ id, title: t(`imports.${id}`), width: 7 },
    cell: (job) => showCount(of(job)),
  })
  const columns: Column<ImportJob>[] = [
    { id: 'file', title: t('imports.file'), width: 16, cell: ({ file_name }) => file_name },
    { id: 'status', title: t('imports.state'), width: 14, cell: (job) => <ImportBadge status={job.status} /> },
    count('imported', (job) => job.imported_rows),
    count('duplicate', (job) => job.duplicate_rows),
    count('invalid', (job) => job.invalid_rows),
    { id: 'when', title: t('imports.when'), width: 12, cell: ({ created_at }) => showMoment(created_at) },
  ]
  return (
    <Page title={t('places.imports')} aside={fresh}>
      <List
        of={imports}
        label={t('places.imports')}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ file_name }) => file_name}
        linkTo={({ id }) => ({ to: urls.import, params: { id } })}
        empty={
          <Empty icon={FileUp} title={t('imports.none')}>
            <p className="mb-4">{t('imports.noneMore')}</p>
            {fresh}
          </Empty>
        }
      />
    </Page>
  )
}
