import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { type CallFacts, mergeEvent, newCall } from '#domain/call.ts'
import { createSystemClock } from '../clock.ts'
import { describeCarrier } from '../conformance.ts'
import { type CarrierHarness, commandFor, has, newId, patience, takenId } from '../conformance-harness.ts'
import { splitEvents } from '../events.ts'
import type { Carrier, TrunkSettings } from '../port.ts'
import { startFakePbx } from '../simulator/freeswitch/event-socket.ts'
import { createReception, numberFor, rehearsal_script } from '../simulator/rehearsal.ts'
import { openFreeswitchLine } from './carrier.ts'

const password = 'ClueCon'
const trunkTo = (port: number, change: Partial<TrunkSettings> = {}): TrunkSettings => ({
  ...{ id: '019b0000-0000-7000-8000-00000000000a', workspace_id: 'workspace-1', provider: 'freeswitch', speed: null },
  ...{ settings: { host: '127.0.0.1', port, gateway: 'out' }, secret: password, ...change },
})

async function open({ speed = 600 } = {}) {
  const pbx = await startFakePbx({
    ...{ clock: createSystemClock(), script: rehearsal_script, seed: '1', speed, password },
    gateways: { out: 'up', broken: 'down' },
  })
  // It has been up for an hour.
  await pbx.run(`hash insert/outdial/since/${Date.now() - 3_600_000}`)
  const reception = createReception()
  const troubles: string[] = []
  const deps = {
    sink: async (_: object, events: Parameters<typeof reception.take>[0]) => reception.take(events),
    clock: createSystemClock(),
    trouble: (message: string, cause: unknown) => troubles.push(`${message}: ${cause}`),
  }
  const lines: Carrier[] = []
  /** A process's line over the trunk. */
  const line = (change: Partial<TrunkSettings> = {}, port = pbx.port) => {
    const opened = openFreeswitchLine(trunkTo(port, change), deps)
    lines.push(opened)
    return opened
  }
  const carrier = line()
  const until: CarrierHarness['until'] = async (attempt_id, enough) => {
    const told = () => splitEvents(reception.of(attempt_id)).calls
    await reception.when(() => enough(told()))
    return told()
  }
  const close = async () => {
    for (const one of lines) await one.close()
    await pbx.close()
  }
  const rings = (id: string) => pbx.rung().filter(({ uuid }) => uuid === id).length
  return { pbx, carrier, line, until, rings, troubles, close }
}

async function makeHarness(): Promise<CarrierHarness> {
  const { carrier, line, until, rings, close } = await open()
  const scripted = new Set<string>(['machine', 'congestion'])
  return {
    ...{ carrier, until, close, away: line({}, 9) },
    numberFor: (scenario) => (scripted.has(scenario) ? null : numberFor(scenario)),
    agentFor: () => null,
    untilLeg: () => assert.fail('there are no legs'),
    optOut: () => assert.fail('there are no texts'),
    turn: () => tick(),
    rings: async (id) => rings(id),
    overhear: () => [],
  }
}

describeCarrier('freeswitch', makeHarness, { scenarios: ['machine', 'congestion'], legs: true })
