/**
 * One record of the file → a person, or why not.
 *
 * Takes the cells of a record and the layout's columns; gives numbers in E.164, names split or joined, dates as instants
 * and everything that means nothing to us under its header. Pure: whether the number is known or blocked is the merge's
 * affair.
 */
import { type NumberReading, type NumberRules, type ReadNumber, readNumber } from '#domain/phone-number.ts'
import type { Column } from './columns.ts'
import type { Field } from './fields.ts'
import type { PersonRow, RefusedRow, RowReading } from './person-row.ts'
import { type RowCheck, rowChecks } from './row-checks.ts'
import { type DateRules, readDate } from './row-dates.ts'
import { readCountry, readRegion, readZone } from './row-place.ts'

export interface RowRules {
  numbers: NumberRules
  dates: DateRules
  /** Set: the column `attempts` is the lead's budget, and this where it is blank or no number. */
  default_attempts: number | null
  /** Others than the house's own, for tests and the guide. */
  checks?: readonly RowCheck[]
}

export type RowReader = (cells: readonly string[]) => RowReading

/** More numbers of one person than anybody calls. */
const mostPhones = 8

export function createRowReader(columns: readonly Column[], rules: RowRules): RowReader {
  const indexOf = new Map<Field, number>()
  const phones: { index: number; name: string }[] = []
  const customs: { index: number; key: string }[] = []
  const keepAttempts = rules.default_attempts === null
  columns.forEach(({ role, name }, index) => {
    if (role === 'phone') phones.push({ index, name })
    else if (role === 'custom' || (role === 'attempts' && keepAttempts))
      customs.push({ index, key: `${JSON.stringify(name)}:` })
    else if (role !== 'ignore') indexOf.set(role, index)
  })
  const zoneColumn = customKey(columns, 'time_zone')
  const checks = rules.checks ?? rowChecks

  return (cells) => {
    const shape = refuseShape(cells, columns)
    if (shape) return { ok: false, refusal: shape }
    const cell = (field: Field) => {
      const index = indexOf.get(field)
      return index === undefined ? '' : (cells[index]?.trim() ?? '')
    }
    const country = readOr(cell('country'), readCountry)
    const numbers = readPhones(cells, phones, country, rules.numbers)
    if ('refusal' in numbers) return { ok: false, refusal: numbers.refusal }
    const person = describePerson(cell, numbers, country, rules)
    const zone = cell('time_zone')
    person.custom = collectCustom(
      cells,
      customs,
      zone !== '' && person.time_zone === null ? zoneColumn + JSON.stringify(zone) : '',
    )
    for (const check of checks) {
      const refused = check({ person, cell })
      if (refused) return { ok: false, refusal: inColumn(refused, columns) }
    }
    return { ok: true, person }
  }
}

function customKey(columns: readonly Column[], role: Field): string {
  return `${JSON.stringify(columns.find((column) => column.role === role)?.name ?? role)}:`
}

function inColumn(
  { field, ...refused }: { field: Field; reason: string; found: string; expected: string },
  columns: readonly Column[],
): RefusedRow {
  return { ...refused, column_name: columns.find((column) => column.role === field)?.name ?? field }
}

/** Cells beyond the header mean that a delimiter stands in a cell: everything after it would be in the wrong column. */
function refuseShape(cells: readonly string[], columns: readonly Column[]): RefusedRow | null {
  if (cells.length <= columns.length) return null
  if (cells.slice(columns.length).every((cell) => cell.trim() === '')) return null
  const column_name = columns.at(-1)?.name ?? ''
  const expected = `${columns.length}; put cells that contain the delimiter between quotes`
  return { reason: 'too_many_cells', column_name, found: `${cells.length} cells`, expected }
}

function readOr<T>(text: string, read: (text: string) => T | null): T | null {
  return text === '' ? null : read(text)
}

type Phones = { phones: ReadNumber[]; column: string } | { refusal: RefusedRow }

