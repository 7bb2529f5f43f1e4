/** What a PBX keeps of a call, and what it lets the customer hear. */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, afterEach, before, describe, it } from 'node:test'
import { readWavHead } from '#domain/wav.ts'
import { has, patience } from '#telephony/conformance-harness.ts'
import { type ControlStage, createControlStage } from '#telephony/control-stage.ts'
import { amplitudeOf } from './audio.ts'
import { type CallHarness, message_hz, openCallHarness } from './call-harness.ts'
import { requireCalls } from './far-end.ts'

const skip = await requireCalls()

describe('what a PBX records and plays', { skip, timeout: 60_000 }, () => {
  let harness: CallHarness
  let stage: ControlStage
  before(async () => {
    harness = await openCallHarness()
    stage = createControlStage(harness)
  })
  afterEach(() => stage.clear())
  after(() => harness.close())

  const phone = (named: string) => harness.phoneOf(named)
  /** Until somebody has listened for a moment `times` times, which takes 300 ms each. */
  const listen = async (named: string, times: number) => {
    for (let time = 0; time < times; time++) await harness.far.phones.hears(await phone(named))
  }

  it('both voices, for as long as it was on, and nothing while it was paused', async () => {
    const { attempt_id, agent } = await stage.bridge()
    const voices = await Promise.all(
      [`call.${attempt_id}`, `leg.${agent}`].map(async (named) => harness.far.phones.frequency(await phone(named))),
    )
    await stage.do({ act: 'record_start', attempt_id })
    await listen(`call.${attempt_id}`, 3)
    await stage.do({ act: 'record_pause', attempt_id })
    await listen(`call.${attempt_id}`, 4)
    await stage.do({ act: 'record_resume', attempt_id })
    await listen(`call.${attempt_id}`, 2)
    await harness.carrier.hangup(attempt_id, null)
    const events = (await harness.until(attempt_id, has('recorded'))).map(({ event }) => event)
    const recorded = events.find((event) => event.kind === 'recorded')
    const reply = await harness.another().openRecording(recorded?.url ?? '', patience())
    assert.ok(reply.ok)
    const audio = await buffer(reply.body)
    const head = readWavHead(audio, audio.length)
    assert.ok(head && head.rate === 8000 && head.bits === 16)
    assert.ok(head.duration_ms > 1_200 && head.duration_ms < 2_500, `${head.duration_ms} ms`)
    const samples = new Int16Array(audio.buffer.slice(audio.byteOffset + 44, audio.byteOffset + 44 + 16_000))
    for (const hz of voices) assert.ok(amplitudeOf(samples, hz) > 1_500, `${hz} Hz is not in it`)
    assert.ok(amplitudeOf(samples, message_hz) < 300)
    const located = await harness.carrier.locate(attempt_id, null, null)
    await harness.carrier.closeLeg(agent)
    assert.deepEqual(await harness.carrier.locateLeg(agent), { found: 'leg', up: false, down: true })
    assert.ok(located.found === 'call' && located.events.some(({ event }) => event.kind === 'recorded'))
  })

  it('a message that the customer alone hears', async () => {
    const { attempt_id, agent } = await stage.bridge()
    await stage.do({ act: 'play', attempt_id, message: 'long-one', then_hang_up: false })
    const heard = await Promise.all(
      [`call.${attempt_id}`, `leg.${agent}`].map(async (named) =>
        harness.far.phones.hearsTone(await phone(named), message_hz),
      ),
    )
    assert.deepEqual(heard, [true, false])
  })

  it('a last message from an address, to its end', async () => {
    const { attempt_id } = await stage.bridge()
    const message = `http://127.0.0.4:5091/messages/${message_hz}.wav`
    await stage.do({ act: 'play', attempt_id, message, then_hang_up: true })
    assert.ok(await harness.far.phones.hearsTone(await phone(`call.${attempt_id}`), message_hz))
    await harness.until(attempt_id, has('ended'))
  })

  it('no message that there is not: the call stays as it is', async () => {
    const scene = await stage.bridge()
    const { attempt_id } = scene
    for (const message of ['nothing', '../../../etc/passwd', 'a,b']) {
      await stage.forbid({ act: 'play', attempt_id, message, then_hang_up: true })
      await stage.forbid({ act: 'play', attempt_id, message, then_hang_up: false })
    }
  })
})
