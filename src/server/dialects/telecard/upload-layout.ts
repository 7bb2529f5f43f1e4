import type { ImportOptions } from '#intake/import-options.ts'
import type { Layout } from '#intake/layout.ts'
import { readUploadLayout } from '../../features/imports/read-upload-layout.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import { numberRules } from './words.ts'

type Role = NonNullable<ImportOptions['mapping']>[string]

const required = ['name', 'number', 'city', 'attempts'] as const
/** What the old system's columns are; it knew no others, and kept them beside the lead. */
const roles: Record<string, Role> = {
  ...{ name: 'full_name', number: 'phone', city: 'city', attempts: 'attempts' },
  ...{ customer_segment: 'customer_segment', last_order_date: 'last_order_date', follow_up_date: 'follow_up_date' },
}

const options = {
  header: true,
  country: numberRules.country,
  number_rules: { drop_prefixes: [...numberRules.drop_prefixes] },
  attempts: { default: 1 },
} satisfies ImportOptions

/** How the uploaded file is to be imported, or why it can't be: decided before there is an import. */
export async function planUpload(
  house: ServerDeps,
  caller: Caller,
  file: { file_path: string; campaign_id: string },
): Promise<ImportOptions | Refusal> {
  // Any column will do for the phone as long as only the header is asked for.
  const layout = await readUploadLayout(house, caller, { ...file, options: { ...options, mapping: { 1: 'phone' } } })
  if (isRefusal(layout)) {
    const [fault] = layout.members.errors as { message: string }[]
    return refuse('malformed-request', `Error processing CSV: ${fault?.message}`)
  }
  const mapping = mapColumns(layout)
  const missing = required.filter((name) => !Object.values(mapping).includes(roles[name] as Role))
  if (missing.length === 0) return { ...options, mapping }
  const listed = missing.map((name) => `'${name}'`).join(', ')
  return refuseValues([{ path: 'csv_file', message: `CSV missing required columns: {${listed}}` }])
}

/** Each column once: of two that are called the same the first counts, the other is kept as a further one. */
function mapColumns({ columns }: Layout): Record<string, Role> {
  const mapped: [string, Role][] = []
  for (const { name } of columns) {
    const role = roles[name.toLowerCase()] ?? 'custom'
    const again = role !== 'custom' && mapped.some(([, taken]) => taken === role)
    mapped.push([name, again ? 'custom' : role])
  }
  return Object.fromEntries(mapped)
}
