import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readGuarded, writeCsvRecord } from '#domain/csv-cell.ts'
import type { ImportError } from '#store/imports.ts'
import { createRecordSplitter } from './csv-records.ts'
import { writeRefusedFile } from './refused-file.ts'

const signs = [
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\0',
  '\r',
  '\n',
  '＝',
  '＋',
  '－',
  '＠',
  "'",
  '"',
  ' ',
  '\u200b',
  ',',
  ';',
  '|',
]
const hostile = fc.string({ unit: fc.constantFrom(...signs, 'a', '1', 'é', '𝄞', 'SUM(A1)'), maxLength: 8 })
const number = fc.integer({ min: 1_000_000, max: 999_999_999_999 }).map((digits) => `+${digits}`)
const cell = fc.oneof({ weight: 4, arbitrary: hostile }, number, fc.string({ unit: 'binary', maxLength: 12 }))

function readBack(text: string, delimiter: string): string[][] {
  const records: string[][] = []
  const splitter = createRecordSplitter(delimiter, (cells) => records.push(readGuarded(cells ?? [])))
  splitter.push(text)
  assert.equal(splitter.end().open_quote, false)
  return records
}

test('no written cell is a formula, and every one is read back as it was', () => {
  const formula = /^[=+\-@\t\r\n\0＝＋－＠]/
  let cells = 0
  const file = fc.tuple(
    fc.constantFrom(',', ';', '\t', '|'),
    fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
  )
  fc.assert(
    fc.property(file, ([delimiter, rows]) => {
      const text = rows.map((row) => writeCsvRecord(row, delimiter)).join('')
      const opened = parse(text, { delimiter, record_delimiter: '\r\n', relax_column_count: true })
      for (const shown of opened.flat()) {
        assert.doesNotMatch(shown, formula)
        assert.doesNotMatch(shown.replace(/^[\s\p{Cf}]+/u, ''), formula)
      }
      assert.deepEqual(readBack(text, delimiter), rows)
      cells += rows.flat().length
    }),
    { numRuns: 5000 },
  )
  assert.ok(cells >= 10_000, `${cells} cells`)
})

test('a number keeps its plus for a spreadsheet, and loses the apostrophe on the way back', () => {
  assert.equal(writeCsvRecord(['+12125550101', "O'Neil", "'tis", '5-1']), "'+12125550101,O'Neil,'tis,5-1\r\n")
  assert.deepEqual(readGuarded(["'+12125550101", "'tis", "''=1"]), ['+12125550101', "'tis", "'=1"])
})

test('a file without header gets one that is understood as the file was', async () => {
  const columns = [
    { name: 'column_1', role: 'full_name' as const, confidence: 0.5, samples: [] },
    { name: 'column_2', role: 'phone' as const, confidence: 0.8, samples: [] },
    { name: 'column_3', role: 'custom' as const, confidence: 1, samples: [] },
  ]
  const refused: ImportError = {
    ...{ id: 1, row: 7, column_name: 'column_2', reason: 'invalid_number', found: '“1”, too short' },
    ...{ expected: 'a number', cells: ['Ann', '1'] },
  }
  async function* pages() {
    yield [refused]
  }
  const text = (await Array.fromAsync(writeRefusedFile({ columns, delimiter: ';', header: [] }, pages()))).join('')
  assert.equal(
    text,
    '\ufefffull_name;phone;column_3;outdial_line;outdial_column;outdial_reason\r\n' +
      'Ann;1;;7;column_2;"invalid_number: found “1”, too short; expected a number"\r\n',
  )
})
