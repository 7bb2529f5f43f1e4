import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { channel_event, endedEvent, readChannel, readEvent } from './channels.ts'
import { createPacketReader } from './packets.ts'
import { freeswitch_settings } from './settings.ts'

describe('packets of an event socket', () => {
  it('are whole however they come', () => {
    const bytes = Buffer.from(
      'Content-Type: auth/request\n\n\nContent-Length: 6\nContent-Type: a/b\nX: y: z\n\ndéjàrest',
    )
    for (const size of [1, 2, 7, bytes.length]) {
      const read = createPacketReader()
      const packets = []
      for (let at = 0; at < bytes.length; at += size) packets.push(...(read(bytes.subarray(at, at + size)) ?? []))
      assert.deepEqual(
        packets.map(({ type, body }) => [type, body]),
        [
          ['auth/request', ''],
          ['a/b', 'déjà'],
        ],
      )
      assert.equal(packets[1]?.headers.get('x'), 'y: z')
    }
  })

  it('are refused where they can be none', () => {
    for (const length of ['-1', 'many', '1e9']) {
      assert.equal(createPacketReader()(Buffer.from(`Content-Length: ${length}\n\n`)), null)
    }
    assert.equal(createPacketReader()(Buffer.alloc(17 * 1024 * 1024, 'x')), null)
  })
})

describe('what a PBX tells', () => {
  const told = (name: string, more: Record<string, string> = {}) =>
    channel_event.parse({ 'Event-Name': name, 'Unique-ID': 'one', 'Event-Date-Timestamp': '1772463600000123', ...more })
  const now = '2026-03-02T15:30:00.000Z'

  it('has the time of the event, and of the answer with the end', () => {
    assert.deepEqual(readEvent(told('CHANNEL_PROGRESS_MEDIA'), now), {
      kind: 'ringing',
      at: '2026-03-02T15:00:00.000Z',
    })
    const end = { 'Hangup-Cause': 'NORMAL_CLEARING', 'Caller-Channel-Answered-Time': '1772463590000000' }
    assert.deepEqual(readEvent(told('CHANNEL_HANGUP_COMPLETE', end), now), {
      ...{ kind: 'ended', at: '2026-03-02T15:00:00.000Z', outcome: 'answered', cause: 'NORMAL_CLEARING' },
      answered_at: '2026-03-02T14:59:50.000Z',
    })
    assert.equal(readEvent(told('CHANNEL_ANSWER', { 'Event-Date-Timestamp': 'soon' }), now)?.at, now)
    assert.equal(readEvent(told('CHANNEL_CREATE'), now), null)
    const living = told('CHANNEL_DATA', { 'Caller-Channel-Progress-Time': '0', 'Caller-Channel-Answered-Time': '0' })
    assert.deepEqual(readChannel(living), [])
  })

  it('goes by the cause of an end that nobody had answered', () => {
    const outcomeOf = (cause: string) => {
      const event = endedEvent({ at: now, cause, answered_at: null })
      return event.kind === 'ended' && event.outcome
    }
    const causes = ['UNALLOCATED_NUMBER', 'USER_BUSY', 'NO_USER_RESPONSE', 'CALL_REJECTED', 'NORMAL_TEMPORARY_FAILURE']
    assert.deepEqual(causes.map(outcomeOf), ['invalid_number', 'busy', 'no_answer', 'rejected', 'congestion'])
    assert.deepEqual(['NORMAL_CLEARING', 'constructor', 'NEW'].map(outcomeOf), ['canceled', 'failed', 'failed'])
  })
})

describe('a trunk over FreeSWITCH', () => {
  it('says what of its settings is missing or wrong', () => {
    const good = { host: '127.0.0.1', gateway: 'my-provider.example' }
    const pathsOf = (given: object) =>
      freeswitch_settings.safeParse({ ...good, ...given }).error?.issues.map(({ path }) => path.join('.'))
    assert.equal(pathsOf({}), undefined)
    assert.deepEqual(pathsOf({ host: undefined, port: 0 }), ['host', 'port'])
    for (const gateway of ['a/b', 'a,b=c', 'a}b', 'a b', 'a\nb', '', '.', '$a']) {
      assert.deepEqual(pathsOf({ gateway }), ['gateway'], gateway)
    }
  })
})
