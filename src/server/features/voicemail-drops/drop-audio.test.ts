import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { writeWavHead } from '#domain/wav.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { startTalk } from '#kit/talks.ts'
import type { VoicemailDrop } from '#store/voicemail-drops.ts'
import { writeTones } from '#telephony/simulator/tone.ts'

/** What a phone plays: 16 bit, 8 kHz, one channel. */
function message(seconds: number): Buffer {
  const samples = Buffer.alloc(seconds * 16_000, 1)
  return Buffer.concat([writeWavHead({ channels: 1, rate: 8000, bytes: samples.length }), samples])
}

describe('the audio of a voicemail drop', () => {
  let floor: Floor
  let app: App
  let names = 0
  before(async () => {
    floor = await openFloor({ script: { default: [{ do: 'answers', ring_s: 5, talk_s: 600, weight: 1 }] } })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const make = async () =>
    (await app.ask('POST', '/api/v1/voicemail-drops', { body: { name: `Drop ${++names}` } })).body as VoicemailDrop
  const upload = async (
    id: string,
    body: Buffer,
    headers: Record<string, string> = { 'content-type': 'audio/wav' },
  ) => {
    const answer = await fetch(`${app.url}/api/v1/voicemail-drops/${id}/audio`, {
      ...{ method: 'PUT', body: new Uint8Array(body), headers: { authorization: `Bearer ${app.key}`, ...headers } },
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const hear = (id: string, range?: string) =>
    fetch(`${app.url}/api/v1/voicemail-drops/${id}/audio`, {
      headers: { authorization: `Bearer ${app.key}`, ...(range && { range }) },
    })

  it('is uploaded, heard in parts, and replaced', async () => {
    const { id } = await make()
    assert.equal((await hear(id)).status, 404)
    for (const seconds of [3, 5]) {
      const kept = await upload(id, message(seconds))
      assert.deepEqual(
        [kept.status, kept.body.duration_seconds, kept.body.bytes],
        [200, seconds, 44 + seconds * 16_000],
      )
    }
    const part = await hear(id, 'bytes=0-3')
    assert.deepEqual([part.status, await part.text()], [206, 'RIFF'])
    assert.equal((await (await hear(id)).arrayBuffer()).byteLength, 80_044)
    assert.equal((await app.ask('DELETE', `/api/v1/voicemail-drops/${id}`)).status, 204)
    assert.equal((await hear(id)).status, 404)
  })

  it('is refused where phones could not play it, and what was there stays', async () => {
    const { id } = await make()
    await upload(id, message(1))
    const stereo = await upload(id, writeTones(1000))
    assert.equal(stereo.status, 422)
    assert.match(JSON.stringify(stereo.body), /one channel of 16-bit samples at 8000 Hz/)
    assert.equal((await upload(id, Buffer.from('no sound at all'))).status, 422)
    assert.equal((await upload(id, Buffer.alloc(0))).status, 422)
    assert.equal((await upload(id, Buffer.alloc(10_000_001))).status, 413)
    assert.equal((await upload(id, message(1), { 'content-type': 'text/html' })).status, 415)
    assert.equal((await (await hear(id)).arrayBuffer()).byteLength, 16_044)
  })

  it('is fetched by a carrier at an address that nobody can guess, change or keep for long', async () => {
    const { id } = await make()
    const other = await make()
    for (const each of [id, other.id]) await upload(each, message(1))
    const { workspace_id } = app.tenant
    const talk = await startTalk(app, floor, await floor.startCampaign({ leads: 0 }))
    const silent = await talk.act({ act: 'voicemail_drop', voicemail_drop_id: (await make()).id })
    assert.deepEqual([silent.status, silent.body.errors[0].path], [422, 'voicemail_drop_id'])
    const left = await talk.act({ act: 'voicemail_drop', voicemail_drop_id: id })
    const link = left.body.detail.message
    const fetched = await fetch(link)
    assert.deepEqual([fetched.status, (await fetched.arrayBuffer()).byteLength], [200, 16_044])
    const forged = [
      link.replace(id, other.id),
      link.replace(/.\.wav$/, (end: string) => (end === 'A.wav' ? 'B.wav' : 'A.wav')),
      link.replace(workspace_id, other.id),
      `${link}.wav`,
      link.replace(/[^/]+$/, '.wav'),
    ]
    for (const address of forged) assert.equal((await fetch(address)).status, 404, address)
    await floor.runCoarsely(3_600_000, 600_000, 60_000)
    assert.equal((await fetch(link)).status, 404)
  })
})
