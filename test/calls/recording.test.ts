/** What a PBX keeps of a call, and what it lets the customer hear. */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, afterEach, before, describe, it } from 'node:test'
import type { CallEvent } from '#domain/call.ts'
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

  it('each voice on a channel of its own besides, where the trunk says so', async () => {
    const carrier = harness.another({ split_recordings: true })
    const { attempt_id, agent } = await stage.bridge()
    const [customer_hz = 0, agent_hz = 0] = await Promise.all(
      [`call.${attempt_id}`, `leg.${agent}`].map(async (named) => harness.far.phones.frequency(await phone(named))),
    )
    for (const act of ['record_start', 'record_pause', 'record_resume'] as const) {
      assert.equal(await carrier.control({ act, attempt_id }), null)
    }
    await listen(`call.${attempt_id}`, 3)
    await carrier.hangup(attempt_id, null)
    const urls = (events: { event: CallEvent }[]) => [
      ...new Set(events.flatMap(({ event }) => (event.kind === 'recorded' ? [event.url] : []))),
    ]
    const told = urls(await harness.until(attempt_id, (events) => urls(events).length === 2))
    const read = async (url: string) => {
      const reply = await carrier.openRecording(url, patience())
      assert.ok(reply.ok, JSON.stringify(reply))
      return buffer(reply.body)
    }
    const [mixed, split] = await Promise.all(told.toSorted().map(read))
    assert.ok(mixed && split)
    const [one, two] = [mixed, split].map((audio) => readWavHead(audio, audio.length))
    assert.deepEqual([one?.channels, two?.channels, two?.rate], [1, 2, 8000])
    assert.ok(
      Math.abs(Number(one?.duration_ms) - Number(two?.duration_ms)) < 200,
      `${one?.duration_ms} ${two?.duration_ms}`,
    )
    const samples = new Int16Array(split.buffer.slice(split.byteOffset + 44, split.byteOffset + split.length))
    // After the pause, which cuts a tone in two.
    const channelAt = (channel: number) => samples.filter((_, at) => at % 2 === channel).slice(-4_000)
    const loud = (channel: number, hz: number) => Math.round(amplitudeOf(channelAt(channel), hz))
    const heard = [loud(0, customer_hz), loud(0, agent_hz), loud(1, customer_hz), loud(1, agent_hz)]
    assert.ok(Number(heard[0]) > 1_500 && Number(heard[3]) > 1_500, `customer left, agent right: ${heard}`)
    assert.ok(Number(heard[1]) < 300 && Number(heard[2]) < 300, `and nobody else: ${heard}`)
    for (const url of told) assert.equal(await carrier.forgetRecording(url), null)
    for (const url of told) assert.equal((await carrier.openRecording(url, patience())).ok, false)
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
