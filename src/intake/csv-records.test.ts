import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { createRecordSplitter, maxRecordLength } from './csv-records.ts'

function split(text: string, delimiter = ',', blockLength = text.length || 1) {
  const records: (string[] | null)[] = []
  const splitter = createRecordSplitter(delimiter, (cells) => records.push(cells))
  for (let at = 0; at < text.length; at += blockLength) splitter.push(text.slice(at, at + blockLength))
  return { records, ...splitter.end() }
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '𝄞', ' ', '"', ',', ';', '\n', '1', '\t', "'"), maxLength: 8 })
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const written = cell.map((text) => (/[",;\n\t]/.test(text) ? quoted(text) : text))

test('reads well-formed files as csv-parse does, wherever the blocks are cut', () => {
  const file = fc.tuple(
    fc.constantFrom(',', ';', '\t'),
    fc.constantFrom('\n', '\r\n'),
    fc.array(fc.array(written, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 1, max: 9 }),
    fc.boolean(),
  )
  fc.assert(
    fc.property(file, ([delimiter, newline, rows, block, closed]) => {
      const text = rows.map((row) => row.join(delimiter)).join(newline) + (closed ? newline : '')
      const expected = parse(text, { delimiter, record_delimiter: newline, relax_column_count: true })
      const { records, open_quote } = split(text, delimiter, block)
      assert.deepEqual(records, expected)
      assert.equal(open_quote, false)
    }),
    { numRuns: 3000 },
  )
})

test('reads what spreadsheets forgive: stray quotes, text after a closing quote, rows of uneven length, empty lines', () => {
  const { records } = split('5" pipe,b\n"he said "hi" there",b\n\nc\n"a"x,"b" ,\r\n')
  assert.deepEqual(records, [['5" pipe', 'b'], ['he said hi" there"', 'b'], [''], ['c'], ['ax', 'b ', '']])
})

test('says that a quote was never closed', () => {
  for (const block of [1, 3, 100]) {
    const { records, open_quote } = split('a,b\n1,"never closed\n2,x\n', ',', block)
    assert.deepEqual(records, [['a', 'b']])
    assert.equal(open_quote, true)
  }
})

test('drops a record that is too long and goes on with the next, quoted or not', () => {
  const long = 'x'.repeat(maxRecordLength + 1)
  for (const block of [997, 50_000, 10_000_000]) {
    assert.deepEqual(split(`a,b\n${long},1\nc,d\n`, ',', block).records, [['a', 'b'], null, ['c', 'd']])
    const field = `"${'line\n'.repeat(maxRecordLength / 4)}"`
    assert.deepEqual(split(`a,b\n${field},1\nc,d\n`, ',', block).records, [['a', 'b'], null, ['c', 'd']])
    assert.equal(split(`a,b\n"${long}`, ',', block).open_quote, true)
  }
})

test('never throws, and gives the same records however a hostile text is cut', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\0'), maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      (text, block) => {
        assert.deepEqual(split(text, ',', block), split(text))
      },
    ),
    { numRuns: 5000 },
  )
})
