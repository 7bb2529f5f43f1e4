import type { Layout } from '#intake/layout.ts'
import type { ContactInCampaign, RefusedRow } from '#store/campaign-contacts.ts'

/** Somebody in a campaign. */
export function showContact(campaignId: string, row: ContactInCampaign) {
  const { contact_id, phone, full_name, email, status, metadata, created_at, updated_at } = row
  return {
    ...{ id: contact_id, campaignId, phone: phone ?? '', name: full_name, email },
    ...{ isValid: true, isDoNotCall: status === 'do_not_call', validationError: null as string | null },
    ...{ metadata, createdAt: created_at, updatedAt: updated_at },
  }
}

/** A row that was refused, as far as its file's columns tell what stands in it. */
export function showRefused(campaignId: string, row: RefusedRow): ReturnType<typeof showContact> {
  const { cells, layout } = row
  const columns = (layout as Layout | null)?.columns ?? []
  const cellOf = (role: string) => cells?.[columns.findIndex((column) => column.role === role)]?.trim() ?? ''
  const rest = columns.flatMap(({ name, role }, index) => (role === 'custom' ? [[name, cells?.[index] ?? '']] : []))
  const name = cellOf('full_name') || `${cellOf('first_name')} ${cellOf('last_name')}`.trim()
  return {
    ...{
      id: `${row.import_id}:${row.id}`,
      campaignId,
      phone: cellOf('phone') || row.found,
      name,
      email: cellOf('email'),
    },
    ...{ isValid: false, isDoNotCall: false, validationError: `found ${row.found}; expected ${row.expected}` },
    ...{ metadata: Object.fromEntries(rest), createdAt: row.created_at, updatedAt: row.created_at },
  }
}
