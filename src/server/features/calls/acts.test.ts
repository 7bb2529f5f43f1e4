import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { connectAgent } from '#kit/agent-socket.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import type { Hand } from '#kit/hands.ts'
import { makeAgentUser } from '#kit/talked.ts'
import { startTalk } from '#kit/talks.ts'
import { makeTenant } from '#kit/tenant.ts'
import { inWorkspace } from '#store/tx.ts'

describe('what is done with a call', () => {
  let floor: Floor
  let app: App
  let campaign: string
  before(async () => {
    floor = await openFloor({
      script: { default: [{ do: 'answers', ring_s: 5, talk_s: 7000, weight: 1 }] },
      channels: 200,
    })
    app = await openApp({ floor })
    campaign = await floor.startCampaign({ leads: 0, settings: { max_concurrent_calls: 200 } })
    await floor.db.owner.query('update workspaces set concurrent_calls = 200')
    await floor.db.owner.query('update memberships set concurrent_calls = 200')
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const act = (callId: string, body: object, key?: string) =>
    app.ask('POST', `/api/v1/calls/${callId}/acts`, { body, ...(key && { key }) })
  const rowsOf = async (callId: string) => (await app.ask('GET', `/api/v1/calls/${callId}/acts`)).body.data
  const one = async (sql: string, values: unknown[]) => (await floor.db.owner.query(sql, values)).rows[0]
  const sessionOf = (hand: Hand) => one('select * from agent_sessions where id = $1', [hand.session_id])
  const heard = (callId: string) => floor.overhear().find(({ attempt_id }) => attempt_id === callId)

  /** An agent at a browser who talks with somebody. */
  async function talk() {
    const talk = await startTalk(app, floor, campaign)
    return { ...talk, leg: (await sessionOf(talk)).leg_id as string }
  }

  it('is done by the agent and by supervisors, and heard at the carrier', async () => {
    const t = await talk()
    const sides = () =>
      heard(t.call_id)
        ?.hearing.map(({ listener }) => (listener === t.leg ? 'agent' : listener))
        .sort()
    const supervisor = await app.makeMember(app.tenant, 'supervisor')
    assert.deepEqual(sides(), ['agent', 'customer'])
    const steps: [object, string[]][] = [
      [{ act: 'hold' }, []],
      [{ act: 'resume' }, ['agent', 'customer']],
      [{ act: 'mute' }, ['agent']],
      [{ act: 'unmute' }, ['agent', 'customer']],
      [{ act: 'park' }, []],
      [{ act: 'unpark' }, ['agent', 'customer']],
      [{ act: 'consult', to: '301' }, ['agent', 'third_party']],
      [{ act: 'cancel_consult' }, ['agent', 'customer']],
      [{ act: 'consult', to: '+12125550177' }, ['agent', 'third_party']],
      [{ act: 'three_way' }, ['agent', 'agent', 'customer', 'customer', 'third_party', 'third_party']],
      [{ act: 'dtmf', digits: '4111#' }, ['agent', 'agent', 'customer', 'customer', 'third_party', 'third_party']],
    ]
    for (const [index, [body, expected]] of steps.entries()) {
      const done = await act(t.call_id, body, index % 2 === 0 ? t.key : supervisor.key)
      assert.equal(done.status, 200, `${JSON.stringify(body)}: ${done.text}`)
      assert.deepEqual([done.body.result, done.body.agent_id], ['done', t.agent_id])
      assert.equal(done.body.user_id, index % 2 === 0 ? t.user_id : supervisor.user_id)
      assert.deepEqual(sides(), expected, JSON.stringify(body))
    }
    assert.equal(heard(t.call_id)?.digits, '4111#')
    assert.equal((await sessionOf(t)).state, 'on_call')
    const rows = await rowsOf(t.call_id)
    assert.deepEqual(
      rows.map((row: { act: string; result: string }) => `${row.act} ${row.result}`),
      steps.flatMap(([body]) => ['asked', 'done'].map((result) => `${(body as { act: string }).act} ${result}`)),
    )
    assert.doesNotMatch(JSON.stringify(rows), /4111/)
    assert.deepEqual(rows.at(-1).detail, { tones: 5 })
    assert.equal((await t.act({ act: 'complete_transfer' })).status, 200)
    assert.equal((await sessionOf(t)).state, 'wrap_up')
    assert.deepEqual(heard(t.call_id)?.legs, [])
    const late = await act(t.call_id, { act: 'hold' })
    assert.deepEqual([late.status, late.body.detail], [409, "The call is in nobody's hands."])
  })

  it('is recorded while somebody wants it to be, and not while a card number is read', async () => {
    const t = await talk()
    const steps = [
      ['record_start', 'on'],
      ['record_pause', 'paused'],
      ['record_resume', 'on'],
      ['record_stop', 'off'],
    ] as const
    for (const [name, state] of steps) {
      assert.equal((await t.act({ act: name })).status, 200)
      assert.equal(heard(t.call_id)?.recording, state)
    }
    assert.equal((await t.act({ act: 'record_pause' })).status, 409)
  })

  it('a blind transfer leaves the agent to wrap up at once, a hang-up ends the call', async () => {
    const t = await talk()
    assert.equal((await t.act({ act: 'transfer', to: '205' })).status, 200)
    assert.equal((await sessionOf(t)).state, 'wrap_up')
    assert.equal((await act(t.call_id, { act: 'hang_up' })).status, 200)
    await floor.run(5000)
    assert.equal((await one('select state from calls where id = $1', [t.call_id])).state, 'ended')
    const over = await act(t.call_id, { act: 'hang_up' })
    assert.deepEqual([over.status, over.body.current_status, over.body.detail], [409, 'ended', 'The call is over.'])
  })

  it("is nobody else's: other agents, viewers, other workspaces", async () => {
    const [t, other] = [await talk(), await makeAgentUser(app)]
    const viewer = await app.makeMember(app.tenant, 'viewer')
    const stranger = await app.makeKey(await makeTenant(floor.db.app, floor.clock.now()))
    const statuses = []
    for (const key of [other.key, viewer.key, stranger])
      statuses.push((await act(t.call_id, { act: 'hold' }, key)).status)
    assert.deepEqual(statuses, [403, 403, 404])
    await floor.db.owner.query(`update workspaces set visibility = 'own'`)
    assert.equal((await act(t.call_id, { act: 'hold' }, other.key)).status, 404)
    assert.equal((await t.act({ act: 'hold' })).status, 200)
    await floor.db.owner.query(`update workspaces set visibility = 'all'`)
    assert.equal((await rowsOf(t.call_id)).length, 2)
    assert.equal((await app.ask('GET', `/api/v1/calls/${t.call_id}/acts`, { key: stranger })).status, 404)
  })

  it('is refused in plain words when it does not fit, and then nothing is noted as done', async () => {
    const t = await talk()
    const odd = await Promise.all([
      t.act({ act: 'dance' }),
      t.act({ act: 'dtmf', digits: 'x' }),
      t.act({ act: 'hold', to: '1' }),
    ])
    assert.deepEqual(
      odd.map(({ status }) => status),
      [400, 400, 400],
    )
    assert.deepEqual(await rowsOf(t.call_id), [])
    const early = await t.act({ act: 'three_way' })
    assert.deepEqual([early.status, early.body.detail], [409, 'there is no third party'])
    assert.deepEqual(
      (await rowsOf(t.call_id)).map(({ result }: { result: string }) => result),
      ['asked', 'refused'],
    )
    const suppressed = '+12125550188'
    await app.ask('POST', '/api/v1/suppressions', { body: { number: suppressed, reason: 'asked us not to' } })
    const rules = []
    for (const to of ['911', '112', '+1911', '+19005550123', suppressed, '+1212555']) {
      const refused = await t.act({ act: 'transfer', to })
      assert.equal(refused.status, 422, to)
      rules.push(refused.body.rule)
    }
    const expected = [
      'emergency-number',
      'emergency-number',
      'invalid-number',
      'premium-number',
      'suppressed',
      'invalid-number',
    ]
    assert.deepEqual(rules, expected)
    assert.equal((await sessionOf(t)).state, 'on_call')
  })

  it('counts how long the person was held, until now over', async () => {
    const t = await talk()
    const held = async () => (await app.ask('GET', `/api/v1/calls/${t.call_id}`)).body.hold_ms
    await t.act({ act: 'hold' })
    await floor.run(20_000)
    await t.act({ act: 'resume' })
    await floor.run(10_000)
    assert.equal(await held(), 20_000)
    await t.act({ act: 'park' })
    await floor.run(30_000)
    await t.act({ act: 'hang_up' })
    await floor.run(5000)
    assert.equal(await held(), 50_000)
  })

  it('a parked call waits for its agent over a reload, and is fetched back to the new leg', async () => {
    const t = await talk()
    await t.act({ act: 'park' })
    await (await carrier()).closeLeg(t.leg)
    await floor.run(30_000)
    assert.deepEqual([heard(t.call_id)?.hearing, (await sessionOf(t)).state], [[], 'on_call'])
    assert.equal((await t.act({ act: 'unpark' })).status, 200)
    assert.deepEqual(heard(t.call_id)?.leg_id, (await sessionOf(t)).leg_id)
    assert.notEqual(heard(t.call_id)?.leg_id, t.leg)
  })

  /** Who hears whom, by name. */
  const hearing = (callId: string, names: Record<string, string>) =>
    (heard(callId)?.hearing ?? [])
      .map(({ listener, speaker }) => `${names[listener] ?? listener} < ${names[speaker] ?? speaker}`)
      .sort()
  const legOf = async (userId: string) =>
    one('select * from legs where user_id = $1 order by asked_at desc, id desc limit 1', [userId])

  it('what can be done at all is known beforehand, also to agents', async () => {
    const t = await talk()
    const path = `/api/v1/trunks/${app.tenant.trunk_id}/acts`
    const { acts } = (await app.ask('GET', path, { key: t.key })).body
    for (const act of ['hold', 'unpark', 'voicemail_drop', 'whisper', 'hang_up']) assert.ok(acts.includes(act), act)
    const stranger = await app.makeKey(await makeTenant(app.db.app, app.now()))
    assert.equal((await app.ask('GET', path, { key: stranger })).status, 404)
  })

  it('supervisors join when their line is up, are heard by whom they may be, and leave', async () => {
    const t = await talk()
    const boss = await app.makeMember(app.tenant, 'supervisor')
    const asked = await act(t.call_id, { act: 'listen' }, boss.key)
    assert.deepEqual([asked.status, asked.body.state, asked.body.how], [202, 'opening', 'listen'])
    assert.equal(hearing(t.call_id, {}).length, 2)
    await floor.run(5000)
    const leg = await legOf(boss.user_id)
    assert.deepEqual([leg.state, leg.reached_at, leg.address], ['up', 'browser', boss.user_id])
    const names = { [t.leg]: 'agent', [leg.id]: 'boss' }
    const both = ['agent < customer', 'customer < agent']
    const shown = (await app.ask('GET', `/api/v1/agent-sessions/${t.session_id}`)).body
    const [join] = shown.joins
    assert.deepEqual(
      [shown.campaign.id, join.user_id, join.how, join.state],
      [campaign, boss.user_id, 'listen', 'joined'],
    )
    const listening = ['boss < agent', 'boss < customer']
    assert.deepEqual(hearing(t.call_id, names), [both[0], ...listening, both[1]])
    const whispers = await act(t.call_id, { act: 'whisper' }, boss.key)
    assert.deepEqual([whispers.status, whispers.body.state, whispers.body.id], [200, 'joined', asked.body.id])
    assert.deepEqual(hearing(t.call_id, names), ['agent < boss', both[0], ...listening, both[1]])
    assert.equal((await act(t.call_id, { act: 'barge' }, boss.key)).status, 200)
    assert.ok(hearing(t.call_id, names).includes('customer < boss'))
    assert.equal((await act(t.call_id, { act: 'leave' }, boss.key)).body.reason, 'left')
    assert.deepEqual(hearing(t.call_id, names), both)
    assert.equal((await act(t.call_id, { act: 'leave' }, boss.key)).status, 409)
    const kept = (await rowsOf(t.call_id)).filter(({ result }: { result: string }) => result === 'done')
    assert.deepEqual(
      kept.map((row: { act: string; user_id: string; agent_id: string }) => [row.act, row.user_id === boss.user_id]),
      ['listen', 'whisper', 'barge', 'leave'].map((name) => [name, true]),
    )
    // A line that is in no call is closed after a minute.
    await floor.run(50_000)
    assert.equal((await legOf(boss.user_id)).state, 'up')
    await floor.run(20_000)
    assert.equal((await legOf(boss.user_id)).state, 'down')
  })

  it('a supervisor takes a call over; the agent wraps up, and the call ends with the line that it hangs on', async () => {
    const t = await talk()
    const boss = await app.makeMember(app.tenant, 'supervisor')
    assert.equal((await act(t.call_id, { act: 'take_over', extension: '444' }, boss.key)).status, 202)
    await floor.run(5000)
    const leg = await legOf(boss.user_id)
    assert.deepEqual([leg.reached_at, leg.address], ['extension', '444'])
    assert.deepEqual([heard(t.call_id)?.legs, (await sessionOf(t)).state], [[leg.id], 'wrap_up'])
    assert.equal((await t.act({ act: 'hold' })).status, 403)
    for (const name of ['hold', 'resume', 'park', 'unpark', 'mute']) {
      assert.equal((await act(t.call_id, { act: name }, boss.key)).status, 200, name)
    }
    assert.equal((await act(t.call_id, { act: 'leave' }, boss.key)).status, 409)
    assert.equal((await act(t.call_id, { act: 'listen' }, boss.key)).status, 409)
    await (await carrier()).closeLeg(leg.id)
    await floor.run(5000)
    assert.equal((await one('select state from calls where id = $1', [t.call_id])).state, 'ended')
    assert.equal((await rowsOf(t.call_id)).at(-1).act, 'leave')
  })

  it('nobody joins twice, as an agent, another call, or where nobody may be rung; a line that rings out joins nothing', async () => {
    const [t, other] = [await talk(), await talk()]
    const boss = await app.makeMember(app.tenant, 'supervisor')
    assert.equal((await t.act({ act: 'listen' })).status, 403)
    assert.equal((await t.act({ act: 'leave' })).status, 403)
    assert.equal(
      (await act(t.call_id, { act: 'listen', number: '+19005550123' }, boss.key)).body.rule,
      'premium-number',
    )
    assert.equal(
      (await act(t.call_id, { act: 'listen', number: '+12125550123', extension: '1' }, boss.key)).status,
      400,
    )
    const asked = await act(t.call_id, { act: 'barge', extension: '555' }, boss.key)
    assert.equal((await act(other.call_id, { act: 'listen' }, boss.key)).status, 409)
    const again = await act(t.call_id, { act: 'listen', extension: '555' }, boss.key)
    assert.deepEqual([again.status, again.body.id, again.body.how], [202, asked.body.id, 'listen'])
    await (await carrier()).closeLeg((await legOf(boss.user_id)).id)
    await floor.run(5000)
    const { rows } = await floor.db.owner.query('select state from call_joins where call_id = $1', [t.call_id])
    assert.deepEqual([rows, heard(t.call_id)?.legs], [[{ state: 'over' }], [t.leg]])
    await t.act({ act: 'hang_up' })
    await floor.run(5000)
    assert.equal((await act(t.call_id, { act: 'listen' }, boss.key)).status, 409)
  })

  it('an agent leaves a recorded message and is free to write down the call at once', async () => {
    const body = { name: 'Call us back', message: 'call-back', duration_seconds: 8 }
    const drop = (await app.ask('POST', '/api/v1/voicemail-drops', { body })).body
    assert.equal((await app.ask('POST', '/api/v1/voicemail-drops', { body })).status, 409)
    const t = await talk()
    const unknown = await t.act({ act: 'voicemail_drop', voicemail_drop_id: t.call_id })
    assert.deepEqual([unknown.status, unknown.body.errors[0].path], [422, 'voicemail_drop_id'])
    const done = await t.act({ act: 'voicemail_drop', voicemail_drop_id: drop.id })
    assert.deepEqual([done.status, done.body.detail.message], [200, 'call-back'])
    assert.deepEqual([heard(t.call_id)?.legs, (await sessionOf(t)).state], [[], 'wrap_up'])
    await floor.run(10_000)
    assert.equal((await one('select state from calls where id = $1', [t.call_id])).state, 'ended')
    const path = `/api/v1/voicemail-drops/${drop.id}`
    assert.equal((await app.ask('GET', path)).body.usage_count, 1)
    const changed = await app.ask('PATCH', path, { body: { duration_seconds: null, name: 'Ring back' } })
    assert.deepEqual(
      [changed.body.name, changed.body.duration_seconds, changed.body.message],
      ['Ring back', null, 'call-back'],
    )
    assert.equal((await app.ask('DELETE', path)).status, 204)
    assert.equal((await app.ask('GET', path)).status, 404)
  })

  it("is done by the agent's socket, too, by the connection that shows the call", async () => {
    const t = await talk()
    const client = await connectAgent(app.url, { key: t.key })
    const first = await client.hears('state')
    assert.deepEqual([first.session.leg.state, first.session.call_id], ['up', t.call_id])
    client.send({ type: 'act', ref: 'a', do: { act: 'hold' } })
    assert.equal((await client.hears('done')).ref, 'a')
    assert.deepEqual(heard(t.call_id)?.hearing, [])
    client.send({ type: 'act', ref: 'b', do: { act: 'three_way' } })
    const refused = await client.hears('refused')
    assert.deepEqual([refused.ref, refused.detail], ['b', 'there is no third party'])
    client.send({ type: 'act', do: { act: 'dance' } })
    await client.hears('error')
    const second = await connectAgent(app.url, { key: t.key })
    await second.hears('state')
    client.send({ type: 'act', ref: 'c', do: { act: 'resume' } })
    await client.next((frame) => frame.type === 'not_owner' && frame.ref === 'c')
    second.send({ type: 'act', ref: 'd', do: { act: 'transfer', to: '205' } })
    const wrapping = await second.next(({ type, session }) => type === 'state' && session.state === 'wrap_up')
    assert.equal(wrapping.session.call_id, t.call_id)
    assert.equal((await second.hears('done')).ref, 'd')
    await Promise.all([client.close(), second.close()])
  })

  it('is kept for good', async () => {
    for (const sql of ['update call_acts set act = $1', 'delete from call_acts where act = $1']) {
      await assert.rejects(
        inWorkspace(floor.db.app, floor.tenant, (tx) => tx.query(sql, ['hold'])),
        /permission denied/,
      )
    }
  })

  it('in whatever order: no call bridged without an agent, no agent in two calls, and every act that was done is kept', async () => {
    const wish = fc.oneof(
      fc.constantFrom(
        ...[
          'hold',
          'resume',
          'mute',
          'unmute',
          'park',
          'unpark',
          'three_way',
          'cancel_consult',
          'complete_transfer',
        ].map((name) => ({ act: name })),
      ),
      fc.constantFrom({ act: 'consult', to: '301' }, { act: 'transfer', to: '302' }, { act: 'dtmf', digits: '12' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 12 }), async (wishes) => {
        const t = await talk()
        let done = 0
        for (const body of wishes) {
          const answer = await t.act(body)
          assert.ok([200, 403, 409].includes(answer.status), answer.text)
          if (answer.status === 200) done += 1
          const { state } = await sessionOf(t)
          const legs = heard(t.call_id)?.legs ?? []
          assert.ok(legs.length === 0 || (legs.length === 1 && state === 'on_call'), `${state} ${legs}`)
          assert.equal(floor.overhear().filter((call) => call.legs.includes(t.leg)).length, legs.length)
        }
        const rows = await rowsOf(t.call_id)
        assert.equal(rows.filter(({ result }: { result: string }) => result === 'done').length, done)
        await act(t.call_id, { act: 'hang_up' })
        await floor.run(1000)
      }),
      { numRuns: 8 },
    )
  })

  const carrier = async () => {
    const opened = await floor.engine.carrierOf(floor.tenant.workspace_id, floor.tenant.trunk_id)
    if ('missing' in opened) assert.fail(opened.missing)
    return opened
  }
})
