/**
 * What a row must also fulfil, besides having a phone number. Each check sees the row as it was understood and the cell
 * as it came, and refuses with what it found and what it expected, in words for the person who mends the file. A new
 * check is a function and a line in the list below; docs/guides/extend-import.md shows one.
 */
import type { Field } from './fields.ts'
import type { PersonRow } from './person-row.ts'

export interface RowRefusal {
  /** A word for machines: what kind of fault it is. */
  reason: string
  /** The field whose column is shown beside the refusal. */
  field: Field
  found: string
  expected: string
}

export interface RowUnderCheck {
  person: PersonRow
  /** The cell of a field, trimmed; empty where the file has no such column. */
  cell(field: Field): string
}

export type RowCheck = (row: RowUnderCheck) => RowRefusal | null

/** A list that says somebody did not consent is believed, whatever the import or the workspace declares. */
const refuseDeniedConsent: RowCheck = ({ cell }) => {
  const consent = cell('consent_basis')
  if (!/^(?:no|none|n|0|false|denied|refused|withdrawn|revoked|opt[- _]?out|opted[- _]?out)$/i.test(consent))
    return null
  return {
    reason: 'no_consent',
    field: 'consent_basis',
    found: `“${consent}”`,
    expected: 'a ground for calling, such as written',
  }
}

/** Calling somebody before the promised day is worse than not importing the row. */
const refuseUnreadableFollowUp: RowCheck = ({ person, cell }) => {
  const date = cell('follow_up_date')
  if (date === '' || person.follow_up_date !== null) return null
  return { reason: 'invalid_date', field: 'follow_up_date', found: `“${date}”`, expected: 'a date such as 2026-02-09' }
}

export const rowChecks: readonly RowCheck[] = [refuseDeniedConsent, refuseUnreadableFollowUp]
