import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { commandFor, has, newId, patience, takenId } from '#telephony/conformance-harness.ts'
import type { Carrier } from '#telephony/port.ts'
import { type CallHarness, openCallHarness } from './call-harness.ts'
import { digits } from './digits.ts'
import { requireCalls } from './far-end.ts'

const skip = await requireCalls()

describe('a PBX that listens for machines', { skip, timeout: 60_000 }, () => {
  let harness: CallHarness
  let carrier: Carrier
  before(async () => {
    harness = await openCallHarness()
    carrier = harness.another({ detect_machines: true })
    // The first question signs on, for which a dial may have no time on a slow machine.
    await carrier.locate(newId(), null, null)
  })
  after(() => harness.close())

  const hear = async (does: keyof typeof digits, carrier: Carrier) => {
    const command = commandFor(`+1646555010${digits[does]}`)
    takenId(await carrier.dial(command, patience()))
    const events = await harness.until(command.attempt_id, has('detected'))
    const told = events.map(({ event }) => event).find((event) => event.kind === 'detected')
    const answered = events.map(({ event }) => event).find((event) => event.kind === 'answered')
    const took_ms = Date.parse(told?.at ?? '') - Date.parse(answered?.at ?? '')
    return { attempt_id: command.attempt_id, detection: told?.detection, took_ms }
  }

  /** Told again while a busy machine does not take it. */
  const hangUp = async (attempt_id: string) => {
    while ((await carrier.hangup(attempt_id, null)) !== null) await harness.turn()
  }

  it('tells people from machines, and takes one who talks on for a machine', async () => {
    assert.equal(carrier.capabilities.answering_machine_detection, true)
    const heard = await Promise.all((['greets', 'talks', 'machine'] as const).map((does) => hear(does, carrier)))
    assert.deepEqual(
      heard.map(({ detection }) => detection),
      ['human', 'machine', 'machine'],
    )
    for (const { took_ms } of heard) assert.ok(took_ms < 4_000, `it took ${took_ms} ms`)
    for (const { attempt_id } of heard) {
      await hangUp(attempt_id)
      const events = await harness.until(attempt_id, has('ended'))
      const keys = events.flatMap(({ event, event_key }) => (event.kind === 'detected' ? event_key : []))
      assert.equal(new Set(keys).size, 1)
    }
  })

  it('does not know of one who says nothing', async () => {
    const silent = harness.another({ detect_machines: true, endpoint: 'PJSIP/{number}@out' })
    await silent.locate(newId(), null, null)
    const { attempt_id, detection } = await hear('stays', silent)
    assert.equal(detection, 'unknown')
    await hangUp(attempt_id)
  })

  it('leaves a call alone meanwhile: it can be bridged at once', async () => {
    const command = commandFor(`+1646555011${digits.greets}`)
    takenId(await carrier.dial(command, patience()))
    const { attempt_id } = command
    const leg_id = newId()
    const leg = { leg_id, agent_id: 'agent-1', reached_at: 'extension' as const, address: '7991' }
    await carrier.openLeg({ ...leg, caller_id: null, ring_timeout_ms: 5_000 }, patience())
    await harness.untilLeg(leg_id, has('leg_up'))
    await harness.until(attempt_id, has('answered'))
    assert.equal(await carrier.control({ act: 'bridge', attempt_id, leg_id }), null)
    const events = await harness.until(attempt_id, has('detected'))
    assert.ok(events.some(({ event }) => event.kind === 'detected' && event.detection === 'human'))
  })
})