/** The first valid number is the person's own, the others are alternates; none valid refuses the row. */
function readPhones(
  cells: readonly string[],
  columns: readonly { index: number; name: string }[],
  country: string | null,
  rules: NumberRules,
): Phones {
  const phones: ReadNumber[] = []
  let column = ''
  let refused: RefusedRow | null = null
  for (const { index, name } of columns) {
    const text = cells[index] ?? ''
    if (text === '' || phones.length === mostPhones) continue
    const reading = readFor(text, country, rules)
    if (reading.ok) {
      if (phones.length === 0) column = name
      if (!phones.some((phone) => phone.number === reading.number)) phones.push(reading)
    } else if (text.trim() !== '') {
      refused ??= { reason: 'invalid_number', column_name: name, found: reading.found, expected: reading.expected }
    }
  }
  if (phones.length > 0) return { phones, column }
  const empty = {
    reason: 'no_number',
    column_name: columns[0]?.name ?? '',
    found: 'an empty cell',
    expected: 'a phone number',
  }
  return { refusal: refused ?? empty }
}

/** As a number of the row's own country, if it states one, else of the list's. */
function readFor(text: string, country: string | null, rules: NumberRules): NumberReading {
  if (country === null || country === rules.country) return readNumber(text, rules)
  const own = readNumber(text, { ...rules, country })
  return own.ok ? own : readNumber(text, rules)
}

function describePerson(
  cell: (field: Field) => string,
  { phones, column }: { phones: ReadNumber[]; column: string },
  country: string | null,
  rules: RowRules,
): PersonRow {
  const followUp = readOr(cell('follow_up_date'), (text) => readDate(text, rules.dates))
  const consent = cell('consent_basis')
  return {
    phones,
    phone_column: column,
    ...readName(cell('full_name'), cell('first_name'), cell('last_name')),
    company: cell('company'),
    email: cell('email'),
    city: cell('city'),
    time_zone: readOr(cell('time_zone'), readZone),
    country,
    region: readOr(cell('region'), readRegion),
    postcode: cell('postcode') || null,
    language: cell('language') || null,
    custom: null,
    priority: readPriority(cell('priority')),
    max_attempts: readBudget(cell('max_attempts'), cell('attempts'), rules.default_attempts),
    // A mere yes says that, not how.
    consent_basis: /^(?:yes|y|true|1|x)$/i.test(consent) ? 'stated' : consent || null,
    customer_segment: cell('customer_segment') || null,
    last_order_date: readOr(cell('last_order_date'), (text) => readDate(text, rules.dates))?.at ?? null,
    follow_up_date: followUp?.at ?? null,
    not_before: followUp?.begins_at ?? null,
  }
}

/** One name splits at the last space; first and last join with one. */
function readName(
  full: string,
  first: string,
  last: string,
): Pick<PersonRow, 'full_name' | 'first_name' | 'last_name'> {
  const full_name = full || (first && last ? `${first} ${last}` : first || last)
  if (first !== '' || last !== '') return { full_name, first_name: first, last_name: last }
  const space = full_name.lastIndexOf(' ')
  if (space < 0) return { full_name, first_name: full_name, last_name: '' }
  return { full_name, first_name: full_name.slice(0, space).trimEnd(), last_name: full_name.slice(space + 1) }
}

/** Words or a number from -100 to 100; what is neither is 0. */
function readPriority(text: string): number {
  if (text === '') return 0
  const named = { high: 10, urgent: 20, normal: 0, medium: 0, low: -10 }[text.toLowerCase()]
  if (named !== undefined) return named
  const value = Math.round(Number(text))
  return Number.isFinite(value) ? Math.min(100, Math.max(-100, value)) : 0
}

function readBudget(max: string, attempts: string, fallback: number | null): number | null {
  const read = (text: string) => (/^\d{1,3}(?:\.0+)?$/.test(text) ? Number(text) : 0)
  const stated = read(max) || (fallback === null ? 0 : read(attempts))
  if (stated >= 1 && stated <= 100) return stated
  return fallback
}

function collectCustom(
  cells: readonly string[],
  customs: readonly { index: number; key: string }[],
  extra: string,
): string | null {
  let json = extra
  for (const { index, key } of customs) {
    const text = cells[index]?.trim()
    if (!text) continue
    json += `${json === '' ? '' : ','}${key}${JSON.stringify(text)}`
  }
  return json === '' ? null : `{${json}}`
}
