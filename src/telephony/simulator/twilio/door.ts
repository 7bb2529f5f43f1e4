/**
 * The REST surface of the emulated account, under /2010-04-01/Accounts/{AC}:
 *
 *   POST Calls.json              201 the call, queued · 400 · 429 · 500 or no answer at all, if the script says so
 *   GET  Calls.json?To=&From=    200 {calls, …}, the last one first
 *   GET  Calls/{CA}.json         200 · 404
 *   GET  Balance.json            200 {balance, currency}; without them for a subaccount
 *   GET  Recordings/{RE}.wav     200 audio · 404
 *   DELETE Recordings/{RE}.json  204 · 404
 *   POST Calls/{CA}.json         200; Status=canceled or completed · 400 where the call is over · 404
 *
 * Every refusal is {code, message, more_info, status}. Numbers that are refused are those with which Twilio's own test
 * credentials refuse.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { TwilioAccount } from './account.ts'
import type { Order } from './call.ts'
import type { Account } from './callbacks.ts'

type Refusal = [status: number, code: number, message: string]

const unauthenticated: Refusal = [401, 20003, 'Authenticate']
const not_found: Refusal = [404, 20404, 'The requested resource was not found']
const too_many: Refusal = [429, 20429, 'Too Many Requests']
const call_is_over: Refusal = [400, 21220, 'Call is not in-progress. Cannot redirect.']

const e164 = /^\+[1-9]\d{6,14}$/
const refused_numbers: Record<string, Refusal> = {
  '+15005550001': [400, 21217, 'The phone number does not appear to be valid'],
  '+15005550002': [400, 21214, "The 'To' phone number can not be reached"],
  '+15005550003': [400, 21215, 'Account not authorized to call this number: see its geographic permissions'],
  '+15005550004': [400, 21216, 'Account not allowed to call this number'],
}
/** One that the account may not show. */
const refused_caller: Record<string, Refusal> = {
  '+15005550001': [400, 21212, "The 'From' number is not a valid phone number"],
}

export function createTwilioDoor({ sid, token }: Account, account: TwilioAccount): RequestListener {
  const place = `/2010-04-01/Accounts/${sid}/Calls`
  const recordings = new RegExp(`^/2010-04-01/Accounts/${sid}/Recordings/(RE[0-9a-f]{32})\\.(?:wav|json)$`)
  const credentials = `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`

  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://carrier')
    const form = new URLSearchParams((await buffer(request)).toString())
    if (request.headers.authorization !== credentials) return refuse(response, unauthenticated)
    const call_sid = pathname.startsWith(`${place}/`)
      ? /^(CA[0-9a-f]{32})\.json$/.exec(pathname.slice(place.length + 1))
      : null
    const posted = request.method === 'POST'
    if (pathname === `${place}.json`)
      return posted ? order(form, `http://${request.headers.host}`, response) : list(searchParams, response)
    const recording = recordings.exec(pathname)?.[1]
    if (recording !== undefined && request.method === 'DELETE') return forget(recording, response)
    if (recording !== undefined && !posted) return play(recording, response)
    if (pathname === `/2010-04-01/Accounts/${sid}/Balance.json` && !posted)
      return send(response, 200, account.balance())
    if (!call_sid?.[1]) return refuse(response, not_found)
    return posted ? update(call_sid[1], form, response) : show(call_sid[1], response)
  }
  const order = (form: URLSearchParams, origin: string, response: ServerResponse) => {
    const read = readOrder(form)
    if (Array.isArray(read)) return refuse(response, read)
    const { reply, resource } = account.place(read, origin)
    if (reply === 'refused') refuse(response, too_many)
    else if (reply === 'error_500') refuse(response, [500, 20500, 'Internal server error'])
    else if (reply === 'prompt') send(response, 201, resource)
  }
  const list = (query: URLSearchParams, response: ServerResponse) => {
    const [page, page_size] = [Number(query.get('Page') ?? 0), Number(query.get('PageSize') ?? 50)]
    const all = account.list({ To: query.get('To'), From: query.get('From'), Status: query.get('Status') })
    const start = page * page_size
    const end = Math.min(start + page_size, all.length)
    const at = (number: number) => {
      const asked = new URLSearchParams(query)
      asked.set('Page', String(number))
      return `${place}.json?${asked}`
    }
    send(response, 200, {
      calls: all.slice(start, end),
      ...{ page, page_size, start, end: Math.max(start, end - 1), uri: at(page), first_page_uri: at(0) },
      next_page_uri: end < all.length ? at(page + 1) : null,
      previous_page_uri: page > 0 ? at(page - 1) : null,
    })
  }
  const show = (call_sid: string, response: ServerResponse) => {
    const resource = account.fetch(call_sid)
    if (resource) send(response, 200, resource)
    else refuse(response, not_found)
  }
  const play = (recording_sid: string, response: ServerResponse) => {
    const audio = account.recording(recording_sid)
    if (audio === null) return refuse(response, not_found)
    response.writeHead(200, { 'content-type': 'audio/x-wav' })
    response.end(audio)
  }
  const forget = (recording_sid: string, response: ServerResponse) => {
    if (account.forgetRecording(recording_sid)) response.writeHead(204).end()
    else refuse(response, not_found)
  }
  const update = (call_sid: string, form: URLSearchParams, response: ServerResponse) => {
    const as = form.get('Status')
    if (account.fetch(call_sid) === null) return refuse(response, not_found)
    if (as !== 'canceled' && as !== 'completed') return refuse(response, [400, 20001, 'Invalid Status'])
    if (!account.end(call_sid, as)) return refuse(response, call_is_over)
    show(call_sid, response)
  }
  return (request, response) => {
    // A request that breaks off never asked for anything.
    take(request, response).catch(() => response.destroy())
  }
}

/** The order, or why there is none. */
function readOrder(form: URLSearchParams): Order | Refusal {
  const [To, From] = [form.get('To') ?? '', form.get('From') ?? '']
  const [Url, Twiml, Timeout] = [form.get('Url'), form.get('Twiml'), Number(form.get('Timeout') ?? 60)]
  if (From === '') return [400, 21213, "A 'From' phone number is required"]
  if (!e164.test(From)) return [400, 21212, "The 'From' number is not a valid phone number"]
  if (!e164.test(To)) return [400, 21211, "The 'To' number is not a valid phone number"]
  const refused = refused_numbers[To] ?? refused_caller[From]
  if (refused) return refused
  if (Url === null && Twiml === null) return [400, 21205, 'Url or Twiml is required']
  if (!(Timeout >= 1 && Timeout <= 600)) return [400, 21224, 'Timeout must be from 1 to 600']
  const events = form.getAll('StatusCallbackEvent')
  const is_async = form.get('AsyncAmd') === 'true'
  return {
    ...{ To, From, Url, Twiml, Timeout, StatusCallback: form.get('StatusCallback') },
    StatusCallbackEvent: events.length === 0 ? ['completed'] : events,
    MachineDetection: form.get('MachineDetection'),
    AsyncAmdStatusCallback: is_async ? form.get('AsyncAmdStatusCallback') : null,
    RecordingStatusCallback: form.get('Record') === 'true' ? form.get('RecordingStatusCallback') : null,
  }
}

function refuse(response: ServerResponse, [status, code, message]: Refusal): void {
  send(response, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
