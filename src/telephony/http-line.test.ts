import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type LineAnswer, openHttpLine } from './http-line.ts'

const leave_within_ms = 100
const patience = () => new AbortController().signal

/** A carrier that answers nobody until it is told to. */
async function openSilentCarrier(context: TestContext, connections: number) {
  const silent = new Map<string, ServerResponse>()
  const server = createServer((request, response) => silent.set(request.url ?? '', response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const line = openHttpLine(url, { connections, leave_within_ms })
  context.after(async () => {
    await line.close()
    server.closeAllConnections()
    server.close()
  })
  const ask = (path: string) => line.ask({ method: 'GET', path, headers: {}, body: null }, patience())
  return { server, silent, ask }
}

type SilentCarrier = Awaited<ReturnType<typeof openSilentCarrier>>

/** Asks until a request has arrived: on a busy machine one may be kept back. */
async function askUntilHeard({ silent, ask }: SilentCarrier, name: string): Promise<[string, Promise<LineAnswer>]> {
  for (let n = 0; ; n += 1) {
    const path = `/${name}-${n}`
    let over = false
    const asked = ask(path).finally(() => {
      over = true
    })
    while (!over && !silent.has(path)) await turn()
    if (silent.has(path)) return [path, asked]
  }
}

describe('a line to a carrier', { timeout: 30_000 }, () => {
  it('gives up what found no free connection in time, and never sends it', async (context) => {
    const carrier = await openSilentCarrier(context, 2)
    const [first, firstAnswer] = await askUntilHeard(carrier, 'first')
    const [second, secondAnswer] = await askUntilHeard(carrier, 'second')
    const kept = await carrier.ask('/kept')
    assert.deepEqual([kept.status, kept.status === null && kept.left], [null, false])
    for (const path of [first, second]) carrier.silent.get(path)?.end('now')
    for (const answer of [await firstAnswer, await secondAnswer]) {
      assert.deepEqual([answer.status, answer.status !== null && answer.text], [200, 'now'])
    }
    // Two more take both connections: whatever waited before them has had its turn.
    await askUntilHeard(carrier, 'third')
    await askUntilHeard(carrier, 'fourth')
    assert.ok(!carrier.silent.has('/kept'))
  })

  it('sends nothing after its own process was held up', async (context) => {
    const carrier = await openSilentCarrier(context, 1)
    const asked = carrier.ask('/late')
    const until = performance.now() + 2 * leave_within_ms
    while (performance.now() < until);
    const answer = await asked
    assert.deepEqual([answer.status, answer.status === null && answer.left], [null, false])
    await askUntilHeard(carrier, 'next')
    assert.ok(!carrier.silent.has('/late'))
  })

  it('knows that what was heard has left, whatever comes of it', async (context) => {
    const carrier = await openSilentCarrier(context, 1)
    const [path, asked] = await askUntilHeard(carrier, 'heard')
    carrier.silent.get(path)?.destroy()
    const answer = await asked
    assert.deepEqual([answer.status, answer.status === null && answer.left], [null, true])
  })

  it('knows that nothing left when nobody listens', async (context) => {
    const carrier = await openSilentCarrier(context, 1)
    carrier.server.close()
    await once(carrier.server, 'close')
    const answer = await carrier.ask('/')
    assert.deepEqual([answer.status, answer.status === null && answer.left], [null, false])
    assert.match(answer.status === null ? answer.reason : '', /ECONNREFUSED|in time/)
  })
})
