/**
 * Which column is what: by its header, by what stands in it, and by what the person who imports says.
 */
import { type NumberRules, readNumber } from '#domain/phone-number.ts'
import { type ColumnRole, fieldNamed, isReportColumn, notAPhone, plainName } from './fields.ts'

export interface Column {
  /** The header, or `column_3` where it is blank or the file has none; never the same twice. */
  name: string
  role: ColumnRole
  /** 0 to 1; 1 also for what somebody said outright. */
  confidence: number
  /** Up to three values, to show beside the guess. */
  samples: string[]
}

/** A column is of phones by its values alone only when nearly all of them are numbers. */
const surelyPhones = 0.9
/** Below this a header that says phone is not believed as long as another column has numbers. */
const hardlyPhones = 0.2
const fewestValues = 3

/** Names for every column: unique, and never empty. */
export function nameColumns(headers: readonly string[], count: number): string[] {
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const given = (headers[index] ?? '').trim().slice(0, 200) || `column_${index + 1}`
    let name = given
    for (let copy = 2; taken.has(name); copy += 1) name = `${given}_${copy}`
    taken.add(name)
    return name
  })
}

/** Guesses each column from its name and the sampled rows. */
export function guessColumns(headers: readonly string[], rows: readonly string[][], rules: NumberRules): Column[] {
  // The header of a file of refused rows is whole, even if most of its rows were refused for having more cells.
  const ours = headers.some(isReportColumn)
  const count = ours ? headers.length : Math.max(headers.length, usualLength(rows))
  const names = nameColumns(headers, count)
  const shares = names.map((_, index) => shareOfNumbers(rows, index, rules))
  const columns = names.map((name, index): Column => {
    const samples = valuesOf(rows, index).slice(0, 3)
    if (isReportColumn(headers[index] ?? '')) return { name, role: 'ignore', confidence: 1, samples }
    const named = headers[index]?.trim() ? fieldNamed(headers[index]) : null
    if (named) return { name, role: named.field, confidence: named.confidence, samples }
    return { name, samples, ...guessByValues(rows, index, shares[index] as number, plainName(headers[index] ?? '')) }
  })
  settlePhones(columns, shares)
  for (const role of new Set(columns.map((column) => column.role))) if (role !== 'phone') keepSurest(columns, role)
  return columns
}

/** What most rows have: a single longer one has a delimiter too many, not a column more. */
function usualLength(rows: readonly string[][]): number {
  const lengths = [...Map.groupBy(rows, (row) => row.length)]
  return lengths.sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? 0
}

function valuesOf(rows: readonly string[][], index: number): string[] {
  return rows.flatMap((row) => row[index]?.trim() || [])
}

function shareOfNumbers(rows: readonly string[][], index: number, rules: NumberRules): number {
  const values = valuesOf(rows, index)
  return values.length === 0 ? 0 : values.filter((value) => readNumber(value, rules).ok).length / values.length
}

function guessByValues(
  rows: readonly string[][],
  index: number,
  share: number,
  name: string,
): Pick<Column, 'role' | 'confidence'> {
  const values = valuesOf(rows, index)
  const enough = values.length >= Math.min(fewestValues, rows.length)
  if (share >= surelyPhones && enough && !notAPhone.test(name)) return { role: 'phone', confidence: share * 0.8 }
  const mails = values.filter((value) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)).length
  if (values.length > 0 && mails / values.length >= surelyPhones) return { role: 'email', confidence: 0.7 }
  return { role: 'custom', confidence: 1 }
}

/** A header that says phone over values that are none gives way where another column has the numbers. */
function settlePhones(columns: Column[], shares: readonly number[]): void {
  const phones = columns.flatMap((column, index) =>
    column.role === 'phone' ? [{ column, share: shares[index] as number }] : [],
  )
  const best = Math.max(0, ...phones.map((phone) => phone.share))
  for (const { column, share } of phones) {
    if (best >= surelyPhones && share < hardlyPhones && column.samples.length > 0) {
      column.role = 'custom'
      column.confidence = 1
    } else if (column.samples.length > 0) column.confidence *= 0.5 + share / 2
  }
}

/** Two columns can't both be the name: the surer one is, else the first; the other is kept as it is called. */
function keepSurest(columns: Column[], role: ColumnRole): void {
  if (role === 'custom' || role === 'ignore') return
  const claimants = columns.filter((column) => column.role === role).sort((a, b) => b.confidence - a.confidence)
  for (const column of claimants.slice(1)) {
    column.role = 'custom'
    column.confidence = 1
  }
}

/** For a file without header: the first column of words that is nothing else is taken for the name. */
export function guessNameByValues(columns: Column[]): void {
  if (columns.some((column) => ['full_name', 'first_name', 'last_name'].includes(column.role))) return
  const words = columns.find(
    (column) =>
      column.role === 'custom' &&
      column.samples.length > 0 &&
      column.samples.every((value) => /^\p{L}[\p{L}\p{M}'’. -]+$/u.test(value)),
  )
  if (!words) return
  words.role = 'full_name'
  words.confidence = 0.5
}

/** Puts what somebody said over the guesses; gives back the columns it names that the file hasn't. */
export function applyMapping(columns: Column[], mapping: Readonly<Record<string, ColumnRole>>): string[] {
  const unknown: string[] = []
  const said = new Map<Column, ColumnRole>()
  for (const [key, role] of Object.entries(mapping)) {
    const column = findColumn(columns, key)
    if (column) said.set(column, role)
    else unknown.push(key)
  }
  const settled = new Set(said.values())
  for (const column of columns) {
    const role = said.get(column)
    if (role) {
      column.role = role
      column.confidence = 1
    } else if (column.role !== 'custom' && settled.has(column.role)) {
      column.role = 'custom'
      column.confidence = 1
    }
  }
  return unknown
}

function findColumn(columns: readonly Column[], key: string): Column | undefined {
  const wanted = key.trim()
  return (
    columns.find((column) => column.name === wanted) ??
    columns.find((column) => column.name.toLowerCase() === wanted.toLowerCase()) ??
    (/^\d+$/.test(wanted) ? columns[Number(wanted) - 1] : undefined)
  )
}
