/**
 * How a file is laid out: its encoding, delimiter, header and columns, found from its beginning.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { readGuarded } from '#domain/csv-cell.ts'
import type { NumberRules } from '#domain/phone-number.ts'
import { readNumber } from '#domain/phone-number.ts'
import { applyMapping, type Column, guessColumns, guessNameByValues } from './columns.ts'
import { createRecordSplitter } from './csv-records.ts'
import { fieldNamed } from './fields.ts'
import { refuseKind } from './file-kind.ts'
import type { ImportOptions } from './import-options.ts'
import { decodeText, detectEncoding, isEncoding, type TextEncoding } from './text-encoding.ts'

export interface Layout {
  encoding: TextEncoding
  delimiter: string
  line_end: 'lf' | 'cr'
  has_header: boolean
  /** As it came; empty without one. */
  header: string[]
  /** Records before the first row of people: the header, and Excel's `sep=;` line before it. */
  skip_records: number
  /** What a spreadsheet shows as the number of the file's first record. */
  first_row: number
  columns: Column[]
}

export type LayoutReply = { ok: true; layout: Layout } | { ok: false; refusal: string }

const headLength = 256 * 1024
const sampledRows = 200
const delimiters = [',', ';', '\t', '|'] as const
/** Exports of customer systems have a few dozen columns; beyond this it is no list of people. */
export const maxColumns = 500

const rowTooLong =
  'A row at the beginning of the file is longer than 64 KB. Most likely a quote is opened there and never closed: close it, or double every quote that stands inside a cell.'

const refuse = (refusal: string): LayoutReply => ({ ok: false, refusal })

/** Reads the file's beginning and says how to read the rest, or why it can't be read and what to do. */
export async function readLayout(path: string, options: ImportOptions, rules: NumberRules): Promise<LayoutReply> {
  const file = await open(path)
  try {
    return await layOut(file, options, rules)
  } finally {
    await file.close()
  }
}

async function layOut(file: FileHandle, options: ImportOptions, rules: NumberRules): Promise<LayoutReply> {
  const head = await readHead(file, options)
  if (!head.ok) return head
  const { text, encoding, line_end, whole } = head
  const separator = separatorOf(text)
  const delimiter = options.delimiter ?? separator ?? guessDelimiter(text, whole)
  const records = readSample(text, delimiter, whole)
  return describe(
    records,
    { encoding, delimiter, line_end },
    { separated: separator !== undefined, whole },
    options,
    rules,
  )
}

export interface Head extends Pick<Layout, 'encoding' | 'line_end'> {
  ok: true
  /** With line feeds at the ends of its lines. */
  text: string
  /** The file is no longer than this. */
  whole: boolean
}

/** The beginning of a file as text, or why it is none. */
export async function readHead(
  file: FileHandle,
  options: Pick<ImportOptions, 'encoding'>,
): Promise<Head | { ok: false; refusal: string }> {
  const buffer = Buffer.allocUnsafe(headLength)
  const { bytesRead } = await file.read(buffer, 0, headLength, 0)
  const head = buffer.subarray(0, bytesRead)
  if (options.encoding && !isEncoding(options.encoding))
    return { ok: false, refusal: `There is no encoding called ${options.encoding}.` }
  const encoding = options.encoding ?? detectEncoding(head)
  const kind = refuseKind(head, /^utf-?16/i.test(encoding))
  if (kind) return { ok: false, refusal: kind }
  // The database keeps no NUL; what follows goes into the import's row.
  const text = decodeText(encoding).write(head).replaceAll('\0', '␀')
  const line_end = text.includes('\n') || !text.includes('\r') ? 'lf' : 'cr'
  const lines = line_end === 'cr' ? text.replaceAll('\r', '\n') : text
  return { ok: true, text: lines, encoding, line_end, whole: bytesRead < headLength }
}

/** What a first line `sep=;` says, as Excel writes it. */
export function separatorOf(text: string): string | undefined {
  return /^sep=([,;\t|])\r?\n/i.exec(text)?.[1]
}

/** The records of the sample; the last one of a longer file may be cut and is left out. */
export function readSample(text: string, delimiter: string, whole: boolean): string[][] {
  const records: string[][] = []
  const splitter = createRecordSplitter(delimiter, (cells) => records.push(readGuarded(cells ?? [])))
  splitter.push(text)
  if (whole || records.length === 0) splitter.end()
  return records
}

/** The delimiter that cuts the most records into the same number of cells, more than one. */
export function guessDelimiter(text: string, whole: boolean): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const counts = readSample(text, delimiter, whole)
      .slice(0, sampledRows)
      .filter((cells) => !isBlank(cells))
      .map((cells) => cells.length)
    const [usual = 1, times = 0] = mostFrequent(counts)
    const score = usual > 1 ? times / counts.length + usual / 10_000 : 0
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function mostFrequent(counts: readonly number[]): [value: number, times: number] | [] {
  const groups = [...Map.groupBy(counts, (count) => count)].map(([value, all]): [number, number] => [value, all.length])
  return groups.sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
}

/** Is there nothing in the record? Spreadsheets write such rows below a list. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

function describe(
  records: string[][],
  form: Pick<Layout, 'encoding' | 'delimiter' | 'line_end'>,
  { separated, whole }: { separated: boolean; whole: boolean },
  options: ImportOptions,
  rules: NumberRules,
): LayoutReply {
  const skipped = separated ? 1 : 0
  const first = records.findIndex((cells, index) => index >= skipped && !isBlank(cells))
  const heading = records[first]
  if (!whole && records.length - first < 2) return refuse(rowTooLong)
  if (!heading) return refuse('The file has no rows. Upload a CSV file with one row for each person.')
  const widest = Math.max(heading.length, records[first + 1]?.length ?? 0)
  if (widest > maxColumns)
    return refuse(
      `The file has ${widest} columns; at most ${maxColumns} are read. Remove those that calling does not need.`,
    )
  const has_header = options.header ?? looksLikeHeader(heading, rules)
  const rows = records
    .slice(has_header ? first + 1 : first)
    .filter((cells) => !isBlank(cells))
    .slice(0, sampledRows)
  // Whoever says that there is a header may send it alone.
  if (rows.length === 0 && options.header !== true)
    return refuse('The file has a header and no rows. Add one row for each person and upload it again.')
  const header = has_header ? heading : []
  const columns = guessColumns(header, rows, rules)
  if (!has_header) guessNameByValues(columns)
  const unknown = applyMapping(columns, options.mapping ?? {})
  const listed = columns
    .map((column) => `“${column.name}”`)
    .slice(0, 30)
    .join(', ')
  if (unknown.length > 0)
    return refuse(
      `The mapping names ${unknown.map((name) => `“${name}”`).join(', ')}, but the file’s columns are ${listed}.`,
    )
  if (!columns.some((column) => column.role === 'phone')) {
    return refuse(
      `No column of the file looks like a phone number. Its columns are ${listed}: say in the mapping which one is the phone.`,
    )
  }
  const skip_records = has_header ? first + 1 : skipped
  return { ok: true, layout: { ...form, has_header, header, skip_records, first_row: separated ? 0 : 1, columns } }
}

/** A first row with a known name and without a phone number is a header. */
function looksLikeHeader(cells: readonly string[], rules: NumberRules): boolean {
  if (cells.some((cell) => readNumber(cell, rules).ok)) return false
  if (cells.some((cell) => cell.includes('@'))) return false
  return cells.some((cell) => fieldNamed(cell) !== null) || cells.every((cell) => !/^\s*[\d.,+-]+\s*$/.test(cell))
}
