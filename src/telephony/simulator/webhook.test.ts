import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { signature_header, signSimulatedWebhook, translateSimulatedWebhook, verifySimulatedWebhook } from './webhook.ts'

const secret = 'between us'
const now = Date.parse('2026-03-02T15:00:00Z')
const event = {
  ...{ event_key: 'sim-1:ended', attempt_id: 'attempt-1', provider_call_id: 'sim-1' },
  event: { kind: 'ended', at: '2026-03-02T15:00:00.000Z', outcome: 'busy', cause: 'user_busy' },
}
const body = JSON.stringify({ trunk_id: 'trunk-1', events: [event] })
const header = signSimulatedWebhook(body, secret, now)
const verify = (sent: string | Buffer, signature: string | undefined, at = now, with_secret = secret) =>
  verifySimulatedWebhook({ [signature_header]: signature }, sent, with_secret, at).ok

describe("the simulated carrier's signature", () => {
  it('passes as it was made, for five minutes either way', () => {
    for (const shift of [0, -300_000, 300_000]) assert.ok(verify(Buffer.from(body), header, now + shift))
    for (const shift of [-301_000, 301_000]) assert.ok(!verify(body, header, now + shift))
  })

  it('fails on any other body', () => {
    const place = fc.nat({ max: body.length - 1 })
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const changed = Buffer.from(body)
        changed[index] = (changed[index] ?? 0) ^ flip
        assert.ok(!verify(changed, header))
      }),
      { numRuns: 2000 },
    )
    fc.assert(fc.property(place, (length) => assert.ok(!verify(body.slice(0, length), header))))
    fc.assert(fc.property(fc.string({ minLength: 1 }), (more) => assert.ok(!verify(body + more, header))))
  })

  it('fails on any other header', () => {
    fc.assert(
      fc.property(fc.nat({ max: header.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }), (index, letter) => {
        fc.pre(header[index] !== letter)
        assert.ok(!verify(body, header.slice(0, index) + letter + header.slice(index + 1)))
      }),
      { numRuns: 2000 },
    )
    fc.assert(fc.property(fc.string(), (text) => assert.ok(!verify(body, text))))
    for (const odd of [undefined, '', header.toUpperCase(), `${header},${header}`, ` ${header}`, `${header}0`]) {
      assert.ok(!verify(body, odd))
    }
    assert.ok(!verifySimulatedWebhook({ [signature_header]: [header, header] }, body, secret, now).ok)
  })

  it('fails with another secret, and always without one', () => {
    fc.assert(
      fc.property(fc.string(), (other) => {
        fc.pre(other !== secret)
        assert.ok(!verify(body, header, now, other))
      }),
    )
    assert.ok(!verify(body, signSimulatedWebhook(body, '', now), now, ''))
  })
})

describe("the simulated carrier's webhook", () => {
  it('becomes the events it holds', () => {
    const told = { ...event, leg_id: null }
    assert.deepEqual(translateSimulatedWebhook(Buffer.from(body), 'trunk-1'), { ok: true, events: [told] })
    const two = JSON.stringify({ trunk_id: 'trunk-1', events: [event, event] })
    const translated = translateSimulatedWebhook(two, 'trunk-1')
    assert.equal(translated.ok && translated.events.length, 2)
  })

  it('tells of a leg or of a call, never of both', () => {
    const leg = { attempt_id: null, leg_id: 'leg-1', event: { kind: 'leg_up', at: event.event.at } }
    const told = { event_key: 'sim-leg-1:leg_up', provider_call_id: 'sim-leg-1', ...leg }
    const read = (changes: object) =>
      translateSimulatedWebhook(JSON.stringify({ trunk_id: 'trunk-1', events: [{ ...told, ...changes }] }), 'trunk-1')
    assert.deepEqual(read({}), { ok: true, events: [told] })
    for (const odd of [{ attempt_id: 'attempt-1' }, { leg_id: null }, { leg_id: '' }, { event: event.event }]) {
      assert.ok(!read(odd).ok, JSON.stringify(odd))
    }
  })

  it('is refused at the address of another trunk', () => {
    assert.deepEqual(translateSimulatedWebhook(body, 'trunk-2'), { ok: false, reason: 'meant for another trunk' })
  })

  it('is refused when it is not of the form', () => {
    const broken = (changes: object) => JSON.stringify({ trunk_id: 'trunk-1', events: [{ ...event, ...changes }] })
    for (const text of [
      ...['', 'null', '[]', '{}', '{"trunk_id":"trunk-1","events":[]}'],
      broken({ event: { ...event.event, outcome: 'delighted' } }),
      broken({ event: { ...event.event, at: 'yesterday' } }),
      broken({ event: { kind: 'sung', at: event.event.at } }),
      broken({ event_key: '' }),
      broken({ attempt_id: null }),
    ]) {
      assert.ok(!translateSimulatedWebhook(text, 'trunk-1').ok, text)
    }
  })
})
