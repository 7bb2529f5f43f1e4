/**
 * A file of numbers not to call → chunks of numbers in E.164, sorted, each once, and the rows that are none with the reason.
 * Chunks are cut by the file alone: a second reading after a crash cuts them at the same rows.
 */
import { readGuarded } from '#domain/csv-cell.ts'
import { type NumberRules, readNumber } from '#domain/phone-number.ts'
import type { NumberLayout } from './number-layout.ts'
import { createNumberLines, type RowFault } from './number-lines.ts'
import { readTextBlocks } from './text-blocks.ts'

/** Everything needed to read a file, as plain values: it is handed to a worker thread. */
export interface NumberPlan {
  path: string
  file_size_bytes: number
  layout: NumberLayout
  rules: NumberRules
  chunk_rows: number
  /** Chunks that are in already; their rows are passed over. */
  skip_chunks: number
}

export interface RefusedNumber {
  /** As a spreadsheet shows it. */
  row: number
  text: string
  reason: string
}

export interface NumberChunk {
  chunk: number
  rows: number
  bytes_read: number
  /** Sorted, each once, as the text of a PostgreSQL array: one string is moved between threads in no time. */
  numbers: string
  /** Numbers in its rows, those that stand there twice counted twice. */
  valid: number
  refused_rows: number
  /** The first of them. */
  refused: RefusedNumber[]
}

/** Refused rows of one file that are kept, and the most of one that is shown. */
export const keptRefusals = 10_000
const keptText = 200

const faults: Record<RowFault, string> = {
  row_too_long: 'found more than 64 KB in one row; expected a phone number',
  open_quote: 'found a quote that is never closed; expected a closing quote, or every quote inside a cell doubled',
  nul_character: 'found a NUL character; expected text',
}

export async function* readNumberFile(plan: NumberPlan): AsyncGenerator<NumberChunk> {
  const { layout } = plan
  const chunks: NumberChunk[] = []
  const rows = createChunks(plan, (chunk) => chunks.push(chunk))
  const lines = createNumberLines(layout, rows.take)
  for await (const block of readTextBlocks(plan.path, layout.encoding, layout.line_end)) {
    rows.expect(block.bytes_read)
    lines.push(block.text)
    yield* chunks.splice(0)
  }
  lines.end()
  rows.finish()
  yield* chunks.splice(0)
}

interface Chunks {
  expect(bytesRead: number): void
  take(cells: string[] | null, fault: RowFault | null, text: string): void
  finish(): void
}

function createChunks(plan: NumberPlan, emit: (chunk: NumberChunk) => void): Chunks {
  const { skip_records, first_row } = plan.layout
  let records = 0
  let bytesRead = 0
  let now = emptyChunk(0)
  const numbers = new Set<string>()

  function endChunk(): void {
    if (now.chunk >= plan.skip_chunks) {
      emit({ ...now, bytes_read: bytesRead, numbers: `{${[...numbers].sort().join(',')}}` })
    }
    numbers.clear()
    now = emptyChunk(now.chunk + 1)
  }

  function refuse(row: number, text: string, reason: string): void {
    now.refused_rows += 1
    if (now.refused.length >= keptRefusals) return
    // The database keeps no NUL, and no half of a character.
    const shown = text.slice(0, keptText).replaceAll('\0', '␀').toWellFormed()
    now.refused.push({ row, text: shown, reason: reason.replaceAll('\0', '␀').toWellFormed() })
  }

  /** A row with a number that can't be read is refused, though its other numbers are taken. */
  function read(row: number, cells: string[], text: string): void {
    let reason: string | null = null
    let found = 0
    for (const cell of cellsOf(cells, plan.layout)) {
      const reading = cell.trim() === '' ? null : readNumber(cell, plan.rules)
      if (reading?.ok) {
        found += 1
        numbers.add(reading.number)
      } else if (reading) reason ??= `found ${reading.found}; expected ${reading.expected}`
    }
    now.valid += found
    if (found === 0) reason ??= 'found nothing; expected a phone number'
    if (reason !== null) refuse(row, text, reason)
  }

  return {
    expect(bytes) {
      bytesRead = bytes
    },
    take(cells, fault, text) {
      const row = first_row + records
      records += 1
      if (records <= skip_records) return
      now.rows += 1
      if (now.chunk >= plan.skip_chunks) {
        if (fault !== null) refuse(row, text, faults[fault])
        else read(row, readGuarded(cells ?? []), text)
      }
      if (now.rows >= plan.chunk_rows) endChunk()
    },
    finish() {
      if (now.rows > 0) endChunk()
    },
  }
}

function emptyChunk(chunk: number): NumberChunk {
  return { chunk, rows: 0, bytes_read: 0, numbers: '{}', valid: 0, refused_rows: 0, refused: [] }
}

function cellsOf(cells: readonly string[], { phones, split }: NumberLayout): string[] {
  const found = phones.map((place) => cells[place] ?? '')
  return split ? [found.map((part) => part.trim()).join('')] : found
}
