/**
 * A row as a line of PostgreSQL's COPY, in the order of the store's staging columns: fields between tabs, `\N` for null.
 */
import type { DueTime } from './due-time.ts'
import type { PersonRow, RefusedRow } from './person-row.ts'

/** What every line of a chunk begins with. */
export function lineStart(importId: string, run: number, chunk: number): string {
  return `${importId}\t${run}\t${chunk}\t`
}

const NULL = '\\N'
const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function field(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => escapes[char] as string) : text
}

const orNull = (text: string | null) => (text === null ? NULL : field(text))
const instant = (at: number | null) => (at === null ? NULL : new Date(at).toISOString())

export interface PersonLine {
  row: number
  /** The number stands further up in the chunk. */
  repeats: boolean
  contact_id: string
  lead_id: string
  person: PersonRow
  due: DueTime
}

/** What most lists have to say of a person's place, and of how to call them. */
const placeless = `${NULL}\t${NULL}\t${NULL}\t${NULL}\t${NULL}`
const noTerms = `${NULL}\t${NULL}\t${NULL}\t${NULL}\t${NULL}\t${NULL}`
const notRefused = `${NULL}\t${NULL}\t${NULL}\t${NULL}\n`

function placeFields({ time_zone, country, region, postcode, language }: PersonRow): string {
  if (time_zone === null && country === null && region === null && postcode === null && language === null)
    return placeless
  return [time_zone, country, region, postcode, language].map(orNull).join('\t')
}

function termFields(person: PersonRow): string {
  const { max_attempts, consent_basis, customer_segment, last_order_date, follow_up_date, not_before } = person
  const none = max_attempts === null && consent_basis === null && customer_segment === null
  if (none && last_order_date === null && follow_up_date === null) return noTerms
  const dates = [last_order_date, follow_up_date, not_before].map(instant)
  return [max_attempts ?? NULL, orNull(consent_basis), orNull(customer_segment), ...dates].join('\t')
}

/** Few pieces instead of a loop over names: this runs once for each row of the file. */
export function personLine(start: string, { row, repeats, contact_id, lead_id, person, due }: PersonLine): string {
  const phone = person.phones[0]
  if (!phone) throw new Error('a person without a number was not refused')
  const alternates =
    person.phones.length === 1 ? NULL : field(JSON.stringify(person.phones.slice(1), ['number', 'kind', 'extension']))
  return [
    start + row,
    repeats ? 't' : 'f',
    contact_id,
    lead_id,
    phone.number,
    phone.kind,
    orNull(phone.extension),
    alternates,
    field(person.full_name),
    field(person.first_name),
    field(person.last_name),
    field(person.company),
    field(person.email),
    field(person.city),
    placeFields(person),
    orNull(person.custom),
    person.priority,
    termFields(person),
    due.due_at ?? NULL,
    due.status,
    orNull(due.held_by),
    field(person.phone_column),
    notRefused,
  ].join('\t')
}

/** What the columns of a person hold in a refused row: nothing, in each type's own way. */
const nobody = `${NULL}\t${NULL}\t${NULL}\t${NULL}${'\t'.repeat(7)}${NULL}${`\t${NULL}`.repeat(5)}\t0${`\t${NULL}`.repeat(7)}\tpending\t${NULL}`
const noId = '00000000-0000-0000-0000-000000000000'

export function refusedLine(start: string, row: number, refused: RefusedRow, cells: readonly string[] | null): string {
  const { column_name, reason, found, expected } = refused
  const kept = cells === null ? NULL : field(JSON.stringify(cells))
  return (
    `${start}${row}\tf\t${noId}\t${noId}\t${nobody}\t${field(column_name)}\t${field(reason)}\t${field(found)}\t` +
    `${field(expected)}\t${kept}\n`
  )
}
