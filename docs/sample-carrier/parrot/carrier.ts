import { z } from 'zod'
import type { CarrierFault, FaultVerdict } from '#telephony/faults.ts'
import { forgetNoRecording, openNoRecording } from '#telephony/fetch-recording.ts'
import { type LineAnswer, openHttpLine } from '#telephony/http-line.ts'
import { type Capabilities, type Carrier, leave_within_ms, type TrunkSettings } from '#telephony/port.ts'
import { eventOf, happening, keyOf } from './events.ts'
import { readParrotSettings } from './settings.ts'

/** Says what the carrier can't do, so that nobody relies on it. */
const capabilities: Capabilities = {
  acts: [],
  awaits_greetings: false,
  reconcile: 'by_id',
  remembers_ms: 7 * 24 * 3_600_000,
  answering_machine_detection: true,
  reports_opt_outs: false,
}

const connections = 16
const answer_within_ms = 10_000

const taken = z.object({ call: z.string().max(100) })
const known = taken.extend({ happened: z.array(happening) })

/** An account's calls, by its REST API. Reports come as callbacks (./webhook.ts). */
export function openParrotLine(
  trunk: TrunkSettings,
  { url, callback_url }: { url: string; callback_url: string },
): Carrier {
  const { account } = readParrotSettings(trunk.settings)
  const line = openHttpLine(url, { connections, leave_within_ms })
  const headers = { authorization: `Bearer ${trunk.secret ?? ''}`, 'content-type': 'application/json' }
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, sent: object | null, signal?: AbortSignal) => {
    const limit = AbortSignal.timeout(answer_within_ms)
    const request = { method, path: `/v1/${account}/calls${path}`, headers, body: sent && JSON.stringify(sent) }
    return line.ask(request, signal ? AbortSignal.any([signal, limit]) : limit)
  }
  const place = (attempt_id: string) => `/${encodeURIComponent(attempt_id)}`

  return {
    name: 'parrot',
    capabilities,
    speed: 1,
    async dial({ attempt_id, number, caller_id, ring_timeout_ms, detect_machines }, signal) {
      if (signal.aborted) return { ok: false, fault: { verdict: 'retryable', reason: 'given up before it left' } }
      // The attempt is the reference under which the carrier keeps the call: sent twice, it is one call.
      const order = { reference: attempt_id, to: number, from: caller_id, ring_seconds: ring_timeout_ms / 1000 }
      const answer = await ask('POST', '', { ...order, listen: detect_machines, callback_url }, signal)
      const read = answer.status === 201 || answer.status === 200 ? readBody(answer, taken) : null
      return read ? { ok: true, provider_call_id: read.call } : { ok: false, fault: faultOf(answer) }
    },
    async hangup(attempt_id) {
      const answer = await ask('DELETE', place(attempt_id), null)
      return answer.status === 204 ? null : faultOf(answer)
    },
    async locate(attempt_id) {
      const answer = await ask('GET', place(attempt_id), null)
      // This carrier refuses a reference from then on of which it once said that it does not know it.
      if (answer.status === 404) return { found: 'never_seen' }
      const read = answer.status === 200 ? readBody(answer, known) : null
      if (!read) return { found: 'unreachable', reason: faultOf(answer).reason }
      const events = read.happened.map((told) => ({ event_key: keyOf(read.call, told), event: eventOf(told) }))
      return { found: 'call', provider_call_id: read.call, events }
    },
    openLeg: async () => ({ ok: false, fault: not_offered }),
    closeLeg: async () => null,
    locateLeg: async () => ({ found: 'never_seen' }),
    control: async () => not_offered,
    openRecording: openNoRecording,
    forgetRecording: forgetNoRecording,
    close: line.close,
  }
}

const not_offered: CarrierFault = { verdict: 'permanent', reason: 'no agents are connected over this carrier' }

/** Whether anybody may be dialed again hangs on these verdicts. What is not in the list may have done anything. */
const verdicts = new Map<number, FaultVerdict>([
  [401, 'blocked'],
  [403, 'blocked'],
  [409, 'retryable'],
  [422, 'permanent'],
  [429, 'retryable'],
])

function faultOf(answer: LineAnswer): CarrierFault {
  if (answer.status === null) return { verdict: answer.left ? 'indeterminate' : 'blocked', reason: answer.reason }
  return { verdict: verdicts.get(answer.status) ?? 'indeterminate', reason: `the carrier answered ${answer.status}` }
}

/** Null for what is not what was agreed. */
function readBody<T>({ text }: { text: string }, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
