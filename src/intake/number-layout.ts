/**
 * How a file of numbers not to call is laid out: one number a line; a table with a column of phones; or the form of the US
 * registry, an area code and seven digits. Found from its beginning, as for lists of people, but that rows which are
 * none say nothing: such a file is full of them.
 */
import { open } from 'node:fs/promises'
import { type NumberRules, readNumber } from '#domain/phone-number.ts'
import { callingCodeOfCountry } from '#domain/phone-number-plan.ts'
import { applyMapping, type Column, guessColumns } from './columns.ts'
import { fieldNamed } from './fields.ts'
import type { ImportOptions } from './import-options.ts'
import { guessDelimiter, isBlank, type Layout, maxColumns, readHead, readSample, separatorOf } from './layout.ts'

export interface NumberLayout
  extends Pick<Layout, 'encoding' | 'delimiter' | 'line_end' | 'skip_records' | 'first_row'> {
  columns: number
  /** The places of the numbers; of a split one, of its two parts. */
  phones: number[]
  /** A number is in two cells: area code, and the rest. */
  split: boolean
}

export type NumberOptions = Pick<ImportOptions, 'encoding' | 'delimiter' | 'header' | 'mapping' | 'country'>
export type NumberLayoutReply = { ok: true; layout: NumberLayout } | { ok: false; refusal: string }

const sampledRows = 200

export async function readNumberLayout(
  path: string,
  options: NumberOptions,
  rules: NumberRules,
): Promise<NumberLayoutReply> {
  const file = await open(path)
  try {
    const head = await readHead(file, options)
    if (!head.ok) return head
    const { encoding, line_end } = head
    const text = sampleLines(head.text, head.whole)
    const separator = separatorOf(text)
    const delimiter = options.delimiter ?? separator ?? guessDelimiter(text, true)
    const records = readSample(text, delimiter, true).slice(separator === undefined ? 0 : 1)
    const separated = separator === undefined ? 0 : 1
    return describe(records, { encoding, line_end, delimiter }, separated, options, rules)
  } finally {
    await file.close()
  }
}

/** Lines in which every quote is closed: one that is not would swallow those after it. */
function sampleLines(text: string, whole: boolean): string {
  const lines = text.split('\n')
  if (!whole && lines.length > 1) lines.pop()
  const closed = lines.filter((line) => (line.split('"').length - 1) % 2 === 0)
  return `${closed.slice(0, sampledRows * 2).join('\n')}\n`
}

function describe(
  records: string[][],
  form: Pick<Layout, 'encoding' | 'delimiter' | 'line_end'>,
  separated: number,
  options: NumberOptions,
  rules: NumberRules,
): NumberLayoutReply {
  const first = records.findIndex((cells) => !isBlank(cells))
  const heading = records[first] ?? ['']
  const has_header = options.header ?? looksLikeHeading(heading, rules)
  const rows = records.slice(has_header ? first + 1 : Math.max(first, 0)).filter((cells) => !isBlank(cells))
  const columns = guessColumns(has_header ? heading : [], rows.slice(0, sampledRows), rules)
  if (columns.length > maxColumns) {
    return { ok: false, refusal: `The file has ${columns.length} columns; at most ${maxColumns} are read.` }
  }
  const unknown = applyMapping(columns, options.mapping ?? {})
  if (unknown.length > 0) return { ok: false, refusal: `The mapping names ${quote(unknown)}; ${say(columns)}.` }
  const split = options.mapping === undefined && isSplit(rows, rules)
  const phones = split ? [0, 1] : placesOfPhones(columns)
  if (phones.length === 0) {
    const refusal = `No column of the file looks like a phone number; ${say(columns)}. Say in the mapping which one is the phone.`
    return { ok: false, refusal }
  }
  // Blank lines before the header are passed over with it.
  const skip_records = separated + (has_header ? first + 1 : 0)
  const first_row = separated === 0 ? 1 : 0
  const count = Math.max(1, columns.length)
  return { ok: true, layout: { ...form, skip_records, first_row, columns: count, phones, split } }
}

/** A lone cell is a heading only under a known name: in a file of numbers it is most likely a number that is none. */
function looksLikeHeading(cells: readonly string[], rules: NumberRules): boolean {
  if (cells.some((cell) => readNumber(cell, rules).ok)) return false
  if (cells.some((cell) => fieldNamed(cell) !== null)) return true
  return cells.length > 1 && cells.every((cell) => /\p{L}/u.test(cell))
}

/** A file of one column has nothing else than numbers, whatever stands in its first rows. */
function placesOfPhones(columns: readonly Column[]): number[] {
  if (columns.length <= 1) return [0]
  return columns.flatMap(({ role }, index) => (role === 'phone' ? [index] : []))
}

/** As the US registry writes them: `201,5550123`. */
function isSplit(rows: readonly string[][], { country }: NumberRules): boolean {
  if (callingCodeOfCountry(country) !== '1') return false
  const apart = rows.filter(
    ([area = '', rest = '']) => /^\s*\d{3}\s*$/.test(area) && /^\s*\d{3}[- ]?\d{4}\s*$/.test(rest),
  )
  return apart.length > rows.length / 2
}

const quote = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')

function say(columns: readonly Column[]): string {
  return `its columns are ${quote(columns.map(({ name }) => name).slice(0, 30))}`
}
