import type { CarrierFault, FaultVerdict } from '../faults.ts'
import { type LineAnswer, openHttpLine } from '../http-line.ts'
import { type Carrier, type DialReply, leave_within_ms, type TrunkSettings } from '../port.ts'
import { simulated_capabilities } from './built-in.ts'
import { type DialRequest, dial_response, fault_response, located_response } from './protocol.ts'

export interface RemoteOptions {
  /** Where the carrier process listens, e.g. http://127.0.0.1:4100. */
  url: string
  default_speed: number
  /** Where it shall post this trunk's webhooks. */
  callback_url: string
  /** What it shall sign them with. */
  secret: string
  /** Longest wait for an answer, whatever the caller's signal allows. */
  answer_within_ms?: number
}

/** Enough for a few hundred dials in flight at once. */
const connections = 128

type Answer = { status: number; body: unknown } | Extract<LineAnswer, { status: null }>

/** A line to a simulated carrier that runs as a process of its own. */
export function openRemoteLine(trunk: TrunkSettings, options: RemoteOptions): Carrier {
  const { url, default_speed, callback_url, secret, answer_within_ms = 10_000 } = options
  const line = openHttpLine(url, { connections, leave_within_ms })
  const headers = { 'content-type': 'application/json' }
  const speed = trunk.speed ?? default_speed

  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    sent: object | null,
    signal?: AbortSignal,
  ): Promise<Answer> => {
    const limit = AbortSignal.timeout(answer_within_ms)
    const body = sent && JSON.stringify(sent)
    const answer = await line.ask({ method, path, headers, body }, signal ? AbortSignal.any([signal, limit]) : limit)
    return answer.status === null ? answer : { status: answer.status, body: parseJson(answer.text) }
  }

  return {
    name: 'simulated',
    capabilities: simulated_capabilities,
    speed,
    async dial({ attempt_id, number, caller_id, ring_timeout_ms }, signal) {
      if (signal.aborted) return refuse('retryable', 'given up before the command left')
      const route = { trunk_id: trunk.id, speed, callback_url, secret }
      const request: DialRequest = { attempt_id, number, caller_id, ring_timeout_ms, ...route }
      return readDialAnswer(await ask('POST', '/dial', request, signal))
    },
    async hangup(attempt_id) {
      const answer = await ask('POST', '/hangup', { attempt_id })
      return answer.status === 200 ? null : faultOf(answer)
    },
    async locate(attempt_id) {
      const answer = await ask('GET', `/attempts/${encodeURIComponent(attempt_id)}`, null)
      const located = answer.status === 200 ? located_response.safeParse(answer.body) : null
      return located?.success ? located.data : { found: 'unreachable', reason: faultOf(answer).reason }
    },
    close: line.close,
  }
}

function readDialAnswer(answer: Answer): DialReply {
  if (answer.status === 201 || answer.status === 200) {
    const taken = dial_response.safeParse(answer.body)
    if (taken.success) return { ok: true, provider_call_id: taken.data.provider_call_id }
  }
  return { ok: false, fault: faultOf(answer) }
}

function faultOf(answer: Answer): CarrierFault {
  if (answer.status === null) return { verdict: answer.left ? 'indeterminate' : 'blocked', reason: answer.reason }
  const reason = `the carrier answered ${answer.status}`
  // Anything but a clear refusal may hide a call that goes on.
  if (answer.status < 400 || answer.status >= 500) return { verdict: 'indeterminate', reason }
  const named = fault_response.safeParse(answer.body)
  // A refusal without a fault comes from something that is no carrier: a wrong address, a proxy.
  return named.success ? named.data.fault : { verdict: answer.status === 429 ? 'retryable' : 'blocked', reason }
}

function refuse(verdict: FaultVerdict, reason: string): DialReply {
  return { ok: false, fault: { verdict, reason } }
}

/** Undefined for what is no JSON; the schemas then refuse it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
