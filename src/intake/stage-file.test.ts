import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { stagingColumns } from '#store/import-merge.ts'
import { readLayout } from './layout.ts'
import { planReading } from './reading-plan.ts'
import { stageFile } from './stage-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'outdial-stage-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'list.csv')
const numbers = { country: 'US', drop_prefixes: [] }
const rules = { numbers, dates: { order: 'month_first' as const, zone: 'UTC' }, default_attempts: null, campaign: null }

interface Staged {
  refusal: string | null
  lines: string[]
  chunks: number[]
}

/** Null where the file is refused for its layout. */
async function stage(
  content: string | Buffer,
  options: { chunk_rows?: number; skip_chunks?: number } = {},
): Promise<Staged | null> {
  writeFileSync(path, content)
  const found = await readLayout(path, {}, numbers)
  if (!found.ok) {
    assert.match(found.refusal, /\.$/)
    return null
  }
  const plan = planReading({
    path,
    file_size_bytes: content.length,
    layout: found.layout,
    rules,
    import_id: 'i',
    at: 0,
    ...options,
  })
  const staged: Staged = { refusal: null, lines: [], chunks: [] }
  for await (const event of stageFile(plan)) {
    if (event.kind === 'lines') staged.lines.push(...Buffer.from(event.bytes).toString('utf8').split('\n').slice(0, -1))
    else if (event.kind === 'chunk') staged.chunks.push(event.rows)
    else if (event.kind === 'refused') staged.refusal = event.refusal
  }
  return staged
}

/** Row and number of each line; chunk, ids and the rest differ between readings. */
const rowsOf = (lines: readonly string[]) =>
  lines.map((line) => line.split('\t')).map((fields) => `${fields[3]} ${fields[7]}`)

test('a second reading that skips merged chunks stages exactly the rest', async () => {
  const rows = Array.from(
    { length: 95 },
    (_, index) => `P${index},+1212555${String(index).padStart(4, '0')}${index % 9 === 0 ? '\n' : ''}`,
  )
  const file = `name,phone\n${rows.join('\n')}\n`
  const whole = await stage(file, { chunk_rows: 10 })
  const rest = await stage(file, { chunk_rows: 10, skip_chunks: 4 })
  assert.deepEqual(whole?.chunks, [10, 10, 10, 10, 10, 10, 10, 10, 10, 5])
  assert.deepEqual(rest?.chunks, whole?.chunks.slice(4))
  assert.deepEqual(rowsOf(rest?.lines ?? []), rowsOf(whole?.lines ?? []).slice(40))
})

test('a number that comes again in a chunk is marked, and in the next chunk is not', async () => {
  const staged = await stage('phone\n+12125550101\n212-555-0101\n+12125550102\n(212) 555 0101\n', { chunk_rows: 3 })
  assert.deepEqual(
    staged?.lines.map((line) => line.split('\t')[4]),
    ['f', 't', 'f', 'f'],
  )
})

test('whatever becomes of a file, each row is staged once, as a person or as a refusal, and every line is whole', async () => {
  const base = 'name,phone,note\nAnn,+12125550101,"a, ""b""\nc"\nBen,+12125550102,x\\y\tz\nCy,12,\nDi,+12125550104,\n'
  const mutation = fc.record({
    at: fc.nat(base.length),
    cut: fc.nat(6),
    put: fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', ';', '\0', '\\', '\t', 'é', '+1', 'x'),
      maxLength: 4,
    }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), async (mutations) => {
      let text = base
      for (const { at, cut, put } of mutations) text = text.slice(0, at) + put + text.slice(at + cut)
      const staged = await stage(text)
      if (staged === null) return
      for (const line of staged.lines) {
        const fields = line.split('\t')
        assert.equal(fields.length, stagingColumns.length, line)
        assert.equal(fields[7] === '\\N', fields[34] !== '\\N', 'a person or a reason')
        assert.ok(!line.includes('\0'))
      }
      const rows = rowsOf(staged.lines).map((row) => row.split(' ')[0])
      assert.equal(new Set(rows).size, rows.length)
      if (staged.refusal === null)
        assert.equal(
          staged.chunks.reduce((sum, count) => sum + count, 0),
          rows.length,
        )
    }),
    { numRuns: 1500 },
  )
})
