import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { makeAgent } from '#kit/agents.ts'
import { type Answer, type App, openApp, type Sent } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { formOf } from '#kit/http-imports.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'

const minute = 60_000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

describe('callcampaign', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    floor = await openFloor({ channels: 10 })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  beforeEach(async () => {
    await app.ask('POST', '/api/v1/stop-all')
  })

  const ask = (method: string, path: string, sent: Sent = {}) => app.ask(method, `/api${path}`, sent)
  const phones = (count: number) => {
    used += count
    return numbersFrom(used - count, count)
  }
  async function make(people = 0, settings: object = {}): Promise<string> {
    const made = await ask('POST', '/campaigns', { body: { name: 'Reminders', ...settings } })
    assert.equal(made.status, 201, made.text)
    const { id } = made.body.data
    if (people > 0) {
      const csv = ['name,phone', ...phones(people).map((phone, index) => `Person ${index},${phone}`)].join('\n')
      const uploaded = await ask('POST', '/contacts/upload', { body: formOf(csv, { campaignId: id }) })
      assert.equal(uploaded.body.data.validContacts, people, uploaded.text)
    }
    return id
  }
  const refusal = (answer: Answer, status: number, code: string, sentence: RegExp) => {
    assert.equal(answer.status, status, answer.text)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
    const { success, error, message, code: said } = answer.body
    assert.deepEqual([success, said, message], [false, code, error])
    assert.match(error, sentence)
    assert.deepEqual(Object.keys(answer.body).slice(0, 4), ['success', 'error', 'message', 'code'])
  }

  it('makes a campaign and shows it under both names and in both spellings', async () => {
    const body = {
      ...{ name: 'Q4 reminders', description: 'Appointments', script: 'Hello {{ first_name }}', dailyLimit: 100 },
      ...{ retryAttempts: 3, startDate: '2026-03-01', endDate: '2026-05-31', color: 'unknown fields are ignored' },
    }
    const made = await ask('POST', '/campaigns', { body })
    assert.equal(made.status, 201, made.text)
    const { data } = made.body
    assert.match(data.id, uuid)
    assert.match(data.created_at, instant)
    const { id, created_at, updated_at } = data
    const shown = {
      ...{ id, name: 'Q4 reminders', description: 'Appointments', script: 'Hello {{ first_name }}', status: 'draft' },
      ...{ dailyLimit: 100, retryAttempts: 3, startDate: '2026-03-01', endDate: '2026-05-31' },
      ...{ createdAt: created_at, updatedAt: updated_at, user_id: app.tenant.user_id, agent_id: null, next_action: '' },
      ...{ first_call_time: null, last_call_time: null, start_date: '2026-03-01', end_date: '2026-05-31' },
      ...{ total_contacts: 0, completed_calls: 0, successful_calls: 0, failed_calls: 0 },
      ...{ started_at: null, completed_at: null, created_at, updated_at },
    }
    assert.deepEqual(made.body, { success: true, data: shown, campaign: shown })
    const whole = { success: true, data: shown, campaign: shown }
    assert.deepEqual((await ask('GET', `/campaigns/${id}`)).body, whole)
    assert.deepEqual((await ask('GET', `/campaigns/${id}/`)).body, whole)
    const { mode, max_attempts, completes } = (await app.ask('GET', `/api/v1/campaigns/${id}`)).body
    assert.deepEqual({ mode, max_attempts, completes }, { mode: 'broadcast', max_attempts: 4, completes: 'by_hand' })
  })

  it('takes the other spelling, 0 for no limit, instants as days of the zone, and an AI as its own mode', async () => {
    const agent_id = await makeAgent(floor.db.owner, app.tenant, app.now(), { kind: 'ai', name: 'Ava' })
    // Midnight of the tenth in Tokyo is still the ninth in New York.
    const said = { daily_limit: 0, retry_attempts: 0, start_date: '2026-03-09T15:00:00Z', end_date: null, agent_id }
    const id = await make(0, said)
    const { data } = (await ask('GET', `/campaigns/${id}`)).body
    const { dailyLimit, retryAttempts, startDate, end_date } = data
    assert.deepEqual(
      [dailyLimit, retryAttempts, startDate, end_date, data.agent_id],
      [0, 0, '2026-03-09', null, agent_id],
    )
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${id}`)).body.mode, 'ai')
    assert.equal(
      (await ask('GET', `/campaigns/${await make(0, { startDate: '2026-03-10T03:00:00Z' })}`)).body.data.startDate,
      '2026-03-09',
    )
  })

  it('refuses wrong types and what can not be, and makes nothing', async () => {
    const before = (await ask('GET', '/campaigns')).body.total
    const wrong: [object, RegExp][] = [
      [{}, /name/],
      [{ name: 7 }, /name/],
      [{ name: 'x', dailyLimit: 'many' }, /dailyLimit/],
      [{ name: 'x', dailyLimit: -1 }, /dailyLimit/],
      [{ name: 'x', retryAttempts: 2.5 }, /retryAttempts/],
      [{ name: 'x', startDate: 'soon' }, /startDate: must be a date such as/],
      [{ name: 'x', first_call_time: '9 am' }, /time such as 09:00/],
      [{ name: 'x', agent_id: 'nobody' }, /agent_id/],
    ]
    for (const [body, sentence] of wrong)
      refusal(await ask('POST', '/campaigns', { body }), 400, 'MALFORMED_REQUEST', sentence)
    const reversed = { name: 'x', startDate: '2026-05-01', endDate: '2026-04-01' }
    refusal(await ask('POST', '/campaigns', { body: reversed }), 422, 'INVALID_VALUES', /end_date/)
    const stranger = { name: 'x', agent_id: newId(app.now()) }
    refusal(await ask('POST', '/campaigns', { body: stranger }), 404, 'AGENT_NOT_FOUND', /no such agent/)
    refusal(await ask('POST', '/campaigns', { body: '{' }), 400, 'MALFORMED_REQUEST', /./)
    assert.equal((await ask('GET', '/campaigns')).body.total, before)
  })

  it('lists by place, newest first, by status words and agent, and ignores what it does not know', async () => {
    const agent_id = await makeAgent(floor.db.owner, app.tenant, app.now())
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) ids.unshift(await make(0, { name: `List ${n}`, agent_id }))
    await ask('POST', `/campaigns/${ids[0]}/start`)
    await app.ask('POST', `/api/v1/campaigns/${ids[1]}/archive`)
    const list = async (query: string) => (await ask('GET', `/campaigns?agent_id=${agent_id}&${query}`)).body
    const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id)
    const first = await list('limit=2&color=blue')
    assert.deepEqual(Object.keys(first), ['success', 'data', 'campaigns', 'total', 'page', 'limit', 'has_more'])
    assert.deepEqual(first.campaigns, first.data)
    const { success, total, page, limit, has_more } = first
    assert.deepEqual(
      { success, total, page, limit, has_more },
      { success: true, total: 5, page: 1, limit: 2, has_more: true },
    )
    assert.deepEqual(idsOf(first), ids.slice(0, 2))
    const last = await list('limit=2&offset=4')
    assert.deepEqual([idsOf(last), last.page, last.has_more], [ids.slice(4), 3, false])
    assert.deepEqual(idsOf(await list('status=active')), [ids[0]])
    assert.deepEqual((await list('status=completed')).data[0].status, 'completed', 'what is archived is over')
    assert.deepEqual(idsOf(await list('status=active,completed')), ids.slice(0, 2))
    assert.equal((await list('status=')).total, 5)
    assert.equal((await ask('GET', '/campaigns/?limit=1')).status, 200)
    refusal(await ask('GET', '/campaigns?status=lively'), 400, 'MALFORMED_REQUEST', /"?draft"?.*cancelled/)
    refusal(await ask('GET', '/campaigns?limit=0'), 400, 'MALFORMED_REQUEST', /limit/)
    refusal(await ask('GET', '/campaigns?offset=-1'), 400, 'MALFORMED_REQUEST', /offset/)
  })

  it('takes a file before or after its fields and says what became of each row', async () => {
    const [good = '', blocked = '', twice = ''] = phones(3)
    await app.ask('POST', '/api/v1/suppressions', { body: { number: blocked } })
    const csv = `name,phone,email,plan\nAnn Lee,${good},ann@example.com,gold\nBob,${blocked},,\nCyd,nonsense,cyd@example.com,tin\nDan,${twice},,\nDan,${twice},,\n`
    for (const fileFirst of [true, false]) {
      const campaignId = await make()
      const answer = await ask('POST', '/contacts/upload', { body: formOf(csv, { campaignId }, fileFirst) })
      assert.equal(answer.status, 201, answer.text)
      const { errors, ...counts } = answer.body.data
      assert.deepEqual(counts, {
        ...{ campaignId, contactCount: 5, validContacts: 2, invalidContacts: 1 },
        ...{ duplicateContacts: 1, doNotCallContacts: 1 },
      })
      assert.equal(answer.body.success, true)
      assert.deepEqual(errors.map(({ row }: { row: number }) => row).sort(), [3, 4, 6])
      const odd = errors.find(({ row }: { row: number }) => row === 4)
      assert.deepEqual(Object.keys(odd), ['row', 'field', 'error'])
      assert.equal(odd.field, 'phone')
      assert.match(odd.error, /nonsense|letters|digits/)

      const contacts = (await ask('GET', `/campaigns/${campaignId}/contacts`)).body
      assert.equal(contacts.total, 4)
      const [ann, bob, dan, cyd] = contacts.data
      assert.match(ann.id, uuid)
      assert.deepEqual(ann, {
        ...{ id: ann.id, campaignId, phone: good, name: 'Ann Lee', email: 'ann@example.com', isValid: true },
        ...{ isDoNotCall: false, validationError: null, metadata: { plan: 'gold' } },
        ...{ createdAt: ann.createdAt, updatedAt: ann.updatedAt },
      })
      assert.deepEqual([bob.phone, bob.isValid, bob.isDoNotCall], [blocked, true, true])
      assert.deepEqual([dan.phone, dan.isDoNotCall], [twice, false])
      const { createdAt, updatedAt, id, validationError, ...refused } = cyd
      assert.match(createdAt, instant)
      assert.match(validationError, /found .*expected/)
      assert.deepEqual(refused, {
        ...{ campaignId, phone: 'nonsense', name: 'Cyd', email: 'cyd@example.com', isValid: false, isDoNotCall: false },
        metadata: { plan: 'tin' },
      })
      const pages = [0, 2, 3].map((offset) => ask('GET', `/campaigns/${campaignId}/contacts?limit=2&offset=${offset}`))
      const paged = (await Promise.all(pages)).map(({ body }) => [
        body.data.map((row: { name: string }) => row.name),
        body.has_more,
      ])
      assert.deepEqual(paged, [
        [['Ann Lee', 'Bob'], true],
        [['Dan', 'Cyd'], false],
        [['Cyd'], false],
      ])
    }
  })

  it('refuses a file it can not read, one for no campaign and one that is missing, and keeps nothing of it', async () => {
    const campaignId = await make()
    const csv = `name,phone\nAnn,${phones(1)[0]}\n`
    const upload = (body: FormData) => ask('POST', '/contacts/upload', { body })
    refusal(await upload(formOf(csv, { campaignId: newId(app.now()) })), 404, 'CAMPAIGN_NOT_FOUND', /no such campaign/)
    refusal(await upload(formOf(csv, { campaignId: 'x' })), 404, 'CAMPAIGN_NOT_FOUND', /no such campaign/)
    refusal(await upload(formOf('%PDF-1.7 not a list', { campaignId })), 422, 'INVALID_VALUES', /file/)
    const empty = new FormData()
    empty.append('campaignId', campaignId)
    refusal(await upload(empty), 422, 'INVALID_VALUES', /file/)
    refusal(await ask('POST', '/contacts/upload', { body: { campaignId } }), 415, 'UNSUPPORTED_MEDIA_TYPE', /form/)
    assert.equal((await ask('GET', `/campaigns/${campaignId}/contacts`)).body.total, 0)
  })

  it('answers a repeated upload with the first answer', async () => {
    const campaignId = await make()
    const csv = `name,phone\nAnn,${phones(1)[0]}\n`
    const headers = { 'idempotency-key': 'once' }
    const upload = () => ask('POST', '/contacts/upload', { body: formOf(csv, { campaignId }), headers })
    const first = await upload()
    const second = await upload()
    assert.deepEqual([second.status, second.body], [201, first.body])
    assert.equal(second.headers.get('idempotency-replayed'), 'true')
    assert.equal((await ask('GET', `/campaigns/${campaignId}/contacts`)).body.total, 1)
  })

  it('validates numbers as its files are read', async () => {
    const [blocked = ''] = phones(1)
    await app.ask('POST', '/api/v1/suppressions', { body: { number: blocked } })
    const written = ['(212) 555-0142', 'nonsense', blocked]
    const answer = await ask('POST', '/contacts/validate', { body: { phones: written } })
    const { contacts, ...counts } = answer.body.data
    assert.deepEqual([answer.status, answer.body.success, counts], [200, true, { validCount: 2, invalidCount: 1 }])
    assert.deepEqual(contacts[0], { phone: '+12125550142', isValid: true, isDoNotCall: false, validationError: null })
    assert.deepEqual([contacts[1].phone, contacts[1].isValid, contacts[1].isDoNotCall], ['nonsense', false, false])
    assert.match(contacts[1].validationError, /found.*expected/)
    assert.deepEqual(contacts[2], { phone: blocked, isValid: true, isDoNotCall: true, validationError: null })
    const other = await ask('POST', '/contacts/validate/', { body: { phoneNumbers: written } })
    assert.deepEqual(other.body, answer.body)
    refusal(await ask('POST', '/contacts/validate', { body: {} }), 400, 'MALFORMED_REQUEST', /phones/)
    refusal(await ask('POST', '/contacts/validate', { body: { phones: [7] } }), 400, 'MALFORMED_REQUEST', /phones/)
  })

  it('starts a run of a few calls, which pauses after them; stops, and stops again', async () => {
    const id = await make(8)
    const before = floor.dials().length
    const started = await ask('POST', `/campaigns/${id}/start`, { body: { limit: 3 } })
    assert.deepEqual(
      [started.status, started.body],
      [200, { success: true, data: { campaignId: id, status: 'active', callsMade: 3 } }],
    )
    refusal(await ask('POST', `/campaigns/${id}/start`), 409, 'TRANSITION_NOT_ALLOWED', /active/)
    await floor.run(2 * minute)
    assert.equal(floor.dials().length - before, 3)
    assert.equal((await ask('GET', `/campaigns/${id}`)).body.data.status, 'paused')
    const all = await ask('POST', `/campaigns/${id}/start`, { body: { limit: 100 } })
    assert.equal(all.body.data.callsMade, 5, 'no more than there are')
    const stopped = { success: true, data: { campaignId: id, status: 'stopped' } }
    assert.deepEqual(
      (await ask('POST', `/campaigns/${id}/stop`, { headers: { 'content-type': 'application/json' } })).body,
      stopped,
    )
    const dialed = floor.dials().length
    await floor.run(2 * minute)
    assert.equal(floor.dials().length, dialed, 'no new call after the answer')
    assert.deepEqual((await ask('POST', `/campaigns/${id}/stop/`)).body, stopped)
    assert.equal((await ask('GET', `/campaigns/${id}`)).body.data.status, 'paused')
    refusal(await ask('POST', `/campaigns/${await make()}/stop`), 409, 'TRANSITION_NOT_ALLOWED', /draft/)
    refusal(await ask('POST', `/campaigns/${id}/start`, { body: { limit: 0 } }), 400, 'MALFORMED_REQUEST', /limit/)
    refusal(await ask('POST', `/campaigns/${id}/start`, { body: { limit: '10' } }), 400, 'MALFORMED_REQUEST', /limit/)
  })

  it('does not start where people gave no consent, and names the setting', async () => {
    const id = await make(2)
    const { rows } = await floor.db.owner.query('select consent_declaration from workspaces')
    await floor.db.owner.query('update workspaces set consent_declaration = null')
    const answer = await ask('POST', `/campaigns/${id}/start`)
    refusal(answer, 409, 'CONSENT_MISSING', /2 people/)
    assert.equal(answer.body.setting, 'consent_declaration')
    await floor.db.owner.query('update workspaces set consent_declaration = $1', [rows[0].consent_declaration])
  })

  it('walks the old guide: make, upload, start ten, progress until done, calls with recordings, stop', async () => {
    const settings = { name: 'Guide', description: 'Walk', script: 'Hello', dailyLimit: 100, retryAttempts: 3 }
    const id = await make(0, settings)
    const people = phones(10)
    const csv = ['phone,name', ...people.map((phone, n) => `${phone},Person ${n}`)].join('\n')
    assert.equal((await ask('POST', '/contacts/upload', { body: formOf(csv, { campaignId: id }) })).status, 201)
    assert.equal((await ask('POST', `/campaigns/${id}/start`, { body: { limit: 10 } })).body.data.callsMade, 10)
    await floor.run(7_000)
    const early = (await ask('GET', `/campaigns/${id}/progress`)).body.data
    assert.deepEqual([early.inProgressCalls, early.completedCalls, early.percentDone], [10, 0, 0])
    await floor.run(2 * minute)
    const progress = (await ask('GET', `/campaigns/${id}/progress`)).body
    assert.deepEqual(progress, {
      success: true,
      data: {
        ...{ totalContacts: 10, completedCalls: 10, successfulCalls: 10, failedCalls: 0, inProgressCalls: 0 },
        ...{ pendingContacts: 0, skipped: {}, successRate: 100, percentDone: 100 },
      },
    })
    const calls = (await ask('GET', `/campaigns/${id}/calls?limit=4`)).body
    assert.deepEqual([calls.total, calls.data.length, calls.has_more, calls.calls], [10, 4, true, calls.data])
    const [call] = calls.data
    await app.ask('POST', `/api/v1/calls/${call.id}/notes`, { body: { type: 'transcript', content: 'Good day.' } })
    const [again] = (await ask('GET', `/campaigns/${id}/calls?limit=1`)).body.data
    assert.deepEqual(again, {
      ...{
        id: call.id,
        campaignId: id,
        contactId: call.contactId,
        phone: call.phone,
        result: 'completed',
        duration: 30,
      },
      ...{ recordingUrl: null, transcript: 'Good day.', createdAt: call.createdAt },
    })
    assert.ok(people.includes(call.phone))
    const contacts = (await ask('GET', `/campaigns/${id}/contacts`)).body.data
    assert.ok(contacts.some((contact: { id: string }) => contact.id === call.contactId))
    const { total_contacts, completed_calls, successful_calls, failed_calls, status } = (
      await ask('GET', `/campaigns/${id}`)
    ).body.data
    assert.deepEqual(
      [total_contacts, completed_calls, successful_calls, failed_calls, status],
      [10, 10, 10, 0, 'paused'],
    )
    assert.equal((await ask('POST', `/campaigns/${id}/stop`)).body.data.status, 'stopped')
  })

  it('is open to nobody without a key, to viewers for reading, and shows no other workspace anything', async () => {
    const id = await make(1)
    const viewer = await app.makeMember(app.tenant, 'viewer')
    const other = await app.makeKey(await makeTenant(floor.db.app, app.now()))
    const reads = ['', `/${id}`, `/${id}/progress`, `/${id}/contacts`, `/${id}/calls`].map((path) => [
      'GET',
      `/campaigns${path}`,
    ])
    const acts = [`/campaigns/${id}/start`, `/campaigns/${id}/stop`].map((path) => ['POST', path])
    const others = [
      ['POST', '/campaigns'],
      ['POST', '/contacts/upload'],
    ]
    for (const [method = '', path = ''] of [...reads, ...acts, ...others, ['POST', '/contacts/validate']]) {
      refusal(await ask(method, path, { key: null }), 401, 'UNAUTHENTICATED', /./)
    }
    for (const [method = '', path = ''] of reads)
      assert.equal((await ask(method, path, { key: viewer.key })).status, 200, path)
    for (const [method = '', path = ''] of [...acts, ...others]) {
      refusal(await ask(method, path, { key: viewer.key }), 403, 'FORBIDDEN', /supervisor/)
    }
    for (const [method = '', path = ''] of [...reads.slice(1), ...acts]) {
      refusal(await ask(method, path, { key: other }), 404, 'CAMPAIGN_NOT_FOUND', /no such campaign/)
      refusal(await ask(method, path.replace(id, 'x')), 404, 'CAMPAIGN_NOT_FOUND', /no such campaign/)
    }
    assert.deepEqual((await ask('GET', '/campaigns', { key: other })).body.data, [])
  })

  it('answers an address that there is not in its own form, and leaves /api/v1 its own', async () => {
    for (const path of ['/campaigns/x/y/z', '/nothing/']) {
      refusal(await ask('GET', path), 404, 'NOT_FOUND', /There is no such address/)
    }
    const { status, body } = await app.ask('GET', '/api/v1/nothing')
    assert.deepEqual([status, body.type], [404, '/problems/not-found'])
  })
})
