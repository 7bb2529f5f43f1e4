import type { ImportJob } from '../../api/imports.ts'

/** How the server understood a file. */
export interface Layout {
  encoding: string
  delimiter: string
  has_header: boolean
  header: string[]
  columns: FileColumn[]
}

export interface FileColumn {
  name: string
  role: Role
  /** 0 to 1; 1 also for what somebody said. */
  confidence: number
  samples: string[]
}

/** What a column can be. */
export const roles = [
  'phone',
  'full_name',
  'first_name',
  'last_name',
  'company',
  'email',
  'city',
  'region',
  'postcode',
  'country',
  'time_zone',
  'language',
  'priority',
  'max_attempts',
  'consent_basis',
  'follow_up_date',
  'last_order_date',
  'customer_segment',
  'custom',
  'ignore',
] as const
export type Role = (typeof roles)[number]

/** What somebody said of the columns when a file with the same ones was read last. */
export function mappingBefore(layout: Layout, earlier: readonly ImportJob[]) {
  if (!layout.has_header) return null
  const header = layout.header.join('\n')
  for (const { options, layout: was, file_name } of earlier) {
    const mapping = options.mapping as Record<string, string> | undefined
    if (mapping === undefined || (was as Layout | null)?.header.join('\n') !== header) continue
    const differs = layout.columns.some(({ name, role }) => mapping[name] !== undefined && mapping[name] !== role)
    return differs ? { mapping, file_name } : null
  }
  return null
}
