import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type ImportDesk, openImportDesk } from '#kit/imports.ts'

let desk: ImportDesk
let campaign: string
before(async () => {
  desk = await openImportDesk({ chunk_rows: 50_000 })
  campaign = await desk.campaign()
})
after(() => desk.close())

const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200, 7)])
const binary = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 37) % 251))

const refused: [string, string | Buffer, RegExp][] = [
  ['an empty file', '', /The file is empty/],
  ['a file of blank lines', '\n\n , ,\n', /has no rows/],
  ['a header and nothing else', 'name,phone\n', /a header and no rows/],
  ['a workbook or another ZIP', zip, /ZIP archive or a spreadsheet \(XLSX.*save it as CSV/],
  ['a compressed file', gzipSync('name,phone\nAnn,+12125550101\n'), /GZIP/],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1'), /PNG/],
  ['a program', binary, /binary file/],
  ['a web page named .xls', '<html><table><tr><td>Ann', /web page/],
  ['no column of numbers', 'name,colour\nAnn,red\nBen,blue\n', /No column.*“name”, “colour”/],
  [
    'a quote that is never closed',
    'name,phone\nAnn,+12125550101\n"Ben,+12125550102\nCy,+12125550103\n',
    /row 3 is never closed/,
  ],
  [
    'a thousand columns',
    `${Array.from({ length: 1000 }, (_, index) => `c${index}`).join(',')}\nx\n`,
    /1000 columns; at most 500/,
  ],
]

for (const [what, file, error] of refused) {
  test(`${what} fails with a sentence that says what to do, and changes nothing`, async () => {
    const job = await desk.import(file, campaign)
    assert.equal(job.status, 'failed')
    assert.match(job.error ?? '', error)
    assert.equal(job.total_rows, 0)
    assert.deepEqual(await desk.rows('select from contacts'), [])
    assert.deepEqual(await desk.rows('select from import_staging'), [])
  })
}

test('a row with a NUL, or of more than 64 KB, is refused and the others are imported', async () => {
  const long = `Ben ${'x'.repeat(70_000)}`
  const quoted = `"${'many\nlines '.repeat(7_000)}"`
  const file = `name,phone\nAnn,+13035550101\nN\0ul,+13035550102\n${long},+13035550103\n${quoted},+13035550104\nCy,+13035550105\n`
  const job = await desk.import(file, campaign)
  assert.deepEqual([job.status, job.total_rows, job.imported_rows, job.invalid_rows], ['partial', 5, 2, 3])
  const errors = await desk.errors(job.id)
  assert.deepEqual(
    errors.map((error) => [error.row, error.reason]),
    [
      [3, 'nul_character'],
      [4, 'row_too_long'],
      [5, 'row_too_long'],
    ],
  )
  assert.deepEqual(errors[0]?.cells, ['N␀ul', '+13035550102'])
})

test('fifty megabytes in one field are refused without being kept', async () => {
  const block = Buffer.alloc(1024 * 1024, 'x')
  async function* big() {
    yield Buffer.from('name,phone\nAnn,+13035550111\n"')
    for (let i = 0; i < 50; i += 1) yield block
    yield Buffer.from('",+13035550112\nCy,+13035550113\n')
  }
  const rssBefore = process.memoryUsage().rss
  const job = await desk.import(Readable.from(big()), campaign)
  assert.deepEqual([job.status, job.imported_rows, job.invalid_rows], ['partial', 2, 1])
  assert.ok(process.memoryUsage().rss - rssBefore < 300 * 1024 * 1024)
})

test('headers and cells are data: no prototype, no formula and no SQL comes of them', async () => {
  const file = 'phone,__proto__,constructor,a\tb\\N,"it\'s; drop"\n+13035550121,polluted,x,\\N,=1+1\n'
  const job = await desk.import(file, campaign)
  assert.equal(job.imported_rows, 1)
  const [row] = await desk.rows<{ text: string }>(
    "select l.metadata::text as text from leads l join contact_phones p on p.contact_id = l.contact_id where p.number = '+13035550121'",
  )
  assert.deepEqual(Object.entries(JSON.parse(row?.text ?? '{}')).sort(), [
    ['__proto__', 'polluted'],
    ['a\tb\\N', '\\N'],
    ['constructor', 'x'],
    ["it's; drop", '=1+1'],
  ])
})
