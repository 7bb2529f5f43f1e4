import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { createReception, makeFolder, readLines, trunk } from './rehearsal.ts'
import { openRemoteLine } from './remote.ts'
import { translateSimulatedWebhook, verifySimulatedWebhook } from './webhook.ts'

const secret = 'between-us-and-them'
const carrier_script = join(import.meta.dirname, '../../../scripts/carrier.ts')

async function startCarrier(context: TestContext, flags: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [carrier_script, ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  context.after(() => child.kill('SIGKILL'))
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const url = /^carrier ready (http:\/\/127\.0\.0\.1:\d+)$/.exec(String(line))?.[1]
  assert.ok(url, `it said ${line}`)
  return { child, url }
}

async function kill(child: ChildProcess, signal: NodeJS.Signals) {
  child.kill(signal)
  const [code] = await once(child, 'exit')
  return code
}

async function receive(context: TestContext, reception: ReturnType<typeof createReception>, port: number) {
  const take: RequestListener = async (request, response) => {
    const body = await buffer(request)
    const verified = verifySimulatedWebhook(request.headers, body, secret, Date.now())
    const translated = translateSimulatedWebhook(body, trunk.id)
    assert.ok(verified.ok && translated.ok)
    response.writeHead(204).end()
    reception.take(translated.events)
  }
  const server = createServer(take).listen(port, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
}

/** A port that nobody listens on. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('the carrier process', { timeout: 60_000 }, () => {
  it('keeps its calls and its undelivered webhooks over a kill, while nobody receives them', async (context) => {
    const { folder, remove } = makeFolder()
    context.after(remove)
    writeFileSync(`${folder}/script.json`, '{"+12125550100":[{"do":"answers","ring_s":5,"talk_s":30}]}')
    const flags = ['--data', folder, '--ledger', `${folder}/ledger.jsonl`, '--script', `${folder}/script.json`]
    const port = await findFreePort()
    const first = await startCarrier(context, flags)
    const callback_url = `http://127.0.0.1:${port}/`
    const line = openRemoteLine(trunk, { url: first.url, default_speed: 600, callback_url, secret })
    const ids = Array.from({ length: 20 }, (_, index) => `attempt-${index}`)
    const command = { number: '+12125550100', caller_id: null, ring_timeout_ms: 25_000, detect_machines: true }
    const replies = await Promise.all(
      ids.map((attempt_id) => line.dial({ attempt_id, ...command }, new AbortController().signal)),
    )
    assert.ok(replies.every((reply) => reply.ok))
    await kill(first.child, 'SIGKILL')
    await line.close()

    const second = await startCarrier(context, flags)
    const reception = createReception()
    await receive(context, reception, port)
    await reception.when(() => ids.every((id) => new Set(reception.of(id).map((one) => one.event_key)).size === 4))
    assert.equal(await kill(second.child, 'SIGTERM'), 0)
    const dialed = readLines(`${folder}/ledger.jsonl`).map((entry) => entry.attempt_id)
    assert.deepEqual(dialed.toSorted(), ids.toSorted())
    const ended = readLines(`${folder}/ledger.jsonl.ends`).map((entry) => entry.attempt_id)
    assert.deepEqual(ended.toSorted(), ids.toSorted())
  })

  it('refuses to start on wrong flags, naming them all', async () => {
    const child = spawn(process.execPath, [carrier_script, '--speed', '0', '--chaos', 'floods=1', '--port', 'x'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const said = (await buffer(child.stderr)).toString()
    for (const word of ['--speed 0', 'floods', '--port x']) assert.ok(said.includes(word), word)
    assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], 2)
  })
})
