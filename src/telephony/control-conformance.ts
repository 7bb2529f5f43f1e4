/**
 * What every carrier must keep to with call control. One that can't do an act is not asked for it. Who hears whom is the far
 * end's own account: a customer never hears what is whispered.
 */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, afterEach, before, describe, it } from 'node:test'
import { readWavHead } from '#domain/wav.ts'
import { type CarrierHarness, has, newId, patience } from './conformance-harness.ts'
import { between, type ControlStage, createControlStage, type Scene, together } from './control-stage.ts'
import type { ControlCommand } from './port.ts'

type Act = ControlCommand['act']

/** Declares the suite. */
export function describeControl(name: string, makeHarness: () => Promise<CarrierHarness>): void {
  describe(`${name} controls calls`, { timeout: 60_000 }, () => {
    let harness: CarrierHarness
    let stage: ControlStage
    before(async () => {
      harness = await makeHarness()
      stage = createControlStage(harness)
    })
    afterEach(() => stage.clear())
    after(() => harness.close())

    const play = (what: string, acts: Act[], test: () => Promise<void>) =>
      it(what, async (context) => {
        const missing = acts.filter((act) => !harness.carrier.capabilities.acts.includes(act))
        if (missing.length > 0) return context.skip(`${name} can't ${missing}`)
        await test()
      })
    /** The same from a call that is bridged already. */
    const scene = (what: string, acts: Act[], test: (scene: Scene) => Promise<void>) =>
      play(what, ['bridge', ...acts], async () => {
        await test(await stage.bridge())
      })
    /** Done twice: the second time changes nothing and is no fault. */
    const twice = async (command: ControlCommand) => {
      await stage.do(command)
      const before = await harness.overhear()
      await stage.do(command)
      assert.deepEqual(await harness.overhear(), before)
    }
    const end = async (attempt_id: string) => {
      assert.equal(await harness.carrier.hangup(attempt_id, null), null)
      await harness.until(attempt_id, has('ended'))
    }

    scene('bridged, customer and agent hear each other', [], async ({ attempt_id, agent, heard }) => {
      assert.deepEqual(await heard(), between('agent', 'customer'))
      await twice({ act: 'bridge', attempt_id, leg_id: agent })
    })

    scene('a leg outlives its call and takes the next one', [], async ({ attempt_id, agent, boss }) => {
      const next = await stage.dial('stays', 'answered')
      await stage.forbid({ act: 'bridge', attempt_id: next, leg_id: agent })
      await stage.forbid({ act: 'bridge', attempt_id, leg_id: boss })
      await end(attempt_id)
      assert.deepEqual(await harness.carrier.locateLeg(agent), { found: 'leg', up: true, down: false })
      await stage.do({ act: 'bridge', attempt_id: next, leg_id: agent })
      assert.deepEqual(await stage.heard(next, { [agent]: 'agent' }), between('agent', 'customer'))
      await stage.forbid({ act: 'bridge', attempt_id, leg_id: boss })
    })

    scene('a call outlives its leg and is bridged to another', [], async ({ attempt_id, agent, boss, heard }) => {
      await harness.carrier.closeLeg(agent)
      await harness.untilLeg(agent, has('leg_down'))
      assert.deepEqual(await heard(), [])
      await stage.forbid({ act: 'bridge', attempt_id, leg_id: agent })
      await stage.do({ act: 'bridge', attempt_id, leg_id: boss })
      assert.deepEqual(await heard(), between('boss', 'customer'))
    })

    scene('unbridged, both stay up, apart', ['unbridge'], async ({ attempt_id, agent, heard }) => {
      await twice({ act: 'unbridge', attempt_id })
      assert.deepEqual(await heard(), [])
      await stage.do({ act: 'bridge', attempt_id, leg_id: agent })
      assert.deepEqual(await heard(), between('agent', 'customer'))
    })

    scene('on hold nobody hears', ['hold', 'resume'], async ({ attempt_id, agent, heard }) => {
      await twice({ act: 'hold', attempt_id })
      assert.deepEqual(await heard(), [])
      await stage.forbid({ act: 'bridge', attempt_id, leg_id: agent })
      await twice({ act: 'resume', attempt_id })
      assert.deepEqual(await heard(), between('agent', 'customer'))
    })

    scene(
      'mute silences only that leg',
      ['mute', 'unmute', 'supervise'],
      async ({ attempt_id, agent, boss, heard }) => {
        await stage.do({ act: 'supervise', attempt_id, leg_id: boss, how: 'barge' })
        await twice({ act: 'mute', leg_id: agent })
        const all = together('agent', 'boss', 'customer')
        assert.deepEqual(
          await heard(),
          all.filter((line) => !line.endsWith('< agent')),
        )
        await twice({ act: 'unmute', leg_id: agent })
        assert.deepEqual(await heard(), all)
      },
    )

    scene('a parked call frees its leg, and comes back to it or to another', ['park', 'unpark'], async (on) => {
      const { attempt_id, agent, boss, heard } = on
      await twice({ act: 'park', attempt_id })
      assert.deepEqual(await heard(), [])
      await twice({ act: 'unpark', attempt_id })
      assert.deepEqual(await heard(), between('agent', 'customer'))
      await stage.do({ act: 'park', attempt_id })
      const next = await stage.dial('stays', 'answered')
      await stage.do({ act: 'bridge', attempt_id: next, leg_id: agent })
      await stage.forbid({ act: 'unpark', attempt_id })
      await stage.do({ act: 'bridge', attempt_id, leg_id: boss })
      assert.deepEqual(await heard(), between('boss', 'customer'))
    })

    scene('tones reach the customer', ['dtmf'], async ({ attempt_id }) => {
      await stage.do({ act: 'dtmf', attempt_id, digits: '12#' })
      await stage.do({ act: 'dtmf', attempt_id, digits: '*A' })
      assert.equal((await harness.overhear()).find((call) => call.attempt_id === attempt_id)?.digits, '12#*A')
      await stage.forbid({ act: 'dtmf', attempt_id, digits: 'call me' })
    })

    scene('a blind transfer takes the call out of our hands', ['transfer'], async ({ attempt_id, agent, heard }) => {
      await stage.forbid({ act: 'transfer', attempt_id, to: 'the other office' })
      await twice({ act: 'transfer', attempt_id, to: '301' })
      assert.deepEqual(await heard(), between('customer', 'third_party'))
      await stage.forbid({ act: 'bridge', attempt_id, leg_id: agent })
      await stage.do({ act: 'bridge', attempt_id: await stage.dial('stays', 'answered'), leg_id: agent })
      await end(attempt_id)
    })

    scene(
      'a warm transfer: alone, all three, handed over',
      ['consult', 'three_way', 'complete_transfer'],
      async (on) => {
        const { attempt_id, heard } = on
        for (const act of ['three_way', 'complete_transfer'] as const) await stage.forbid({ act, attempt_id })
        await twice({ act: 'consult', attempt_id, to: '301' })
        assert.deepEqual(await heard(), between('agent', 'third_party'))
        await twice({ act: 'three_way', attempt_id })
        assert.deepEqual(await heard(), together('agent', 'customer', 'third_party'))
        await twice({ act: 'complete_transfer', attempt_id })
        assert.deepEqual(await heard(), between('customer', 'third_party'))
      },
    )

    scene('a consultation is called off, or never comes about', ['consult', 'cancel_consult'], async (on) => {
      const { attempt_id, heard } = on
      await stage.do({ act: 'consult', attempt_id, to: '301' })
      await stage.forbid({ act: 'consult', attempt_id, to: '302' })
      await twice({ act: 'cancel_consult', attempt_id })
      assert.deepEqual(await heard(), between('agent', 'customer'))
      const busy = harness.numberFor('busy')
      if (busy === null) return
      const fault = await harness.carrier.control({ act: 'consult', attempt_id, to: busy })
      assert.equal(fault?.verdict, 'retryable')
      assert.deepEqual(await heard(), between('agent', 'customer'))
    })

    scene('a recording can be heard after the call', ['record_start'], async ({ attempt_id }) => {
      await stage.do({ act: 'record_start', attempt_id })
      await end(attempt_id)
      const told = (await harness.until(attempt_id, has('recorded'))).map(({ event }) => event)
      const urls = told.flatMap((event) => (event.kind === 'recorded' ? [event.url] : []))
      assert.equal(urls.length, 1)
      const reply = await harness.carrier.openRecording(urls[0] ?? '', patience())
      if (!reply.ok) assert.fail(reply.reason)
      const audio = await buffer(reply.body)
      assert.match(reply.content_type, /^audio\//)
      assert.notEqual(readWavHead(audio, audio.length), null)
      const none = await harness.carrier.openRecording(`${urls[0]}0`, patience())
      assert.equal(none.ok, false)
      for (let time = 0; time < 2; time++) assert.equal(await harness.carrier.forgetRecording(urls[0] ?? ''), null)
      const forgotten = await harness.carrier.openRecording(urls[0] ?? '', patience())
      assert.ok(!forgotten.ok && forgotten.gone)
    })

    scene('a recording starts, pauses and stops', ['record_start'], async ({ attempt_id }) => {
      const recording = async () => (await harness.overhear()).find((call) => call.attempt_id === attempt_id)?.recording
      for (const act of ['record_pause', 'record_resume'] as const) await stage.forbid({ act, attempt_id })
      for (const [act, state] of [
        ['record_start', 'on'],
        ['record_pause', 'paused'],
        ['record_resume', 'on'],
        ['record_stop', 'off'],
      ] as const) {
        await twice({ act, attempt_id })
        assert.equal(await recording(), state, act)
      }
    })

    scene('a last message frees the leg and ends the call', ['play'], async ({ attempt_id, agent, heard }) => {
      await stage.do({ act: 'play', attempt_id, message: 'please-wait', then_hang_up: false })
      assert.deepEqual(await heard(), between('agent', 'customer'))
      const next = await stage.dial('stays', 'answered')
      await stage.do({ act: 'play', attempt_id, message: 'safe-harbour', then_hang_up: true })
      assert.deepEqual(await heard(), [])
      await stage.do({ act: 'bridge', attempt_id: next, leg_id: agent })
      const events = await harness.until(attempt_id, has('ended'))
      const ended = events.map(({ event }) => event).find((event) => event.kind === 'ended')
      assert.ok(ended?.outcome === 'human' || ended?.outcome === 'answered')
      assert.deepEqual(await harness.carrier.locateLeg(agent), { found: 'leg', up: true, down: false })
    })

    scene('a supervisor listens, whispers, barges and takes over', ['supervise', 'leave'], async (on) => {
      const { attempt_id, agent, boss, heard } = on
      const supervise = (how: 'listen' | 'whisper' | 'barge' | 'take_over') =>
        twice({ act: 'supervise', attempt_id, leg_id: boss, how })
      const talk = between('agent', 'customer')
      await supervise('listen')
      assert.deepEqual(await heard(), [...talk, 'boss < agent', 'boss < customer'].toSorted())
      await supervise('whisper')
      assert.deepEqual(await heard(), [...talk, 'agent < boss', 'boss < agent', 'boss < customer'].toSorted())
      await supervise('barge')
      assert.deepEqual(await heard(), together('agent', 'boss', 'customer'))
      await twice({ act: 'leave', leg_id: boss })
      assert.deepEqual(await heard(), talk)
      await stage.forbid({ act: 'leave', leg_id: agent })
      await stage.forbid({ act: 'supervise', attempt_id, leg_id: agent, how: 'listen' })
      await supervise('take_over')
      assert.deepEqual(await heard(), between('boss', 'customer'))
      await stage.do({ act: 'bridge', attempt_id: await stage.dial('stays', 'answered'), leg_id: agent })
    })

    play('no act is done to a call that is not up, or by a leg that is not', ['bridge'], async () => {
      const leg_id = await stage.openLeg()
      const down = await stage.orderLeg('rings_out')
      const answered = await stage.dial('stays', 'answered')
      for (const not_up of [down, newId()]) {
        await stage.forbid({ act: 'bridge', attempt_id: answered, leg_id: not_up })
        await stage.forbid({ act: 'supervise', attempt_id: answered, leg_id: not_up, how: 'listen' })
        for (const act of ['mute', 'unmute', 'leave'] as const) await stage.forbid({ act, leg_id: not_up })
      }
      for (const act of bridgedOnly) await stage.forbid({ act, attempt_id: answered })
      await stage.forbid({ act: 'consult', attempt_id: answered, to: '301' })
      await stage.forbid({ act: 'supervise', attempt_id: answered, leg_id, how: 'whisper' })
      const [ringing, over] = [await stage.dial('rings_out', 'ringing'), await stage.dial('busy', 'ended')]
      for (const attempt_id of [ringing, over, newId()]) {
        for (const act of [...bridgedOnly, ...anyCall]) await stage.forbid({ act, attempt_id })
        await stage.forbid({ act: 'bridge', attempt_id, leg_id })
        await stage.forbid({ act: 'supervise', attempt_id, leg_id, how: 'listen' })
        await stage.forbid({ act: 'dtmf', attempt_id, digits: '1' })
        for (const act of ['transfer', 'consult'] as const) await stage.forbid({ act, attempt_id, to: '301' })
        await stage.forbid({ act: 'play', attempt_id, message: 'safe-harbour', then_hang_up: true })
      }
    })
  })
}

/** What a call that is bridged to no leg refuses. */
const bridgedOnly = ['hold', 'resume', 'park', 'unpark', 'complete_transfer', 'three_way', 'cancel_consult'] as const
const anyCall = ['unbridge', 'record_start', 'record_pause', 'record_resume', 'record_stop'] as const
