/** What every carrier must keep to with legs to agents. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { mergeLegEvent, newLeg } from '#domain/leg.ts'
import { type AgentScenario, type CarrierHarness, has, newId, patience } from './conformance-harness.ts'
import { legCommand } from './control-stage.ts'
import type { LegReport } from './events.ts'
import type { LegCommand } from './port.ts'

const factsOf = (events: LegReport[]) => events.reduce((leg, { event }) => mergeLegEvent(leg, event), newLeg)

/** A carrier on a busy machine may not answer in time, of which nothing left: three times, and what it says then counts. */
async function askAgain<Reply>(ask: () => Promise<Reply>, isTooSlow: (reply: Reply) => boolean): Promise<Reply> {
  for (let tries = 3; ; tries--) {
    const reply = await ask()
    if (tries === 1 || !isTooSlow(reply)) return reply
  }
}

/** Declares the suite. */
export function describeLegs(name: string, makeHarness: () => Promise<CarrierHarness>): void {
  describe(`${name} holds legs open`, { timeout: 60_000 }, () => {
    let harness: CarrierHarness
    before(async () => {
      harness = await makeHarness()
    })
    after(() => harness.close())

    /** A test with the order for a leg to somebody who does so. */
    const play = (what: string, scenario: AgentScenario, test: (command: LegCommand) => Promise<void>) =>
      it(what, async (context) => {
        const reached = harness.agentFor(scenario)
        if (reached === null) return context.skip(`${name} can't be made to play ${scenario}`)
        await test(legCommand(newId(), reached))
      })
    const open = (command: LegCommand) =>
      askAgain(
        () => harness.carrier.openLeg(command, patience()),
        (reply) => !reply.ok && reply.fault.verdict === 'blocked',
      )
    const order = async (command: LegCommand) => {
      const reply = await open(command)
      if (!reply.ok) assert.fail(`the leg was refused: ${reply.fault.reason}`)
      return reply.provider_leg_id
    }
    const locate = (leg_id: string) =>
      askAgain(
        () => harness.carrier.locateLeg(leg_id),
        ({ found }) => found === 'unreachable',
      )

    play('a leg comes up and stays until it is closed', 'stays', async (command) => {
      const provider_leg_id = await order(command)
      const up = await harness.untilLeg(command.leg_id, has('leg_up'))
      assert.deepEqual(
        up.map(({ event, ...named }) => ({ ...named, event_key: '' })),
        [{ event_key: '', attempt_id: null, leg_id: command.leg_id, provider_call_id: provider_leg_id }],
      )
      assert.deepEqual(await locate(command.leg_id), { found: 'leg', up: true, down: false })
      assert.equal(await harness.carrier.closeLeg(command.leg_id), null)
      const leg = factsOf(await harness.untilLeg(command.leg_id, has('leg_down')))
      assert.equal(leg.state, 'down')
      assert.ok((leg.up_at ?? '') <= (leg.down_at ?? '') && leg.hangup_cause)
      assert.deepEqual(await locate(command.leg_id), { found: 'leg', up: false, down: true })
      assert.equal(await harness.carrier.closeLeg(command.leg_id), null)
    })

    play('a leg ordered twice is opened once', 'stays', async (command) => {
      const ids = [await order(command), await order(command)]
      await harness.untilLeg(command.leg_id, has('leg_up'))
      ids.push(await order(command))
      assert.equal(new Set(ids).size, 1)
      assert.equal(await harness.rings(command.leg_id), 1)
      await harness.carrier.closeLeg(command.leg_id)
      const events = await harness.untilLeg(command.leg_id, has('leg_down'))
      await order(command)
      assert.deepEqual(await locate(command.leg_id), { found: 'leg', up: false, down: true })
      assert.equal(new Set(events.map((event) => event.event_key)).size, 2)
    })

    play('a leg that nobody answers goes down without having been up', 'rings_out', async (command) => {
      await order(command)
      const leg = factsOf(await harness.untilLeg(command.leg_id, has('leg_down')))
      assert.deepEqual([leg.state, leg.up_at], ['down', null])
    })

    play('a leg closed while it rings goes down without having been up', 'rings_out', async (command) => {
      // Rings long enough for the closing to come first.
      await order({ ...command, ring_timeout_ms: 600_000 })
      assert.deepEqual(await locate(command.leg_id), { found: 'leg', up: false, down: false })
      assert.equal(await harness.carrier.closeLeg(command.leg_id), null)
      const leg = factsOf(await harness.untilLeg(command.leg_id, has('leg_down')))
      assert.equal(leg.up_at, null)
    })

    play('a leg whose agent hangs up goes down by itself', 'hangs_up', async (command) => {
      await order(command)
      const leg = factsOf(await harness.untilLeg(command.leg_id, (all) => has('leg_up')(all) && has('leg_down')(all)))
      assert.ok(leg.up_at !== null && leg.down_at !== null && leg.up_at < leg.down_at)
    })

    play('a leg said to be never seen, or closed before it was seen, never opens', 'stays', async (command) => {
      const { leg_id } = command
      assert.deepEqual(await locate(leg_id), { found: 'never_seen' })
      const closed = newId()
      assert.equal(await harness.carrier.closeLeg(closed), null)
      for (const late of [leg_id, closed]) {
        const reply = await open({ ...command, leg_id: late })
        assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable')
        assert.deepEqual(await locate(late), { found: 'never_seen' })
        assert.equal(await harness.rings(late), 0)
      }
    })

    play('a leg given up before it left is not ordered', 'stays', async (command) => {
      const reply = await harness.carrier.openLeg(command, AbortSignal.abort())
      assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable')
      assert.equal(await harness.rings(command.leg_id), 0)
    })

    play('with a carrier that is away nothing is said to be done', 'stays', async (command) => {
      const { away } = harness
      // One that lives in this very process is never away.
      if (away === null) return
      const reply = await away.openLeg(command, patience())
      assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'blocked')
      assert.equal((await away.closeLeg(command.leg_id))?.verdict, 'blocked')
      assert.equal((await away.locateLeg(command.leg_id)).found, 'unreachable')
      assert.equal((await away.control({ act: 'mute', leg_id: command.leg_id }))?.verdict, 'blocked')
    })
  })
}

/** Declares the suite of a carrier that opens none. */
export function describeNoLegs(name: string, makeHarness: () => Promise<CarrierHarness>): void {
  it(`${name} opens no legs, and does nothing to a call but end it`, async (context) => {
    const harness = await makeHarness()
    context.after(() => harness.close())
    const { carrier } = harness
    assert.deepEqual(carrier.capabilities.acts, [])
    const leg_id = newId()
    const reply = await carrier.openLeg(
      legCommand(leg_id, { reached_at: 'outside', address: '+12125550111' }),
      patience(),
    )
    assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'permanent')
    assert.deepEqual(await carrier.locateLeg(leg_id), { found: 'never_seen' })
    assert.equal(await carrier.closeLeg(leg_id), null)
    const fault = await carrier.control({ act: 'bridge', attempt_id: newId(), leg_id })
    assert.equal(fault?.verdict, 'permanent')
  })
}
