import { createHmac } from 'node:crypto'
import { Agent } from 'undici'
import type { CallEvent } from '#domain/call.ts'
import { answerOf, endOf } from '../simulated-call.ts'
import type { Planned } from '../timeline.ts'
import { answeredByAt, type CallStatus, durationOf, type PlacedCall, rfc2822, sipCodeOf, statusOf } from './call.ts'

export interface Account {
  sid: string
  token: string
}

/** Connect 5 s and 15 s in all, as Twilio allows a webhook. */
const connect_ms = 5000
const total_ms = 15_000

/** What every callback of a call says. */
const commonFields = ({ sid, order }: PlacedCall, account: Account, CallStatus: CallStatus) => ({
  ...{ CallSid: sid, AccountSid: account.sid, From: order.From, To: order.To, Caller: order.From, Called: order.To },
  ...{ CallStatus, ApiVersion: '2010-04-01', Direction: 'outbound-api' },
})

/** A callback of the call's progress. They are numbered as they happen, whether they are asked for or not. */
export function progressFields(
  call: PlacedCall,
  account: Account,
  told: { CallStatus: CallStatus; at: number; sequence: number },
): Record<string, string> {
  const over = call.plan.events.some(({ event }) => event.kind === 'ended' && statusOf(event) === told.CallStatus)
  return {
    ...commonFields(call, account, told.CallStatus),
    ...{ Timestamp: rfc2822(told.at), CallbackSource: 'call-progress-events' },
    SequenceNumber: String(told.sequence),
    ...(over && { CallDuration: String(durationOf(call)), SipResponseCode: sipCodeOf(call) }),
    ...(over && told.CallStatus === 'completed' && { Duration: String(Math.ceil(durationOf(call) / 60)) }),
  }
}

/** The callback of asynchronous detection. */
export function detectionFields(call: PlacedCall, account: Account, told: Planned<CallEvent>): Record<string, string> {
  const answered = call.plan.events.find(({ event }) => event.kind === 'answered')
  return {
    ...{ AccountSid: account.sid, CallSid: call.sid, AnsweredBy: answeredByAt(call, told.at) ?? 'unknown' },
    MachineDetectionDuration: String(told.at - (answered?.at ?? told.at)),
  }
}

/** The callback of a recording that is ready at `url`. */
export function recordingFields(call: PlacedCall, account: Account, RecordingSid: string, url: string) {
  return {
    ...{ AccountSid: account.sid, CallSid: call.sid, RecordingSid, RecordingStatus: 'completed', ErrorCode: '0' },
    RecordingUrl: `${url}/2010-04-01/Accounts/${account.sid}/Recordings/${RecordingSid}`,
    ...{ RecordingDuration: String(durationOf(call)), RecordingChannels: '2', RecordingSource: 'OutboundAPI' },
    ...{ RecordingStartTime: rfc2822(answerOf(call.plan, endOf(call.plan).at) ?? 0), RecordingTrack: 'both' },
  }
}

/** The request for what to say to whoever answered. */
export function answerFields(call: PlacedCall, account: Account): Record<string, string> {
  return commonFields(call, account, 'in-progress')
}

/** base64 HMAC-SHA1(auth token, address + each field's name and value, by name). */
export function signForm(token: string, url: string, form: Record<string, string>): string {
  const names = Object.keys(form).toSorted()
  return createHmac('sha1', token)
    .update(names.reduce((text, name) => `${text}${name}${form[name]}`, url))
    .digest('base64')
}

/** Posts signed forms. A callback that is not taken is lost: nobody sends it again. */
export function createCallbackPost(account: Account, trouble: (message: string, cause: unknown) => void) {
  const agent = new Agent({ connections: 64, pipelining: 1, connect: { timeout: connect_ms } })
  return {
    /** What the receiver answered; null where it did not, or refused. */
    async send(url: string, form: Record<string, string>): Promise<string | null> {
      try {
        const target = new URL(url)
        const response = await agent.request({
          ...{ origin: target.origin, path: target.pathname + target.search, method: 'POST' as const },
          body: `${new URLSearchParams(form)}`,
          headers: {
            'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
            'x-twilio-signature': signForm(account.token, url, form),
          },
          signal: AbortSignal.timeout(total_ms),
        })
        const text = await response.body.text()
        if (response.statusCode >= 200 && response.statusCode <= 299) return text
        trouble('A callback was refused', new Error(`${target.pathname} answered ${response.statusCode}`))
      } catch (cause) {
        trouble('A callback was lost', cause)
      }
      return null
    },
    close: () => agent.destroy(),
  }
}
