import type { CarrierFault, FaultVerdict } from '../faults.ts'
import type { Carrier, DialReply, TrunkSettings } from '../port.ts'
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

/** Codes of a connection that never came to be: only with these is it sure that no command left. */
const never_left = new Set([
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

type Answer = { status: number; body: unknown } | { status: null; verdict: FaultVerdict; reason: string }

/** A line to a simulated carrier that runs as a process of its own. */
export function openRemoteLine(trunk: TrunkSettings, options: RemoteOptions): Carrier {
  const { url, default_speed, callback_url, secret, answer_within_ms = 10_000 } = options
  const opening = openPool(url)
  const speed = trunk.speed ?? default_speed

  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    sent: object | null,
    signal?: AbortSignal,
  ): Promise<Answer> => {
    const pool = await opening
    const limit = AbortSignal.timeout(answer_within_ms)
    try {
      const { statusCode, body } = await pool.request({
        ...{ method, path, headers: { 'content-type': 'application/json' }, body: sent && JSON.stringify(sent) },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      return { status: statusCode, body: parseJson(await body.text()) }
    } catch (error) {
      const { code, name } = error as NodeJS.ErrnoException
      const verdict = never_left.has(code ?? '') ? 'retryable' : 'indeterminate'
      return { status: null, verdict, reason: `no answer from the carrier (${code ?? name})` }
    }
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
    // Not a graceful close: it would wait for a carrier that never answers.
    close: async () => (await opening).destroy(),
  }
}

/** Loaded here, because a server with its own exchange never asks another. */
async function openPool(url: string) {
  const { Pool } = await import('undici')
  // Enough for a few hundred dials in flight at once; what is more waits for a free connection.
  return new Pool(url, { connections: 128, pipelining: 1, connect: { timeout: 1000 } })
}

function readDialAnswer(answer: Answer): DialReply {
  if (answer.status === 201 || answer.status === 200) {
    const taken = dial_response.safeParse(answer.body)
    if (taken.success) return { ok: true, provider_call_id: taken.data.provider_call_id }
  }
  return { ok: false, fault: faultOf(answer) }
}

function faultOf(answer: Answer): CarrierFault {
  if (answer.status === null) return { verdict: answer.verdict, reason: answer.reason }
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
