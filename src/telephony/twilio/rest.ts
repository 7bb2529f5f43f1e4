import { z } from 'zod'
import type { CarrierFault } from '../faults.ts'
import { fetchRecording } from '../fetch-recording.ts'
import { type LineAnswer, openHttpLine } from '../http-line.ts'
import { parseJson } from '../parse-json.ts'
import { leave_within_ms, type RecordingReply } from '../port.ts'

/** Enough for a few hundred dials in flight at once. */
const connections = 64
/** Longest wait for an answer, whatever the caller's signal allows. */
const answer_within_ms = 10_000

/** `body` is undefined for what is no JSON; the schemas then refuse it. */
export type RestAnswer = { status: number; body: unknown } | Extract<LineAnswer, { status: null }>

export interface Rest {
  /** Below the account's `/Calls`; a form makes it a POST. Never rejects. */
  ask(path: string, form: [string, string][] | null, signal?: AbortSignal): Promise<RestAnswer>
  /** What is left on the account. Never rejects. */
  askBalance(signal: AbortSignal): Promise<RestAnswer>
  /** One of its recordings, by the address that a callback told. */
  openRecording(url: string, signal: AbortSignal): Promise<RecordingReply>
  forgetRecording(url: string): Promise<CarrierFault | null>
  close(): Promise<void>
}

/**
 * An account's part of the REST API. The official client is passed by here: it can't say of a request that failed whether
 * it had left, on which hangs whether anybody may be dialed again.
 */
export function openRest(url: string, account: { account_sid: string; token: string }): Rest {
  const line = openHttpLine(url, { connections, leave_within_ms })
  const authorization = `Basic ${Buffer.from(`${account.account_sid}:${account.token}`).toString('base64')}`
  const place = `/2010-04-01/Accounts/${account.account_sid}`
  const ask = async (path: string, form: [string, string][] | null, signal?: AbortSignal): Promise<RestAnswer> => {
    const limit = AbortSignal.timeout(answer_within_ms)
    const request = {
      method: form === null ? ('GET' as const) : ('POST' as const),
      path: `${place}${path}`,
      headers: { authorization, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
      body: form && `${new URLSearchParams(form)}`,
    }
    const answer = await line.ask(request, signal ? AbortSignal.any([signal, limit]) : limit)
    return answer.status === null ? answer : { status: answer.status, body: parseJson(answer.text) }
  }
  return {
    ask: (path, form, signal) => ask(`/Calls${path}`, form, signal),
    askBalance: (signal) => ask('/Balance.json', null, signal),
    // The address has no ending: Twilio makes what is asked for.
    openRecording: (recording, signal) =>
      fetchRecording(`${recording}.wav`, { origin: new URL(url).origin, headers: { authorization } }, signal),
    async forgetRecording(recording) {
      const { origin, pathname } = URL.canParse(recording) ? new URL(recording) : { origin: null, pathname: '' }
      if (origin !== new URL(url).origin || !pathname.startsWith(`${place}/Recordings/`))
        return { verdict: 'permanent', reason: 'the recording is at another place' }
      const request = { method: 'DELETE' as const, path: `${pathname}.json`, headers: { authorization }, body: null }
      const answer = await line.ask(request, AbortSignal.timeout(answer_within_ms))
      if (answer.status === 204 || answer.status === 404) return null
      return faultOf(answer.status === null ? answer : { status: answer.status, body: parseJson(answer.text) })
    },
    close: line.close,
  }
}

const refusal = z.object({ code: z.number().int() })

/** Twilio's number for why it refused; null where it named none. */
export function errorCodeOf(answer: RestAnswer): number | null {
  const read = answer.status === null ? null : refusal.safeParse(answer.body)
  return read?.success ? read.data.code : null
}

/** Of the person's number: invalid, or no phone that anything could be routed to. */
const no_such_number = [13223, 13224, 21211, 21214, 21217]

/** Of where the number is: countries, and premium numbers, that the account is not allowed to call. */
const not_allowed_there = [13227, 21215, 21216]

/**
 *   answer                             verdict
 *   none, the request never left       blocked
 *   none, it may have left             indeterminate
 *   400, the number is none            permanent
 *   400, 403, not allowed there        barred
 *   429                                retryable: Twilio did nothing
 *   any other 4xx                      blocked: credentials, a suspended account, the caller id
 *   anything else                      indeterminate
 */
export function faultOf(answer: RestAnswer): CarrierFault {
  if (answer.status === null) return { verdict: answer.left ? 'indeterminate' : 'blocked', reason: answer.reason }
  const code = errorCodeOf(answer)
  const reason = `the carrier answered ${answer.status}${code === null ? '' : `, error ${code}`}`
  if (answer.status === 429) return { verdict: 'retryable', reason }
  if (answer.status < 400 || answer.status > 499) return { verdict: 'indeterminate', reason }
  const verdict = no_such_number.includes(code ?? 0)
    ? 'permanent'
    : not_allowed_there.includes(code ?? 0)
      ? 'barred'
      : 'blocked'
  return { verdict, reason }
}
