/** A trunk's own SIP provider, put into a PBX that runs. */
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openAsteriskLine } from '#telephony/asterisk/carrier.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { has, newId, patience } from '#telephony/conformance-harness.ts'
import { splitEvents } from '#telephony/events.ts'
import type { Carrier } from '#telephony/port.ts'
import { createReception } from '#telephony/simulator/rehearsal.ts'
import { type Ask, type FarEnd, openFarEnd, requireCalls } from './far-end.ts'

const skip = await requireCalls()
const trunk_id = '019b0000-0000-7000-8000-00000000000c'

describe("a trunk's own SIP provider", { skip, timeout: 60_000 }, () => {
  const reception = createReception()
  const lines: Carrier[] = []
  let far: FarEnd
  let provider: Ask
  before(async () => {
    far = await openFarEnd()
    provider = await far.start('provider.ts', '127.0.0.6', '5095', 'account', 'first')
  })
  afterEach(async () => {
    for (const line of lines.splice(0)) await line.close()
  })
  after(() => far?.close())

  const open = (sip: object, password: string, trouble: typeof console.error = console.error) => {
    const secret = JSON.stringify({ pbx: far.secret, sip: password })
    const settings = { url: far.url, sip }
    const trunk = { id: trunk_id, workspace_id: 'workspace', provider: 'asterisk', speed: null, settings, secret }
    const sink = async (_: object, events: Parameters<typeof reception.take>[0]) => reception.take(events)
    const line = openAsteriskLine(trunk, { sink, clock: createSystemClock(), trouble })
    lines.push(line)
    return line
  }
  const account = { host: '127.0.0.6', port: 5095, username: 'account', register: true }
  const dial = async (line: Carrier, number: string) => {
    const attempt_id = newId()
    const command = { attempt_id, number, caller_id: '+12125550199', ring_timeout_ms: 5_000, detect_machines: false }
    for (let tries = 50; ; tries--) {
      const reply = await line.dial({ ...command, attempt_id }, patience())
      if (reply.ok) return attempt_id
      if (tries === 0) assert.fail(reply.fault.reason)
      await wait(100)
    }
  }
  const outcomeOf = async (attempt_id: string) => {
    const told = () => splitEvents(reception.of(attempt_id)).calls
    await reception.when(() => has('ended')(told()))
    const ended = told().find(({ event }) => event.kind === 'ended')?.event
    return ended?.kind === 'ended' ? ended.outcome : null
  }
  const until = async (so: () => Promise<boolean>) => {
    // Asterisk gives a provider seconds to answer before it calls it unreachable, and more on a busy machine.
    for (let looks = 1_000; !(await so()); looks--) {
      if (looks === 0) assert.fail('not in time')
      await wait(25)
    }
  }

  it('is registered at and called over with its account, and with other credentials while the PBX runs', async () => {
    const first = open(account, 'first')
    assert.equal(await outcomeOf(await dial(first, '+12125550111')), 'busy')
    await until(() => provider('registered'))
    await provider('change', 'second')
    const second = open(account, 'second')
    assert.equal(await outcomeOf(await dial(second, '+12125550112')), 'busy')
    await until(() => provider('registered'))
    assert.deepEqual(await provider('called'), ['+12125550111', '+12125550112'])
  })

  it('is left when the trunk is out of use, and taken again with the next call', async () => {
    const line = open(account, 'second')
    await dial(line, '+12125550113')
    await until(() => provider('registered'))
    assert.equal(await line.retire?.(), null)
    await until(async () => !(await provider('registered')))
    assert.equal(await outcomeOf(await dial(line, '+12125550114')), 'busy')
    await until(() => provider('registered'))
  })

  it('is there again after the PBX was started anew', async () => {
    // It hears nothing for a while, and says so.
    const line = open(account, 'second', () => {})
    await dial(line, '+12125550117')
    await far.startAnew()
    await provider('change', 'second')
    assert.equal(await outcomeOf(await dial(line, '+12125550118')), 'busy')
    await until(() => provider('registered'))
  })

  it('is not called over while it refuses the account', async () => {
    const line = open({ ...account, register: false }, 'wrong')
    const outcome = await outcomeOf(await dial(line, '+12125550119'))
    const command = {
      attempt_id: newId(),
      number: '+12125550120',
      caller_id: null,
      ring_timeout_ms: 5_000,
      detect_machines: false,
    }
    const reply = await line.dial(command, patience())
    assert.equal(reply.ok ? 'taken' : reply.fault.reason, "the SIP provider refuses the trunk's account")
    assert.equal(outcome, 'failed')
  })

  it('is not called over once it is known not to answer', async () => {
    const line = open({ host: '127.0.0.7', port: 5999, qualify_seconds: 1 }, 'none')
    await dial(line, '+12125550115')
    const reasons = new Set<string>()
    await until(async () => {
      const command = {
        attempt_id: newId(),
        number: '+12125550116',
        caller_id: null,
        ring_timeout_ms: 5_000,
        detect_machines: false,
      }
      const reply = await line.dial(command, patience())
      if (!reply.ok) reasons.add(`${reply.fault.verdict}: ${reply.fault.reason}`)
      return reasons.has('blocked: the SIP provider does not answer')
    })
  })
})
