import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../api/imports.ts'
import { isolate, showCount } from '../../lib/format.ts'
import { Tiles } from '../../ui/tiles.tsx'
import type { Layout } from './layout.ts'

interface PreviewCountsProps {
  name: string
  layout: Layout
  counts: ImportPreview['counts']
  counting: boolean
}

const shown = ['create', 'update', 'duplicate', 'invalid', 'suppressed'] as const

/** Of every row what would become of it, as the server worked it out. */
export function PreviewCounts({ name, layout, counts, counting }: PreviewCountsProps) {
  const { t } = useTranslation()
  const { encoding, delimiter, has_header } = layout
  return (
    <section aria-labelledby="would" aria-busy={counting} className={counting ? 'opacity-60' : undefined}>
      <h2 id="would" className="text-lg font-semibold wrap-anywhere">
        {t('imports.would', { name: isolate(name), count: counts.total ?? 0, shown: showCount(counts.total ?? 0) })}
      </h2>
      <p role="status" className="mb-3 text-sm text-ink-soft">
        {counting
          ? t('imports.counting')
          : t('imports.readAs', {
              encoding: encoding.toUpperCase(),
              delimiter: delimiter === '\t' ? t('imports.tab') : delimiter,
              header: t(has_header ? 'imports.withHeader' : 'imports.withoutHeader'),
            })}
      </p>
      <Tiles tiles={shown.map((key) => [t(`imports.count.${key}`), showCount(counts[key] ?? 0)])} />
    </section>
  )
}
