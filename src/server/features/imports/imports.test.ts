import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { type Answer, type App, openApp } from '#kit/app.ts'
import { awaitImport } from '#kit/http-imports.ts'

const people =
  'name,phone,city\nAnn Lee,+12125550101,New York\nBo Ray,212 555 0102,Boston\nCy,123,Nowhere\nAnn Lee,+12125550101,\n'

describe('imports', () => {
  let app: App
  let campaign: string
  before(async () => {
    app = await openApp()
    campaign = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'One' } })).body.id
  })
  after(() => app.close())

  function form(fields: Record<string, string>, file = people, fileFirst = false): FormData {
    const data = new FormData()
    const add = () => data.append('file', new Blob([file], { type: 'text/csv' }), 'people.csv')
    if (fileFirst) add()
    for (const [name, value] of Object.entries(fields)) data.append(name, value)
    if (!fileFirst) add()
    return data
  }

  const finished = (begun: Answer) => awaitImport(app, begun)

  it('takes a form with its parts in any order, and reports every row', async () => {
    const first = await finished(await app.ask('POST', '/api/v1/imports', { body: form({ campaign_id: campaign }) }))
    assert.equal(first.status, 'partial')
    assert.equal(first.file_name, 'people.csv')
    const { total_rows, imported_rows, duplicate_rows, invalid_rows } = first
    assert.deepEqual(
      { total_rows, imported_rows, duplicate_rows, invalid_rows },
      {
        ...{ total_rows: 4, imported_rows: 2, duplicate_rows: 1, invalid_rows: 1 },
      },
    )
    const errors = (await app.ask('GET', `/api/v1/imports/${first.id}/errors?reason=invalid_number`)).body.data
    assert.equal(errors.length, 1)
    assert.equal(errors[0].row, 4)
    const page = (await app.ask('GET', `/api/v1/imports/${first.id}/errors?limit=1`)).body
    const next = (await app.ask('GET', `/api/v1/imports/${first.id}/errors?limit=1&cursor=${page.next_cursor}`)).body
    assert.notDeepEqual(next.data, page.data)
    const again = await app.ask('POST', '/api/v1/imports', { body: form({ campaign_id: campaign }, people, true) })
    assert.equal((await finished(again)).imported_rows, 0)
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${campaign}/leads`)).body.data.length, 2)
  })

  it('takes the file as the body, with options in the address', async () => {
    const path = '/api/v1/imports?file_name=list.csv&mapping=%7B%22col%22%3A%22phone%22%7D&country=GB'
    const begun = await app.ask('POST', path, { body: 'col\n020 7946 0101\n', headers: { 'content-type': 'text/csv' } })
    const done = await finished(begun)
    assert.deepEqual([done.status, done.file_name, done.imported_rows], ['completed', 'list.csv', 1])
    assert.equal((await app.ask('GET', '/api/v1/contacts?phone=%2B442079460101')).body.data.length, 1)
  })

  it('describes every option with its type, in the form and in the address, and takes it in either', async () => {
    const { paths } = (await app.ask('GET', '/openapi.json', { key: null })).body
    const options = {
      ...{ mapping: '{"2":"phone"}', header: 'false', overwrite: 'true', attempts: '{"default":2}', country: 'gb' },
      ...{ number_rules: '{"drop_prefixes":["tel-"]}', delimiter: ';', encoding: 'utf-8', date_order: 'day_first' },
      consent_basis: 'written',
    }
    const others = ['campaign_id', 'file_name', 'consent_text', 'options']
    for (const path of ['/api/v1/imports', '/api/v1/imports/preview']) {
      const { requestBody, parameters } = paths[path].post
      const { properties, required } = requestBody.content['multipart/form-data'].schema
      assert.deepEqual(Object.keys(properties).sort(), ['file', ...others, ...Object.keys(options)].sort())
      assert.deepEqual([properties.file, required], [{ type: 'string', format: 'binary' }, ['file']])
      assert.deepEqual([properties.header.type, properties.mapping.type], ['boolean', 'object'])
      assert.deepEqual(requestBody.content['text/csv'].schema, { type: 'string', format: 'binary' })
      const query = parameters.filter((parameter: { in: string }) => parameter.in === 'query')
      assert.deepEqual(
        query.map((parameter: { name: string }) => parameter.name).sort(),
        [...others, ...Object.keys(options)].sort(),
      )
      assert.ok(query.find((parameter: { name: string }) => parameter.name === 'mapping').content['application/json'])
    }
    const file = 'Ann;tel-020 7946 0131;01/02/2026\n'
    const path = `/api/v1/imports?${new URLSearchParams(options)}`
    for (const sent of [
      app.ask('POST', '/api/v1/imports', { body: form(options, file) }),
      app.ask('POST', path, { body: file, headers: { 'content-type': 'text/csv' } }),
    ]) {
      const done = await finished(await sent)
      assert.deepEqual([done.total_rows, done.invalid_rows], [1, 0], JSON.stringify(done))
      const { header, country, mapping } = done.options
      assert.deepEqual([header, country, mapping], [false, 'GB', { 2: 'phone' }])
    }
  })

  it('says beforehand what an import would do, and keeps nothing', async () => {
    const before = readdirSync(uploads(app))
    const preview = (await app.ask('POST', '/api/v1/imports/preview', { body: form({}) })).body
    assert.equal(preview.counts.total, 4)
    assert.equal(preview.rows.length, 4)
    assert.deepEqual(readdirSync(uploads(app)), before)
  })

  it('takes an import back', async () => {
    const file = 'phone\n+12125550177\n'
    const done = await finished(
      await app.ask('POST', '/api/v1/imports', { body: form({ campaign_id: campaign }, file) }),
    )
    const undone = await app.ask('POST', `/api/v1/imports/${done.id}/undo`)
    assert.deepEqual(undone.body, { leads: 1, contacts: 1 })
    assert.equal((await app.ask('POST', `/api/v1/imports/${done.id}/undo`)).status, 409)
    assert.equal((await app.ask('POST', `/api/v1/imports/${done.id}/cancel`)).status, 409)
  })

  it('imports a repeated form once where it has a key', async () => {
    const headers = { 'idempotency-key': 'once' }
    const send = (file: string) => app.ask('POST', '/api/v1/imports', { body: form({}, file), headers })
    const count = async () => (await app.ask('GET', '/api/v1/imports')).body.data.length
    const before = await count()
    const first = await send('phone\n+12125550188\n')
    await finished(first)
    const again = await send('phone\n+12125550188\n')
    assert.deepEqual([again.status, again.body.id], [202, first.body.id])
    assert.equal((await send('phone\n+12125550189\n')).status, 422)
    assert.equal(await count(), before + 1)
    assert.deepEqual(readdirSync(uploads(app)), [])
  })

  it('refuses what it can not use, and leaves no file behind', async () => {
    const before = readdirSync(uploads(app))
    const refused: [FormData | string, number, string?][] = [
      [form({ campaign_id: crypto.randomUUID() }), 422],
      [form({ campaign_id: 'x' }), 422],
      [form({ colour: 'red' }), 422],
      [form({ mapping: '{' }), 422],
      [form({ options: '{"colour":1}' }), 422],
      [form({ country: 'Atlantis' }), 422],
      [new FormData(), 422],
      ['{}', 415, 'application/json'],
      ['x', 415, 'image/png'],
      ['broken', 400, 'multipart/form-data; boundary=x'],
    ]
    for (const [body, status, type] of refused) {
      const answer = await app.ask('POST', '/api/v1/imports', { body, headers: type ? { 'content-type': type } : {} })
      assert.equal(answer.status, status, `${type} ${answer.text}`)
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
    }
    assert.deepEqual(readdirSync(uploads(app)), before)
  })

  it('fails a file that is no list of people with a reason, and stays up', async () => {
    for (const file of ['', '\0\x01\x02PK\x03\x04', `phone\n"${'x'.repeat(200_000)}`, `${'a,'.repeat(1000)}\n1`]) {
      const done = await finished(await app.ask('POST', '/api/v1/imports', { body: form({}, file) }))
      assert.equal(done.status, 'failed')
      assert.ok(done.error !== null || done.invalid_rows > 0, JSON.stringify(done))
    }
  })
})

function uploads(app: App): string {
  return `${app.data_dir}/uploads`
}
