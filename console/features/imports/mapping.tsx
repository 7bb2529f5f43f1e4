import { CircleCheck, CircleDashed, CircleHelp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { showShare } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Filter } from '../../ui/field.tsx'
import { type FileColumn, type Role, roles } from './layout.ts'

interface MappingProps {
  columns: FileColumn[]
  onMap: (mapping: Record<string, Role>) => void
}

/** From here on a guess is sure, and likely. */
const [sure, likely] = [0.9, 0.6]

/** Each column beside a few of its values: what it was taken for, how surely, and what it is instead. */
export function Mapping({ columns, onMap }: MappingProps) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="mapping" className="flex flex-col gap-3">
      <header>
        <h2 id="mapping" className="text-lg font-semibold">
          {t('imports.mapping')}
        </h2>
        <p className="text-sm text-ink-soft">{t('imports.mappingHint')}</p>
      </header>
      <ul className="flex flex-col divide-y divide-line rounded-xl border border-line bg-surface">
        {columns.map((column) => (
          <li
            key={column.name}
            className="grid grid-cols-1 items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_8rem_14rem]"
          >
            <div className="min-w-0">
              <p dir="auto" className="truncate font-medium">
                {column.name}
              </p>
              <p dir="auto" className="truncate text-sm text-ink-soft">
                {column.samples.join(' · ') || t('imports.noSamples')}
              </p>
            </div>
            <Surety column={column} />
            <Filter
              label={t('imports.columnIs', { name: column.name })}
              value={column.role}
              options={roles.map((value) => ({ value, label: t(`imports.role.${value}`) }))}
              onChange={({ target }) => onMap({ [column.name]: target.value as Role })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Surety({ column: { role, confidence } }: { column: FileColumn }) {
  const { t } = useTranslation()
  if (role === 'custom' || role === 'ignore') {
    return (
      <span className="justify-self-start">
        <Badge tone="quiet" icon={CircleDashed}>
          {t(`imports.surety.${role}`)}
        </Badge>
      </span>
    )
  }
  const [tone, icon] =
    confidence >= sure
      ? (['good', CircleCheck] as const)
      : ([confidence >= likely ? 'info' : 'warn', CircleHelp] as const)
  return (
    <span className="justify-self-start">
      <Badge tone={tone} icon={icon}>
        {t('imports.surety.of', { share: showShare(Math.round(confidence * 100) / 100) })}
      </Badge>
    </span>
  )
}
