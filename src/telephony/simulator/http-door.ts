import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { CarrierCore } from './carrier-core.ts'
import { dial_request, hangup_request } from './protocol.ts'

/** Our own requests have some 400 bytes. */
const largest_body_bytes = 16 * 1024

/**
 * The carrier process's door:
 *
 *   POST /dial           201 {provider_call_id} · 409 {fault} · 500 or no answer at all, if the script says so
 *   POST /hangup         200 {}
 *   GET  /attempts/{id}  200 {found, …}; an id never seen is withdrawn by the question
 *   GET  /stats          200 counters
 */
export function createDoor(core: CarrierCore, default_speed: number): RequestListener {
  const dial = (body: unknown, response: ServerResponse) => {
    const request = dial_request.safeParse(body)
    if (!request.success) return refuse(response, z.prettifyError(request.error))
    const { callback_url, secret, speed, ...rest } = request.data
    const report_to = withSecret(callback_url, secret)
    const answer = core.dial({ ...rest, report_to, speed: speed ?? default_speed })
    if (!answer.took) return send(response, 409, { fault: answer.fault })
    if (answer.reply === 'never') return
    if (answer.reply === 'error_500') return send(response, 500, { error: 'internal error' })
    send(response, 201, { provider_call_id: answer.provider_call_id })
  }
  const hangup = (body: unknown, response: ServerResponse) => {
    const request = hangup_request.safeParse(body)
    if (!request.success) return refuse(response, z.prettifyError(request.error))
    core.hangup(request.data.attempt_id)
    send(response, 200, {})
  }
  const stats = () => ({
    ...core.counts(),
    webhooks_waiting: core.outbox.waiting(),
    webhook_failures: core.outbox.failures(),
  })

  return (request, response) => {
    const route = `${request.method} ${request.url}`
    if (route === 'POST /dial') return readBody(request, response, dial)
    if (route === 'POST /hangup') return readBody(request, response, hangup)
    if (route === 'GET /stats') return send(response, 200, stats())
    const attempt = /^GET \/attempts\/([\w-]{1,200})$/.exec(route)?.[1]
    if (attempt) return send(response, 200, core.locate(attempt))
    send(response, 404, { error: 'no such route' })
  }
}

function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  use: (body: unknown, to: ServerResponse) => void,
) {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= largest_body_bytes) chunks.push(chunk)
  })
  // A request that breaks off never asked for anything.
  request.on('error', () => chunks.splice(0))
  request.on('end', () => {
    if (size > largest_body_bytes) return refuse(response, 'the request is too large')
    let body: unknown
    try {
      body = JSON.parse(Buffer.concat(chunks).toString())
    } catch {
      return refuse(response, 'the request is not JSON')
    }
    use(body, response)
  })
}

/** A request we should never have sent: nothing was dialed, and asking again would not help. */
function refuse(response: ServerResponse, reason: string): void {
  send(response, 400, { fault: { verdict: 'blocked', reason } })
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** The exchange hands an address on as it is; whoever posts to it takes the secret out again. */
function withSecret(callback_url: string, secret: string): string {
  const address = new URL(callback_url)
  address.password = secret
  return address.href
}
