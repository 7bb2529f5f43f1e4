import type { ReadNumber } from '#domain/phone-number.ts'

/** One row of the file, understood. Instants are epoch ms; null and '' are what the row doesn't say. */
export interface PersonRow {
  /** The first is the person's number, the others are alternates. */
  phones: ReadNumber[]
  /** The column of the first number. */
  phone_column: string
  full_name: string
  first_name: string
  last_name: string
  company: string
  email: string
  city: string
  time_zone: string | null
  country: string | null
  region: string | null
  postcode: string | null
  language: string | null
  /** Columns of no other meaning, as the text of a JSON object. */
  custom: string | null
  priority: number
  max_attempts: number | null
  consent_basis: string | null
  customer_segment: string | null
  last_order_date: number | null
  follow_up_date: number | null
  not_before: number | null
}

export interface RefusedRow {
  reason: string
  column_name: string
  found: string
  expected: string
}

export type RowReading = { ok: true; person: PersonRow } | { ok: false; refusal: RefusedRow }
