import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CallFacts, mergeEvent, newCall } from '#domain/call.ts'
import { describeCarrier } from '#telephony/conformance.ts'
import { has, newId, patience, takenId } from '#telephony/conformance-harness.ts'
import { type CallHarness, lacks, openCallHarness } from './call-harness.ts'
import { digits } from './digits.ts'
import { desk_phone, requireCalls } from './far-end.ts'

const skip = await requireCalls()

if (skip) it('real calls keep to the port', { skip }, () => {})
else describeCarrier('a PBX', openCallHarness, lacks)

describe('calls over a PBX', { skip, timeout: 60_000 }, () => {
  let harness: CallHarness
  before(async () => {
    harness = await openCallHarness()
  })
  after(() => harness.close())

  const command = (digit: number, ring_timeout_ms = 10_000) => ({
    attempt_id: newId(),
    number: `+1646555${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}${digit}`,
    ...{ caller_id: '+12125550199', ring_timeout_ms, detect_machines: false },
  })
  const factsOf = (events: { event: Parameters<typeof mergeEvent>[1] }[]): CallFacts =>
    events.reduce((call, { event }) => mergeEvent(call, event), newCall)
  const dial = async (one: ReturnType<typeof command>) => takenId(await harness.carrier.dial(one, patience()))

  it('ends as congested where the network is', async () => {
    const one = command(digits.congestion)
    await dial(one)
    assert.equal(factsOf(await harness.until(one.attempt_id, has('ended'))).outcome, 'congestion')
  })

  it('finds an end that nobody heard, with its answer, once the PBX is heard again', async () => {
    const one = command(digits.answers)
    await dial(one)
    await harness.until(one.attempt_id, has('answered'))
    const phone = await harness.phoneOf(`call.${one.attempt_id}`)
    harness.far.cut()
    assert.equal((await harness.carrier.locate(one.attempt_id, null, null)).found, 'unreachable')
    const blocked = await harness.carrier.dial(command(digits.busy), patience())
    assert.equal(blocked.ok ? 'taken' : blocked.fault.verdict, 'blocked')
    while (await harness.far.phones.talks(phone)) await harness.turn()
    harness.far.mend()
    const call = factsOf(await harness.until(one.attempt_id, has('ended')))
    assert.equal(call.outcome, 'answered')
    assert.ok((call.answered_at ?? '') < (call.ended_at ?? ''))
    const located = await harness.another().locate(one.attempt_id, null, null)
    assert.ok(located.found === 'call')
    assert.equal(factsOf(located.events).outcome, 'answered')
  })

  it('tells every process of a call, and finds it while it lasts', async () => {
    const one = command(digits.stays)
    const id = await dial(one)
    await harness.until(one.attempt_id, has('answered'))
    const other = harness.another()
    const located = await other.locate(one.attempt_id, id, null)
    assert.ok(located.found === 'call' && factsOf(located.events).state === 'answered')
    assert.equal(await other.hangup(one.attempt_id, id), null)
    const { outcome } = factsOf(await harness.until(one.attempt_id, has('ended')))
    assert.equal(outcome, 'answered')
  })

  it('reaches a phone that has registered, and holds one that is away against nobody', async () => {
    const line = harness.another({ phone: 'PJSIP/{phone}' })
    const leg = (address: string) => ({
      ...{ leg_id: newId(), agent_id: 'agent-1', reached_at: 'extension' as const, address },
      ...{ caller_id: null, ring_timeout_ms: 5_000 },
    })
    for (const address of ['202', '299']) {
      const reply = await line.openLeg(leg(address), patience())
      assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable', address)
    }
    const up = leg(desk_phone)
    const reply = await line.openLeg(up, patience())
    assert.ok(reply.ok, JSON.stringify(reply))
    await harness.untilLeg(up.leg_id, has('leg_up'))
    assert.equal(await line.closeLeg(up.leg_id), null)
    const smuggled = await line.openLeg(leg('201@127.0.0.9&PJSIP/out'), patience())
    assert.equal(smuggled.ok ? 'taken' : smuggled.fault.verdict, 'permanent')
  })

  it('rings nobody after another process was promised so', async () => {
    const one = command(digits.answers)
    assert.deepEqual(await harness.another().locate(one.attempt_id, null, null), { found: 'never_seen' })
    const reply = await harness.carrier.dial(one, patience())
    assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'retryable')
    assert.equal(await harness.rings(one.attempt_id), 0)
  })

  it('says of an attempt older than the PBX that nobody knows what became of it', async () => {
    const located = await harness.carrier.locate('019b0000-0000-7000-8000-000000000001', null, null)
    assert.ok(located.found === 'call')
    assert.equal(factsOf(located.events).outcome, 'unknown')
  })
})
