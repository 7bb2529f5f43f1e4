import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { mergeEvent, newCall } from '#domain/call.ts'
import { createSystemClock } from '../clock.ts'
import type { FoundCall, TrunkSettings } from '../port.ts'
import type { Webhook } from '../provider.ts'
import { openVoipstudioCarriers } from './adapter.ts'
import { endedCall, livingCall, readLive, readLiveList, readRecord } from './records.ts'

const { webhooks: reader } = openVoipstudioCarriers({ api_urls: {}, clock: createSystemClock() })
const webhook_key = 'a-key-for-deliveries-only'
const trunk: TrunkSettings = {
  ...{ id: 't', workspace_id: 'w', provider: 'voipstudio', speed: null, settings: { webhook_key }, secret: 'key' },
}
const began = Date.parse('2026-03-04T15:00:00Z')
const second = began / 1000
const at = (seconds: number) => new Date(began + seconds * 1000).toISOString()
const call_id = 139543232

function deliver(body: unknown, change: Partial<Webhook> = {}): Webhook {
  return {
    ...{ method: 'POST', url: 'https://calls.example.com/webhooks', kind: webhook_key, headers: {}, source: '' },
    ...{ received_at: began, body: Buffer.from(JSON.stringify(body)), ...change },
  }
}
const record = (told: object) => {
  const kept = { live_id: call_id, calldate: '2026-03-04 15:00:00', duration: 40, billsec: 0, ...told }
  const read = readRecord({ data: [{ ...kept, live_id: 1 }, kept] }, String(call_id))
  assert.ok(read)
  return endedCall(read, began - 400)
}
const living = (told: object) => {
  const read = readLive({ data: { id: call_id, start_time: second, ...told } })
  assert.ok(read)
  return livingCall(read, began + 9_000)
}
const endOf = ({ events }: FoundCall) => {
  const end = events.find(({ event }) => event.kind === 'ended')?.event
  assert.ok(end?.kind === 'ended')
  return end
}

describe("VoIPStudio's webhooks", () => {
  it('say which call to ask about, and nothing else whatever they say', () => {
    const forged = { event_name: 'call.hangup', call_id, state: 'HANGUP', duration: 99, t_cause: 'Normal Clearing' }
    assert.equal(reader?.verify(deliver(forged), trunk).ok, true)
    assert.equal(reader?.verify(deliver(forged, { kind: 'guess' }), trunk).ok, false)
    assert.equal(reader?.verify(deliver(forged), { ...trunk, settings: {} }).ok, false)
    const hints = [{ provider_call_id: String(call_id), attempt_id: null }]
    assert.deepEqual(reader?.translate(deliver(forged), trunk), { ok: true, events: [], hints })
    for (const other of [{ event_name: 'sms.received' }, { event_name: 'monitor.audio_ready', call_id }])
      assert.deepEqual(reader?.translate(deliver(other), trunk), { ok: true, events: [], hints: [] })
    for (const odd of [null, {}, [], { call_id }, { event_name: 'call.hangup', call_id: '1; drop' }, 'text'])
      assert.equal(reader?.translate(deliver(odd), trunk).ok, false, JSON.stringify(odd))
  })
})

describe("VoIPStudio's calls", () => {
  it('make the same call in whatever order, and however often they are looked at', () => {
    const looks = [
      living({ state: 'INITIAL', connected_at: 0 }),
      living({ state: 'RINGING', connected_at: null }),
      living({ state: 'CONNECTED', connected_at: second + 12 }),
      living({ state: 3, connected_at: second + 12 }),
      record({ disposition: 'ANSWERED', billsec: 28, t_cause: 'Normal Clearing' }),
    ]
    const factsOf = (found: FoundCall[]) => {
      const told = new Set<string>()
      const once = found
        .flatMap(({ events }) => events)
        .filter(({ event_key }) => !told.has(event_key) && told.add(event_key))
      return once.reduce((call, { event }) => mergeEvent(call, event), newCall)
    }
    const expected = factsOf(looks)
    const { state, outcome, ringing_at, answered_at, ended_at } = expected
    assert.deepEqual([state, outcome, ringing_at, answered_at, ended_at], ['ended', 'answered', at(0), at(12), at(40)])
    const twice = [...looks, ...looks]
    const order = fc.shuffledSubarray(twice, { minLength: twice.length })
    fc.assert(fc.property(order, (shuffled) => assert.deepEqual(factsOf(shuffled), expected)))
  })

  it('end as their record says', () => {
    const table: [object, string][] = [
      [{ disposition: 'ANSWERED', billsec: 28, t_cause: 'User busy' }, 'answered'],
      [{ disposition: 'BUSY' }, 'busy'],
      [{ disposition: 'FAILED', t_cause: 'User busy' }, 'busy'],
      [{ disposition: 'NO ANSWER' }, 'no_answer'],
      [{ disposition: 'NO ANSWER', t_cause: 'User alerting, no answer' }, 'no_answer'],
      [{ disposition: 'NO ANSWER', t_cause: 'Normal Clearing' }, 'canceled'],
      [{ disposition: 'NO ANSWER', t_cause: 'Call Rejected' }, 'rejected'],
      [{ disposition: 'FAILED', t_cause: 'Unallocated (unassigned) number' }, 'invalid_number'],
      [{ disposition: 'FAILED', t_cause: 'Switching equipment congestion' }, 'congestion'],
      [{ disposition: 'FAILED' }, 'failed'],
      [{ disposition: 'SOMETHING NEW', t_cause: null }, 'failed'],
    ]
    for (const [told, outcome] of table) {
      const end = endOf(record(told))
      assert.equal(end.outcome, outcome, JSON.stringify(told))
      assert.deepEqual([end.at, end.answered_at], [at(40), outcome === 'answered' ? at(12) : undefined])
    }
  })

  it('have their times in UTC, whatever the zone of the account', () => {
    for (const calldate of ['2026-03-04 10:00:00', '2026-03-04 20:45:00', '2026-03-05 05:00:00'])
      assert.equal(endOf(record({ calldate, disposition: 'BUSY' })).at, at(40))
  })

  it('are not believed where something is missing', () => {
    for (const odd of [null, {}, { data: [] }, { data: { id: 'x' } }]) assert.equal(readLive(odd), null)
    assert.equal(readLiveList({ data: [{ id: 1 }], total: 2 }), null, 'a part of the list finds nobody')
    assert.equal(readLiveList({ data: [{ id: 1 }], total: 1 })?.length, 1)
    assert.equal(readRecord({ data: [{ live_id: 2, calldate: 'today' }] }, '2'), null)
  })
})
