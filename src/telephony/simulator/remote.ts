import type { z } from 'zod'
import type { CarrierFault } from '../faults.ts'
import { fetchRecording } from '../fetch-recording.ts'
import { type LineAnswer, openHttpLine } from '../http-line.ts'
import { parseJson } from '../parse-json.ts'
import { type Carrier, leave_within_ms, type TrunkSettings } from '../port.ts'
import { simulated_capabilities } from './built-in.ts'
import {
  type ControlRequest,
  type DialRequest,
  dial_response,
  fault_response,
  located_leg_response,
  located_response,
  type OpenLegRequest,
  open_leg_response,
} from './protocol.ts'

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
  const route = { trunk_id: trunk.id, speed, callback_url, secret }

  const ask = async (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    sent: object | null,
    signal?: AbortSignal,
  ): Promise<Answer> => {
    const limit = AbortSignal.timeout(answer_within_ms)
    const body = sent && JSON.stringify(sent)
    const answer = await line.ask({ method, path, headers, body }, signal ? AbortSignal.any([signal, limit]) : limit)
    return answer.status === null ? answer : { status: answer.status, body: parseJson(answer.text) }
  }

  /** A dial or a leg, taken with an id of the carrier's. */
  const order = async <T>(path: string, sent: object, schema: z.ZodType<T>, signal: AbortSignal) => {
    if (signal.aborted) return { ok: false as const, fault: not_sent }
    const answer = await ask('POST', path, sent, signal)
    const taken = answer.status === 201 || answer.status === 200 ? schema.safeParse(answer.body) : null
    return taken?.success ? { ok: true as const, ...taken.data } : { ok: false as const, fault: faultOf(answer) }
  }
  const tell = async (path: string, sent: object | null, method: 'POST' | 'DELETE' = 'POST') => {
    const answer = await ask(method, path, sent)
    return answer.status === 200 ? null : faultOf(answer)
  }
  const locate = async <T>(path: string, schema: z.ZodType<T>) => {
    const answer = await ask('GET', path, null)
    const located = answer.status === 200 ? schema.safeParse(answer.body) : null
    return located?.success ? located.data : { found: 'unreachable' as const, reason: faultOf(answer).reason }
  }

  return {
    name: 'simulated',
    capabilities: simulated_capabilities,
    speed,
    dial({ attempt_id, number, caller_id, ring_timeout_ms, detect_machines }, signal) {
      const request: DialRequest = { attempt_id, number, caller_id, ring_timeout_ms, detect_machines, ...route }
      return order('/dial', request, dial_response, signal)
    },
    hangup: (attempt_id) => tell('/hangup', { attempt_id }),
    locate: (attempt_id) => locate(`/attempts/${encodeURIComponent(attempt_id)}`, located_response),
    openLeg(command, signal) {
      const request: OpenLegRequest = { ...command, ...route }
      return order('/open-leg', request, open_leg_response, signal)
    },
    closeLeg: (leg_id) => tell('/close-leg', { leg_id }),
    locateLeg: (leg_id) => locate(`/legs/${encodeURIComponent(leg_id)}`, located_leg_response),
    control(command) {
      const request: ControlRequest = { command, speed }
      return tell('/control', request)
    },
    forgetRecording: (recording) => tell(`/recordings/${encodeURIComponent(recording)}`, null, 'DELETE'),
    openRecording: (recording, signal) =>
      fetchRecording(
        `${url}/recordings/${encodeURIComponent(recording)}`,
        { origin: new URL(url).origin, headers: {} },
        signal,
      ),
    close: line.close,
  }
}

const not_sent: CarrierFault = { verdict: 'retryable', reason: 'given up before the command left' }

function faultOf(answer: Answer): CarrierFault {
  if (answer.status === null) return { verdict: answer.left ? 'indeterminate' : 'blocked', reason: answer.reason }
  const reason = `the carrier answered ${answer.status}`
  // Anything but a clear refusal may hide a call that goes on.
  if (answer.status < 400 || answer.status >= 500) return { verdict: 'indeterminate', reason }
  const named = fault_response.safeParse(answer.body)
  // A refusal without a fault comes from something that is no carrier: a wrong address, a proxy.
  return named.success ? named.data.fault : { verdict: answer.status === 429 ? 'retryable' : 'blocked', reason }
}
