import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { CarrierFault } from '../faults.ts'
import { forgetNoRecording } from '../fetch-recording.ts'
import { doubtOf, type JsonAnswer, openJsonLine, reasonOf } from '../json-line.ts'
import { madeAt } from '../made-at.ts'
import type { CallTrace, Capabilities, Carrier, ControlCommand, DialCommand, Located, TrunkSettings } from '../port.ts'
import { endedCall, type LiveCall, livingCall, readLive, readLiveList, readRecord } from './records.ts'
import { readVoipstudioSettings } from './settings.ts'

/** A dial is answered when the softphone rings, which takes five seconds, or after ten when it is offline. */
const answers_within_ms = 15_000

const capabilities: Capabilities = {
  acts: [],
  awaits_greetings: false,
  reconcile: 'by_number',
  remembers_ms: 90 * 24 * 3_600_000,
  answering_machine_detection: false,
  answers_within_ms,
  reports_opt_outs: false,
}

const place = '/v1.2/voipstudio'
/** Our clock and VoIPStudio's may differ by so much; its times have whole seconds. */
const clock_skew_ms = 5000

/**
 * Calls that a user of the account makes: first their softphone rings, then the person. It opens no legs and does nothing to
 * a call but end it.
 */
export function openVoipstudioCarrier(trunk: TrunkSettings, { url, clock }: { url: string; clock: Clock }): Carrier {
  const { user_id } = readVoipstudioSettings(trunk.settings)
  const api = openJsonLine(url, { 'x-auth-token': trunk.secret ?? '' }, answers_within_ms)
  const callAt = (id: string) => `${place}/calls/${encodeURIComponent(id)}`

  const orderOf = ({ number, caller_id }: DialCommand) => ({
    to: digitsOf(number),
    ...(user_id && { from: user_id }),
    ...(caller_id && { caller_id: digitsOf(caller_id) }),
  })

  async function fetchCall(attempt_id: string, id: string): Promise<Located> {
    const answer = await api.ask('GET', callAt(id))
    const living = answer.status === 200 ? readLive(answer.body) : null
    if (living?.id === id) return livingCall(living, clock.now())
    if (answer.status !== 404) return unreachable(answer)
    const filter = JSON.stringify([{ property: 'live_id', operator: 'eq', value: Number(id) }])
    const past = await api.ask('GET', `${place}/cdrs?${new URLSearchParams({ filter, limit: '10' })}`)
    if (past.status !== 200) return unreachable(past)
    const record = readRecord(past.body, id)
    return record ? endedCall(record, madeAt(attempt_id)) : not_recorded
  }

  /** VoIPStudio keeps no attempt ids: a call to this number that began since the intent, and is no other attempt's, may be it. */
  async function findCall({ number, age_ms, others }: CallTrace): Promise<Located> {
    const answer = await api.ask('GET', `${place}/calls`)
    const listed = answer.status === 200 ? readLiveList(answer.body) : null
    if (!listed) return unreachable(answer)
    const since = clock.now() - age_ms - clock_skew_ms
    const mayBeIt = ({ id, dst, src_id, start_time }: LiveCall) =>
      digitsOf(dst ?? '') === digitsOf(number) &&
      !others.includes(id) &&
      (!user_id || !src_id || src_id === user_id) &&
      (start_time ?? Number.POSITIVE_INFINITY) * 1000 >= since
    const [only, another] = listed.filter(mayBeIt)
    if (another) return { found: 'unreachable', reason: 'several calls may be this one' }
    return only ? livingCall(only, clock.now()) : { found: 'no_trace' }
  }

  return {
    name: 'voipstudio',
    capabilities,
    speed: 1,
    async dial(command, signal) {
      if (signal.aborted) return { ok: false, fault: { verdict: 'retryable', reason: 'given up before it left' } }
      const answer = await api.ask('POST', `${place}/calls`, orderOf(command), signal)
      const taken = answer.status === 201 || answer.status === 200 ? readLive(answer.body) : null
      return taken ? { ok: true, provider_call_id: taken.id } : { ok: false, fault: faultOf(answer) }
    },
    async hangup(_, id) {
      if (id === null) return { verdict: 'indeterminate', reason: 'the carrier has not told which call it is' }
      const answer = await api.ask('DELETE', callAt(id))
      return answer.status === 404 || (answer.status !== null && answer.status <= 299) ? null : faultOf(answer)
    },
    async locate(attempt_id, id, trace) {
      if (id !== null) return fetchCall(attempt_id, id)
      return trace ? findCall(trace) : { found: 'unreachable', reason: 'nothing is known to find the call by' }
    },
    openLeg: async () => ({ ok: false, fault: not_offered('legs') }),
    closeLeg: async () => null,
    locateLeg: async () => ({ found: 'never_seen' }),
    control: async ({ act }: ControlCommand) => not_offered(act),
    forgetRecording: forgetNoRecording,
    openRecording: async () => ({ ok: false, gone: true, reason: 'recordings of this carrier are not fetched' }),
    close: api.close,
  }
}

/**
 *   answer                                verdict
 *   none, the request never left          blocked
 *   none, it may have left; 5xx           indeterminate
 *   429, or 400 for too many a minute     retryable
 *   400 about the number                  permanent
 *   412                                   blocked: nobody is at the softphone
 *   any other 4xx                         blocked: key, user, caller id
 */
function faultOf(answer: JsonAnswer): CarrierFault {
  const doubt = doubtOf(answer)
  if (doubt) return doubt
  const reason = reasonOf(answer)
  if (answer.status === 412) return { verdict: 'blocked', reason: offline }
  if (answer.status === 429 || /rate exceeded/i.test(reason)) return { verdict: 'retryable', reason }
  return { verdict: answer.status === 400 && isAboutNumber(answer.body) ? 'permanent' : 'blocked', reason }
}

const offline = "the softphone of the trunk's user is not signed on: nobody would talk"

/** Faults are listed by field, or name it. */
const refusal = z.object({
  errors: z.union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())]),
})

function isAboutNumber(body: unknown): boolean {
  const { errors } = refusal.safeParse(body).data ?? {}
  return Array.isArray(errors)
    ? errors.some((fault) => Object.values(fault).includes('to'))
    : Object.hasOwn(errors ?? {}, 'to')
}

const digitsOf = (number: string): string => number.replace(/^\+/, '')

const unreachable = (answer: JsonAnswer): Located => ({ found: 'unreachable', reason: reasonOf(answer) })
const not_recorded: Located = {
  ...{ found: 'unreachable', reason: 'the call is over, and not recorded yet', more_in_ms: 1_000 },
}
const not_offered = (what: string): CarrierFault => ({
  ...{ verdict: 'permanent', reason: `calls over this carrier have no ${what.replaceAll('_', ' ')}` },
})
