/**
 * Parrot's own side, for the tests: its REST API, and the callbacks that it posts, over the simulated carrier's far end.
 *
 *   POST   /v1/{account}/calls              201 {call} · 401 · 409 the reference was refused before · 422 · 429
 *   GET    /v1/{account}/calls/{reference}  200 {call, happened} · 404, and the reference is refused from then on
 *   DELETE /v1/{account}/calls/{reference}  204, whether there is such a call or not
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { CallEvent, Outcome } from '#domain/call.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { openCarrierCore } from '#telephony/simulator/carrier-core.ts'
import { no_chaos } from '#telephony/simulator/chaos.ts'
import { rehearsal_script } from '#telephony/simulator/rehearsal.ts'
import type { Report } from '#telephony/simulator/simulated-call.ts'
import type { Happening } from './parrot/events.ts'
import { signature_header, signCallback } from './parrot/webhook.ts'

interface Order {
  reference: string
  to: string
  from: string | null
  ring_seconds: number
  listen: boolean
  callback_url: string
}

const reasons: Partial<Record<Outcome, string>> = {
  ...{ human: 'talked', answered: 'talked', machine: 'talked_to_machine', busy: 'engaged', no_answer: 'unanswered' },
  ...{ rejected: 'declined', invalid_number: 'unknown_number', canceled: 'hung_up_by_you' },
}

function happeningOf(event: CallEvent): Happening[] {
  const { at } = event
  if (event.kind === 'ringing') return [{ what: 'alerting', at }]
  if (event.kind === 'answered') return [{ what: 'connected', at }]
  if (event.kind === 'detected')
    return [{ what: 'heard', at, heard: event.detection === 'machine' ? 'machine' : 'person' }]
  if (event.kind !== 'ended') return []
  const reason = reasons[event.outcome] ?? 'failed'
  return [{ what: 'cleared', at, reason, connected_at: event.answered_at ?? null }]
}

async function postCallback({ report_to, event: told }: Report, key: string): Promise<void> {
  if (told.attempt_id === null) return
  const { attempt_id: reference, provider_call_id: call, event } = told
  const body = JSON.stringify({ reference, call, happened: happeningOf(event) })
  const headers = { 'content-type': 'application/json', [signature_header]: signCallback(body, key) }
  const { ok, status } = await fetch(report_to, { method: 'POST', headers, body })
  if (!ok) throw new Error(`the receiver answered ${status}`)
}

/** On a free port of 127.0.0.1, 600 times faster than real people. */
export async function startParrot({ key, ledger_path }: { key: string; ledger_path: string }) {
  const core = openCarrierCore({
    ...{ clock: createSystemClock(), script: rehearsal_script, seed: '1', chaos: no_chaos, ledger_path },
    ...{ journal_path: null, remember_ms: 3_600_000, parallel: 4, batch: 1, trouble: () => {} },
    send: async (reports) => {
      for (const report of reports) await postCallback(report, key)
    },
  })
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const say = (status: number, body?: object) => response.writeHead(status).end(body && JSON.stringify(body))
    const [, reference = ''] = /^\/v1\/[a-z0-9-]+\/calls(?:\/([^/]+))?$/.exec(request.url ?? '') ?? []
    if (request.headers.authorization !== `Bearer ${key}`) return say(401)
    if (request.method === 'POST') {
      const { to, from, ring_seconds, listen, callback_url, ...order } = (await json(request)) as Order
      if (!/^\+[1-9]\d{6,14}$/.test(to)) return say(422)
      const wanted = { attempt_id: order.reference, number: to, caller_id: from, ring_timeout_ms: ring_seconds * 1000 }
      const route = { trunk_id: 'parrot', report_to: callback_url, speed: 600 }
      const answer = core.dial({ ...wanted, detect_machines: listen, ...route })
      if (!answer.took) return say(answer.fault.reason.includes('withdrawn') ? 409 : 429)
      if (answer.reply === 'prompt') say(201, { call: answer.provider_id })
      return
    }
    if (request.method === 'DELETE') {
      core.hangup(reference)
      return say(204)
    }
    const located = core.locate(reference)
    if (located.found !== 'call') return say(404)
    say(200, { call: located.provider_call_id, happened: located.events.flatMap(({ event }) => happeningOf(event)) })
  }
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await core.close()
    },
  }
}
