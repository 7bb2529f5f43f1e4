/** Whatever is asked of call control, in whatever order: what must never be, never is. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { CarrierHarness, HeardCall } from './conformance-harness.ts'
import { createControlStage } from './control-stage.ts'
import type { ControlCommand } from './port.ts'

/** Each of them means the call or leg of that place; the last leg is down from the start. */
const call = fc.constantFrom('0', '1', '2')
const leg = fc.constantFrom('0', '1', '2', '3')
const down_leg = 3

const command: fc.Arbitrary<ControlCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('bridge' as const), attempt_id: call, leg_id: leg }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('supervise' as const),
      attempt_id: call,
      leg_id: leg,
      how: fc.constantFrom('listen' as const, 'whisper' as const, 'barge' as const, 'take_over' as const),
    }),
  },
  fc.record({
    act: fc.constantFrom(
      ...([
        'unbridge',
        'hold',
        'resume',
        'park',
        'unpark',
        'complete_transfer',
        'three_way',
        'cancel_consult',
      ] as const),
      ...(['record_start', 'record_pause', 'record_resume', 'record_stop'] as const),
    ),
    attempt_id: call,
  }),
  fc.record({ act: fc.constantFrom('mute' as const, 'unmute' as const, 'leave' as const), leg_id: leg }),
  fc.record({
    act: fc.constantFrom('transfer' as const, 'consult' as const),
    attempt_id: call,
    to: fc.constant('301'),
  }),
  fc.record({
    act: fc.constant('play' as const),
    attempt_id: call,
    message: fc.constant('sorry'),
    // A call that ended by itself meanwhile could not be told from one that a fault changed.
    then_hang_up: fc.constant(false),
  }),
)
/** Or a call or a leg is gone in between. */
type Step = ControlCommand | { gone: 'call' | 'leg'; place: string }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: command },
  fc.record({ gone: fc.constant('call' as const), place: call }),
  fc.record({ gone: fc.constant('leg' as const), place: leg }),
)

/** Declares the suite. */
export function describeControlSequences(name: string, makeHarness: () => Promise<CarrierHarness>, walks = 40): void {
  describe(`${name} keeps calls and legs apart`, { timeout: 60_000 }, () => {
    let harness: CarrierHarness
    before(async () => {
      harness = await makeHarness()
    })
    after(() => harness.close())

    it('no leg is in two calls, none that is down in one, and nobody but the agent hears a whisper', async () => {
      const play = (steps: Step[]) => walk(harness, steps)
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), play), { numRuns: walks })
    })
  })
}

/** Takes the steps with fresh calls and legs, and looks after each of them. */
async function walk(harness: CarrierHarness, steps: Step[]): Promise<void> {
  const { carrier } = harness
  const stage = createControlStage(harness)
  const calls: string[] = []
  const legs: string[] = []
  for (let place = 0; place < 3; place++) calls.push(await stage.dial('stays', 'answered'))
  for (let place = 0; place <= down_leg; place++) legs.push(await stage.openLeg())
  await carrier.closeLeg(legs[down_leg] ?? '')
  /** As what each supervisor joined last. */
  const supervising = new Map<string, string>()

  const take = async (one: ControlCommand) => {
    const meant = mean(one, calls, legs)
    const before = await harness.overhear()
    const fault = await carrier.control(meant)
    if (fault !== null) assert.deepEqual(await harness.overhear(), before, 'a fault changed something')
    else if (meant.act === 'supervise') supervising.set(meant.leg_id, meant.how)
  }
  for (const one of steps) {
    if (!('gone' in one)) await take(one)
    else if (one.gone === 'call') await carrier.hangup(calls[Number(one.place)] ?? '', null)
    else await carrier.closeLeg(legs[Number(one.place)] ?? '')
    const heard = await harness.overhear()
    const members = heard.flatMap((call) => call.legs)
    assert.equal(new Set(members).size, members.length, 'a leg is in two calls')
    for (const leg_id of members) {
      assert.deepEqual(await carrier.locateLeg(leg_id), { found: 'leg', up: true, down: false })
    }
    for (const call of heard) assertUnheard(call, supervising)
  }
  await stage.clear()
}

function mean(command: ControlCommand, calls: string[], legs: string[]): ControlCommand {
  return {
    ...command,
    ...('attempt_id' in command && { attempt_id: calls[Number(command.attempt_id)] }),
    ...('leg_id' in command && { leg_id: legs[Number(command.leg_id)] }),
  } as ControlCommand
}

/** Nobody hears who listens, and nobody but our leg who whispers. */
function assertUnheard(call: HeardCall, supervising: Map<string, string>): void {
  for (const { listener, speaker } of call.hearing) {
    if (speaker === call.leg_id || !call.legs.includes(speaker)) continue
    const how = supervising.get(speaker)
    assert.ok(how === 'barge' || (how === 'whisper' && listener === call.leg_id), `${listener} hears one who ${how}s`)
  }
}
