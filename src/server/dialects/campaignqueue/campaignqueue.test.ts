import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { makeAgent } from '#kit/agents.ts'
import { type Answer, type App, openApp, type Sent } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { formOf } from '#kit/http-imports.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'

const minute = 60_000

describe('campaignqueue', () => {
  let floor: Floor
  let app: App
  let ai: string
  let person: string
  let used = 0
  before(async () => {
    floor = await openFloor({ channels: 10 })
    app = await openApp({ floor })
    ai = await makeAgent(floor.db.owner, app.tenant, app.now(), { kind: 'ai', name: 'Ava' })
    person = await makeAgent(floor.db.owner, app.tenant, app.now(), { name: 'Pat' })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  beforeEach(async () => {
    await app.ask('POST', '/api/v1/stop-all')
  })

  const ask = (method: string, path: string, sent: Sent = {}) => app.ask(method, `/api${path}`, sent)
  const hours = { first_call_time: '09:00', last_call_time: '18:00' }
  const phones = (count: number) => {
    used += count
    return numbersFrom(used - count, count)
  }
  async function people(count: number): Promise<{ id: string; phone: string }[]> {
    const made = phones(count).map(async (phone, n) => {
      const body = { phones: [phone], full_name: `Person ${n}`, company: 'Acme' }
      return { id: (await app.ask('POST', '/api/v1/contacts', { body })).body.id as string, phone }
    })
    return Promise.all(made)
  }
  const refusal = (answer: Answer, status: number, code: string, sentence: RegExp) => {
    assert.equal(answer.status, status, answer.text)
    const { success, error, message, code: said } = answer.body
    assert.deepEqual([success, said, message], [false, code, error])
    assert.match(error, sentence)
  }

  it('calls contacts at once, and names those it can not call', async () => {
    const [one, two, blocked] = await people(3)
    await app.ask('POST', '/api/v1/suppressions', { body: { number: blocked?.phone } })
    const stranger = newId(app.now())
    const contact_ids = [one?.id, two?.id, blocked?.id, stranger, 'nonsense', one?.id]
    const body = { contact_ids, agent_id: ai, next_action: 'Send an offer', ...hours, start_date: '2026-03-04' }
    const answer = await ask('POST', '/campaigns/bulk-call', { body })
    assert.equal(answer.status, 201, answer.text)
    const { campaign, ...rest } = answer.body
    assert.deepEqual(rest, {
      ...{ success: true, queued: 2 },
      skipped: [
        { contact_id: stranger, reason: 'unknown' },
        { contact_id: 'nonsense', reason: 'unknown' },
        { contact_id: one?.id, reason: 'duplicate' },
        { contact_id: blocked?.id, reason: 'do_not_call' },
      ],
    })
    const { name, status, agent_id, next_action, first_call_time, last_call_time, start_date, total_contacts } =
      campaign
    assert.deepEqual(
      { name, status, agent_id, next_action, first_call_time, last_call_time, start_date, total_contacts },
      {
        ...{ name: 'Ava 2026-03-04 (6 contacts)', status: 'active', agent_id: ai, next_action: 'Send an offer' },
        ...{ first_call_time: '09:00', last_call_time: '18:00', start_date: '2026-03-04', total_contacts: 3 },
      },
    )
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${campaign.id}`)).body.mode, 'ai')
    assert.deepEqual((await ask('GET', `/campaigns/${campaign.id}`)).body.data.id, campaign.id)
    await floor.run(2 * minute)
    const dialed = floor.dials().map(({ number }) => number)
    assert.deepEqual(
      [one, two, blocked].map((each) => dialed.includes(each?.phone as string)),
      [true, true, false],
    )
  })

  it('dials for a person in mode progressive, under the name it is given', async () => {
    const [one] = await people(1)
    const body = {
      contact_ids: [one?.id],
      agent_id: person,
      campaign_name: 'Call them',
      first_call_time: '',
      last_call_time: null,
    }
    const { campaign } = (await ask('POST', '/campaigns/bulk-call', { body })).body
    assert.deepEqual([campaign.name, campaign.first_call_time, campaign.status], ['Call them', null, 'active'])
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${campaign.id}`)).body.mode, 'progressive')
  })

  it('waits for a start date, and begins by itself', async () => {
    const [one] = await people(1)
    const body = { contact_ids: [one?.id], agent_id: ai, start_date: '2026-03-05' }
    const { campaign } = (await ask('POST', '/campaigns/bulk-call', { body })).body
    assert.equal(campaign.status, 'scheduled')
    assert.deepEqual(
      (await ask('GET', '/campaigns?status=scheduled')).body.data.map((row: { id: string }) => row.id),
      [campaign.id],
    )
    await floor.run(minute)
    assert.ok(!floor.dials().some(({ number }) => number === one?.phone))
    await floor.runCoarsely(24 * 60 * minute, 30 * minute, minute)
    // It began, called the one person it had, and was done.
    assert.equal((await ask('GET', `/campaigns/${campaign.id}`)).body.data.status, 'completed')
    assert.ok(floor.dials().some(({ number }) => number === one?.phone))
  })

  it('makes nothing of what it refuses', async () => {
    const [one] = await people(1)
    const { total } = (await ask('GET', '/campaigns')).body
    const call = (body: object) => ask('POST', '/campaigns/bulk-call', { body })
    const contact_ids = [one?.id]
    refusal(await call({ agent_id: ai }), 400, 'MALFORMED_REQUEST', /contact_ids/)
    refusal(await call({ contact_ids }), 400, 'MALFORMED_REQUEST', /agent_id/)
    refusal(await call({ contact_ids: [], agent_id: ai }), 400, 'MALFORMED_REQUEST', /contact_ids/)
    refusal(await call({ contact_ids: [7], agent_id: ai }), 400, 'MALFORMED_REQUEST', /contact_ids/)
    refusal(await call({ contact_ids: [newId(app.now())], agent_id: ai }), 422, 'INVALID_VALUES', /contact_ids/)
    refusal(await call({ contact_ids, agent_id: newId(app.now()) }), 404, 'AGENT_NOT_FOUND', /no such agent/)
    refusal(await call({ contact_ids, agent_id: ai, first_call_time: '25:00' }), 400, 'MALFORMED_REQUEST', /09:00/)
    refusal(await call({ contact_ids, agent_id: ai, first_call_time: '09:00' }), 422, 'INVALID_VALUES', /window/)
    const { rows } = await floor.db.owner.query('select consent_declaration from workspaces where id = $1', [
      app.tenant.workspace_id,
    ])
    await floor.db.owner.query('update workspaces set consent_declaration = null where id = $1', [
      app.tenant.workspace_id,
    ])
    const unasked = await call({ contact_ids, agent_id: ai })
    refusal(unasked, 409, 'CONSENT_MISSING', /consent/)
    assert.equal(unasked.body.setting, 'consent_declaration')
    await floor.db.owner.query('update workspaces set consent_declaration = $1 where id = $2', [
      rows[0].consent_declaration,
      app.tenant.workspace_id,
    ])
    assert.equal((await ask('GET', '/campaigns')).body.total, total)
  })

  it('makes a campaign of a file, with its fields before or after it', async () => {
    for (const fileFirst of [true, false]) {
      const numbers = phones(19)
      const rows = numbers.map((phone, n) => `Person ${n},${phone},p${n}@example.com,Acme,note ${n}`)
      const csv = ['name,phone_number,email,company,notes', ...rows, `Person 0,${numbers[0]},,,`, 'Bad,12,,,'].join(
        '\n',
      )
      const fields = {
        campaign_name: 'From a file',
        agent_id: ai,
        next_action: 'Ask',
        ...hours,
        start_date: '2026-03-04',
      }
      const answer = await ask('POST', '/campaigns/upload-csv', { body: formOf(csv, fields, fileFirst) })
      assert.equal(answer.status, 201, answer.text)
      const { campaign, summary, success } = answer.body
      const { errors, ...counts } = summary
      assert.deepEqual([success, Object.keys(answer.body)], [true, ['success', 'campaign', 'summary']])
      assert.deepEqual(counts, { total_rows: 21, imported: 19, skipped: 1, failed: 1 })
      assert.deepEqual(errors.map(({ row }: { row: number }) => row).sort(), [21, 22])
      assert.deepEqual(Object.keys(errors[0]), ['row', 'field', 'error'])
      const { name, status, agent_id, total_contacts, next_action } = campaign
      assert.deepEqual([name, status, agent_id, total_contacts, next_action], ['From a file', 'active', ai, 19, 'Ask'])
      const contacts = (await ask('GET', `/campaigns/${campaign.id}/contacts`)).body.data
      assert.deepEqual(contacts[0].metadata, { notes: 'note 0' }, 'further columns go with the contact')
      assert.deepEqual([contacts[19].isValid, contacts[19].phone, contacts[19].name], [false, '12', 'Bad'])
    }
    const csv = `name,phone\nAnn,${phones(1)[0]}\n`
    const { total } = (await ask('GET', '/campaigns')).body
    const upload = (fields: Record<string, string>, file = csv) =>
      ask('POST', '/campaigns/upload-csv', { body: formOf(file, fields) })
    refusal(await upload({ campaign_name: 'x' }), 400, 'MALFORMED_REQUEST', /agent_id/)
    refusal(await upload({ agent_id: ai }), 400, 'MALFORMED_REQUEST', /campaign_name/)
    refusal(await upload({ campaign_name: 'x', agent_id: newId(app.now()) }), 404, 'AGENT_NOT_FOUND', /agent/)
    refusal(await upload({ campaign_name: 'x', agent_id: ai }, '%PDF-1.7'), 422, 'INVALID_VALUES', /file/)
    assert.equal((await ask('GET', '/campaigns')).body.total, total)
  })

  it('offers templates to anybody, and takes them as they are', async () => {
    for (const [kind, columns] of [
      ['basic', 'name,phone_number,email,company,notes'],
      ['advanced', 'name,phone_number,email,company,notes,lead_score,last_interaction,industry,deal_size'],
    ]) {
      const answer = await app.ask('GET', `/templates/call-campaign-${kind}-template.csv`, { key: null })
      assert.deepEqual([answer.status, answer.text.split('\r\n')[0]], [200, columns])
      assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/)
      const fields = { campaign_name: 'Template', agent_id: ai, start_date: '2030-01-01' }
      const { summary, campaign } = (await ask('POST', '/campaigns/upload-csv', { body: formOf(answer.text, fields) }))
        .body
      assert.deepEqual([summary.imported, summary.failed, campaign.status], [1, 0, 'scheduled'])
    }
    assert.equal((await app.ask('GET', '/templates/other.csv', { key: null })).status, 404)
  })

  it('changes any field in either spelling, by PATCH and by PUT, and how the campaign stands', async () => {
    const { id } = (await ask('POST', '/campaigns', { body: { name: 'Old' } })).body.data
    const change = {
      ...{ name: 'New', description: 'd', script: 's', dailyLimit: 7, retryAttempts: 1, start_date: '2026-01-01' },
      ...{ endDate: '2027-01-01', agent_id: ai, next_action: 'n', ...hours, total_contacts: 99, id: 'ignored' },
    }
    const { data } = (await ask('PATCH', `/campaigns/${id}`, { body: change })).body
    assert.equal(data.id, id)
    const { name, description, script, dailyLimit, retryAttempts, startDate, end_date, agent_id } = data
    assert.deepEqual(
      [name, description, script, dailyLimit, retryAttempts, startDate, end_date, agent_id, data.total_contacts],
      ['New', 'd', 's', 7, 1, '2026-01-01', '2027-01-01', ai, 0],
    )
    assert.deepEqual([data.next_action, data.first_call_time, data.last_call_time], ['n', '09:00', '18:00'])
    const modeOf = async () => (await app.ask('GET', `/api/v1/campaigns/${id}`)).body.mode
    assert.equal(await modeOf(), 'ai')
    const put = await ask('PUT', `/campaigns/${id}/`, {
      body: { agentId: person, firstCallTime: '22:00', lastCallTime: '02:00' },
    })
    assert.deepEqual(
      [put.body.data.agent_id, put.body.data.last_call_time, put.body.data.name],
      [person, '02:00', 'New'],
    )
    assert.equal(await modeOf(), 'progressive')
    const stand = async (status: string) => ask('PATCH', `/campaigns/${id}`, { body: { status } })
    for (const status of ['draft', 'active', 'paused', 'active', 'completed'])
      assert.equal((await stand(status)).body.data.status, status)
    refusal(await stand('draft'), 409, 'TRANSITION_NOT_ALLOWED', /completed/)
    refusal(
      await ask('PATCH', `/campaigns/${id}`, { body: { name: 'Never', status: 'scheduled' } }),
      409,
      'TRANSITION_NOT_ALLOWED',
      /completed/,
    )
    assert.equal((await ask('GET', `/campaigns/${id}`)).body.data.name, 'New')
    refusal(await stand('lively'), 400, 'MALFORMED_REQUEST', /cancelled/)
    refusal(await ask('PATCH', `/campaigns/${id}`, { body: { name: 7 } }), 400, 'MALFORMED_REQUEST', /name/)
  })

  it('pauses, resumes, cancels and deletes', async () => {
    const [one] = await people(1)
    const body = { contact_ids: [one?.id], agent_id: ai, start_date: '2026-03-04' }
    const { id } = (await ask('POST', '/campaigns/bulk-call', { body })).body.campaign
    const act = (name: string) =>
      ask('POST', `/campaigns/${id}/${name}`, { headers: { 'content-type': 'application/json' } })
    refusal(await ask('DELETE', `/campaigns/${id}`), 409, 'CONFLICT', /active/)
    refusal(await act('resume'), 409, 'TRANSITION_NOT_ALLOWED', /active/)
    const paused = await act('pause')
    assert.deepEqual([paused.status, paused.body.data.status], [200, 'paused'])
    assert.deepEqual(paused.body.campaign, paused.body.data)
    assert.equal((await act('resume')).body.data.status, 'active')
    assert.equal((await act('cancel')).body.data.status, 'cancelled')
    refusal(await act('pause'), 409, 'TRANSITION_NOT_ALLOWED', /cancelled/)
    assert.deepEqual((await ask('DELETE', `/campaigns/${id}`)).body, { success: true })
    refusal(await ask('GET', `/campaigns/${id}`), 404, 'CAMPAIGN_NOT_FOUND', /no such campaign/)
    assert.equal((await ask('GET', `/contacts/${one?.id}`)).status, 200, 'people stay')
  })

  it('walks the old guide: ten of the contacts, the list, pause, resume and cancel, then a file of twenty', async () => {
    await people(10)
    const contacts = (await ask('GET', '/contacts?limit=10')).body.contacts
    const [agent] = (await ask('GET', '/agents?search=Ava')).body.agents
    const contact_ids = contacts.map((contact: { id: string }) => contact.id)
    const common = { agent_id: agent.id, next_action: 'Send an offer', ...hours, start_date: '2025-10-09' }
    const begun = await ask('POST', '/campaigns/bulk-call', { body: { ...common, contact_ids } })
    assert.deepEqual([begun.status, begun.body.queued, begun.body.skipped], [201, 10, []], begun.text)
    const { id } = begun.body.campaign
    const listed = async () =>
      (await ask('GET', `/campaigns?status=active,scheduled&agent_id=${agent.id}&limit=1`)).body
    const [first] = (await listed()).campaigns
    assert.deepEqual([first.id, first.status, first.total_contacts], [id, 'active', 10])
    for (const [act, status] of [
      ['pause', 'paused'],
      ['resume', 'active'],
      ['cancel', 'cancelled'],
    ]) {
      assert.equal((await ask('POST', `/campaigns/${id}/${act}`)).body.campaign.status, status)
    }
    assert.notEqual((await listed()).campaigns[0]?.id, id)
    const csv = ['name,phone_number', ...phones(20).map((phone, n) => `Person ${n},${phone}`)].join('\n')
    const file = await ask('POST', '/campaigns/upload-csv', {
      body: formOf(csv, { ...common, campaign_name: 'Twenty' }),
    })
    assert.deepEqual(file.body.summary, { total_rows: 20, imported: 20, skipped: 0, failed: 0, errors: [] }, file.text)
    assert.equal(file.body.campaign.status, 'active')
  })

  it('lists contacts and agents, and takes them out', async () => {
    const [one, two] = await people(2)
    const list = (await ask('GET', '/contacts?limit=1')).body
    assert.deepEqual(Object.keys(list), ['success', 'data', 'contacts', 'total', 'page', 'limit', 'has_more'])
    assert.deepEqual([list.data.length, list.has_more, list.contacts], [1, true, list.data])
    const { data } = (await ask('GET', `/contacts/${one?.id}`)).body
    const { id, name, phone, phone_number, email, company, metadata, user_id } = data
    assert.deepEqual(
      { id, name, phone, phone_number, email, company, metadata, user_id },
      {
        ...{ id: one?.id, name: 'Person 0', phone: one?.phone, phone_number: one?.phone, email: '', company: 'Acme' },
        ...{ metadata: {}, user_id: app.tenant.user_id },
      },
    )
    const found = (await ask('GET', '/agents?search=ava')).body
    assert.deepEqual([found.total, found.data, found.data[0].id], [1, found.agents, ai])
    const { kind, status, is_active } = found.data[0]
    assert.deepEqual({ kind, status, is_active }, { kind: 'ai', status: 'offline', is_active: true })
    assert.deepEqual((await ask('GET', `/agents/${ai}`)).body, {
      success: true,
      data: found.data[0],
      agent: found.data[0],
    })

    const agent_id = await makeAgent(floor.db.owner, app.tenant, app.now(), { kind: 'ai', name: 'Leaving' })
    const body = { contact_ids: [two?.id], agent_id, campaign_name: 'Named in the refusal', ...hours }
    const { campaign } = (await ask('POST', '/campaigns/bulk-call', { body })).body
    refusal(await ask('DELETE', `/agents/${agent_id}`), 409, 'CONFLICT', /“Named in the refusal”/)
    assert.deepEqual((await ask('DELETE', `/agents/${agent_id}?force=true`)).body, { success: true })
    assert.equal((await ask('GET', `/campaigns/${campaign.id}`)).body.data.status, 'paused')
    refusal(await ask('GET', `/agents/${agent_id}`), 404, 'AGENT_NOT_FOUND', /no such agent/)
    assert.deepEqual((await ask('DELETE', `/contacts/${one?.id}/`)).body, { success: true })
    refusal(await ask('DELETE', `/contacts/${one?.id}`), 404, 'CONTACT_NOT_FOUND', /no such contact/)
  })

  it('is open to nobody without a key, to viewers for reading, and shows no other workspace anything', async () => {
    const [one] = await people(1)
    const campaign = (await ask('POST', '/campaigns', { body: { name: 'Ours' } })).body.data.id
    const viewer = await app.makeMember(app.tenant, 'viewer')
    const other = await app.makeKey(await makeTenant(floor.db.app, app.now()))
    const reads = [
      ['GET', `/contacts/${one?.id}`, 'CONTACT_NOT_FOUND'],
      ['GET', `/agents/${ai}`, 'AGENT_NOT_FOUND'],
    ]
    const acts = [
      ['PATCH', `/campaigns/${campaign}`, 'CAMPAIGN_NOT_FOUND'],
      ...['pause', 'resume', 'cancel'].map((act) => ['POST', `/campaigns/${campaign}/${act}`, 'CAMPAIGN_NOT_FOUND']),
      ['DELETE', `/campaigns/${campaign}`, 'CAMPAIGN_NOT_FOUND'],
      ['DELETE', `/contacts/${one?.id}`, 'CONTACT_NOT_FOUND'],
      ['DELETE', `/agents/${ai}`, 'AGENT_NOT_FOUND'],
    ]
    const lists = [
      ['GET', '/contacts'],
      ['GET', '/agents'],
    ]
    const makers = [
      ['POST', '/campaigns/bulk-call'],
      ['POST', '/campaigns/upload-csv'],
    ]
    for (const [method = '', path = ''] of [...reads, ...acts, ...lists, ...makers]) {
      refusal(await ask(method, path, { key: null }), 401, 'UNAUTHENTICATED', /./)
    }
    for (const [method = '', path = ''] of [...reads, ...lists])
      assert.equal((await ask(method, path, { key: viewer.key })).status, 200)
    for (const [method = '', path = ''] of [...acts, ...makers])
      refusal(await ask(method, path, { key: viewer.key }), 403, 'FORBIDDEN', /role/)
    for (const [method = '', path = '', code = ''] of [...reads, ...acts])
      refusal(await ask(method, path, { key: other }), 404, code, /no such/)
    const body = { contact_ids: [one?.id], agent_id: ai }
    refusal(await ask('POST', '/campaigns/bulk-call', { key: other, body }), 404, 'AGENT_NOT_FOUND', /agent/)
    for (const [, path = ''] of lists) assert.deepEqual((await ask('GET', path, { key: other })).body.data, [])
  })

  it('answers 50 requests a second, and the next ones in its own form', async () => {
    const strict = await openApp({ settings: { OUTDIAL_RATE_LIMIT: '60' } })
    const answers = await Promise.all(Array.from({ length: 120 }, () => strict.ask('GET', '/api/agents')))
    const refused = answers.filter(({ status }) => status === 429)
    assert.ok(refused.length > 0 && answers.length - refused.length >= 50, `${refused.length} refused`)
    refusal(refused[0] as Answer, 429, 'TOO_MANY_REQUESTS', /50 requests per 1 s/)
    await strict.close()
  })
})
