import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { importOver } from '#kit/http-imports.ts'
import { makeAgentUser } from '#kit/talked.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'

const minute = 60_000
const hour = 60 * minute

describe('promised calls', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    // 10:00 in New York.
    floor = await openFloor({ channels: 10 })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  beforeEach(() => app.ask('POST', '/api/v1/stop-all'))

  const get = async (path: string, key = app.key) => (await app.ask('GET', `/api/v1/${path}`, { key })).body
  const promise = (body: object, key = app.key) => app.ask('POST', '/api/v1/callbacks', { body, key })
  const change = (id: string, body: object, key = app.key) => app.ask('PATCH', `/api/v1/callbacks/${id}`, { body, key })
  const cancel = (id: string, body?: object) => app.ask('POST', `/api/v1/callbacks/${id}/cancel`, { body })
  const inFuture = (ms: number) => new Date(app.now() + ms).toISOString()

  interface Made {
    campaign_id: string
    lead_id: string
    contact_id: string
    phone: string
  }

  /** A lead in a campaign of its own, a draft unless it is started. */
  async function makeLead(settings: object = {}, person: object = {}): Promise<Made> {
    const body = { name: 'Promises', mode: 'broadcast', ...settings }
    const campaign = await app.ask('POST', '/api/v1/campaigns', { body })
    assert.equal(campaign.status, 201, campaign.text)
    const [phone = ''] = numbersFrom(used, 1)
    used += 1
    const path = `/api/v1/campaigns/${campaign.body.id}/leads`
    const added = await app.ask('POST', path, { body: { leads: [{ phone, ...person }] } })
    const [{ lead_id, contact_id }] = added.body.results
    return { campaign_id: campaign.body.id, lead_id, contact_id, phone }
  }
  const start = (made: Made) => app.ask('POST', `/api/v1/campaigns/${made.campaign_id}/start`)
  const dialsOf = (made: Made) => floor.dials().filter(({ number }) => number === made.phone)

  it("are made at an instant or a time on the person's clock, and the lead waits for it", async () => {
    const made = await makeLead({}, { full_name: 'Ada Lovelace' })
    const local_time = '2026-03-05T15:00'
    const answer = await promise({ lead_id: made.lead_id, local_time, note: 'about the offer' })
    assert.equal(answer.status, 201, answer.text)
    const { id, status, agent_id, full_name, note, time_zone, promised_at, expires_at, created_by } = answer.body
    assert.deepEqual([status, agent_id, full_name, note], ['open', null, 'Ada Lovelace', 'about the offer'])
    assert.deepEqual([time_zone, answer.body.local_time], ['America/New_York', local_time])
    assert.deepEqual([promised_at, expires_at], ['2026-03-05T20:00:00.000Z', '2026-03-06T20:00:00.000Z'])
    assert.equal(created_by, app.tenant.user_id)
    const lead = await get(`leads/${made.lead_id}`)
    assert.deepEqual([lead.status, lead.not_before, lead.due_at], ['callback', promised_at, promised_at])
    assert.deepEqual(await get(`callbacks/${id}`), answer.body)
    const again = await promise({ lead_id: made.lead_id, at: inFuture(hour) })
    assert.deepEqual([again.status, again.body.callback_id], [409, id])
  })

  it('are refused at a minute that some rule forbids, with the next one that none does', async () => {
    const made = await makeLead({ window_start: '09:00', window_end: '18:00' })
    const blocked = await makeLead()
    await app.ask('POST', '/api/v1/suppressions', { body: { number: blocked.phone, expires_at: inFuture(48 * hour) } })
    const spent = await makeLead({ max_attempts: 1 })
    await start(spent)
    await floor.run(2 * minute)
    const wrong: [object, string, string, string | null][] = [
      [{ lead_id: made.lead_id, at: inFuture(-1) }, 'at', 'passed', inFuture(0)],
      [{ lead_id: made.lead_id, at: inFuture(181 * 24 * hour) }, 'at', 'too_far', inFuture(0)],
      [
        { lead_id: made.lead_id, local_time: '2026-03-05T23:00' },
        'local_time',
        'campaign_hours',
        '2026-03-06T14:00:00.000Z',
      ],
      [{ lead_id: made.lead_id, local_time: '2026-03-08T02:30' }, 'local_time', 'no_such_minute', inFuture(0)],
      [{ lead_id: made.lead_id, local_time: '2026-02-30T12:00' }, 'local_time', 'no_such_minute', inFuture(0)],
      [{ lead_id: blocked.lead_id, at: inFuture(hour) }, 'at', 'do_not_call_until', inFuture(48 * hour - 2 * minute)],
      [{ lead_id: spent.lead_id, at: inFuture(hour) }, 'at', 'lead_closed', null],
    ]
    const leads = [made, blocked, spent].map(({ lead_id }) => lead_id)
    const before = await Promise.all(leads.map((id) => get(`leads/${id}`)))
    for (const [body, path, rule, next] of wrong) {
      const { status, body: said } = await promise(body)
      assert.deepEqual([status, said.errors?.[0].path, said.rule, said.next_lawful_at], [422, path, rule, next])
    }
    for (const body of [{}, { at: inFuture(hour), local_time: '2026-03-05T12:00' }]) {
      const { status, text } = await promise({ lead_id: made.lead_id, ...body })
      assert.equal(status, 422, text)
    }
    for (const local_time of ['2026-03-05 12:00', '2026-03-05T12:00Z', 'noon']) {
      assert.equal((await promise({ lead_id: made.lead_id, local_time })).status, 400)
    }
    assert.deepEqual(await Promise.all(leads.map((id) => get(`leads/${id}`))), before)
    assert.deepEqual((await get(`callbacks?campaign_id=${made.campaign_id}`)).data, [])
  })

  it('must be lawful wherever the person may be', async () => {
    // Tennessee's 423 has Central and Eastern clocks: 20:30 on the one is 21:30 on the other.
    const made = await makeLead({}, { phone: '+14232345678' })
    const { status, body } = await promise({ lead_id: made.lead_id, local_time: '2026-03-05T20:30' })
    assert.deepEqual([status, body.next_lawful_at], [422, '2026-03-06T14:00:00.000Z'], JSON.stringify(body))
    assert.equal((await promise({ lead_id: made.lead_id, local_time: '2026-03-05T19:30' })).status, 201)
  })

  it('are dialed at the time promised, and kept by the call', async () => {
    const made = await makeLead()
    const { id, promised_at } = (await promise({ lead_id: made.lead_id, at: inFuture(2 * hour) })).body
    await start(made)
    await floor.run(2 * hour - minute, minute)
    assert.equal(dialsOf(made).length, 0)
    await floor.run(5 * minute)
    const [dial] = dialsOf(made)
    const { initiated_at } = await get(`calls/${dial?.attempt_id}`)
    assert.ok(initiated_at >= promised_at && Date.parse(initiated_at) - Date.parse(promised_at) < 6_000)
    const kept = await get(`callbacks/${id}`)
    assert.deepEqual([kept.status, kept.closed_call_id, kept.closed_reason], ['kept', dial?.attempt_id, null])
    assert.equal((await get(`leads/${made.lead_id}`)).status, 'completed')
    const [again, changed] = [await cancel(id), await change(id, { note: 'x' })]
    assert.deepEqual([again.status, again.body.current_status, changed.status], [409, 'kept', 409])
  })

  it('get another time, agent or note, and the lead with them', async () => {
    const made = await makeLead()
    const agent = await makeAgentUser(app)
    await app.ask('PATCH', `/api/v1/campaigns/${made.campaign_id}`, { body: { agent_ids: [agent.agent_id] } })
    const { id, expires_at } = (await promise({ lead_id: made.lead_id, at: inFuture(hour) })).body
    const at = inFuture(3 * hour)
    const moved = await change(id, { at, agent_id: agent.agent_id })
    assert.deepEqual([moved.status, moved.body.promised_at, moved.body.agent_id], [200, at, agent.agent_id])
    assert.equal(Date.parse(moved.body.expires_at) - Date.parse(expires_at), 2 * hour)
    assert.equal((await get(`leads/${made.lead_id}`)).due_at, at)
    const noted = await change(id, { note: 'ring twice' })
    assert.deepEqual([noted.body.note, noted.body.agent_id, noted.body.promised_at], ['ring twice', agent.agent_id, at])
    const night = await change(id, { local_time: '2026-03-05T04:00' })
    assert.deepEqual([night.status, night.body.errors[0].path], [422, 'local_time'])
    assert.equal((await change(id, { agent_id: null })).body.agent_id, null)
    assert.equal((await change(id, { at, local_time: '2026-03-05T12:00' })).status, 422)
    const stranger = await makeAgentUser(app)
    const refused = await change(id, { agent_id: stranger.agent_id })
    assert.match(refused.body.detail, /agent_id: names an agent who takes no calls of this campaign/)
  })

  it('are taken back, and the lead is the campaign’s again', async () => {
    const made = await makeLead({ retry_interval_seconds: 1800 })
    const { id } = (await promise({ lead_id: made.lead_id, at: inFuture(3 * hour) })).body
    const cancelled = await cancel(id, { reason: 'wrote an e-mail' })
    assert.deepEqual([cancelled.body.status, cancelled.body.closed_reason], ['cancelled', 'wrote an e-mail'])
    const lead = await get(`leads/${made.lead_id}`)
    assert.deepEqual([lead.status, lead.due_at], ['pending', inFuture(30 * minute)])
    assert.equal((await promise({ lead_id: made.lead_id, at: inFuture(hour) })).status, 201)
  })

  it('set a campaign going again that was done', async () => {
    const made = await makeLead({ max_attempts: 1 })
    await start(made)
    await floor.run(2 * minute)
    assert.equal((await get(`campaigns/${made.campaign_id}`)).status, 'completed')
    await app.ask('PATCH', `/api/v1/leads/${made.lead_id}`, { body: { max_attempts: 2, status: 'skipped' } })
    await app.ask('PATCH', `/api/v1/leads/${made.lead_id}`, { body: { status: 'pending' } })
    await app.ask('POST', `/api/v1/campaigns/${made.campaign_id}/stop`)
    await floor.run(2 * minute)
    const answer = await promise({ lead_id: made.lead_id, at: inFuture(hour) })
    assert.equal(answer.status, 201, answer.text)
    assert.equal((await get(`campaigns/${made.campaign_id}`)).status, 'active')
  })

  it('wait for the end of a call that goes on', async () => {
    const made = await makeLead()
    await start(made)
    await floor.run(10_000)
    const refused = await promise({ lead_id: made.lead_id, at: inFuture(hour) })
    assert.deepEqual([refused.status, refused.body.current_status], [409, 'calling'])
  })

  it("are seen by their agent and by the team's, and made by agents for themselves and the team", async () => {
    const made = await makeLead()
    const other = await makeLead()
    const [mine, also, stranger] = [await makeAgentUser(app), await makeAgentUser(app), await makeAgentUser(app)]
    const crew = { agent_ids: [mine.agent_id, also.agent_id] }
    await app.ask('PATCH', `/api/v1/campaigns/${made.campaign_id}`, { body: crew })
    const body = { lead_id: made.lead_id, at: inFuture(hour) }
    const theirs = await promise({ ...body, agent_id: also.agent_id }, mine.key)
    assert.deepEqual([theirs.status, theirs.body.allowed], [403, ['me', 'team', 'supervisor']])
    assert.equal((await promise(body, stranger.key)).body.errors[0].path, 'lead_id')
    assert.equal((await promise({ ...body, lead_id: other.lead_id }, mine.key)).status, 422)
    const { id } = (await promise({ ...body, agent_id: mine.agent_id }, mine.key)).body
    const seenBy = async (key: string) => [
      (await app.ask('GET', `/api/v1/callbacks/${id}`, { key })).status,
      (await get('callbacks?status=open', key)).data.some((row: { id: string }) => row.id === id),
      (await change(id, { note: 'mine' }, key)).status,
    ]
    assert.deepEqual(await seenBy(mine.key), [200, true, 200])
    assert.deepEqual(await seenBy(also.key), [404, false, 404])
    assert.equal((await change(id, { agent_id: null }, mine.key)).status, 200)
    assert.deepEqual(await seenBy(also.key), [200, true, 200])
    assert.deepEqual(await seenBy(stranger.key), [404, false, 404])
    const nobody = await app.makeMember(app.tenant, 'agent')
    assert.deepEqual(await seenBy(nobody.key), [404, false, 404])
    assert.deepEqual(await seenBy(await app.makeKey(await makeTenant(app.db.app, app.now()))), [404, false, 404])
  })

  it('are listed by what is asked for', async () => {
    const [one, two] = [await makeLead(), await makeLead()]
    const agent = await makeAgentUser(app)
    await app.ask('PATCH', `/api/v1/campaigns/${two.campaign_id}`, { body: { agent_ids: [agent.agent_id] } })
    const first = (await promise({ lead_id: one.lead_id, at: inFuture(hour) })).body
    const second = { lead_id: two.lead_id, at: inFuture(2 * hour), agent_id: agent.agent_id }
    const { id } = (await promise(second)).body
    const list = async (query: string) => {
      const { data } = await get(`callbacks?${query}&from=${inFuture(0)}&to=${inFuture(2 * hour + 1)}`)
      return data.map((row: { id: string }) => row.id).filter((known: string) => [first.id, id].includes(known))
    }
    assert.deepEqual(await list('status=open'), [first.id, id])
    assert.deepEqual(await list('sort=-promised_at'), [id, first.id])
    assert.deepEqual(await list(`agent_id=${agent.agent_id}`), [id])
    assert.deepEqual(await list(`campaign_id=${one.campaign_id}`), [first.id])
    assert.deepEqual(await list(`lead_id=${two.lead_id}`), [id])
    assert.deepEqual(await list('status=kept,missed'), [])
    assert.deepEqual((await get(`callbacks?to=${first.promised_at}&campaign_id=${one.campaign_id}`)).data, [])
    assert.equal((await app.ask('GET', '/api/v1/callbacks?status=lost')).status, 400)
  })

  it('are made once by many who ask at once', async () => {
    const made = await makeLead()
    const asked = Array.from({ length: 6 }, () => promise({ lead_id: made.lead_id, at: inFuture(hour) }))
    const answers = (await Promise.all(asked)).map(({ status }) => status)
    assert.deepEqual(answers.sort(), [201, 409, 409, 409, 409, 409])
  })

  it('are made, listed and taken back from the command line', async () => {
    const made = await makeLead({}, { full_name: 'Ada Lovelace' })
    const program = join(import.meta.dirname, '../../../../cli/outdial.ts')
    const outdial = async (...words: string[]) => {
      const all = [program, 'callbacks', ...words, '--url', app.url, '--key', app.key]
      return (await promisify(execFile)(process.execPath, all)).stdout
    }
    const said = await outdial('add', made.lead_id, '2026-03-05T15:00', '--note', 'ring twice')
    const id = /promised for 2026-03-05T15:00 in America\/New_York \((.+)\)/.exec(said)?.[1] ?? ''
    const listed = await outdial('list', '--campaign', made.campaign_id)
    assert.match(listed, new RegExp(`${id}.+Ada Lovelace.+team.+open.+ring twice`))
    assert.match(await outdial('cancel', id, '--reason', 'moved'), /2026-03-05T15:00 is cancelled/)
    assert.deepEqual(JSON.parse(await outdial('list', '--campaign', made.campaign_id, '--json')), [])
    const again = JSON.parse(await outdial('add', made.lead_id, '2026-03-05T21:00:00Z', '--json'))
    assert.deepEqual([again.local_time, again.status], ['2026-03-05T16:00', 'open'])
    await assert.rejects(outdial('add', made.lead_id, '2026-03-05T04:00'), /has an open callback/)
  })

  it('go with the lead that an import takes back', async () => {
    const campaign = await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Imported', mode: 'broadcast' } })
    const fields = { campaign_id: campaign.body.id }
    const done = await importOver(app, `phone\n${numbersFrom(5_000, 1)[0]}\n`, fields)
    const [lead] = (await get(`leads?import_id=${done.id}`)).data
    const { id } = (await promise({ lead_id: lead.id, at: inFuture(hour) })).body
    const undone = await app.ask('POST', `/api/v1/imports/${done.id}/undo`)
    assert.deepEqual([undone.status, undone.body.leads], [200, 1], undone.text)
    assert.equal((await app.ask('GET', `/api/v1/callbacks/${id}`)).status, 404)
  })

  it('are cancelled with a contact, a number, a campaign or a lead that is closed', async () => {
    const doomed = [await makeLead(), await makeLead(), await makeLead(), await makeLead()]
    const ids: string[] = []
    for (const { lead_id } of doomed) ids.push((await promise({ lead_id, at: inFuture(hour) })).body.id)
    const [gone, blocked, over, settled] = doomed as [Made, Made, Made, Made]
    await app.ask('DELETE', `/api/v1/contacts/${gone.contact_id}`)
    await app.ask('POST', '/api/v1/suppressions', { body: { number: blocked.phone } })
    await app.ask('POST', `/api/v1/campaigns/${over.campaign_id}/cancel`)
    await app.ask('PATCH', `/api/v1/leads/${settled.lead_id}`, { body: { status: 'called' } })
    await floor.run(5_000)
    const ends = await Promise.all(ids.map((id) => get(`callbacks/${id}`)))
    assert.deepEqual(
      ends.map(({ status, closed_reason }) => [status, closed_reason]),
      [
        ['cancelled', 'contact_deleted'],
        ['cancelled', 'do_not_call'],
        ['cancelled', 'campaign_cancelled'],
        ['cancelled', 'called'],
      ],
    )
    assert.equal((await get(`leads/${over.lead_id}`)).status, 'pending')
  })
})
