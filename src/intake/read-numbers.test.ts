import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { type NumberOptions, readNumberLayout } from './number-layout.ts'
import { readNumberChunks } from './read-file.ts'
import type { NumberChunk } from './read-numbers.ts'

const folder = mkdtempSync(join(tmpdir(), 'outdial-numbers-'))
after(() => rmSync(folder, { recursive: true }))

interface Told {
  chunk_rows?: number
  skip_chunks?: number
  options?: NumberOptions
  country?: string
}

async function readChunks(file: string | Buffer, told: Told = {}): Promise<NumberChunk[]> {
  const path = join(folder, 'numbers.csv')
  writeFileSync(path, file)
  const rules = { country: told.country ?? 'US', drop_prefixes: [] }
  const found = await readNumberLayout(path, told.options ?? {}, rules)
  assert.ok(found.ok, found.ok ? '' : found.refusal)
  const { chunk_rows = 1000, skip_chunks = 0 } = told
  const plan = { path, file_size_bytes: statSync(path).size, layout: found.layout, rules, chunk_rows, skip_chunks }
  return Array.fromAsync(readNumberChunks(plan))
}

async function read(file: string | Buffer, told: Told = {}) {
  const [chunk, ...others] = await readChunks(file, told)
  assert.deepEqual(others, [])
  const { numbers = '{}', refused = [], ...counts } = chunk ?? {}
  const list = numbers.slice(1, -1)
  return { ...counts, numbers: list === '' ? [] : list.split(','), refused }
}

const [one, two, three] = ['+12125550101', '+12125550102', '+12125550103']

describe('a file of numbers', () => {
  it('has one number a line, sorted and each once', async () => {
    const { numbers, valid, rows } = await read(`(212) 555-0102\r\n${one}\r\n12125550102\r\n`)
    assert.deepEqual([numbers, valid, rows], [[one, two], 3, 3])
  })

  it('has a column of phones under a header, by its name or by what stands in it', async () => {
    assert.deepEqual((await read(`name;phone;when\nAnn;${one};2026\nBo;${two};2026\n`)).numbers, [one, two])
    assert.deepEqual((await read(`who,blocked\nAnn,${one}\nBo,${two}\n`)).numbers, [one, two])
    const mapped = { options: { mapping: { code: 'phone' as const } } }
    assert.deepEqual((await read(`name,code\nAnn,${one}\nBo,n/a\nCy,-\n`, mapped)).numbers, [one])
  })

  it('takes every phone of a row', async () => {
    const { numbers, valid, refused } = await read(`name,phone,mobile\nAnn,${one},${two}\nBo,${three},12\n`)
    assert.deepEqual([numbers, valid], [[one, two, three], 3])
    assert.deepEqual(
      refused.map(({ row }) => row),
      [3],
    )
  })

  it('has the form of the US registry, an area code and seven digits', async () => {
    const { numbers, refused } = await read('212,5550101\n212,5550102\nx,5550103\n')
    assert.deepEqual(numbers, [one, two])
    assert.equal(refused[0]?.row, 3)
  })

  it('has any encoding and national forms', async () => {
    const wide = Buffer.from(`\ufeffrufnummer\tname\n030 23125001\tJörg\n`, 'utf16le')
    assert.deepEqual((await read(wide, { country: 'DE' })).numbers, ['+493023125001'])
    const old = Buffer.concat([Buffer.from('name;telefon\nJ'), Buffer.from([0xf6]), Buffer.from('rg;030 23125001\n')])
    assert.deepEqual((await read(old, { country: 'DE' })).numbers, ['+493023125001'])
  })

  it('loses nothing to the rows that are junk, and says of each what is wrong', async () => {
    const long = 'x'.repeat(300_000)
    const lines = [one, 'hello', '', `"${two}`, `${two}`, `21\0`, long, '1.21256E+10', `"${three}"`, '"', three]
    const { numbers, refused, rows, refused_rows } = await read(`${lines.join('\n')}\n`)
    assert.deepEqual([numbers, rows, refused_rows], [[one, two, three], 11, 7])
    const reasons = refused.map(({ row, reason }) => [row, reason.split(';')[0]])
    assert.deepEqual(reasons, [
      [2, 'found “hello”, which is not a phone number'],
      [3, 'found nothing'],
      [4, 'found a quote that is never closed'],
      [6, 'found a NUL character'],
      [7, 'found more than 64 KB in one row'],
      [8, 'found “1.21256E+10”, which a spreadsheet shortened'],
      [10, 'found a quote that is never closed'],
    ])
    assert.ok(refused.every(({ text }) => text.length <= 200))
    assert.equal(refused[3]?.text, '21␀')
  })

  it('reads cells of several lines, and refuses a quote that is never closed alone', async () => {
    const table = [
      'name,phone,note',
      `Ann,${one},"two\r\nlines, ""quoted"""`,
      `"Bo,${two},never closed`,
      `Cy,${three},fine`,
      `"Di",+12125550104,"never either`,
      'Ed,+12125550105,"closed"',
      'Fy,+12125550106,',
    ]
    const { numbers, refused } = await read(table.join('\r\n'))
    assert.deepEqual(numbers, [one, three, '+12125550105', '+12125550106'])
    assert.deepEqual(
      refused.map(({ row, text }) => [row, text.slice(0, 4)]),
      [
        [3, '"Bo,'],
        [5, '"Di"'],
      ],
    )
  })

  it('is cut into the same chunks when it is read again from the middle', async () => {
    const lines = Array.from({ length: 95 }, (_, i) => (i % 9 === 4 ? '"open' : `+1212555${String(1000 + i)}`))
    const all = await readChunks(lines.join('\n'), { chunk_rows: 10 })
    assert.deepEqual([all.length, all.reduce((sum, { rows }) => sum + rows, 0)], [10, 95])
    assert.deepEqual(await readChunks(lines.join('\n'), { chunk_rows: 10, skip_chunks: 6 }), all.slice(6))
  })

  it('is refused where no column can be of phones', async () => {
    const path = join(folder, 'words.csv')
    writeFileSync(path, 'name,city\nAnn,Rome\nBo,Bonn\n')
    const found = await readNumberLayout(path, {}, { country: 'US', drop_prefixes: [] })
    assert.match(
      found.ok ? '' : found.refusal,
      /^No column of the file looks like a phone number; its columns are “name”/,
    )
  })
})
