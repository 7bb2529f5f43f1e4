import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { type App, openApp } from '#kit/app.ts'
import { importOver } from '#kit/http-imports.ts'
import { makeTenant } from '#kit/tenant.ts'

const list =
  'Name,,Phone,Note\n' +
  'Ann,blue,123,"two\nlines"\n' +
  'Bo,red,+12125550101,fine\n' +
  "=HYPERLINK(A1),'-9,+1212555010,+44 20\n" +
  'Cy,,+12125550102,extra,cell\n'

describe('the refused rows of an import', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const refusedOf = async (id: string) => app.ask('GET', `/api/v1/imports/${id}/refused.csv`)
  const rowsOf = (text: string) => parse(text, { bom: true, relax_column_count: true })

  it('are handed back as they came, with the reason behind them and no formula among them', async () => {
    const job = await importOver(app, list)
    assert.equal(job.invalid_rows, 3)
    const answer = await refusedOf(job.id)
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8; header=present')
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="import-1-refused\.csv"$/)
    const [header, ann = [], link = [], cy = []] = rowsOf(answer.text)
    assert.deepEqual(header, ['Name', '', 'Phone', 'Note', 'outdial_line', 'outdial_column', 'outdial_reason'])
    assert.deepEqual(ann.slice(0, 6), ['Ann', 'blue', '123', 'two\nlines', '2', 'Phone'])
    assert.match(ann[6] ?? '', /^invalid_number: found “123”, .*; expected a subscriber/)
    assert.deepEqual(link.slice(0, 5), ["'=HYPERLINK(A1)", "'-9", "'+1212555010", "'+44 20", '4'])
    assert.deepEqual(cy.slice(0, 7), ['Cy', '', "'+12125550102", 'extra', 'cell', '5', 'Note'])
  })

  it('are told of by their causes, with counts and the first three of each', async () => {
    const bad = Array.from({ length: 5 }, (_, place) => `A${place},${place},\n`).join('')
    const job = await importOver(app, `name,phone,note\n${bad}B,,x\nC,+12125550133,y,z\n`)
    const path = `/api/v1/imports/${job.id}/causes`
    const causes = (await app.ask('GET', path)).body.data
    assert.deepEqual(
      causes.map((cause: { reason: string; count: number }) => [cause.reason, cause.count]),
      [
        ['invalid_number', 5],
        ['no_number', 1],
        ['too_many_cells', 1],
      ],
    )
    const [{ column_name, examples }] = causes
    assert.deepEqual([column_name, examples.map(({ row }: { row: number }) => row)], ['phone', [2, 3, 4]])
    assert.match(examples[0].found, /“0”/)
    const stranger = await app.makeKey(await makeTenant(app.db.app, app.now()))
    assert.equal((await app.ask('GET', path, { key: stranger })).status, 404)
  })

  it('are refused again as they are, and hand back the same cells', async () => {
    const first = await refusedOf((await importOver(app, list)).id)
    const again = await importOver(app, first.text)
    assert.deepEqual([again.total_rows, again.invalid_rows], [3, 3])
    const second = rowsOf((await refusedOf(again.id)).text)
    assert.deepEqual(
      second.map((row) => row.slice(0, -3)),
      rowsOf(first.text).map((row) => row.slice(0, -3)),
    )
    // A list of nothing but rows with a cell too many is not taken for one with a column more.
    const shifted = await importOver(app, 'name,phone\nA,+12125550111,x\nB,+12125550112\nC,+12125550113\n')
    const only = await importOver(app, (await refusedOf(shifted.id)).text)
    assert.deepEqual([only.total_rows, only.invalid_rows], [1, 1])
  })

  it('are imported once they are mended, without what was said of them', async () => {
    const { text } = await refusedOf((await importOver(app, list)).id)
    const mended = text
      .replace('Ann,blue,123', 'Ann,blue,(212) 555-0121')
      .replace("'+1212555010,", "'+12125550122,")
      .replace('extra,cell', '"extra,cell"')
      .replace("'+12125550102", "'+12125550123")
    const job = await importOver(app, mended)
    assert.deepEqual([job.status, job.imported_rows], ['completed', 3], JSON.stringify(job))
    const contacts = await Promise.all(
      ['1', '2', '3'].map(async (last) => {
        const { body } = await app.ask('GET', `/api/v1/contacts?phone=%2B1212555012${last}`)
        return [body.data[0].full_name, body.data[0].custom]
      }),
    )
    assert.deepEqual(contacts, [
      ['Ann', { column_2: 'blue', Note: 'two\nlines' }],
      ['=HYPERLINK(A1)', { column_2: '-9', Note: '+44 20' }],
      ['Cy', { Note: 'extra,cell' }],
    ])
  })

  it('are read in pages, and an import without any has a header alone', async () => {
    const many = Array.from({ length: 2_345 }, (_, n) => `P${n},${n}\n`).join('')
    const job = await importOver(app, `name,phone\n${many}`, { mapping: '{"phone":"phone"}' })
    const rows = rowsOf((await refusedOf(job.id)).text)
    assert.equal(rows.length, 2_346)
    assert.deepEqual(
      rows.map((row) => row[2]).slice(1),
      Array.from({ length: 2_345 }, (_, n) => String(n + 2)),
    )
    const failed = await importOver(app, '')
    assert.deepEqual(rowsOf((await refusedOf(failed.id)).text), [['outdial_line', 'outdial_column', 'outdial_reason']])
    assert.equal((await refusedOf(crypto.randomUUID())).status, 404)
  })
})
