import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { describeCarrier } from '../conformance.ts'
import type { CarrierHarness } from '../conformance-harness.ts'
import { type OptOutReport, splitEvents } from '../events.ts'
import { no_chaos } from './chaos.ts'
import { startCarrierProcess } from './process.ts'
import { agentFor, createReception, makeFolder, numberFor, readLines, rehearsal_script, trunk } from './rehearsal.ts'
import { openRemoteLine } from './remote.ts'
import { translateSimulatedWebhook, verifySimulatedWebhook } from './webhook.ts'

const secret = 'between-us-and-them'
const order = { attempt_id: 'attempt-1', number: '+12125550100', caller_id: null, ring_timeout_ms: 25_000 }
const command = { ...order, detect_machines: true }
const unheard = () => {}

async function listen(listener: RequestListener, port = 0) {
  const server = createServer(listener).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { port: taken, url: `http://127.0.0.1:${taken}`, close }
}

/** A receiver of webhooks that takes only what is signed and meant for the trunk. */
function receiveInto(reception: ReturnType<typeof createReception>): RequestListener {
  return async (request, response) => {
    const body = await buffer(request)
    const verified = verifySimulatedWebhook(request.headers, body, secret, Date.now())
    const translated = translateSimulatedWebhook(body, trunk.id)
    const taken = verified.ok && translated.ok
    if (taken) reception.take(translated.events)
    response.writeHead(taken ? 204 : 401).end()
  }
}

const text = (url: string, body: object) => fetch(`${url}/text`, { method: 'POST', body: JSON.stringify(body) })

const processOptions = (folder: string) => ({
  ...{
    port: 0,
    folder,
    ledger_path: `${folder}/ledger.jsonl`,
    script: rehearsal_script,
    seed: '1',
    speed: 600,
  },
  ...{ chaos: no_chaos, trouble: unheard },
})

async function makeHarness(): Promise<CarrierHarness> {
  const { folder, remove } = makeFolder()
  const reception = createReception()
  const receiver = await listen(receiveInto(reception))
  const carrier_process = await startCarrierProcess(processOptions(folder))
  const carrier = openRemoteLine(trunk, {
    url: carrier_process.url,
    default_speed: 600,
    callback_url: receiver.url,
    secret,
  })
  const nobody = await listen(unheard)
  await nobody.close()
  const away = openRemoteLine(trunk, { url: nobody.url, default_speed: 1, callback_url: receiver.url, secret })
  return {
    carrier,
    away,
    numberFor,
    turn: () => tick(),
    agentFor,
    async until(attempt_id, enough) {
      const told = () => splitEvents(reception.of(attempt_id)).calls
      await reception.when(() => enough(told()))
      return told()
    },
    async untilLeg(leg_id, enough) {
      const told = () => splitEvents(reception.of(leg_id)).legs
      await reception.when(() => enough(told()))
      return told()
    },
    async rings(id) {
      const lines = readLines(`${folder}/ledger.jsonl`)
      return lines.filter((line) => [line.attempt_id, line.leg_id].includes(id)).length
    },
    greeting_ms: 8_000 / 600,
    async optOut(number, message) {
      const response = await text(carrier_process.url, { number, text: message })
      assert.deepEqual([response.status, await response.json()], [200, { opted_out: true }])
      const told = () => splitEvents(reception.all()).opt_outs.find(({ event }) => event.number === number)
      await reception.when(() => told() !== undefined)
      return told() as OptOutReport
    },
    overhear: carrier_process.overhear,
    async close() {
      await carrier.close()
      await away.close()
      await carrier_process.close()
      await receiver.close()
      remove()
    },
  }
}

describeCarrier('the carrier process', makeHarness)

