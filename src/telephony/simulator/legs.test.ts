import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { legCommand } from '../control-stage.ts'
import type { ControlCommand } from '../port.ts'
import { createVirtualClock } from '../virtual-clock.ts'
import { openBuiltInExchange } from './built-in.ts'
import { agentFor, createReception, makeFolder, numberFor, readLines, rehearsal_script, trunk } from './rehearsal.ts'

const start = Date.parse('2026-03-02T15:00:00Z')
const patience = () => new AbortController().signal

function openStage(context: TestContext, script = rehearsal_script, given: string | null = null, begin = start) {
  const { folder, remove } = given === null ? makeFolder() : { folder: given, remove: () => {} }
  context.after(remove)
  const clock = createVirtualClock(begin)
  const reception = createReception()
  const paths = { journal_path: `${folder}/calls.jsonl`, ledger_path: `${folder}/ledger.jsonl` }
  const exchange = openBuiltInExchange({
    ...{ clock, script, seed: '1', ...paths },
    sink: async (_, events) => reception.take(events),
    trouble: (message, cause) => assert.fail(`${message}: ${cause}`),
  })
  const carrier = exchange.line(trunk, 1)
  const at = (seconds: number) => clock.advanceTo(start + seconds * 1000)
  const kinds = (id: string) => reception.of(id).map(({ event }) => [event.kind, (Date.parse(event.at) - start) / 1000])
  const endOf = (id: string) => kinds(id).find(([kind]) => kind === 'ended')?.[1]
  return {
    ...{ folder, exchange, at, kinds, endOf, reception, ledger_path: paths.ledger_path },
    control: async (command: ControlCommand) => (await carrier.control(command))?.reason ?? null,
    close: (leg_id: string) => carrier.closeLeg(leg_id),
    dial: (attempt_id: string, number: string) =>
      carrier.dial({ attempt_id, number, caller_id: null, ring_timeout_ms: 25_000, detect_machines: true }, patience()),
    open: (leg_id: string, address = agentFor('stays').address) =>
      carrier.openLeg(legCommand(leg_id, { reached_at: 'browser', address }), patience()),
  }
}

const talks: typeof rehearsal_script = {
  ...rehearsal_script,
  numbers: new Map([['+12125550150', [{ do: 'answers', setup_s: 1, ring_s: 5, talk_s: 20 }]]]),
}

describe('a leg of the simulated carrier', () => {
  it('is answered after half a second of set-up and two of ringing, by whoever the script leaves alone', async (context) => {
    const { open, at, kinds, close, exchange } = openStage(context)
    await open('leg-1')
    at(3600)
    await close('leg-1')
    await tick()
    assert.deepEqual(kinds('leg-1'), [
      ['leg_up', 2.5],
      ['leg_down', 3600],
    ])
    await exchange.close()
  })

  it('does as the script says of its address, each time', async (context) => {
    const agents = new Map([
      [
        '201',
        [
          { do: 'busy' as const, setup_s: 1 },
          { do: 'answers' as const, talk_s: 4 },
        ],
      ],
    ])
    const { open, at, kinds, exchange } = openStage(context, { ...rehearsal_script, agents })
    await open('leg-1', '201')
    await open('leg-2', '201')
    at(60)
    await tick()
    assert.deepEqual(kinds('leg-1'), [['leg_down', 1]])
    assert.deepEqual(kinds('leg-2'), [
      ['leg_up', 2.5],
      ['leg_down', 6.5],
    ])
    await exchange.close()
  })

  it('has its lines in the ledger, and so has a third party', async (context) => {
    const { open, at, close, dial, control, exchange, ledger_path } = openStage(context, talks)
    await dial('attempt-1', '+12125550150')
    await open('leg-1')
    at(7)
    assert.equal(await control({ act: 'bridge', attempt_id: 'attempt-1', leg_id: 'leg-1' }), null)
    assert.equal(await control({ act: 'transfer', attempt_id: 'attempt-1', to: '301' }), null)
    await close('leg-1')
    await exchange.close()
    const said = (path: string) => readLines(path).map(({ at, ...line }) => line)
    const shared = { attempt_id: null, trunk: 'trunk-1' }
    const caller_id = '+12125550199'
    assert.deepEqual(said(ledger_path).slice(1), [
      { ...shared, number: agentFor('stays').address, caller_id, agent_id: 'agent-1', leg_id: 'leg-1' },
      { ...shared, number: '301', caller_id: null, transfer_of: 'attempt-1' },
    ])
    assert.deepEqual(said(`${ledger_path}.ends`), [{ attempt_id: null, agent_id: 'agent-1', leg_id: 'leg-1' }])
  })

  it('is gone after a restart and says so once; its call goes on apart', async (context) => {
    const first = openStage(context, talks)
    await first.dial('attempt-1', '+12125550150')
    await first.open('leg-1')
    first.at(7)
    await tick()
    assert.equal(await first.control({ act: 'bridge', attempt_id: 'attempt-1', leg_id: 'leg-1' }), null)
    await first.exchange.close()

    const second = openStage(context, talks, first.folder, start + 10_000)
    await tick()
    assert.deepEqual(second.kinds('leg-1'), [['leg_down', 10]])
    assert.equal(await second.control({ act: 'hold', attempt_id: 'attempt-1' }), 'the call is bridged to no leg')
    await second.open('leg-2')
    second.at(15)
    assert.equal(await second.control({ act: 'bridge', attempt_id: 'attempt-1', leg_id: 'leg-2' }), null)
    second.at(100)
    await tick()
    assert.equal(second.endOf('attempt-1'), 35)
    await second.exchange.close()

    const third = openStage(context, talks, first.folder, start + 200_000)
    await tick()
    assert.deepEqual(third.kinds('leg-1'), [])
    assert.deepEqual(third.kinds('leg-2'), [['leg_down', 200]])
    await third.exchange.close()
    const said = (path: string) => readLines(path).map((line) => line.leg_id ?? line.attempt_id)
    assert.deepEqual(said(first.ledger_path), ['attempt-1', 'leg-1', 'leg-2'])
    assert.deepEqual(said(`${first.ledger_path}.ends`), ['leg-1', 'attempt-1', 'leg-2'])
  })
})

