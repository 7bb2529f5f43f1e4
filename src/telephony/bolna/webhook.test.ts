import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type CallFacts, mergeEvent, newCall } from '#domain/call.ts'
import { createSystemClock } from '../clock.ts'
import type { TrunkSettings } from '../port.ts'
import type { Webhook } from '../provider.ts'
import { openBolnaCarriers } from './adapter.ts'
import { foundOf, readExecution } from './execution.ts'

const { webhooks: reader } = openBolnaCarriers({ api_urls: {}, clock: createSystemClock() })
const id = '4c06b4d1-4096-4561-919a-4f94539c8d4a'
const attempt_id = '01890000-0000-7000-8000-000000000001'
const webhook_key = 'a-key-for-deliveries-only'
const settings = { agent_id: id, webhook_key }
const trunk: TrunkSettings = {
  ...{ id: 't', workspace_id: 'w', provider: 'bolna', speed: null, settings, secret: 'bn-key' },
}
const now = Date.parse('2026-03-04T15:10:00Z')
const at = (second: number) => `2026-03-04T15:00:${String(second).padStart(2, '0')}.000Z`

function deliver(body: unknown, change: Partial<Webhook> = {}): Webhook {
  return {
    ...{ method: 'POST', url: 'https://calls.example.com/webhooks/bolna/t/key', kind: webhook_key, headers: {} },
    ...{ source: '13.203.39.153', received_at: now, body: Buffer.from(JSON.stringify(body)), ...change },
  }
}
const verify = (webhook: Webhook, change: object = {}) =>
  reader?.verify(webhook, { ...trunk, settings: { ...settings, ...change } }).ok

const eventsOf = (told: object) => {
  const read = readExecution({ id, ...told })
  assert.ok(read)
  return foundOf(read, now).events
}
const factsOf = (events: ReturnType<typeof eventsOf>): CallFacts => {
  const told = new Set<string>()
  const once = events.filter(({ event_key }) => !told.has(event_key) && told.add(event_key))
  return once.reduce((call, { event }) => mergeEvent(call, event), newCall)
}

describe("Bolna's webhooks", () => {
  const told = { id, status: 'in-progress' }

  it('are taken at the address with the key, and from the sources that the trunk names', () => {
    assert.equal(verify(deliver(told)), true)
    for (const kind of ['', 'a', `${webhook_key}x`, `${webhook_key}/x`])
      assert.equal(verify(deliver(told, { kind })), false)
    assert.equal(verify(deliver(told, { method: 'GET' })), false)
    assert.equal(verify(deliver(told), { webhook_key: undefined }), false, 'without a key none are')
    const webhook_sources = ['13.203.39.153']
    assert.equal(verify(deliver(told), { webhook_sources }), true)
    assert.equal(verify(deliver(told, { source: '::ffff:13.203.39.153' }), { webhook_sources }), true)
    assert.equal(verify(deliver(told, { source: '203.0.113.9' }), { webhook_sources }), false)
  })

  it('say which call to ask about, and nothing else whatever they say', () => {
    const forged = {
      ...{
        id,
        status: 'completed',
        conversation_duration: 99,
        total_cost: 99,
        transcript: 'user: I want to buy it all.',
      },
      telephony_data: { recording_url: 'https://evil.example/a.mp3', hangup_reason: 'Busy Line' },
    }
    const hint = { provider_call_id: id, attempt_id: null }
    assert.deepEqual(reader?.translate(deliver(forged), trunk), { ok: true, events: [], hints: [hint] })
    const named = { ...forged, context_details: { recipient_data: { outdial_attempt: attempt_id } } }
    const read = reader?.translate(deliver(named), trunk)
    assert.deepEqual(read, { ok: true, events: [], hints: [{ ...hint, attempt_id }] })
    const queued = { id, status: 'queued' }
    assert.deepEqual(reader?.translate(deliver(queued), trunk), { ok: true, events: [], hints: [] }, 'no news')
    for (const odd of [null, {}, [], { id }, { id: '../me', status: 'busy' }, { id: 'x\0', status: 'busy' }, 'text'])
      assert.equal(reader?.translate(deliver(odd), trunk).ok, false, JSON.stringify(odd))
    assert.equal(reader?.translate(deliver(null, { body: Buffer.from('{') }), trunk).ok, false)
  })
})

