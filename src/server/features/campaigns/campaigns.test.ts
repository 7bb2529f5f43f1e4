import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { importOver } from '#kit/http-imports.ts'
import { numbersFrom } from '#kit/tenant.ts'
import { openRemoteLine } from '#telephony/simulator/remote.ts'

const minute = 60_000

describe('campaigns over HTTP', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    floor = await openFloor({ channels: 4 })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  beforeEach(async () => {
    await app.ask('POST', '/api/v1/stop-all')
  })

  async function make(leads: number, settings: object = {}) {
    const { id } = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Calls', ...settings } })).body
    const phones = numbersFrom(used, leads)
    used += leads
    if (leads > 0) {
      const body = { leads: phones.map((phone) => ({ phone })) }
      assert.equal((await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body })).body.added, leads)
    }
    return { id: id as string, phones }
  }
  const act = (id: string, name: string) => app.ask('POST', `/api/v1/campaigns/${id}/${name}`)
  const progressOf = async (id: string) => (await app.ask('GET', `/api/v1/campaigns/${id}/progress`)).body
  const dialsOf = (phones: string[]) => floor.dials().filter((dial) => phones.includes(dial.number)).length

  it('keep to an abandon cap that the law allows', async () => {
    const { id } = await make(0, { mode: 'predictive' })
    const change = (abandon_cap_percent: number) =>
      app.ask('PATCH', `/api/v1/campaigns/${id}`, { body: { abandon_cap_percent } })
    const read = async () => (await app.ask('GET', `/api/v1/campaigns/${id}`)).body.abandon_cap_percent
    assert.equal(await read(), 3)
    assert.deepEqual([(await change(1.25)).status, await read()], [200, 1.25])
    for (const wrong of [0.4, 3.01, 1.234]) assert.equal((await change(wrong)).status, 400)
    const listed = (await app.ask('GET', '/api/v1/campaigns?mode=predictive')).body.data
    assert.deepEqual(
      listed.map((each: { abandon_cap_percent: number }) => each.abandon_cap_percent),
      [1.25],
    )
  })

  it('say what is done with machines: by default only voices ask who answers', async () => {
    for (const mode of ['manual', 'predictive', 'ai', 'broadcast']) {
      const { detects_machines, on_machine, on_detection } = (
        await app.ask('POST', '/api/v1/campaigns', {
          body: { name: mode, mode },
        })
      ).body
      const by_default = { detects_machines: mode === 'ai' || mode === 'broadcast', on_machine: 'hang_up' }
      assert.deepEqual({ detects_machines, on_machine, on_detection }, { ...by_default, on_detection: {} })
    }
    const detects = async (id: string, body: object) =>
      (await app.ask('PATCH', `/api/v1/campaigns/${id}`, { body })).body.detects_machines
    const fresh = await make(0, { mode: 'broadcast' })
    const turns = [{ mode: 'predictive' }, { mode: 'ai' }, { detects_machines: false }, { mode: 'broadcast' }]
    const became = []
    for (const turn of turns) became.push(await detects(fresh.id, turn))
    assert.deepEqual(became, [false, true, false, false], 'follows the mode until it is said')
    const { id } = await make(0, { mode: 'progressive', detects_machines: true })
    const change = (body: object) => app.ask('PATCH', `/api/v1/campaigns/${id}`, { body })
    const makeDrop = async (body: object) => (await app.ask('POST', '/api/v1/voicemail-drops', { body })).body.id
    const [silent, drop] = [await makeDrop({ name: 'Silent' }), await makeDrop({ name: 'Ours', message: 'ours' })]
    for (const [body, said] of [
      [{ on_machine: 'leave_message' }, /is needed to leave a message/],
      [{ on_detection: { screened: 'leave_message' } }, /is needed to leave a message/],
      [{ voicemail_drop_id: id }, /names no voicemail drop/],
      [{ on_machine: 'leave_message', voicemail_drop_id: silent }, /without audio/],
    ] as const) {
      const refused = await change(body)
      assert.deepEqual([refused.status, refused.body.errors[0].path], [422, 'voicemail_drop_id'])
      assert.match(refused.body.errors[0].message, said)
    }
    for (const body of [
      { on_machine: 'talk' },
      { on_detection: { fax: 'leave_message' } },
      { on_detection: { human: 'hang_up' } },
    ])
      assert.equal((await change(body)).status, 400)
    const changed = await change({
      on_machine: 'leave_message',
      voicemail_drop_id: drop,
      on_detection: { fax: 'connect' },
    })
    assert.deepEqual(
      [changed.status, changed.body.voicemail_drop_id, changed.body.on_detection],
      [200, drop, { fax: 'connect' }],
    )
    assert.equal((await app.ask('DELETE', `/api/v1/voicemail-drops/${drop}`)).status, 409)
    assert.equal((await change({ voicemail_drop_id: null })).status, 422)
    assert.equal((await change({ on_machine: 'hang_up', voicemail_drop_id: null })).status, 200)
    assert.equal((await app.ask('DELETE', `/api/v1/voicemail-drops/${drop}`)).status, 204)
  })

  it('call their leads, and their progress is a recount', async () => {
    const { id, phones } = await make(10)
    assert.equal((await act(id, 'start')).body.status, 'active')
    await floor.run(5 * minute)
    const progress = await progressOf(id)
    assert.equal(dialsOf(phones), 10)
    assert.equal(progress.status, 'completed')
    assert.deepEqual(progress.leads, { total: 10, by_status: { completed: 10 } })
    assert.equal(progress.done_percent, 100)
    assert.deepEqual(progress.by_outcome, { human: 10 })
    const { dialed, answered, in_flight } = progress.attempts
    assert.deepEqual({ dialed, answered, in_flight }, { dialed: 10, answered: 10, in_flight: 0 })
    const calls = (await app.ask('GET', `/api/v1/campaigns/${id}/calls?limit=1000`)).body.data
    assert.equal(calls.length, 10)
    const events = (await app.ask('GET', `/api/v1/calls/${calls[0].id}/events`)).body.data
    const kinds = events.map((event: { kind: string }) => event.kind)
    assert.deepEqual([kinds[0], kinds.at(-1)], ['initiated', 'ended'])
    const attempt = (await app.ask('GET', `/api/v1/attempts/${calls[0].id}`)).body
    assert.equal(attempt.verdict.verdict.answer, 'now')
  })

  it('dial nobody after a pause was answered, and go on after it', async () => {
    const { id, phones } = await make(12)
    await act(id, 'start')
    await floor.run(10_000)
    assert.ok(dialsOf(phones) > 0 && dialsOf(phones) < 12)
    const reason = { body: { reason: 'lunch' } }
    const paused = await app.ask('POST', `/api/v1/campaigns/${id}/pause`, reason)
    assert.deepEqual([paused.body.status, paused.body.status_reason], ['paused', 'lunch'])
    const before = dialsOf(phones)
    await floor.run(5 * minute)
    assert.equal(dialsOf(phones), before)
    assert.equal((await progressOf(id)).diagnosis.code, 'paused')
    await act(id, 'resume')
    await floor.run(5 * minute)
    assert.equal(dialsOf(phones), 12)
  })

  it('make a few calls and pause, when their start says so', async () => {
    const { id, phones } = await make(6, { completes: 'by_hand' })
    const start = (body: object) => app.ask('POST', `/api/v1/campaigns/${id}/start`, { body })
    assert.equal((await start({ limit: 0 })).status, 400)
    const started = await start({ limit: 2, reason: 'a try' })
    assert.deepEqual([started.body.status, started.body.status_reason, started.body.run_limit], ['active', 'a try', 2])
    await floor.dialer.idle()
    assert.equal((await progressOf(id)).diagnosis.code, 'run')
    await floor.run(minute)
    const paused = (await app.ask('GET', `/api/v1/campaigns/${id}`)).body
    assert.deepEqual([paused.status, paused.status_reason], ['paused', "this run's 2 calls were made"])
    assert.equal(dialsOf(phones), 2)
    assert.equal((await app.ask('POST', `/api/v1/campaigns/${id}/resume`, { body: { limit: 2 } })).status, 400)
    assert.equal((await act(id, 'resume')).body.run_limit, null)
    await floor.run(2 * minute)
    assert.equal(dialsOf(phones), 6)
  })

  it('all stop at once', async () => {
    const one = await make(8)
    const two = await make(8)
    await act(one.id, 'start')
    await act(two.id, 'start')
    const stopped = performance.now()
    assert.deepEqual((await app.ask('POST', '/api/v1/stop-all')).body, { paused: 2 })
    assert.ok(performance.now() - stopped < 1000)
    const before = floor.dials().length
    await floor.run(3 * minute)
    assert.equal(floor.dials().length, before)
  })

  it('refuse an act that their status does not take', async () => {
    const { id } = await make(1)
    const answer = await act(id, 'pause')
    assert.equal(answer.status, 409)
    assert.equal(answer.body.current_status, 'draft')
    assert.deepEqual(answer.body.allowed, ['scheduled', 'active', 'cancelled', 'archived'])
    assert.equal((await act(id, 'cancel')).body.status, 'cancelled')
    for (const name of ['start', 'resume', 'pause', 'stop', 'cancel']) assert.equal((await act(id, name)).status, 409)
    assert.equal((await app.ask('PATCH', `/api/v1/campaigns/${id}`, { body: { name: 'x' } })).status, 409)
    assert.equal((await act(id, 'archive')).body.status, 'archived')
  })

  it('wait for their start date', async () => {
    const { id } = await make(1, { start_date: '2027-01-01' })
    assert.equal((await act(id, 'start')).body.status, 'scheduled')
    assert.equal((await act(id, 'cancel')).body.status, 'cancelled')
  })

  it('do not start where people gave no consent, and do once a basis is declared', async () => {
    await floor.db.owner.query('update workspaces set consent_declaration = null')
    const { id } = await make(3)
    const refused = await act(id, 'start')
    assert.equal(refused.status, 409)
    assert.deepEqual([refused.body.count, refused.body.setting], [3, 'consent_declaration'])
    const declaration = { consent_declaration: { basis: 'written', text: 'Everybody on our lists signed.' } }
    const path = `/api/v1/workspaces/${app.tenant.workspace_id}`
    assert.equal(
      (await app.ask('PATCH', path, { body: declaration })).body.consent_declaration.declared_by,
      app.tenant.user_id,
    )
    assert.equal((await act(id, 'start')).status, 200)
    assert.deepEqual((await progressOf(id)).leads.by_status.skipped, undefined)
  })

  it('judge their leads anew when their hours change', async () => {
    const { id } = await make(2, { window_start: '22:00', window_end: '23:00' })
    assert.equal((await progressOf(id)).leads.by_status.skipped, 2)
    await app.ask('PATCH', `/api/v1/campaigns/${id}`, { body: { window_start: '09:00', window_end: '18:00' } })
    assert.equal((await progressOf(id)).due_now, 2)
  })

  it('call nobody whose number was suppressed meanwhile, until that is taken back', async () => {
    const { id, phones } = await make(2)
    const blocked = await app.ask('POST', '/api/v1/suppressions', { body: { number: phones[0], reason: 'asked' } })
    assert.equal(blocked.status, 201)
    assert.equal((await app.ask('POST', '/api/v1/suppressions', { body: { number: phones[0] } })).status, 200)
    assert.deepEqual((await progressOf(id)).skipped_by_reason, { do_not_call: 1 })
    await act(id, 'start')
    await floor.run(2 * minute)
    assert.equal(dialsOf(phones), 1)
    const removed = await app.ask('POST', `/api/v1/suppressions/${blocked.body.id}/remove`, {
      body: { reason: 'mistake' },
    })
    assert.equal(removed.body.removed_by, app.tenant.user_id)
    await act(id, 'start')
    await floor.run(2 * minute)
    assert.equal(dialsOf(phones), 2)
  })

  describe('that completed', () => {
    const statusOf = async (id: string) => (await app.ask('GET', `/api/v1/campaigns/${id}`)).body.status
    const add = (id: string, phones: string[]) =>
      app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body: { leads: phones.map((phone) => ({ phone })) } })
    const unused = (count: number) => {
      used += count
      return numbersFrom(used - count, count)
    }
    async function finish(settings: object = {}) {
      const made = await make(1, settings)
      await act(made.id, 'start')
      await floor.run(3 * minute)
      if ((await statusOf(made.id)) === 'active') await act(made.id, 'stop')
      assert.equal(await statusOf(made.id), 'completed')
      return made
    }

    it('go on when leads are added, are announced, and complete again', async () => {
      const { id } = await finish()
      const phones = unused(2)
      assert.equal((await add(id, phones)).body.added, 2)
      const campaign = (await app.ask('GET', `/api/v1/campaigns/${id}`)).body
      assert.deepEqual(
        [campaign.status, campaign.status_reason, campaign.completed_at],
        ['active', 'leads were added', null],
      )
      await floor.run(3 * minute)
      assert.equal(dialsOf(phones), 2)
      const { rows } = await floor.db.owner.query(
        `select data ->> 'status' as status from live_events where type = 'campaign.updated' and data ->> 'campaign_id' = $1
         order by seq`,
        [id],
      )
      assert.deepEqual(
        rows.map((row) => row.status),
        ['active', 'completed', 'active', 'completed'],
      )
    })

    it('go on when a list is imported into them', async () => {
      const { id } = await finish()
      const phones = unused(2)
      const job = await importOver(app, `phone\n${phones.join('\n')}\n`, { campaign_id: id })
      assert.equal(job.imported_rows, 2)
      assert.equal(await statusOf(id), 'active')
      await floor.run(3 * minute)
      assert.equal(dialsOf(phones), 2)
      assert.equal(await statusOf(id), 'completed')
    })

    it('stay so past their last day, by another rule of completion, and where nobody new came', async () => {
      const over = await finish()
      await app.ask('PATCH', `/api/v1/campaigns/${over.id}`, { body: { end_date: '2026-03-03' } })
      const byHand = await finish({ completes: 'by_hand' })
      for (const { id } of [over, byHand]) {
        assert.equal((await add(id, unused(1))).body.added, 1)
        const list = `phone\n${unused(1)[0]}\n`
        assert.equal((await importOver(app, list, { campaign_id: id })).imported_rows, 1)
        assert.equal(await statusOf(id), 'completed')
      }
      const { id, phones } = await finish()
      assert.equal((await add(id, phones)).body.duplicates, 1)
      assert.equal((await importOver(app, `phone\n${phones[0]}\n`, { campaign_id: id })).duplicate_rows, 1)
      const [blocked = ''] = unused(1)
      await app.ask('POST', '/api/v1/suppressions', { body: { number: blocked, reason: 'asked' } })
      assert.equal((await add(id, [blocked])).body.added, 1)
      assert.equal(await statusOf(id), 'completed')
    })
  })

  it('keep a code to one campaign', async () => {
    await make(0, { code: 'A-1' })
    const answer = await app.ask('POST', '/api/v1/campaigns', { body: { name: 'x', code: 'A-1' } })
    assert.equal(answer.body.type, '/problems/already-exists')
  })

  it('show what is in use of each limit', async () => {
    const { id } = await make(6)
    await act(id, 'start')
    await floor.run(10_000)
    const { workspace, users, trunks, campaigns } = (await app.ask('GET', '/api/v1/limits')).body
    assert.equal(trunks[0].in_use, 4)
    assert.equal(trunks[0].free, 0)
    assert.deepEqual([workspace.in_use, users[0].in_use], [4, 4])
    assert.equal(campaigns.find((campaign: { id: string }) => campaign.id === id).in_use, 4)
    assert.equal((await progressOf(id)).diagnosis.code, 'trunk_channels')
  })

  it('rest with their trunk while its carrier is away, and lose nothing by it', async () => {
    await floor.run(minute)
    const { carrierOf } = floor.engine
    const nobody = createServer().listen(0, '127.0.0.1')
    await once(nobody, 'listening')
    const url = `http://127.0.0.1:${(nobody.address() as AddressInfo).port}`
    nobody.close()
    await once(nobody, 'close')
    floor.engine.carrierOf = async (workspace_id, id) => {
      const trunk = { id, workspace_id, provider: 'simulated', speed: null, settings: {}, secret: null }
      return openRemoteLine(trunk, { url, default_speed: 1, callback_url: url, secret: 'between-us-and-them' })
    }
    const { id, phones } = await make(3)
    await act(id, 'start')
    await floor.run(4_000)
    const { diagnosis, leads, attempts } = await progressOf(id)
    assert.equal(diagnosis.code, 'trunk_blocked')
    assert.match(diagnosis.sentence, /^The trunk rests for 1 s, .*ECONNREFUSED/)
    assert.deepEqual([leads.by_status, attempts.dropped], [{ pending: 3 }, 3])
    const { rows } = await floor.db.owner.query(
      'select distinct attempts, carrier_faults from leads where campaign_id = $1',
      [id],
    )
    assert.deepEqual(rows, [{ attempts: 0, carrier_faults: 0 }])
    floor.engine.carrierOf = carrierOf
    await floor.run(2 * minute)
    assert.equal(dialsOf(phones), 3)
  })
})
