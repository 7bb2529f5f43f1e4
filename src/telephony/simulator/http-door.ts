import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { CarrierCore } from './carrier-core.ts'
import type { TakingAnswer } from './exchange.ts'
import {
  close_leg_request,
  control_request,
  dial_request,
  hangup_request,
  open_leg_request,
  text_request,
} from './protocol.ts'

/** Our own requests have some 400 bytes. */
const largest_body_bytes = 16 * 1024

/**
 * The carrier process's door:
 *
 *   POST /dial           201 {provider_call_id} · 409 {fault} · 500 or no answer at all, if the script says so
 *   POST /hangup         200 {}
 *   GET  /attempts/{id}  200 {found, …}; an id never seen is withdrawn by the question
 *   POST /open-leg       201 {provider_leg_id} · as for a dial
 *   POST /close-leg      200 {}; an id never seen is withdrawn
 *   GET  /legs/{id}      200 {found, …}; as for an attempt
 *   POST /control        200 {} · 409 {fault}
 *   POST /text           200 {opted_out} · 404 where nobody has called that number
 *   GET  /recordings/{url} 200 audio · 404
 *   DELETE /recordings/{url} 200 {}
 *   GET  /stats          200 counters
 */
export function createDoor(core: CarrierCore, default_speed: number): RequestListener {
  const posts: Record<string, (body: unknown, response: ServerResponse) => void> = {
    '/dial': take(dial_request, ({ callback_url, secret, speed, ...rest }, response) => {
      const report_to = withSecret(callback_url, secret)
      const answer = core.dial({ ...rest, report_to, speed: speed ?? default_speed })
      sendTaking(response, answer, (provider_call_id) => ({ provider_call_id }))
    }),
    '/hangup': take(hangup_request, ({ attempt_id }, response) => {
      core.hangup(attempt_id)
      send(response, 200, {})
    }),
    '/open-leg': take(open_leg_request, ({ callback_url, secret, speed, ...rest }, response) => {
      const report_to = withSecret(callback_url, secret)
      const answer = core.openLeg({ ...rest, report_to, speed: speed ?? default_speed })
      sendTaking(response, answer, (provider_leg_id) => ({ provider_leg_id }))
    }),
    '/close-leg': take(close_leg_request, ({ leg_id }, response) => {
      core.closeLeg(leg_id)
      send(response, 200, {})
    }),
    '/control': take(control_request, ({ command, speed }, response) => {
      const fault = core.control(command, speed ?? default_speed)
      send(response, fault === null ? 200 : 409, fault === null ? {} : { fault })
    }),
    '/text': take(text_request, ({ number, text }, response) => {
      const answer = core.text(number, text)
      if (answer === 'nobody_called') send(response, 404, { error: 'nobody has called this number' })
      else send(response, 200, { opted_out: answer === 'opted_out' })
    }),
  }
  const stats = () => ({
    ...core.counts(),
    webhooks_waiting: core.outbox.waiting(),
    webhook_failures: core.outbox.failures(),
  })

  return (request, response) => {
    const { method, url = '' } = request
    const post = method === 'POST' && Object.hasOwn(posts, url) ? posts[url] : undefined
    if (post) return readBody(request, response, post)
    const asked = method === 'GET' ? /^\/(attempts|legs)\/([\w-]{1,200})$/.exec(url) : null
    const [, kind, id = ''] = asked ?? []
    if (kind) return send(response, 200, kind === 'legs' ? core.locateLeg(id) : core.locate(id))
    const [, recording] = /^\/recordings\/([\w%-]{1,300})$/.exec(url) ?? []
    if (recording && method === 'GET') return sendRecording(response, core.recording(decodeURIComponent(recording)))
    if (recording && method === 'DELETE') {
      core.forgetRecording(decodeURIComponent(recording))
      return send(response, 200, {})
    }
    if (method === 'GET' && url === '/stats') return send(response, 200, stats())
    send(response, 404, { error: 'no such route' })
  }
}

/** A request that is of the form, or a refusal that says what is not. */
function take<T>(schema: z.ZodType<T>, use: (request: T, response: ServerResponse) => void) {
  return (body: unknown, response: ServerResponse) => {
    const request = schema.safeParse(body)
    if (request.success) use(request.data, response)
    else refuse(response, z.prettifyError(request.error))
  }
}

function sendRecording(response: ServerResponse, audio: Buffer | null): void {
  if (audio === null) send(response, 404, { error: 'no such recording' })
  else response.writeHead(200, { 'content-type': 'audio/wav' }).end(audio)
}

function sendTaking(response: ServerResponse, answer: TakingAnswer, body: (provider_id: string) => object): void {
  if (!answer.took) send(response, 409, { fault: answer.fault })
  else if (answer.reply === 'error_500') send(response, 500, { error: 'internal error' })
  else if (answer.reply === 'prompt') send(response, 201, body(answer.provider_id))
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

/** A request we should never have sent: nothing was done, and asking again would not help. */
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
