import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../api/imports.ts'
import { isolate } from '../../lib/format.ts'
import { PhoneNumber } from '../../ui/phone-number.tsx'

interface Read {
  full_name: string
  phones: { number: string }[]
  company: string
  city: string
  custom: Record<string, unknown>
}
interface Refusal {
  reason: string
  column_name: string
  found: string
  expected: string
}

/** The first rows as they would be taken. */
export function PreviewRows({ rows }: { rows: ImportPreview['rows'] }) {
  const { t } = useTranslation()
  const heads = ['row', 'name', 'phone', 'company', 'city', 'others'] as const
  return (
    <section aria-labelledby="first-rows" className="flex flex-col gap-3">
      <h2 id="first-rows" className="text-lg font-semibold">
        {t('imports.firstRows', { count: rows.length })}
      </h2>
      <section
        aria-labelledby="first-rows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in reach of the keyboard.
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-xl border border-line bg-surface"
      >
        <table className="w-full text-sm">
          <thead className="sticky top-0 bg-surface shadow-[inset_0_-1px_0_var(--line)]">
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className="px-3 py-2 text-start font-medium whitespace-nowrap text-ink-soft">
                  {t(`imports.head.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map(({ row, fields, refusal }) => (
              <tr key={row}>
                <td className="px-3 py-2 text-ink-soft">{row}</td>
                {fields ? (
                  <ReadRow read={fields as unknown as Read} />
                ) : (
                  <RefusedRow refusal={refusal as unknown as Refusal} />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function ReadRow({ read: { full_name, phones, company, city, custom } }: { read: Read }) {
  const cell = 'max-w-60 truncate px-3 py-2'
  return (
    <>
      <td dir="auto" className={cell}>
        {full_name}
      </td>
      <td className="px-3 py-2 whitespace-nowrap">
        {phones.map(({ number }, place) => (
          <span key={number}>
            {place > 0 && ' · '}
            <PhoneNumber e164={number} />
          </span>
        ))}
      </td>
      <td dir="auto" className={cell}>
        {company}
      </td>
      <td dir="auto" className={cell}>
        {city}
      </td>
      <td dir="auto" className={`${cell} text-ink-soft`}>
        {Object.entries(custom)
          .map(([name, value]) => `${name}: ${value}`)
          .join(' · ')}
      </td>
    </>
  )
}

function RefusedRow({ refusal: { column_name, found, expected } }: { refusal: Refusal }) {
  const { t } = useTranslation()
  return (
    <td colSpan={5} className="px-3 py-2 text-bad">
      {t('imports.refusedRow', {
        column: isolate(column_name),
        found: isolate(found),
        expected: isolate(expected),
      })}
    </td>
  )
}