describe('an execution', () => {
  const telephony_data = { ring_duration: 3 }
  const course = [
    { status: 'queued', updated_at: at(0) },
    { status: 'initiated', updated_at: at(1) },
    { status: 'ringing', updated_at: at(2) },
    { status: 'in-progress', updated_at: at(5), telephony_data },
    { status: 'call-disconnected', updated_at: at(30), conversation_duration: 25, telephony_data },
    {
      ...{ status: 'completed', updated_at: '2026-03-04T15:02:30', conversation_duration: 25 },
      ...{ answered_by_voice_mail: true, total_cost: 7.5 },
      telephony_data: { ...telephony_data, recording_url: 'https://recordings.example/1.mp3' },
    },
  ]

  it('makes the same call in whatever order, and however often it is looked at', () => {
    const expected = factsOf(course.flatMap(eventsOf))
    assert.deepEqual([expected.state, expected.outcome, expected.ringing_at], ['ended', 'machine', at(2)])
    assert.deepEqual([expected.answered_at, expected.ended_at], [at(5), at(30)])
    assert.equal(expected.recording_url, 'https://recordings.example/1.mp3')
    assert.deepEqual([expected.cost, expected.cost_currency], [0.075, 'USD'])
    const twice = [...course, ...course]
    const order = fc.shuffledSubarray(twice, { minLength: twice.length })
    const apart = ({ ended_at, hangup_cause, ...facts }: CallFacts) => facts
    fc.assert(
      fc.property(order, (looks) => {
        const facts = factsOf(looks.flatMap(eventsOf))
        assert.deepEqual(apart(facts), apart(expected))
        // Whoever looks only once all is known is told of the end some minutes late.
        assert.ok(facts.ended_at === at(30) || facts.ended_at === '2026-03-04T15:02:30.000Z')
      }),
    )
  })

  it('tells each end in our words', () => {
    const reason = (hangup_reason: string) => ({ telephony_data: { hangup_reason } })
    const table: [object, string | null][] = [
      [{ status: 'busy' }, 'busy'],
      [{ status: 'no-answer' }, 'no_answer'],
      [{ status: 'canceled' }, 'canceled'],
      [{ status: 'stopped' }, 'canceled'],
      [{ status: 'stopped', conversation_duration: 3.5 }, 'answered'],
      [{ status: 'failed' }, 'failed'],
      [{ status: 'failed', ...reason('Invalid Destination Address') }, 'invalid_number'],
      [{ status: 'error', error_message: 'Network Congestion' }, 'congestion'],
      [{ status: 'balance-low' }, 'congestion'],
      [{ status: 'completed', conversation_duration: 12 }, 'answered'],
      [{ status: 'completed', conversation_duration: 0, ...reason('Rejected') }, 'rejected'],
      [{ status: 'completed', conversation_duration: 0, termination_reason: 'user_busy' }, 'busy'],
      [{ status: 'completed', conversation_duration: 0, ...reason('Call recipient hungup') }, 'no_answer'],
      [{ status: 'call-disconnected', conversation_duration: 12 }, 'answered'],
      [{ status: 'call-disconnected', ...reason('Rejected') }, 'rejected'],
      [{ status: 'call-disconnected', conversation_duration: 0, ...reason('Call recipient hungup') }, null],
      [{ status: 'rescheduled' }, 'congestion'],
      [{ status: 'something-new' }, null],
    ]
    for (const [told, outcome] of table) {
      const end = eventsOf({ updated_at: at(30), ...told }).find(({ event }) => event.kind === 'ended')?.event
      assert.equal(end?.kind === 'ended' ? end.outcome : null, outcome, JSON.stringify(told))
      if (end?.kind === 'ended') assert.equal(end.answered_at !== undefined, outcome === 'answered')
    }
  })

  it('is read whatever is odd in it', () => {
    const odd = {
      ...{ status: 'completed', updated_at: 'whenever', conversation_duration: 'long', termination_reason: 'a\0b' },
      telephony_data: { recording_url: 'javascript:alert(1)', hangup_reason: 7 },
      context_details: { recipient_data: { outdial_attempt: 'x' } },
    }
    const events = eventsOf(odd)
    assert.deepEqual(
      events.map(({ event }) => [event.kind, event.at]),
      [['ended', new Date(now).toISOString()]],
    )
  })
})
