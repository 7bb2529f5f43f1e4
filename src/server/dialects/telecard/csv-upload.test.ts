import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { uploadLeads } from '#kit/telecard.ts'
import { makeTenant } from '#kit/tenant.ts'

const header = 'name,number,city,attempts'

describe("uploads of the old system's clients", () => {
  let app: App
  before(async () => {
    app = await openApp()
    for (const agent_id of ['AgentAhmed']) await ask('POST', 'agents/', { agent_id })
  })
  after(() => app.close())

  const ask = (method: string, path: string, body?: unknown) =>
    app.ask(method, `/api/dialer/${path}`, body === undefined ? {} : { body })
  async function make(): Promise<{ id: number; campaign_id: string; segment: string }> {
    const body = { campaign_name: 'List', segment: 'follow_up', agent: 1 }
    const { id, campaign_id, segment } = (await ask('POST', 'campaigns/', body)).body
    return { id, campaign_id, segment }
  }
  const upload = ({ campaign_id, segment }: { campaign_id: string; segment: string }, file: string | Blob) =>
    uploadLeads(app, { campaign_id, segment }, file)
  const logs = async (id: number) => (await ask('GET', `import-logs/?campaign=${id}`)).body
  const numbersIn = async (id: number) =>
    (await ask('GET', `leads/?campaign=${id}&ordering=created_at`)).body.results.map(
      (lead: { phone_number: string }) => lead.phone_number,
    )

  it('take a number in every form it comes in for the one person it is', async () => {
    const forms = [
      '923001234567',
      '+923001234567',
      '03001234567',
      'ap923001234567',
      'b923001234567',
      '0092 300 1234567',
    ]
    for (const form of forms) {
      const campaign = await make()
      const one = (await upload(campaign, `${header}\nAhmed,${form},Karachi,1\n`)).body
      assert.deepEqual([one.status, one.successful_imports], ['completed', 1], form)
      assert.deepEqual(await numbersIn(campaign.id), ['923001234567'], form)
    }
    const campaign = await make()
    const rows = forms.map((form) => `Ahmed,${form},Karachi,1`).join('\n')
    const all = (await upload(campaign, `${header}\n${rows}\n`)).body
    assert.deepEqual([all.total_rows, all.successful_imports, all.skipped_rows, all.status], [6, 1, 5, 'partial'])
    assert.equal(all.success_rate, 16.67)
    const people = (await app.ask('GET', '/api/v1/contacts?phone=%2B923001234567')).body.data
    assert.equal(people.length, 1)
  })

  it('take landlines and foreign numbers, and what the dialect shows can be sent back', async () => {
    const campaign = await make()
    await upload(campaign, `${header}\nA,92512345678,Islamabad,1\nB,+442079460958,London,1\nC,12125550123,NY,1\n`)
    const shown = await numbersIn(campaign.id)
    assert.deepEqual(shown.toSorted(), ['12125550123', '442079460958', '92512345678'])
    const back = await upload(await make(), `${header}\n${shown.map((each: string) => `X,${each},Y,1`).join('\n')}\n`)
    assert.deepEqual([back.body.successful_imports, back.body.failed_imports], [3, 0], back.text)
  })

  it('answer with what became of each row, as the log does', async () => {
    const campaign = await make()
    await app.ask('POST', '/api/v1/suppressions', { body: { number: '+923001239999', reason: 'asked' } })
    const file = [
      ...[header, 'A,923001234667,Karachi,1', 'B,03001234668,Lahore,2', 'C,923001234669,,', 'D,invalid123,Quetta,1'],
      ...['E,923001234670,Multan,x', 'F,923001234667,Karachi,1', 'G,,Karachi,1', 'H,923001239999,Karachi,1', ''],
    ].join('\n')
    const answer = await upload(campaign, file)
    assert.equal(answer.status, 200)
    const errors = [
      { row: 5, number: 'invalid123', error: 'Invalid phone number format' },
      { row: 7, number: '923001234667', error: 'Duplicate phone number in campaign' },
      { row: 8, number: '', error: 'Phone number is missing' },
      { row: 9, number: '923001239999', error: 'Phone number is on a do not call list' },
    ]
    const counts = { total_rows: 8, successful_imports: 4, failed_imports: 2, skipped_rows: 2 }
    const summary = 'Processed 8 rows. Successful: 4, Failed: 2, Skipped: 2'
    const { import_id } = answer.body
    assert.match(import_id, /^[0-9a-f-]{36}$/)
    assert.deepEqual(answer.body, {
      ...{ import_id, campaign_id: campaign.campaign_id, filename: 'leads.csv', status: 'partial', ...counts },
      ...{ success_rate: 50, errors, summary },
    })
    const [log] = (await logs(campaign.id)).results
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
    for (const at of [log.started_at, log.completed_at, log.created_at]) assert.match(at, time)
    const { started_at, completed_at, created_at } = log
    assert.deepEqual(log, {
      ...{
        id: log.id,
        import_id,
        filename: 'leads.csv',
        file_size_bytes: Buffer.byteLength(file),
        campaign: campaign.id,
      },
      ...{ status: 'partial', started_at, completed_at, ...counts, error_log: errors, summary, created_at },
    })
    for (const path of [`import-logs/${log.id}/`, `import-logs/${log.id}`])
      assert.deepEqual((await ask('GET', path)).body, log)
    const leads = (await ask('GET', `leads/?campaign=${campaign.id}&ordering=-created_at`)).body.results
    const tries = Object.fromEntries(
      leads.map((lead: { customer_name: string; max_attempts: number }) => [lead.customer_name, lead.max_attempts]),
    )
    assert.deepEqual(tries, { A: 1, B: 2, C: 1, E: 1, H: 1 })
  })

  it('take parts and columns in any order, and keep further columns with the lead', async () => {
    const campaign = await make()
    const columns =
      'order_count,ATTEMPTS, city ,last_call_date,Number,customer_segment,name,last_order_date,follow_up_date,score'
    const row = '3,4,Karachi,2026-01-20,923001234767,large,Ahmed Khan,2026-01-15T14:30:00Z,2030-02-09,high'
    const { campaign_id, segment } = campaign
    const file = `\ufeff${columns}\r\n${row}\r\n`
    const answer = await uploadLeads(app, { segment, csv_file: null, note: 'ignored', campaign_id }, file)
    assert.equal(answer.body.successful_imports, 1, answer.text)
    const [lead] = (await ask('GET', `leads/?campaign=${campaign.id}`)).body.results
    const { customer_name, city, max_attempts, customer_segment, metadata } = lead
    assert.deepEqual([customer_name, city, max_attempts, customer_segment], ['Ahmed Khan', 'Karachi', 4, 'large'])
    assert.deepEqual(metadata, { order_count: 3, score: 'high' })
    const { last_order_date, last_call_date, follow_up_date } = lead
    assert.deepEqual(
      [last_order_date, last_call_date, follow_up_date],
      ['2026-01-15T14:30:00Z', '2026-01-20T00:00:00Z', '2030-02-09T00:00:00Z'],
    )
  })

  it('are refused before there is an import, and leave nothing', async () => {
    const campaign = await make()
    const { campaign_id, segment } = campaign
    const whole = `${header}\nA,923001234567,X,1\n`
    const faults: [Record<string, string | null>, string | Blob, number, object | RegExp][] = [
      [{ campaign_id: 'None', segment }, whole, 404, { error: 'Campaign None not found' }],
      [
        { campaign_id, segment: 'growth' },
        whole,
        400,
        { error: 'Campaign segment mismatch. Expected follow_up, got growth' },
      ],
      [
        { campaign_id, segment },
        'name,city\nA,X\n',
        400,
        { csv_file: ["CSV missing required columns: {'number', 'attempts'}"] },
      ],
      [
        { campaign_id, segment },
        'phone\n923001234567\n',
        400,
        { csv_file: ["CSV missing required columns: {'name', 'number', 'city', 'attempts'}"] },
      ],
      [{ campaign_id, segment }, new Blob([Buffer.from('PK\u0003\u0004 a workbook')]), 400, /^Error processing CSV: /],
      [{ campaign_id, segment }, '', 400, /^Error processing CSV: /],
      [{ segment }, whole, 400, ['campaign_id']],
      [{ campaign_id }, whole, 400, ['segment']],
    ]
    for (const [fields, file, status, said] of faults) {
      const answer = await uploadLeads(app, fields, file)
      assert.equal(answer.status, status, answer.text)
      if (said instanceof RegExp) assert.match(answer.body.error, said)
      else if (Array.isArray(said)) assert.deepEqual(Object.keys(answer.body), said)
      else assert.deepEqual(answer.body, said)
    }
    const form = new FormData()
    form.append('campaign_id', campaign_id)
    const fileless = await app.ask('POST', '/api/dialer/csv-upload/upload/', { body: form })
    assert.deepEqual([fileless.status, Object.keys(fileless.body)], [400, ['csv_file']])
    const json = await ask('POST', 'csv-upload/upload/', { campaign_id })
    assert.deepEqual([json.status, Object.keys(json.body)], [400, ['csv_file']])
    assert.equal((await logs(campaign.id)).count, 0)
    assert.deepEqual(readdirSync(join(app.data_dir, 'uploads')), [])
  })

  it('go into drafts and into what is active, and nowhere else', async () => {
    const campaign = await make()
    const row = (digit: number) => `${header}\nA,92300123456${digit},X,1\n`
    const acts: [string | null, number][] = [
      [null, 200],
      ['activate', 200],
      ['pause', 409],
      ['complete', 409],
      ['archive', 409],
    ]
    for (const [index, [act, status]] of acts.entries()) {
      if (act) assert.equal((await ask('POST', `campaigns/${campaign.id}/${act}/`)).status, 200)
      const answer = await upload(campaign, row(index))
      assert.equal(answer.status, status, `${act} ${answer.text}`)
      if (status === 409) assert.deepEqual(Object.keys(answer.body), ['error'])
    }
    assert.equal((await logs(campaign.id)).count, 2)
  })

  it('are done once where the client repeats one with its key', async () => {
    const campaign = await make()
    const sent = { headers: { 'idempotency-key': 'once' } }
    const send = (file: string) =>
      uploadLeads(app, { campaign_id: campaign.campaign_id, segment: campaign.segment }, file, sent)
    const first = await send(`${header}\nA,923001234567,X,1\n`)
    const again = await send(`${header}\nA,923001234567,X,1\n`)
    assert.deepEqual([again.status, again.body], [200, first.body])
    assert.deepEqual(Object.keys((await send(`${header}\nB,923001234568,X,1\n`)).body), ['error'])
    assert.equal((await logs(campaign.id)).count, 1)
    assert.deepEqual(readdirSync(join(app.data_dir, 'uploads')), [])
  })

  it('are for supervisors, and for campaigns of their own workspace', async () => {
    const campaign = await make()
    const { campaign_id, segment } = campaign
    const file = `${header}\nA,923001234567,X,1\n`
    const other = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const stranger = await uploadLeads(app, { campaign_id, segment }, file, { key: other })
    assert.deepEqual([stranger.status, stranger.body], [404, { error: `Campaign ${campaign_id} not found` }])
    const { key } = await app.makeMember(app.tenant, 'viewer')
    assert.equal((await uploadLeads(app, { campaign_id, segment }, file, { key })).status, 403)
    await upload(campaign, file)
    const [log] = (await logs(campaign.id)).results
    const hidden = await app.ask('GET', `/api/dialer/import-logs/${log.id}/`, { key: other })
    assert.deepEqual([hidden.status, hidden.body], [404, { error: 'There is no such import.' }])
    assert.equal((await app.ask('GET', '/api/dialer/import-logs/', { key: other })).body.count, 0)
    assert.equal((await app.ask('GET', '/api/dialer/import-logs/', { key })).status, 200)
    assert.equal((await app.ask('GET', '/api/dialer/import-logs/', { key: null })).status, 401)
  })
})
