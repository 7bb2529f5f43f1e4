import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CallEvent, Detection, Outcome } from '#domain/call.ts'
import type { CallReport } from '../events.ts'

const call_sid = /^CA[0-9a-f]{32}$/i

/** What is read of a callback; Twilio sends more. */
export const fields = z.object({
  AccountSid: z.string().max(64),
  CallSid: z.string().regex(call_sid, 'must be CA and 32 hex digits'),
  CallStatus: z.string().max(40).optional(),
  Timestamp: z.string().max(100).optional(),
  CallDuration: z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined),
  SipResponseCode: z.string().max(10).optional(),
  AnsweredBy: z.string().max(40).optional(),
  RecordingSid: z.string().max(64).optional(),
  RecordingUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  RecordingStatus: z.string().max(40).optional(),
  RecordingDuration: z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined),
})
type Fields = z.output<typeof fields>

/**
 *   CallStatus           event
 *   queued, initiated    none: the call is known since it was placed
 *   ringing              ringing
 *   in-progress          answered
 *   completed            ended after an answer
 *   busy                 ended, busy
 *   no-answer            ended, no_answer
 *   canceled             ended, canceled
 *   failed               ended; what the far end's SIP code says, else failed
 */
const ends: Record<string, Outcome> = {
  ...{ completed: 'answered', busy: 'busy', 'no-answer': 'no_answer', canceled: 'canceled', failed: 'failed' },
}
/** RFC 3261, section 21, and RFC 8197 for 607 and 608. */
const failures: Record<string, Outcome> = {
  ...{ 404: 'invalid_number', 410: 'invalid_number', 484: 'invalid_number', 604: 'invalid_number' },
  ...{ 503: 'congestion', 603: 'rejected', 607: 'rejected', 608: 'rejected' },
}
const detections: Record<string, Detection> = {
  // A callback says `machine_start`, the resource of a call only `machine`.
  ...{ human: 'human', fax: 'fax', unknown: 'unknown', machine_start: 'machine', machine: 'machine' },
  ...{ machine_end_beep: 'machine', machine_end_silence: 'machine', machine_end_other: 'machine' },
}

/** What a callback tells, in our words. A status, the detection and a recording each come once, however often they are told. */
export function readEvents(
  told: Fields,
  { attempt_id, received_at }: { attempt_id: string | null; received_at: number },
): CallReport[] {
  const at = new Date(readTime(told.Timestamp) ?? received_at).toISOString()
  const report = (key: string, event: CallEvent): CallReport => ({
    ...{ event_key: `${told.CallSid}:${key}`, attempt_id, leg_id: null, provider_call_id: told.CallSid, event },
  })
  const status = readStatus(told, at)
  const detection = detections[told.AnsweredBy ?? '']
  const url = told.RecordingStatus === undefined || told.RecordingStatus === 'completed' ? told.RecordingUrl : undefined
  const duration = told.RecordingDuration === undefined ? {} : { duration: told.RecordingDuration }
  return [
    ...(status ? [report(told.CallStatus ?? '', status)] : []),
    ...(detection ? [report('answered-by', { kind: 'detected', at, detection })] : []),
    ...(url
      ? [report(`recording:${told.RecordingSid ?? digestOf(url)}`, { kind: 'recorded', at, url, ...duration })]
      : []),
  ]
}

function readStatus(told: Fields, at: string): CallEvent | null {
  const { CallStatus = '', CallDuration, SipResponseCode = '' } = told
  if (CallStatus === 'ringing') return { kind: 'ringing', at }
  if (CallStatus === 'in-progress') return { kind: 'answered', at }
  const usual = ends[CallStatus]
  if (usual === undefined) return null
  const outcome = usual === 'failed' ? (failures[SipResponseCode] ?? 'failed') : usual
  const talked = usual === 'answered' && CallDuration !== undefined
  const answered_at = new Date(Date.parse(at) - (CallDuration ?? 0) * 1000).toISOString()
  return {
    ...{ kind: 'ended', at, outcome, cause: SipResponseCode === '' ? CallStatus : `sip ${SipResponseCode}` },
    ...(talked ? { answered_at } : {}),
  }
}

/** RFC 2822, such as `Mon, 15 Aug 2005 15:52:01 +0000`. */
function readTime(text = ''): number | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : time
}

/** A key has to be short, whatever the address. */
function digestOf(url: string): string {
  return createHash('sha256').update(url).digest('hex')
}
