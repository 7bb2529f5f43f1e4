/** What the suites of legs and call control share: calls and legs of one test, and what is heard in them. */
import assert from 'node:assert/strict'
import {
  type AgentScenario,
  type CarrierHarness,
  commandFor,
  has,
  newId,
  patience,
  type Scenario,
} from './conformance-harness.ts'
import type { ControlCommand, DialReply, LegCommand, LegReply } from './port.ts'

/** A call bridged to `agent`, with a supervisor's leg beside it. */
export interface Scene {
  attempt_id: string
  agent: string
  boss: string
  /** The sorted lines of who hears whom in the call. */
  heard(): Promise<string[]>
}

export interface ControlStage {
  /** The id of a call that was dialed and stands at `event`. */
  dial(scenario: Scenario, event: 'ringing' | 'answered' | 'ended'): Promise<string>
  orderLeg(scenario?: AgentScenario): Promise<string>
  /** The id of a leg that is up. */
  openLeg(): Promise<string>
  /** A call that is bridged to a leg. */
  bridge(): Promise<Scene>
  /** The act is done. */
  do(command: ControlCommand): Promise<void>
  /** The act is refused for good, with a reason, and changes nothing that can be heard. */
  forbid(command: ControlCommand): Promise<void>
  /**
   * Who hears whom in a call, as sorted lines "listener < speaker"; a leg by its name in `names`.
   */
  heard(attempt_id: string, names: Record<string, string>): Promise<string[]>
  /** Hangs up and closes all that is left. */
  clear(): Promise<void>
}

export function createControlStage({ carrier, ...harness }: CarrierHarness): ControlStage {
  const calls: string[] = []
  const legs: string[] = []

  /** Orders again what a carrier on a busy machine could not take in time, of which nothing left. */
  const take = async <Taken extends DialReply | LegReply>(order: () => Promise<{ id: string; reply: Taken }>) => {
    for (let tries = 3; ; tries--) {
      const { id, reply } = await order()
      if (reply.ok) return id
      if (reply.fault.verdict !== 'blocked' || tries === 1) assert.fail(`it was refused: ${reply.fault.reason}`)
    }
  }
  const orderLeg = (scenario: AgentScenario = 'stays') =>
    take(async () => {
      const reached = harness.agentFor(scenario)
      assert.ok(reached, `no agent can be made to play ${scenario}`)
      const leg_id = newId()
      legs.push(leg_id)
      return { id: leg_id, reply: await carrier.openLeg(legCommand(leg_id, reached), patience()) }
    })

  const dial = async (scenario: Scenario, event: 'ringing' | 'answered' | 'ended') => {
    const attempt_id = await take(async () => {
      const command = { ...commandFor(harness.numberFor(scenario) ?? ''), ring_timeout_ms: 600_000 }
      calls.push(command.attempt_id)
      return { id: command.attempt_id, reply: await carrier.dial(command, patience()) }
    })
    await harness.until(attempt_id, has(event))
    return attempt_id
  }
  const openLeg = async () => {
    const leg_id = await orderLeg()
    await harness.untilLeg(leg_id, has('leg_up'))
    return leg_id
  }
  const act = async (command: ControlCommand) => {
    const fault = await carrier.control(command)
    assert.equal(fault, null, `${command.act}: ${fault?.reason}`)
  }
  const heard = async (attempt_id: string, names: Record<string, string>) => {
    const call = (await harness.overhear()).find((one) => one.attempt_id === attempt_id)
    const name = (id: string) => names[id] ?? id
    return (call?.hearing ?? []).map(({ listener, speaker }) => `${name(listener)} < ${name(speaker)}`).toSorted()
  }

  return {
    ...{ dial, orderLeg, openLeg, do: act, heard },
    async bridge() {
      const [attempt_id, agent, boss] = [await dial('stays', 'answered'), await openLeg(), await openLeg()]
      await act({ act: 'bridge', attempt_id, leg_id: agent })
      const names = { [agent]: 'agent', [boss]: 'boss' }
      return { attempt_id, agent, boss, heard: () => heard(attempt_id, names) }
    },
    async forbid(command) {
      const before = await harness.overhear()
      const fault = await carrier.control(command)
      assert.equal(fault?.verdict, 'permanent', `${command.act} was ${fault?.reason ?? 'done'}`)
      assert.match(fault.reason, /^[a-z].* /, 'the reason is a sentence')
      assert.deepEqual(await harness.overhear(), before)
    },
    async clear() {
      for (const attempt_id of calls.splice(0)) await carrier.hangup(attempt_id, null)
      for (const leg_id of legs.splice(0)) await carrier.closeLeg(leg_id)
    },
  }
}

export function legCommand(leg_id: string, reached: Pick<LegCommand, 'reached_at' | 'address'>): LegCommand {
  return { leg_id, agent_id: 'agent-1', ...reached, caller_id: '+12125550199', ring_timeout_ms: 25_000 }
}

export const between = (one: string, other: string) => [`${one} < ${other}`, `${other} < ${one}`]

export const together = (...names: string[]) =>
  names.flatMap((ear) => names.filter((voice) => voice !== ear).map((voice) => `${ear} < ${voice}`)).toSorted()
