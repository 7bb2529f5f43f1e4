/**
 * A file → the lines that go to staging, chunk by chunk.
 *
 * Reads, cuts, understands and dates the rows one block of text at a time, so that a file of any size takes the same
 * memory. Chunks are cut by the file alone: a second reading after a crash cuts them at the same rows.
 */
import { readGuarded } from '#domain/csv-cell.ts'
import type { CampaignEvidence } from '#store/lead-evidence.ts'
import { createRecordSplitter } from './csv-records.ts'
import { createDueTimes, type DueTime } from './due-time.ts'
import { isBlank, type Layout } from './layout.ts'
import { createLineBuffer } from './line-buffer.ts'
import type { RefusedRow } from './person-row.ts'
import { createRowReader, type RowRules } from './read-row.ts'
import { createIdMaker } from './row-ids.ts'
import { lineStart, personLine, refusedLine } from './staging-line.ts'
import { readTextBlocks } from './text-blocks.ts'

/** Everything needed to read a file, as plain values: it is handed to a worker thread. */
export interface ReadingPlan {
  path: string
  file_size_bytes: number
  layout: Layout
  rules: Omit<RowRules, 'checks'>
  import_id: string
  /** Tells this reading's staged rows from those of another. */
  run: number
  /** Null: contacts only. */
  campaign: CampaignEvidence | null
  at: number
  chunk_rows: number
  /** Rows of the first chunk, where it shall be dialable sooner than a whole one is read. */
  first_chunk_rows: number
  /** Chunks merged before; their rows are passed over. */
  skip_chunks: number
  /** How many of the first rows to show as they were understood. */
  show_rows: number
}

export type ReadingEvent =
  | { kind: 'lines'; bytes: Uint8Array }
  | { kind: 'chunk'; chunk: number; rows: number; bytes_read: number }
  | { kind: 'shown'; rows: ShownRow[] }
  | { kind: 'refused'; refusal: string }

/** A row of a preview. */
export interface ShownRow {
  row: number
  fields: Record<string, unknown> | null
  refusal: RefusedRow | null
}

/** A chunk also ends after so much text, so that one of very long rows stays a short transaction. */
const chunkCharacters = 32 * 1024 * 1024
const tooLong: RefusedRow = {
  reason: 'row_too_long',
  column_name: '',
  found: 'more than 64 KB in one row',
  expected: 'at most 64 KB; look for a quote that is never closed',
}
const never: DueTime = { due_at: null, status: 'pending', held_by: null }

export async function* stageFile(plan: ReadingPlan): AsyncGenerator<ReadingEvent> {
  const { layout } = plan
  const events: ReadingEvent[] = []
  const rows = createRowStager(plan, (event) => events.push(event))
  const splitter = createRecordSplitter(layout.delimiter, (cells) => rows.take(cells && readGuarded(cells)))
  for await (const block of readTextBlocks(plan.path, layout.encoding, layout.line_end)) {
    rows.expect(block.text, block.bytes_read)
    splitter.push(block.text)
    yield* events.splice(0)
  }
  if (splitter.end().open_quote) {
    const refusal = `The quote that opens in row ${rows.nextRow()} is never closed: close it, or double every quote that stands inside a cell, and upload the file again.`
    yield* events.splice(0)
    yield { kind: 'refused', refusal }
    return
  }
  rows.finish()
  yield* events.splice(0)
}

interface RowStager {
  /** Says what the next records come from. */
  expect(text: string, bytesRead: number): void
  take(cells: string[] | null): void
  nextRow(): number
  finish(): void
}

function createRowStager(plan: ReadingPlan, emit: (event: ReadingEvent) => void): RowStager {
  const read = createRowReader(plan.layout.columns, plan.rules)
  const dueAt = plan.campaign ? createDueTimes(plan.campaign, plan.at) : () => never
  const makeId = createIdMaker(plan.at)
  const numbers = new Set<string>()
  const shown: ShownRow[] = []
  let records = 0
  let chunk = 0
  let start = lineStart(plan.import_id, plan.run, chunk)
  let rowsInChunk = 0
  let charactersInChunk = 0
  const lines = createLineBuffer((bytes) => emit({ kind: 'lines', bytes }))
  let bytesRead = 0
  let mayHaveNul = false

  function endChunk(): void {
    lines.flush()
    if (chunk >= plan.skip_chunks) emit({ kind: 'chunk', chunk, rows: rowsInChunk, bytes_read: bytesRead })
    chunk += 1
    start = lineStart(plan.import_id, plan.run, chunk)
    rowsInChunk = 0
    charactersInChunk = 0
    numbers.clear()
  }

  function refuse(row: number, refused: RefusedRow, cells: string[] | null): void {
    lines.add(refusedLine(start, row, refused, cells))
    show(row, null, refused)
  }

  function show(row: number, fields: ShownRow['fields'], refusal: RefusedRow | null): void {
    if (shown.length >= plan.show_rows) return
    shown.push({ row, fields, refusal })
  }

  function stage(row: number, cells: string[]): void {
    if (mayHaveNul && cells.some((cell) => cell.includes('\0'))) {
      refuse(row, refuseNul(cells, plan), withoutNul(cells))
      return
    }
    const reading = read(cells)
    if (!reading.ok) {
      refuse(row, reading.refusal, cells)
      return
    }
    const { person } = reading
    const number = person.phones[0]?.number ?? ''
    const different = numbers.size
    const repeats = numbers.add(number).size === different
    lines.add(personLine(start, { row, repeats, contact_id: makeId(), lead_id: makeId(), person, due: dueAt(person) }))
    if (shown.length < plan.show_rows) show(row, { ...person, custom: JSON.parse(person.custom ?? '{}') }, null)
  }

  return {
    expect(text, bytes) {
      bytesRead = bytes
      charactersInChunk += text.length
      mayHaveNul ||= text.includes('\0')
    },
    take(cells) {
      const row = plan.layout.first_row + records
      records += 1
      if (records <= plan.layout.skip_records || (cells !== null && isBlank(cells))) return
      rowsInChunk += 1
      if (chunk >= plan.skip_chunks) {
        if (cells === null) refuse(row, tooLong, null)
        else stage(row, cells)
      }
      const full = chunk === 0 ? plan.first_chunk_rows : plan.chunk_rows
      if (rowsInChunk >= full || charactersInChunk >= chunkCharacters) endChunk()
    },
    nextRow: () => plan.layout.first_row + records,
    finish() {
      if (rowsInChunk > 0) endChunk()
      if (plan.show_rows > 0) emit({ kind: 'shown', rows: shown })
    },
  }
}

function refuseNul(cells: readonly string[], plan: ReadingPlan): RefusedRow {
  const index = cells.findIndex((cell) => cell.includes('\0'))
  const column_name = plan.layout.columns[index]?.name ?? ''
  return { reason: 'nul_character', column_name, found: 'a NUL character in the cell', expected: 'text' }
}

/** The database keeps no NUL; the report shows where it stood. */
function withoutNul(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.replaceAll('\0', '␀'))
}
