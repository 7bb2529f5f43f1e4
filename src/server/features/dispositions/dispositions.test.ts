import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { letTalk, makeAgentUser } from '#kit/talked.ts'
import { numbersFrom } from '#kit/tenant.ts'

const minute = 60_000
const hour = 60 * minute

describe('what calls meant', () => {
  let floor: Floor
  let app: App
  let agent: { agent_id: string; user_id: string; key: string }
  let used = 0
  before(async () => {
    floor = await openFloor({ channels: 10 })
    app = await openApp({ floor })
    agent = await makeAgentUser(app)
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  beforeEach(() => app.ask('POST', '/api/v1/stop-all'))

  const get = async (path: string) => (await app.ask('GET', `/api/v1/${path}`)).body
  const say = (callId: string, body: object, key = agent.key) =>
    app.ask('POST', `/api/v1/calls/${callId}/disposition`, { body, key })
  const leadOf = async (call: Call) => get(`leads/${call.lead_id}`)
  const isBlocked = async (number: string) =>
    (await get(`suppressions/look-up?number=${encodeURIComponent(number)}`)).suppressed
  const inFuture = (ms: number) => new Date(app.now() + ms).toISOString()

  interface Call {
    id: string
    campaign_id: string
    lead_id: string
    to_number: string
  }

  /** Calls that people have answered, over after `forMs`, on which the agent talked. */
  async function makeCalls(count: number, forMs = 2 * minute, settings: object = {}): Promise<Call[]> {
    const body = { name: 'Talks', mode: 'broadcast', max_attempts: 2, ...settings }
    const { id } = (await app.ask('POST', '/api/v1/campaigns', { body })).body
    const leads = numbersFrom(used, count).map((phone) => ({ phone }))
    used += count
    await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body: { leads } })
    await app.ask('POST', `/api/v1/campaigns/${id}/start`)
    await floor.run(forMs)
    const calls = (await get(`campaigns/${id}/calls`)).data as Call[]
    assert.equal(calls.length, count)
    for (const call of calls) await letTalk(app, agent.agent_id, call.id)
    return calls
  }

  it('begin with the same categories in every workspace', async () => {
    const { data } = await get('dispositions')
    assert.deepEqual(
      data.map((row: { key: string }) => row.key),
      [
        ...['sale', 'interested', 'qualified', 'not_interested', 'not_qualified', 'callback', 'follow_up_required'],
        ...['completed', 'do_not_call', 'wrong_number', 'voicemail', 'no_answer', 'busy', 'failed'],
      ],
    )
    assert.ok(data.every((row: { built_in: boolean }) => row.built_in))
  })

  it('are followed by what the campaign rules for them, on the next phone where it says so', async () => {
    const disposition_rules = {
      follow_up_required: { delay_seconds: 900, next_phone: true },
      voicemail: { delay_seconds: 1800 },
      no_answer: { max_attempts: 1 },
    }
    const [call] = (await makeCalls(1, 2 * minute, { disposition_rules })) as [Call]
    await floor.db.owner.query(
      `insert into contact_phones (workspace_id, number, contact_id, position)
       select workspace_id, '+12125559999', contact_id, 9 from leads where id = $1`,
      [call.lead_id],
    )
    const after = async (disposition: string) => {
      const answer = await say(call.id, { disposition, note: 'later' })
      assert.ok(answer.status < 300, answer.text)
      const { status, not_before } = await leadOf(call)
      const { rows } = await floor.db.owner.query('select phone_index from leads where id = $1', [call.lead_id])
      const seconds = not_before === null ? null : Math.round((Date.parse(not_before) - app.now()) / 1000)
      return [status, seconds, rows[0].phone_index]
    }
    assert.deepEqual(await after('follow_up_required'), ['pending', 900, 1])
    assert.deepEqual(await after('voicemail'), ['pending', 1800, 0], 'a correction takes the number back, too')
    assert.deepEqual(await after('follow_up_required'), ['pending', 900, 1])
    assert.deepEqual(await after('no_answer'), ['failed', null, 0])
    for (const key of ['sale', 'unheard_of']) {
      const body = { disposition_rules: { [key]: { delay_seconds: 1 } } }
      const refused = await app.ask('PATCH', `/api/v1/campaigns/${call.campaign_id}`, { body })
      assert.deepEqual([refused.status, refused.body.errors[0].path], [422, `disposition_rules.${key}`])
      assert.deepEqual(refused.body.allowed, [
        'callback',
        'follow_up_required',
        'voicemail',
        'no_answer',
        'busy',
        'failed',
      ])
    }
    assert.deepEqual((await get(`campaigns/${call.campaign_id}`)).disposition_rules, disposition_rules)
  })

  it('can be categories of the own, built-in ones only renamed and retired', async () => {
    const made = await app.ask('POST', '/api/v1/dispositions', { body: { name: 'Moved away!', final: true } })
    assert.deepEqual([made.status, made.body.key, made.body.final], [201, 'moved_away', true])
    const path = `/api/v1/dispositions/${made.body.id}`
    const again = await app.ask('POST', '/api/v1/dispositions', { body: { name: 'Moved away' } })
    assert.deepEqual([again.status, again.body.errors[0].path], [409, 'key'])
    assert.equal((await app.ask('PATCH', path, { body: { retries: true } })).body.errors[0].path, 'retries')
    assert.equal((await app.ask('PATCH', path, { body: { final: false, retries: true } })).body.retries, true)
    const [sale] = (await get('dispositions')).data
    const built = `/api/v1/dispositions/${sale.id}`
    assert.equal((await app.ask('PATCH', built, { body: { success: false } })).status, 409)
    assert.equal((await app.ask('DELETE', built)).status, 409)
    const retired = await app.ask('PATCH', built, { body: { name: 'Sold', retired: true } })
    assert.deepEqual([retired.body.name, retired.body.retired_at !== null], ['Sold', true])
    const [call] = (await makeCalls(1)) as [Call]
    const refused = await say(call.id, { disposition: 'sale' })
    assert.deepEqual([refused.status, refused.body.allowed.includes('sale')], [422, false])
    await app.ask('PATCH', built, { body: { retired: false } })
    assert.equal((await say(call.id, { disposition: 'moved_away' })).status, 201)
    assert.equal((await app.ask('DELETE', path)).status, 409)
    const other = (await app.ask('POST', '/api/v1/dispositions', { body: { name: 'Never used' } })).body
    assert.equal((await app.ask('DELETE', `/api/v1/dispositions/${other.id}`)).status, 204)
  })

  it('are refused where they make no sense, and change nothing then', async () => {
    const [call] = (await makeCalls(1)) as [Call]
    const lead = await leadOf(call)
    const wrong: [object, string][] = [
      [{ disposition: 'unheard_of' }, 'disposition'],
      [{ disposition: 'callback' }, 'callback_at'],
      [{ disposition: 'callback', callback_at: inFuture(-1000) }, 'callback_at'],
      [{ disposition: 'sale', callback_at: inFuture(hour) }, 'callback_at'],
      [{ disposition: 'follow_up_required', note: ' ' }, 'note'],
    ]
    for (const [body, path] of wrong) {
      const answer = await say(call.id, body)
      assert.deepEqual([answer.status, answer.body.errors?.[0].path], [422, path], answer.text)
    }
    assert.ok((await say(call.id, { disposition: 'x' })).body.allowed.includes('not_interested'))
    const stranger = await makeAgentUser(app)
    const refused = await say(call.id, { disposition: 'sale' }, stranger.key)
    assert.deepEqual([refused.status, refused.body.allowed[1]], [403, 'supervisor'])
    assert.equal((await app.ask('GET', `/api/v1/calls/${call.id}/disposition`)).status, 404)
    assert.deepEqual(await leadOf(call), lead)
  })

  it('complete a lead, and count as contact and success', async () => {
    const calls = await makeCalls(3)
    const [sold, cold, none] = calls as [Call, Call, Call]
    const said = await say(sold.id, { disposition: 'sale', note: 'two of them', fields: { amount: 2 } })
    assert.deepEqual([said.status, said.body.disposition, said.body.fields], [201, 'sale', { amount: 2 }])
    await say(cold.id, { disposition: 'not-interested' })
    await say(none.id, { disposition: 'wrong_number' })
    assert.equal((await leadOf(sold)).status, 'completed')
    const { dispositions } = await get(`campaigns/${sold.campaign_id}/progress`)
    const by_key = { sale: 1, not_interested: 1, wrong_number: 1 }
    assert.deepEqual(dispositions, { total: 3, contacts: 2, successes: 1, by_key })
    const found = await get(`campaigns/${sold.campaign_id}/calls?disposition=sale`)
    assert.deepEqual([found.data.length, found.data[0].disposition], [1, 'sale'])
  })

  it('call a person back at the time promised, in a campaign that was done, once beyond the budget', async () => {
    const [call] = (await makeCalls(1, 2 * minute, { max_attempts: 1 })) as [Call]
    assert.equal((await get(`campaigns/${call.campaign_id}`)).status, 'completed')
    const callback_at = inFuture(hour)
    assert.equal((await say(call.id, { disposition: 'callback', callback_at })).status, 201)
    const lead = await leadOf(call)
    assert.deepEqual([lead.status, lead.due_at, lead.attempts, lead.max_attempts], ['callback', callback_at, 1, 2])
    assert.equal((await get(`campaigns/${call.campaign_id}`)).status, 'active')
    const dials = () => floor.dials().filter(({ number }) => number === call.to_number).length
    assert.equal(dials(), 1)
    await floor.runThroughDueTimes(hour + 10 * minute)
    assert.equal(dials(), 2)
    assert.equal((await leadOf(call)).status, 'completed')
  })

  it('let a lead be tried again within its budget, and not beyond', async () => {
    const [call] = (await makeCalls(1)) as [Call]
    await say(call.id, { disposition: 'voicemail' })
    const lead = await leadOf(call)
    assert.deepEqual([lead.status, lead.attempts, lead.due_at > inFuture(0)], ['pending', 1, true])
    const [spent] = (await makeCalls(1, 2 * minute, { max_attempts: 1 })) as [Call]
    await say(spent.id, { disposition: 'voicemail' })
    assert.equal((await leadOf(spent)).status, 'failed')
    assert.equal((await get(`campaigns/${spent.campaign_id}`)).status, 'completed')
  })

  it('said during the call take effect when it ends', async () => {
    const [call] = (await makeCalls(1, 10_000)) as [Call]
    assert.equal((await leadOf(call)).status, 'calling')
    const callback_at = inFuture(hour)
    await say(call.id, { disposition: 'callback', callback_at })
    await floor.run(2 * minute)
    const lead = await leadOf(call)
    assert.deepEqual([lead.status, lead.due_at], ['callback', callback_at])
  })

  it('block the number at once, everywhere', async () => {
    const [call] = (await makeCalls(1)) as [Call]
    const other = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Other', mode: 'broadcast' } })).body
    const added = await app.ask('POST', `/api/v1/campaigns/${other.id}/leads`, {
      body: { leads: [{ phone: call.to_number }] },
    })
    const said = await say(call.id, { disposition: 'do_not_call' })
    const block = await get(`suppressions/${said.body.suppression_id}`)
    assert.deepEqual([block.number, block.source, block.added_by], [call.to_number, 'customer_request', agent.user_id])
    assert.deepEqual([(await leadOf(call)).status, (await leadOf(call)).held_by], ['do_not_call', 'do_not_call'])
    assert.equal((await get(`leads/${added.body.results[0].lead_id}`)).status, 'do_not_call')
  })

  it('said during the call block it too', async () => {
    const [call] = (await makeCalls(1, 10_000)) as [Call]
    await say(call.id, { disposition: 'do_not_call' })
    assert.equal(await isBlocked(call.to_number), true)
    await floor.run(2 * minute)
    assert.equal((await leadOf(call)).status, 'do_not_call')
  })

  it('are corrected by whoever said them for ten minutes, by a supervisor always, and all of it is kept', async () => {
    const [call] = (await makeCalls(1)) as [Call]
    const first = await say(call.id, { disposition: 'do_not_call' })
    assert.equal(first.body.correctable_until, new Date(app.now() + 10 * minute).toISOString())
    await floor.run(9 * minute)
    const callback_at = inFuture(hour)
    const second = await say(call.id, { disposition: 'callback', callback_at })
    assert.deepEqual([second.status, second.body.suppression_id], [200, null])
    assert.equal(await isBlocked(call.to_number), false)
    assert.deepEqual([(await leadOf(call)).status, (await leadOf(call)).due_at], ['callback', callback_at])
    await say(call.id, { disposition: 'callback', callback_at })
    await floor.run(2 * minute)
    const late = await say(call.id, { disposition: 'sale' })
    assert.deepEqual([late.status, late.body.allowed, late.body.disposition], [409, ['supervisor'], 'callback'])
    assert.equal((await say(call.id, { disposition: 'sale' }, app.key)).status, 200)
    assert.equal((await leadOf(call)).status, 'completed')
    const { changes } = await get(`calls/${call.id}/disposition`)
    assert.deepEqual(
      changes.map((row: Record<string, string>) => [row.step, row.from_disposition, row.disposition, row.by_user_id]),
      [
        [1, null, 'do_not_call', agent.user_id],
        [2, 'do_not_call', 'callback', agent.user_id],
        [3, 'callback', 'sale', app.tenant.user_id],
      ],
    )
  })

  it('corrected take back the try they had granted', async () => {
    const [call] = (await makeCalls(1, 2 * minute, { max_attempts: 1 })) as [Call]
    await say(call.id, { disposition: 'callback', callback_at: inFuture(hour) })
    assert.equal((await leadOf(call)).max_attempts, 2)
    await say(call.id, { disposition: 'voicemail' })
    const lead = await leadOf(call)
    assert.deepEqual([lead.status, lead.max_attempts, lead.due_at], ['failed', 1, null])
  })

  it('corrected leave a block that others made or asked for too', async () => {
    const calls = await makeCalls(3)
    const [before, too, until] = calls as [Call, Call, Call]
    await app.ask('POST', '/api/v1/suppressions', { body: { number: before.to_number } })
    const expires_at = inFuture(24 * hour)
    await app.ask('POST', '/api/v1/suppressions', { body: { number: until.to_number, expires_at } })
    for (const call of calls) await say(call.id, { disposition: 'do_not_call' })
    await app.ask('POST', '/api/v1/suppressions', { body: { number: too.to_number } })
    for (const call of calls) await say(call.id, { disposition: 'voicemail' })
    for (const call of calls) assert.equal(await isBlocked(call.to_number), true, call.to_number)
    assert.equal((await leadOf(before)).status, 'do_not_call')
    const [block] = (await get(`suppressions?number=${encodeURIComponent(until.to_number)}`)).data
    assert.equal(block.expires_at, expires_at)
    assert.deepEqual([(await leadOf(until)).status, (await leadOf(until)).due_at], ['pending', expires_at])
  })

  it('of a call before the last one say nothing of the lead', async () => {
    const [call] = (await makeCalls(1)) as [Call]
    await say(call.id, { disposition: 'callback', callback_at: inFuture(hour) })
    await floor.runThroughDueTimes(hour + 10 * minute)
    const lead = await leadOf(call)
    assert.deepEqual([lead.status, lead.attempts], ['completed', 2])
    assert.equal((await say(call.id, { disposition: 'voicemail' }, app.key)).status, 200)
    assert.equal((await leadOf(call)).status, 'completed')
  })

  it('said by many at once are said once', async () => {
    const [call] = (await makeCalls(1)) as [Call]
    const answers = await Promise.all(Array.from({ length: 6 }, () => say(call.id, { disposition: 'do_not_call' })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 201])
    assert.equal((await get(`calls/${call.id}/disposition`)).changes.length, 1)
    assert.equal((await get(`suppressions?number=${encodeURIComponent(call.to_number)}`)).data.length, 1)
  })

  it("are said by the call's agent where members see their own things only", async () => {
    const calls = await makeCalls(2)
    await floor.db.owner.query(`update workspaces set visibility = 'own'`)
    const [mine, also] = calls as [Call, Call]
    const stranger = await makeAgentUser(app)
    assert.equal((await say(also.id, { disposition: 'sale' }, stranger.key)).status, 404)
    assert.equal((await say(mine.id, { disposition: 'do_not_call' })).status, 201)
    await floor.db.owner.query(`update workspaces set visibility = 'all'`)
    assert.equal((await leadOf(mine)).status, 'do_not_call')
  })
})
