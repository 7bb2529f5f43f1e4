import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { mergeEvent, newCall } from '#domain/call.ts'
import { createSystemClock } from '../clock.ts'
import type { CallReport } from '../events.ts'
import type { TrunkSettings } from '../port.ts'
import type { Webhook } from '../provider.ts'
import { openTwilioCarriers } from './adapter.ts'

const { webhooks: reader } = openTwilioCarriers({
  ...{ api_urls: {}, callback_url: () => 'https://calls.example.com/hooks', clock: createSystemClock() },
})
const token = '0123456789abcdef0123456789abcdef'
const account_sid = `AC${'1'.repeat(32)}`
const call = `CA${'2'.repeat(32)}`
const url = 'https://calls.example.com/twilio/call-status?campaignId=7&note=a%20b'
const received_at = Date.parse('2026-03-04T15:00:10.250Z')
const trunk: TrunkSettings = {
  ...{ id: 't', workspace_id: 'w', provider: 'twilio', speed: null, settings: { account_sid }, secret: token },
}
const told = { AccountSid: account_sid, CallSid: call, CallStatus: 'completed', CallDuration: '8', To: '+12125550100' }

/** The algorithm as Twilio's page on webhook security describes it, written anew. */
function sign(fields: Record<string, string>, key = token, at = url): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + fields[name], at)
  return createHmac('sha1', key).update(signed).digest('base64')
}

function deliver(fields: Record<string, string>, change: Partial<Webhook> & { signature?: string } = {}): Webhook {
  const { signature = sign(fields), headers, ...rest } = change
  return {
    ...{
      method: 'POST',
      url,
      kind: 'call-status',
      source: '',
      received_at,
      body: Buffer.from(`${new URLSearchParams(fields)}`),
    },
    headers: {
      ...{ 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'x-twilio-signature': signature },
      ...headers,
    },
    ...rest,
  }
}

const verify = (webhook: Webhook, at = trunk) => reader?.verify(webhook, at).ok
function eventsOf(fields: Record<string, string>): CallReport[] {
  const read = reader?.translate(deliver({ AccountSid: account_sid, CallSid: call, ...fields }), trunk)
  assert.ok(read?.ok, JSON.stringify(read))
  return read.events as CallReport[]
}