describe('a line to a carrier process', { timeout: 30_000 }, () => {
  const lineTo = (context: TestContext, url: string, answer_within_ms = 5000) => {
    const callback_url = 'http://127.0.0.1:9/'
    const line = openRemoteLine(trunk, { url, default_speed: 1, callback_url, secret, answer_within_ms })
    context.after(() => line.close())
    return line
  }
  const verdictFrom = async (context: TestContext, listener: RequestListener) => {
    const server = await listen(listener)
    context.after(server.close)
    const reply = await lineTo(context, server.url).dial(command, new AbortController().signal)
    return reply.ok ? 'taken' : reply.fault.verdict
  }

  it('can neither ask nor hang up when nobody listens', async (context) => {
    const server = await listen(unheard)
    await server.close()
    const line = lineTo(context, server.url)
    assert.equal((await line.locate('attempt-1', null, null)).found, 'unreachable')
    assert.equal((await line.hangup('attempt-1', null))?.verdict, 'blocked')
  })

  it('is in doubt after a reset', async (context) => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    context.after(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const reply = await lineTo(context, url).dial(command, new AbortController().signal)
    assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'indeterminate')
  })

  it('is in doubt when no answer comes in its own time', async (context) => {
    const server = await listen(unheard)
    context.after(server.close)
    const reply = await lineTo(context, server.url, 50).dial(command, new AbortController().signal)
    assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'indeterminate')
  })

  const answers = (status: number, body: string): RequestListener => {
    return (request, response) => request.resume().on('end', () => response.writeHead(status).end(body))
  }
  for (const [status, body, verdict] of [
    [500, '{}', 'indeterminate'],
    [503, 'down for repairs', 'indeterminate'],
    [201, 'not what was agreed', 'indeterminate'],
    [302, '', 'indeterminate'],
    [404, '<html>', 'blocked'],
    [429, '', 'retryable'],
    [409, '{"fault":{"verdict":"permanent","reason":"no such number"}}', 'permanent'],
  ] as const) {
    it(`reads ${status} ${body} as ${verdict}`, async (context) => {
      assert.equal(await verdictFrom(context, answers(status, body)), verdict)
    })
  }

  it('is in doubt when the carrier answers 500 after taking the dial, and the same id finds the call', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const number = '+12125550177'
    const script = { ...rehearsal_script, numbers: new Map([[number, [{ do: 'accepts-then-answers-500' as const }]]]) }
    const carrier_process = await startCarrierProcess({ ...processOptions(folder), script })
    context.after(carrier_process.close)
    const line = lineTo(context, carrier_process.url)
    const reply = await line.dial({ ...command, number }, new AbortController().signal)
    assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'indeterminate')
    const again = await line.dial({ ...command, number }, new AbortController().signal)
    const located = await line.locate(command.attempt_id, null, null)
    assert.equal(located.found === 'call' && located.provider_call_id, again.ok && again.provider_call_id)
    assert.equal(readLines(`${folder}/ledger.jsonl`).length, 1)
  })

  it('takes texts of numbers it has called, and tells only of opt-outs', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const carrier_process = await startCarrierProcess(processOptions(folder))
    context.after(carrier_process.close)
    const { url } = carrier_process
    const { number } = command
    assert.equal((await text(url, { number, text: 'STOP' })).status, 404)
    await lineTo(context, url).dial(command, new AbortController().signal)
    assert.deepEqual(await (await text(url, { number, text: 'who is this?' })).json(), { opted_out: false })
    assert.equal((await text(url, { number: '12125550100', text: 'STOP' })).status, 400)
    assert.equal((await text(url, { number })).status, 400)
  })

  it('refuses what is no dial, without a trace in the ledger', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    const carrier_process = await startCarrierProcess(processOptions(folder))
    context.after(carrier_process.close)
    const reply = await lineTo(context, carrier_process.url).dial(
      { ...command, number: '0123' },
      new AbortController().signal,
    )
    assert.equal(reply.ok ? 'taken' : reply.fault.verdict, 'blocked')
    assert.equal(readLines(`${folder}/ledger.jsonl`).length, 0)
  })
})
