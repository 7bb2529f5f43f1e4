import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { startTalk } from '#kit/talks.ts'
import type { CarrierFault } from '#telephony/faults.ts'
import type { Carrier, RecordingReply } from '#telephony/port.ts'

describe('recordings', () => {
  let floor: Floor
  let app: App
  let campaign: string
  /** In place of the carrier's own answer, while a test wants another. */
  let answer: (() => Promise<RecordingReply>) | null = null
  /** What the carrier says first to who wants a recording deleted. */
  let refusals: CarrierFault[] = []
  before(async () => {
    floor = await openFloor({ script: { default: [{ do: 'answers', ring_s: 5, talk_s: 600, weight: 1 }] } })
    const { carrierOf } = floor.engine
    floor.engine.carrierOf = async (workspaceId, trunkId) => {
      const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
      const forgetRecording = async (url: string) => refusals.shift() ?? carrier.forgetRecording(url)
      return { ...carrier, forgetRecording, ...(answer && { openRecording: answer }) }
    }
    app = await openApp({ floor })
    campaign = await floor.startCampaign({ leads: 0, settings: { max_concurrent_calls: 20 } })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const list = async (call_id: string) => (await app.ask('GET', `/api/v1/recordings?call_id=${call_id}`)).body.data

  /** A call that an agent recorded for `seconds`, and that is over. */
  async function record(seconds: number) {
    const { call_id, act, key } = await startTalk(app, floor, campaign)
    assert.equal((await act({ act: 'record_start' })).status, 200)
    await floor.run(seconds * 1000)
    assert.equal((await act({ act: 'hang_up' })).status, 200)
    await floor.run(5000)
    const [recording] = await list(call_id)
    return { call_id, key, recording }
  }
  /** Lets the runner look until the recording is so. */
  async function until(id: string, state: string) {
    for (;;) {
      const { body } = await app.ask('GET', `/api/v1/recordings/${id}`)
      if (body.state === state) return body
      app.recordings.wake()
      await tick()
    }
  }
  const audio = (id: string, headers: Record<string, string> = {}, key?: string) =>
    fetch(`${app.url}/api/v1/recordings/${id}/audio`, {
      headers: { authorization: `Bearer ${key ?? app.key}`, ...headers },
    })

  it('are fetched from the carrier once a call is over, with length and checksum', async () => {
    const { call_id, recording } = await record(12)
    assert.equal(recording.call_id, call_id)
    const kept = await until(recording.id, 'kept')
    assert.ok(kept.duration_ms >= 12_000 && kept.duration_ms < 13_000, String(kept.duration_ms))
    const whole = await audio(recording.id)
    const bytes = Buffer.from(await whole.arrayBuffer())
    assert.deepEqual(
      [whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges'), bytes.length],
      [200, 'audio/wav', 'bytes', kept.bytes],
    )
    assert.equal(createHash('sha256').update(bytes).digest('hex'), kept.sha256)
    assert.match(whole.headers.get('content-disposition') ?? '', /inline; filename="call-.*\.wav"/)
    assert.equal((await app.ask('GET', `/api/v1/calls/${call_id}`)).body.recording_url, null)

    const { channels } = (await app.ask('GET', `/api/v1/recordings/${recording.id}/peaks`)).body
    assert.equal(channels.length, 2)
    // The simulated carrier's tones are at a quarter of full scale throughout.
    for (const channel of channels) assert.deepEqual(new Set(channel), new Set([24]))
    assert.deepEqual((await app.ask('GET', `/api/v1/recordings/${recording.id}/peaks`)).body, { channels })

    const part = async (range: string, more = {}) => {
      const got = await audio(recording.id, { range, ...more })
      return [got.status, got.headers.get('content-range'), Buffer.from(await got.arrayBuffer())] as const
    }
    const size = bytes.length
    assert.deepEqual(await part('bytes=0-3'), [206, `bytes 0-3/${size}`, Buffer.from('RIFF')])
    assert.deepEqual(await part('bytes=-8'), [206, `bytes ${size - 8}-${size - 1}/${size}`, bytes.subarray(-8)])
    assert.deepEqual(await part('bytes=0-3', { 'if-range': '"other"' }), [200, null, bytes])
    assert.deepEqual((await part('bytes=0-1,4-5'))[0], 200)
    const [status, range] = await part(`bytes=${size}-`)
    assert.deepEqual([status, range], [416, `bytes */${size}`])
    assert.equal((await audio(recording.id, { 'if-none-match': `"${kept.sha256}"` })).status, 304)
  })

  it('are asked for again while the carrier has none, longer and longer, and then are lost', async () => {
    let asked = 0
    answer = async () => {
      asked += 1
      if (asked === 1) throw new Error('a broken line')
      return { ok: false, gone: true, reason: 'no such recording' }
    }
    const { recording } = await record(2)
    const pauses = []
    for (let tries = 1; tries < 6; tries++) {
      for (;;) {
        app.recordings.wake()
        await tick()
        const { rows } = await floor.db.owner.query(
          'select round(extract(epoch from due_at - now()))::int as pause from recordings where id = $1 and tries = $2',
          [recording.id, tries],
        )
        // While it is asked for, it is due after the lease.
        if (rows[0] && rows[0].pause < 600) {
          pauses.push(rows[0].pause)
          break
        }
      }
      await floor.db.owner.query('update recordings set due_at = now() where id = $1', [recording.id])
    }
    assert.deepEqual(pauses, [10, 20, 40, 80, 160])
    const lost = await until(recording.id, 'lost')
    assert.deepEqual([lost.reason, asked], ['no such recording', 6])
    const none = await app.ask('GET', `/api/v1/recordings/${recording.id}/audio`)
    assert.deepEqual([none.status, none.body.state], [409, 'lost'])
    answer = null
  })

  it('are deleted by an admin: the audio goes, the recording stays known', async () => {
    const { recording, key } = await record(2)
    await until(recording.id, 'kept')
    const path = `/api/v1/recordings/${recording.id}`
    assert.equal((await app.ask('DELETE', path, { key })).status, 403)
    assert.equal((await app.ask('DELETE', path)).status, 204)
    assert.match((await until(recording.id, 'gone')).reason, /^deleted by user /)
    assert.equal((await audio(recording.id)).status, 409)
    assert.equal((await app.ask('GET', `${path}/peaks`)).status, 409)
  })

  it('go with the person who is erased', async () => {
    const { call_id, recording } = await record(2)
    await until(recording.id, 'kept')
    const { contact_id } = (await app.ask('GET', `/api/v1/calls/${call_id}`)).body
    const erased = await app.ask('POST', `/api/v1/contacts/${contact_id}/erase`, { body: { reason: 'asked for it' } })
    assert.equal(erased.status, 200, erased.text)
    assert.equal((await until(recording.id, 'gone')).reason, 'the person was erased')
    const { rows } = await floor.db.owner.query('select url from recordings where id = $1', [recording.id])
    assert.equal(rows[0].url, `erased ${recording.id}`)
  })

  it('go from their carrier once they are kept, where the trunk says so, and are tried again until they do', async () => {
    const trunk = `/api/v1/trunks/${floor.tenant.trunk_id}`
    const forgets = async (forgets_recordings: boolean) => {
      const { body } = await app.ask('PATCH', trunk, { body: { forgets_recordings } })
      assert.equal(body.forgets_recordings, forgets_recordings)
    }
    const isThere = async (id: string) => {
      const { rows } = await floor.db.owner.query('select url from recordings where id = $1', [id])
      const carrier = (await floor.engine.carrierOf(floor.tenant.workspace_id, floor.tenant.trunk_id)) as Carrier
      return (await carrier.openRecording(rows[0].url, AbortSignal.timeout(1000))).ok
    }
    const untilSettled = async (id: string) => {
      for (;;) {
        app.recordings.wake()
        await tick()
        const { rows } = await floor.db.owner.query('select due_at from recordings where id = $1', [id])
        if (rows[0].due_at === null) return
      }
    }
    const { recording: stays } = await record(2)
    await until(stays.id, 'kept')
    assert.equal(await isThere(stays.id), true)
    await forgets(true)
    const { recording: goes } = await record(2)
    refusals = [{ verdict: 'blocked', reason: 'the carrier is away' }]
    await until(goes.id, 'kept')
    const untold = async () => (await app.ask('GET', `/api/v1/recordings/${goes.id}`)).body.reason
    while ((await untold()) === null) await tick()
    assert.equal(await untold(), "the carrier's copy is still there: the carrier is away")
    await floor.db.owner.query('update recordings set due_at = now() where id = $1', [goes.id])
    await untilSettled(goes.id)
    assert.deepEqual([await isThere(goes.id), await untold(), (await audio(goes.id)).status], [false, null, 200])
    const { recording: never } = await record(2)
    refusals = [{ verdict: 'permanent', reason: 'this carrier deletes no recordings' }]
    await until(never.id, 'kept')
    await untilSettled(never.id)
    assert.equal(await isThere(never.id), true)
    await forgets(false)
  })

  it('that are deleted while they are fetched are not kept', async () => {
    const fetching = Promise.withResolvers<void>()
    const deleted = Promise.withResolvers<void>()
    answer = async () => {
      fetching.resolve()
      await deleted.promise
      return { ok: true, body: Readable.from([Buffer.from('audio')]), content_type: 'audio/wav' }
    }
    const { recording } = await record(2)
    app.recordings.wake()
    await fetching.promise
    assert.equal((await app.ask('DELETE', `/api/v1/recordings/${recording.id}`)).status, 204)
    deleted.resolve()
    await until(recording.id, 'gone')
    assert.equal((await audio(recording.id)).status, 409)
    answer = null
  })
})