describe("Twilio's callbacks", () => {
  it('are believed with the signature of their account, with the port in the address or without', () => {
    assert.equal(verify(deliver(told)), true)
    assert.equal(verify(deliver(told, { signature: sign(told, token, url.replace('.com/', '.com:443/')) })), true)
    assert.equal(verify(deliver({ ...told, Body: 'ü & = + %' })), true)
  })

  it('are refused whatever is changed in them', () => {
    const names = Object.keys(told) as (keyof typeof told)[]
    // What is signed has no marks between names and values, so that nothing tells `a`+`bc` from `ab`+`c`: those are passed over.
    const character = fc.constantFrom(...'09azAZ+')
    const replaceAt = (text: string, at: number, by: string) =>
      text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1)
    const mutation = fc.oneof(
      fc.record({
        what: fc.constantFrom('value', 'name', 'more'),
        name: fc.constantFrom(...names),
        at: fc.nat(99),
        by: character,
      }),
      fc.record({
        what: fc.constantFrom('url', 'signature', 'token', 'longer'),
        name: fc.constant(null),
        at: fc.nat(99),
        by: character,
      }),
    )
    let refused = 0
    fc.assert(
      fc.property(mutation, ({ what, name, at, by }) => {
        const fields: Record<string, string> = { ...told }
        let [signature, address, key] = [sign(told), url, token]
        if (what === 'value' && name) fields[name] = replaceAt(told[name], at, by)
        if (what === 'name' && name) {
          delete fields[name]
          fields[replaceAt(name, at, by)] = told[name]
        }
        if (what === 'more') fields[`${by}${at}`] = 'more'
        if (what === 'url') address = replaceAt(url, 30 + (at % (url.length - 30)), by)
        if (what === 'signature') signature = replaceAt(signature, at, by)
        if (what === 'token') key = replaceAt(token, at, by)
        if (what === 'longer') signature += by
        fc.pre(`${sign(fields, key, address)} ${signature}` !== `${sign(told)} ${sign(told)}`)
        assert.equal(verify(deliver(fields, { signature, url: address }), { ...trunk, secret: key }), false)
        refused += 1
      }),
      { numRuns: 10_000 },
    )
    assert.ok(refused >= 9000, `${refused} refused`)
  })

  it('are believed whatever is said in them', () => {
    const name = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !Object.hasOwn(told, text))
    // What stands in a form: no lone halves of a character, and nothing that the database does not keep.
    const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\0'))
    fc.assert(
      fc.property(fc.dictionary(name, text, { maxKeys: 20, noNullPrototype: true }), (more) => {
        assert.equal(verify(deliver({ ...told, ...more })), true)
      }),
      { numRuns: 2000 },
    )
  })

  it('make the same call in whatever order, and however often they come', () => {
    const at = (second: number) => `Wed, 04 Mar 2026 15:00:0${second} +0000`
    const callbacks = [
      { CallStatus: 'ringing', Timestamp: at(1), SequenceNumber: '1' },
      { CallStatus: 'in-progress', Timestamp: at(4), SequenceNumber: '2' },
      { AnsweredBy: 'machine_start', MachineDetectionDuration: '2400' },
      { CallStatus: 'completed', Timestamp: at(9), SequenceNumber: '3', CallDuration: '5', SipResponseCode: '200' },
      { RecordingUrl: 'https://api.twilio.com/recordings/RE1', RecordingSid: 'RE1', RecordingStatus: 'completed' },
    ]
    const callOf = (fields: Record<string, string>[]) =>
      fields.flatMap(eventsOf).reduce((facts, { event }) => mergeEvent(facts, event), newCall)
    const expected = callOf(callbacks)
    assert.deepEqual([expected.state, expected.outcome], ['ended', 'machine'])
    const twice = [...callbacks, ...callbacks]
    const order = fc.shuffledSubarray(twice, { minLength: twice.length })
    fc.assert(fc.property(order, (shuffled) => assert.deepEqual(callOf(shuffled), expected)))
  })

  it('name the attempt in the address of its own calls', () => {
    const attempt_id = '01890000-0000-7000-8000-000000000001'
    const read = (kind: string) => reader?.translate(deliver({ ...told, CallStatus: 'ringing' }, { kind }), trunk)
    const known = read(`call/${attempt_id}`)
    assert.ok(known?.ok)
    assert.deepEqual([known.events[0]?.attempt_id, known.events[0]?.provider_call_id], [attempt_id, call])
    assert.deepEqual(read(`voice/${attempt_id}`), { ok: true, events: [], asks_speech: attempt_id })
    for (const kind of ['call/nobody', `call/${attempt_id}/more`]) {
      const odd = read(kind)
      assert.equal(odd?.ok && odd.events[0]?.attempt_id, null, kind)
    }
  })

  it('are refused without a signature, a token, a form, or for another account', () => {
    for (const value of [undefined, '', ['a', 'b']]) {
      assert.equal(verify(deliver(told, { headers: { 'x-twilio-signature': value as string } })), false)
    }
    for (const secret of [null, '']) {
      assert.equal(verify(deliver(told, { signature: sign(told, secret ?? '') }), { ...trunk, secret }), false)
    }
    assert.equal(verify(deliver(told, { headers: { 'content-type': 'application/json' } })), false)
    const twice = `${new URLSearchParams(told)}&CallSid=${call}`
    assert.equal(verify(deliver(told, { body: Buffer.from(twice) })), false, 'its signature would be the same')
    assert.equal(verify(deliver(told, { body: Buffer.from(`${new URLSearchParams(told)}\0`) })), false)
    const other = { ...told, AccountSid: `AC${'3'.repeat(32)}` }
    assert.equal(verify(deliver(other)), false)
    const { AccountSid: _, ...nobody } = told
    assert.equal(verify(deliver(nobody), { ...trunk, settings: {} }), false)
  })

  it('tell each status in our words', () => {
    const at = '2026-03-04T15:00:05.000Z'
    const Timestamp = 'Wed, 04 Mar 2026 15:00:05 +0000'
    const end = (outcome: string, cause: string) => ({ kind: 'ended', at, outcome, cause })
    const table: [Record<string, string>, object | null][] = [
      [{ CallStatus: 'queued' }, null],
      [{ CallStatus: 'initiated' }, null],
      [{ CallStatus: 'something-new' }, null],
      [{ CallStatus: 'ringing' }, { kind: 'ringing', at }],
      [{ CallStatus: 'in-progress' }, { kind: 'answered', at }],
      [{ CallStatus: 'completed' }, end('answered', 'completed')],
      [
        { CallStatus: 'completed', CallDuration: '4' },
        { ...end('answered', 'completed'), answered_at: '2026-03-04T15:00:01.000Z' },
      ],
      [{ CallStatus: 'busy', SipResponseCode: '486' }, end('busy', 'sip 486')],
      [{ CallStatus: 'no-answer' }, end('no_answer', 'no-answer')],
      [{ CallStatus: 'canceled' }, end('canceled', 'canceled')],
      [{ CallStatus: 'failed' }, end('failed', 'failed')],
      [{ CallStatus: 'failed', SipResponseCode: '404' }, end('invalid_number', 'sip 404')],
      [{ CallStatus: 'failed', SipResponseCode: '503' }, end('congestion', 'sip 503')],
      [{ CallStatus: 'failed', SipResponseCode: '603' }, end('rejected', 'sip 603')],
    ]
    for (const [fields, event] of table) {
      const events = eventsOf({ Timestamp, SequenceNumber: '2', ...fields })
      assert.deepEqual(
        events.map((each) => each.event),
        event === null ? [] : [event],
        JSON.stringify(fields),
      )
      for (const { event_key, provider_call_id, attempt_id } of events) {
        assert.deepEqual([event_key, provider_call_id, attempt_id], [`${call}:${fields.CallStatus}`, call, null])
      }
    }
    const [untimed] = eventsOf({ CallStatus: 'ringing', Timestamp: 'whenever' })
    assert.equal(untimed?.event.at, '2026-03-04T15:00:10.250Z')
  })

  it('tell who answered, and where the recording is', () => {
    const heard = {
      human: 'human',
      fax: 'fax',
      unknown: 'unknown',
      machine_start: 'machine',
      machine_end_beep: 'machine',
    }
    for (const [AnsweredBy, detection] of Object.entries(heard)) {
      const [report] = eventsOf({ AnsweredBy })
      assert.deepEqual(report?.event, { kind: 'detected', at: new Date(received_at).toISOString(), detection })
      assert.equal(report?.event_key, `${call}:answered-by`)
    }
    const RecordingUrl = 'https://api.twilio.com/recordings/RE1'
    const recording = { RecordingUrl, RecordingDuration: '31', RecordingSid: 'RE1' }
    const [report] = eventsOf({ ...recording, RecordingStatus: 'completed' })
    const at = new Date(received_at).toISOString()
    assert.deepEqual(report?.event, { kind: 'recorded', at, url: RecordingUrl, duration: 31 })
    assert.equal(report?.event_key, `${call}:recording:RE1`)
    for (const RecordingStatus of ['in-progress', 'absent'])
      assert.deepEqual(eventsOf({ ...recording, RecordingStatus }), [])
    assert.deepEqual(
      eventsOf({ ...recording, CallStatus: 'completed' }).map(({ event }) => event.kind),
      ['ended', 'recorded'],
    )
    const long = eventsOf({ RecordingUrl: `https://api.twilio.com/${'x'.repeat(1900)}` })
    assert.ok((long[0]?.event_key.length ?? 0) < 200, 'a key fits into an index')
  })

  it('are refused when they name no call, or a recording at no address', () => {
    for (const fields of [
      { CallSid: 'x' },
      { RecordingUrl: 'javascript:alert(1)' },
      { RecordingUrl: `https://a.example/${'x'.repeat(2000)}` },
    ]) {
      const read = reader?.translate(deliver({ ...told, ...fields }), trunk)
      assert.equal(read?.ok, false, JSON.stringify(fields))
    }
  })

  it('are answered in XML that nothing said can break out of', async () => {
    const lines = ['This call may be recorded.', 'Tom & Jerry say </Say><Hangup/> "hi"']
    const answer = await reader?.speak?.({ lines, put_through: null, caller_id: null })
    assert.deepEqual([answer?.status, answer?.content_type], [200, 'text/xml'])
    assert.equal(
      answer?.body,
      '<?xml version="1.0" encoding="UTF-8"?><Response><Say>This call may be recorded.</Say>' +
        '<Say>Tom &amp; Jerry say &lt;/Say&gt;&lt;Hangup/&gt; "hi"</Say><Hangup/></Response>',
    )
    const through = await reader?.speak?.({ lines: [], put_through: '+12125550111', caller_id: '+12125550122' })
    assert.match(through?.body ?? '', /<Response><Dial callerId="\+12125550122">\+12125550111<\/Dial><\/Response>$/)
  })
})
