/** What a carrier must keep to that says it can leave a message after a machine's greeting. */
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { type CarrierHarness, has } from './conformance-harness.ts'
import { type ControlStage, createControlStage } from './control-stage.ts'

/** Declares the suite. */
export function describeGreetings(name: string, makeHarness: () => Promise<CarrierHarness>): void {
  describe(`${name} leaves messages on machines`, { timeout: 60_000 }, () => {
    let harness: CarrierHarness
    let stage: ControlStage
    before(async () => {
      harness = await makeHarness()
      stage = createControlStage(harness)
    })
    afterEach(() => stage.clear())
    after(() => harness.close())

    it('after their greeting, while the agent is free for others', async (context) => {
      if (!harness.carrier.capabilities.awaits_greetings) return context.skip(`${name} can't wait for a greeting`)
      const attempt_id = await stage.dial('machine', 'answered')
      const leg_id = await stage.openLeg()
      await stage.do({ act: 'bridge', attempt_id, leg_id })
      const message = { act: 'play' as const, attempt_id, message: 'please-wait', after: 'greeting' as const }
      await stage.forbid({ ...message, then_hang_up: false })
      const left = stage.do({ ...message, then_hang_up: true })
      while ((await stage.heard(attempt_id, {})).length > 0) await harness.turn()
      await stage.do({ act: 'bridge', attempt_id: await stage.dial('stays', 'answered'), leg_id })
      await left
      const events = (await harness.until(attempt_id, has('ended'))).map(({ event }) => event)
      const [answered, ended] = (['answered', 'ended'] as const).map((kind) =>
        Date.parse(events.find((event) => event.kind === kind)?.at ?? ''),
      )
      assert.ok(Number(ended) - Number(answered) > harness.greeting_ms, `${Number(ended) - Number(answered)} ms`)
    })
  })
}
