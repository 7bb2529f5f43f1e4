import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant, type Tenant } from '#kit/tenant.ts'
import { createCarriers } from '#server/carriers.ts'
import { openSecretBox } from '#store/secrets.ts'

const token = 'f'.repeat(32)
const account_sid = `AC${'a'.repeat(32)}`
const publicUrl = 'https://calls.example.com'
const callSid = (n: number) => `CA${String(n).padStart(32, '0')}`

describe("Twilio's callbacks at the older system's addresses", () => {
  let floor: Floor
  let app: App
  let trunk: string
  before(async () => {
    // Nobody picks up while the tests are on: what happens to the calls is told by the callbacks alone.
    floor = await openFloor({ script: { default: [{ do: 'answers', ring_s: 20, talk_s: 30, weight: 1 }] } })
    app = await openApp({ floor, settings: { OUTDIAL_PUBLIC_URL: publicUrl } })
    trunk = await makeTwilioTrunk()
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const account = (sid = account_sid, secret = token) => {
    return { name: 'Twilio', provider: 'twilio', settings: { account_sid: sid }, secret }
  }
  async function makeTwilioTrunk(key = app.key, body: object = account()): Promise<string> {
    const made = await app.ask('POST', '/api/v1/trunks', { key, body })
    assert.equal(made.status, 201, made.text)
    return made.body.id
  }

  interface Post {
    query?: string
    secret?: string
    signature?: string | null
    type?: string
  }
  function post(kind: string, fields: Record<string, string>, options: Post = {}) {
    const { query = '', secret = token, type = 'application/x-www-form-urlencoded' } = options
    const form: Record<string, string> = { AccountSid: account_sid, ...fields }
    const path = `/twilio/${kind}${query}`
    const signed = Object.keys(form)
      .sort()
      .reduce((text, name) => text + name + form[name], publicUrl + path)
    const { signature = createHmac('sha1', secret).update(signed).digest('base64') } = options
    const headers = { 'content-type': type, ...(signature === null ? {} : { 'x-twilio-signature': signature }) }
    return app.ask('POST', path, { key: null, body: `${new URLSearchParams(form)}`, headers })
  }

  /** A call of the workspace that its carrier knows by this id, over the trunk of the account. */
  async function makeCall(
    sid: string,
    settings: object = {},
    person: object = {},
  ): Promise<{ id: string; campaign_id: string; contact_id: string }> {
    const script = 'Hello {{ first_name }}, this is about {{ plan | downcase }}.{{ unknown_field }}'
    const campaign = (
      await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Twilio', mode: 'broadcast', script, ...settings } })
    ).body
    const lead = {
      phone: `+1212555${sid.slice(-4)}`,
      full_name: 'Ann Lee',
      metadata: { plan: 'GOLD & <b>more</b>' },
      ...person,
    }
    const added = await app.ask('POST', `/api/v1/campaigns/${campaign.id}/leads`, { body: { leads: [lead] } })
    assert.equal(added.status, 201, added.text)
    await app.ask('POST', `/api/v1/campaigns/${campaign.id}/start`)
    await floor.run(1_000)
    const { rows } = await floor.db.owner.query(
      'update calls set trunk_id = $2, provider_call_id = $3 where campaign_id = $1 returning id, campaign_id, contact_id',
      [campaign.id, trunk, sid],
    )
    assert.equal(rows.length, 1)
    return rows[0]
  }
  const stored = async () => (await floor.db.owner.query('select count(*)::int as n from event_inbox')).rows[0].n
  const callOf = async (id: string) => (await app.ask('GET', `/api/v1/calls/${id}`)).body

  it('move a call on and keep its recording, in whatever order and however often they come', async () => {
    const { id, campaign_id } = await makeCall(callSid(101))
    const CallSid = callSid(101)
    const at = (seconds: number) => new Date(floor.clock.now() + seconds * 1000).toUTCString()
    const told: [string, Record<string, string>][] = [
      ['call-status', { CallSid, CallStatus: 'ringing', Timestamp: at(1), SequenceNumber: '1' }],
      ['call-status', { CallSid, CallStatus: 'completed', CallDuration: '20', Timestamp: at(25), SequenceNumber: '3' }],
      [
        'recording-complete',
        {
          CallSid,
          RecordingUrl: 'https://api.example.com/RE1',
          RecordingSid: 'RE1',
          RecordingStatus: 'completed',
          RecordingDuration: '19',
        },
      ],
      ['call-status', { CallSid, CallStatus: 'in-progress', Timestamp: at(5), SequenceNumber: '2' }],
      ['call-status', { CallSid, AnsweredBy: 'human', MachineDetectionDuration: '900' }],
    ]
    for (const [kind, fields] of [...told, ...told.toReversed()]) assert.equal((await post(kind, fields)).status, 204)
    await floor.run(2_000)
    const call = await callOf(id)
    assert.deepEqual(
      [call.state, call.outcome, call.duration_seconds, call.recording_url],
      ['ended', 'human', 20, 'https://api.example.com/RE1'],
    )
    const shown = (await app.ask('GET', `/api/campaigns/${campaign_id}/calls`)).body.data
    assert.deepEqual(
      [shown[0].result, shown[0].duration, shown[0].recordingUrl],
      ['completed', 20, 'https://api.example.com/RE1'],
    )
    const events = (await app.ask('GET', `/api/v1/calls/${id}/events`)).body.data
    const kinds = events.map(({ kind }: { kind: string }) => kind).sort()
    assert.deepEqual(kinds, ['answered', 'detected', 'ended', 'initiated', 'recorded', 'ringing'])
  })

  it('fail closed: 200 and more changed ones are refused, and nothing is touched', async () => {
    const { id } = await makeCall(callSid(102))
    const before = [await stored(), (await callOf(id)).state]
    const fields = { CallSid: callSid(102), CallStatus: 'completed' }
    const signature = createHmac('sha1', token).update('x').digest('base64')
    const wrong: Post[] = [
      { signature: null },
      { signature: '' },
      { signature },
      { secret: 'e'.repeat(32) },
      { type: 'application/json' },
    ]
    for (const options of wrong)
      assert.equal((await post('call-status', fields, options)).status, 403, JSON.stringify(options))
    const good = createHmac('sha1', token)
      .update(`${publicUrl}/twilio/call-statusAccountSid${account_sid}CallSid${callSid(102)}CallStatuscompleted`)
      .digest('base64')
    const mutants = Array.from({ length: 210 }, (_, n): Record<string, string> => {
      if (n % 3 === 0) return { ...fields, [`Extra${n}`]: '1' }
      if (n % 3 === 1) return { ...fields, CallSid: callSid(1000 + n) }
      return { ...fields, CallStatus: `completed${n}` }
    })
    const answers = await Promise.all(mutants.map((mutant) => post('call-status', mutant, { signature: good })))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [403])
    assert.equal((await post('call-status', { ...fields, AccountSid: `AC${'9'.repeat(32)}` })).status, 403)
    assert.equal((await app.ask('GET', '/twilio/call-status', { key: null })).status, 404)
    assert.deepEqual([await stored(), (await callOf(id)).state], before)
    assert.equal((await post('call-status', fields, { signature: good })).status, 204, 'the one that nobody changed')
  })

  it('are answered with the consent line, the script for the person, and a goodbye', async () => {
    const { id } = await makeCall(callSid(103))
    const answer = await post('outbound-call-handler', { CallSid: callSid(103), CallStatus: 'in-progress' })
    assert.equal(answer.status, 200, answer.text)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/xml/)
    assert.equal(
      answer.text,
      '<?xml version="1.0" encoding="UTF-8"?><Response><Say>This call may be recorded.</Say>' +
        '<Say>Hello Ann, this is about gold &amp; &lt;b&gt;more&lt;/b&gt;.</Say><Say>Goodbye.</Say><Hangup/></Response>',
    )
    await floor.run(1_000)
    assert.equal((await callOf(id)).state, 'answered', 'that it was answered is kept, too')
  })

  it("put the person through to the campaign's agent, with what the campaign says first", async () => {
    const agent = { name: 'Outside', reached_at: 'outside', phone_number: '+12125550177' }
    const { id } = (await app.ask('POST', '/api/v1/agents', { body: agent })).body
    await makeCall(callSid(104), { agent_ids: [id], consent_line: 'We record & listen.', script: 'Hi {{ first_name' })
    const answer = await post('outbound-call-handler', { CallSid: callSid(104) })
    assert.match(answer.text, /<Response><Say>We record &amp; listen\.<\/Say><Dial>\+12125550177<\/Dial><\/Response>$/)
  })

  it('speak the first step of a script that has steps', async () => {
    const steps = [
      { key: 'open', text: 'Good day {{ full_name }}.', branches: [{ label: 'yes', goes_to: 'end' }] },
      { key: 'end', text: 'Thank you.' },
    ]
    const script = await app.ask('POST', '/api/v1/scripts', { body: { name: 'Steps', steps } })
    assert.equal(script.status, 201, script.text)
    await makeCall(callSid(107), { script_id: script.body.id, consent_line: '' })
    const answer = await post('outbound-call-handler', { CallSid: callSid(107) })
    assert.match(answer.text, /<Response><Say>Good day Ann Lee\.<\/Say><Say>Goodbye\.<\/Say><Hangup\/><\/Response>$/)
  })

  it('find the person by the address where the call is not ours, in the same workspace only', async () => {
    const { campaign_id, contact_id } = await makeCall(callSid(105), { consent_line: '' })
    const CallSid = callSid(999)
    const query = `?campaignId=${campaign_id}&contactId=${contact_id}`
    const found = await post('outbound-call-handler', { CallSid }, { query })
    assert.match(found.text, /<Response><Say>Hello Ann, /)
    assert.equal((await post('outbound-call-handler', { CallSid })).status, 404)
    assert.equal(
      (await post('outbound-call-handler', { CallSid }, { query: `?campaignId=x&contactId=${contact_id}` })).status,
      404,
    )
    const other = await otherWorkspace(`AC${'b'.repeat(32)}`)
    const stranger = await post(
      'outbound-call-handler',
      { CallSid, AccountSid: `AC${'b'.repeat(32)}` },
      { query, secret: other.secret },
    )
    assert.equal(stranger.status, 404)
  })

  async function otherWorkspace(sid: string, secret = 'c'.repeat(32)): Promise<{ tenant: Tenant; secret: string }> {
    const tenant = await makeTenant(floor.db.app, app.now())
    await makeTwilioTrunk(await app.makeKey(tenant), account(sid, secret))
    return { tenant, secret }
  }

  it('reach the workspace that knows the call, where several have the account', async () => {
    const { tenant } = await otherWorkspace(account_sid, token)
    const { id } = await makeCall(callSid(106))
    assert.equal((await post('call-status', { CallSid: callSid(106), CallStatus: 'ringing' })).status, 204)
    const inbox = await floor.db.owner.query('select workspace_id from event_inbox where provider_call_id = $1', [
      callSid(106),
    ])
    assert.ok(inbox.rows.every(({ workspace_id }) => workspace_id === app.tenant.workspace_id))
    await floor.run(1_000)
    assert.equal((await callOf(id)).state, 'ringing')
    assert.equal(
      (await post('call-status', { CallSid: callSid(777), CallStatus: 'ringing' })).status,
      404,
      'whose it is nobody can tell',
    )
    const theirs = await floor.db.owner.query('select count(*)::int as n from event_inbox where workspace_id = $1', [
      tenant.workspace_id,
    ])
    assert.equal(theirs.rows[0].n, 0)
  })

  it('need a trunk that names its account and has its token, and that leaves one call a second at first', async () => {
    const wanted = { name: 'T', provider: 'twilio', secret: token }
    const refused = await app.ask('POST', '/api/v1/trunks', { body: { ...wanted, settings: { account_sid: 'AC1' } } })
    assert.deepEqual([refused.status, refused.body.errors[0].path], [422, 'settings.account_sid'])
    const { secret: _, ...tokenless } = wanted
    const without = await app.ask('POST', '/api/v1/trunks', { body: { ...tokenless, settings: { account_sid } } })
    assert.deepEqual([without.status, without.body.errors[0].path], [422, 'secret'])
    const changed = await app.ask('PATCH', `/api/v1/trunks/${trunk}`, { body: { settings: {} } })
    assert.equal(changed.status, 422)
    const shown = await app.ask('GET', `/api/v1/trunks/${trunk}`)
    assert.doesNotMatch(shown.text, new RegExp(token))
    assert.equal(shown.body.calls_per_second, 1)
  })

  it('leave the accounts of others alone, over which nobody is dialed', async () => {
    const wanted = { name: 'V', provider: 'openai', secret: token }
    const { id } = (await app.ask('POST', '/api/v1/trunks', { body: wanted })).body
    const registry = { openCarrier: () => assert.fail('opened to dial') }
    const carriers = createCarriers(
      { pool: floor.db.app, secrets: openSecretBox(Buffer.alloc(32, 7)), registry, pbx_addresses: [] },
      {},
    )
    const found = await carriers.of(app.tenant.workspace_id, id)
    assert.match('missing' in found ? found.missing : '', /does not call/)
  })
})
