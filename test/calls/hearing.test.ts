/** What the PBX says of who hears whom, held against what comes out of the telephones. */
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { HeardCall } from '#telephony/conformance-harness.ts'
import { type ControlStage, createControlStage, type Scene } from '#telephony/control-stage.ts'
import type { ControlCommand } from '#telephony/port.ts'
import { type CallHarness, openCallHarness } from './call-harness.ts'
import { requireCalls } from './far-end.ts'

const skip = await requireCalls()

describe('what is heard over a PBX', { skip, timeout: 60_000 }, () => {
  let harness: CallHarness
  let stage: ControlStage
  before(async () => {
    harness = await openCallHarness()
    stage = createControlStage(harness)
  })
  afterEach(() => stage.clear())
  after(() => harness.close())

  /** Who hears whom in a call, as sorted lines, as far as it is heard. */
  const listen = async ({ attempt_id, agent, boss }: Scene) => {
    const channels = {
      customer: `call.${attempt_id}`,
      agent: `leg.${agent}`,
      boss: `leg.${boss}`,
      third_party: `third.${attempt_id}`,
    }
    const phones = new Map<string, string>()
    for (const [name, channel] of Object.entries(channels)) {
      const call_id = await harness.phoneOf(channel)
      if (call_id !== '') phones.set(call_id, name)
    }
    const lines = await Promise.all(
      [...phones].map(async ([call_id, listener]) =>
        (await harness.far.phones.hears(call_id)).map((speaker) => `${listener} < ${phones.get(speaker)}`),
      ),
    )
    return lines.flat().toSorted()
  }
  /** After each of the acts the PBX's account is what is heard. */
  const play = async (scene: Scene, acts: ControlCommand[]) => {
    assert.deepEqual(await listen(scene), await scene.heard(), 'bridged')
    for (const command of acts) {
      await stage.do(command)
      assert.deepEqual(await listen(scene), await scene.heard(), JSON.stringify(command))
    }
  }

  it('customer and agent, apart, on hold and muted', async () => {
    const scene = await stage.bridge()
    const { attempt_id, agent: leg_id } = scene
    await play(scene, [
      ...(['hold', 'resume'] as const).map((act) => ({ act, attempt_id })),
      ...(['mute', 'unmute'] as const).map((act) => ({ act, leg_id })),
      { act: 'mute', leg_id },
      { act: 'unbridge', attempt_id },
      { act: 'bridge', attempt_id, leg_id },
    ])
  })

  it('a supervisor who listens, whispers, is muted, barges in and takes over', async () => {
    const scene = await stage.bridge()
    const { attempt_id, boss: leg_id } = scene
    const supervise = (how: 'listen' | 'whisper' | 'barge' | 'take_over') => ({
      ...{ act: 'supervise' as const, attempt_id, leg_id, how },
    })
    await play(scene, [
      supervise('listen'),
      ...(['mute', 'unmute'] as const).map((act) => ({ act, leg_id })),
      supervise('whisper'),
      ...(['mute', 'unmute'] as const).map((act) => ({ act, leg_id })),
      supervise('listen'),
      { act: 'mute', leg_id },
      supervise('barge'),
      { act: 'unmute', leg_id },
      supervise('take_over'),
    ])
  })

  it('a third party who is consulted, joined and given the call', async () => {
    const scene = await stage.bridge()
    const { attempt_id } = scene
    const acts = ['three_way', 'complete_transfer'] as const
    await play(scene, [{ act: 'consult', attempt_id, to: '301' }, ...acts.map((act) => ({ act, attempt_id }))])
  })

  const untilSays = async (scene: Scene, lines: string[]) => {
    while (JSON.stringify(await scene.heard()) !== JSON.stringify(lines)) await harness.turn()
  }

  it('a consulted third party who hangs up gives the customer back, and one the call was given to ends it', async () => {
    const scene = await stage.bridge()
    const { attempt_id } = scene
    const between = await scene.heard()
    await stage.do({ act: 'consult', attempt_id, to: '300' })
    await untilSays(scene, between)
    assert.deepEqual(await listen(scene), between)
    await stage.do({ act: 'transfer', attempt_id, to: '300' })
    await harness.until(attempt_id, (events) => events.some(({ event }) => event.kind === 'ended'))
  })

  it('another process goes on with what one began', async () => {
    const scene = await stage.bridge()
    const { attempt_id, boss: leg_id } = scene
    await stage.do({ act: 'consult', attempt_id, to: '301' })
    const other = harness.another()
    assert.equal(await other.control({ act: 'three_way', attempt_id }), null)
    assert.equal(await other.control({ act: 'supervise', attempt_id, leg_id, how: 'whisper' }), null)
    assert.equal((await scene.heard()).length, 10)
    assert.deepEqual(await listen(scene), await scene.heard())
    assert.equal(await other.control({ act: 'cancel_consult', attempt_id }), null)
    const call = (await harness.overhear()).find((one: HeardCall) => one.attempt_id === attempt_id)
    assert.deepEqual(call?.legs.length, 2)
  })
})
