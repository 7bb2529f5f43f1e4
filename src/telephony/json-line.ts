import { z } from 'zod'
import type { CarrierFault } from './faults.ts'
import { type LineAnswer, openHttpLine } from './http-line.ts'
import { parseJson } from './parse-json.ts'
import { leave_within_ms } from './port.ts'

/** Enough for a few hundred dials in flight at once. */
const connections = 64
/** `body` is undefined for what is no JSON; the schemas then refuse it. */
export type JsonAnswer = { status: number; body: unknown } | Extract<LineAnswer, { status: null }>

export interface JsonLine {
  /** Never rejects. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, signal?: AbortSignal): Promise<JsonAnswer>
  close(): Promise<void>
}

/**
 * A line to a carrier's API that takes and gives JSON; `headers` go with each request. Nobody waits longer for an answer than
 * `answer_within_ms`, whatever the caller's signal allows.
 */
export function openJsonLine(url: string, headers: Record<string, string>, answer_within_ms = 10_000): JsonLine {
  const line = openHttpLine(url, { connections, leave_within_ms })
  return {
    async ask(method, path, body, signal) {
      const limit = AbortSignal.timeout(answer_within_ms)
      const request = {
        ...{ method, path, body: body ? JSON.stringify(body) : null },
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      }
      const answer = await line.ask(request, signal ? AbortSignal.any([signal, limit]) : limit)
      return answer.status === null ? answer : { status: answer.status, body: parseJson(answer.text) }
    },
    close: line.close,
  }
}

const refusal = z.object({ message: z.string() })

/** Why it was not done, in the carrier's words where it has some; numbers in them are left out. */
export function reasonOf(answer: JsonAnswer): string {
  if (answer.status === null) return answer.reason
  const said = refusal
    .safeParse(answer.body)
    .data?.message.replace(/\d{3,}/g, '…')
    .slice(0, 200)
  return `the carrier answered ${answer.status}${said ? `: ${said}` : ''}`
}

/** Of what did not get an answer, or one that says nothing about whether it was done; null for any other. */
export function doubtOf(answer: JsonAnswer): CarrierFault | null {
  const reason = reasonOf(answer)
  if (answer.status === null) return { verdict: answer.left ? 'indeterminate' : 'blocked', reason }
  return answer.status < 400 || answer.status > 499 ? { verdict: 'indeterminate', reason } : null
}