describe('a call of the simulated carrier', () => {
  it('talks anew from each bridge, and waits no longer than it would talk', async (context) => {
    const { dial, open, at, control, endOf, exchange } = openStage(context, talks)
    await dial('alone', '+12125550150')
    await dial('bridged', '+12125550150')
    await open('leg-1')
    at(16)
    assert.equal(await control({ act: 'bridge', attempt_id: 'bridged', leg_id: 'leg-1' }), null)
    at(30)
    assert.equal(await control({ act: 'unbridge', attempt_id: 'bridged' }), null)
    assert.equal(await control({ act: 'bridge', attempt_id: 'bridged', leg_id: 'leg-1' }), null)
    at(49)
    await tick()
    assert.deepEqual([endOf('alone'), endOf('bridged')], [26, undefined])
    at(50)
    await tick()
    assert.equal(endOf('bridged'), 50)
    await exchange.close()
  })

  it('ends after a last message, whatever is asked of it meanwhile, over a restart too', async (context) => {
    const first = openStage(context, talks)
    await first.dial('attempt-1', '+12125550150')
    await first.open('leg-1')
    first.at(7)
    const play = { act: 'play', attempt_id: 'attempt-1', message: 'sorry', then_hang_up: true } as const
    assert.equal(await first.control(play), null)
    first.at(9)
    assert.equal(await first.control(play), null)
    const bridge = { act: 'bridge', attempt_id: 'attempt-1', leg_id: 'leg-1' } as const
    assert.equal(await first.control(bridge), 'the last message of the call is being played')
    await first.exchange.close()

    const second = openStage(context, talks, first.folder, start + 10_000)
    await second.open('leg-2')
    second.at(14)
    const again = { ...bridge, leg_id: 'leg-2' }
    assert.equal(await second.control(again), 'the last message of the call is being played')
    second.at(16)
    await tick()
    assert.equal(second.endOf('attempt-1'), 15)
    assert.equal(await second.control(again), 'the call is over')
    await second.exchange.close()
  })

  it('bridged while every report of it comes out of order still ends once, later', async (context) => {
    const { dial, open, at, control, kinds, exchange } = openStage(context)
    await dial('attempt-1', numberFor('reports_out_of_order'))
    await open('leg-1')
    at(12)
    assert.equal(await control({ act: 'bridge', attempt_id: 'attempt-1', leg_id: 'leg-1' }), null)
    at(60)
    await tick()
    assert.deepEqual(
      kinds('attempt-1').map(([kind]) => kind),
      ['ended', 'detected', 'answered', 'ringing'],
    )
    assert.equal(kinds('attempt-1')[0]?.[1], 22)
    await exchange.close()
  })
})
