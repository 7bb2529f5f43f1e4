import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { CarrierFault } from '../faults.ts'
import { fetchRecording, forgetNoRecording } from '../fetch-recording.ts'
import { doubtOf, type JsonAnswer, openJsonLine, reasonOf } from '../json-line.ts'
import type { Capabilities, Carrier, ControlCommand, DialCommand, Located, TrunkSettings } from '../port.ts'
import { attempt_field, foundOf, isFinal, isPutOff, readExecution } from './execution.ts'
import { readBolnaSettings } from './settings.ts'

const capabilities: Capabilities = {
  acts: [],
  awaits_greetings: false,
  // Executions are listed by agent and day, without the numbers.
  reconcile: 'none',
  remembers_ms: 7 * 24 * 3_600_000,
  answering_machine_detection: false,
  takes_brief: true,
  reports_opt_outs: false,
}

/** After a call that the account could not pay, nothing is ordered for so long. */
const unpaid_rest_ms = 60_000

/** Where Bolna keeps recordings besides; nobody is told our key there. */
const kept_recordings = /^https:\/\/bolna[\w-]*\.s3[\w.-]*\.amazonaws\.com\//

/** Bolna names no currency. */
const account = z.object({ wallet: z.number() })

const taken = z.object({ execution_id: z.string().regex(/^[\w-]{1,64}$/) })

/** An account's calls, each talked by the trunk's voice agent. It opens no legs and does nothing to a call but end it. */
export function openBolnaCarrier(trunk: TrunkSettings, { url, clock }: { url: string; clock: Clock }): Carrier {
  const { agent_id, from } = readBolnaSettings(trunk.settings)
  const headers = { authorization: `Bearer ${trunk.secret ?? ''}` }
  const api = openJsonLine(url, headers)
  let unpaid_until = 0

  const orderOf = ({ attempt_id, number, caller_id, brief }: DialCommand) => {
    const shown = caller_id ?? from
    const { next_action = '', consent_line = '', about = {} } = brief ?? {}
    return {
      ...{ agent_id, recipient_phone_number: number },
      ...(shown && { from_phone_number: shown }),
      user_data: { ...about, next_action, consent_line, [attempt_field]: attempt_id },
    }
  }
  const show = (id: string): Promise<JsonAnswer> => api.ask('GET', `/executions/${encodeURIComponent(id)}`)
  const stop = (id: string): Promise<JsonAnswer> => api.ask('POST', `/call/${encodeURIComponent(id)}/stop`)

  async function locate(id: string): Promise<Located> {
    const answer = await show(id)
    if (answer.status === 404) return { found: 'no_trace' }
    const told = answer.status === 200 ? readExecution(answer.body) : null
    if (!told || told.id !== id) return { found: 'unreachable', reason: reasonOf(answer) }
    // The agent has calling hours of its own. By then it may be forbidden to call, so that it is never let ring.
    const stopped = isPutOff(told) ? await stop(id) : null
    if (stopped && (stopped.status === null || stopped.status > 299)) {
      return { found: 'unreachable', reason: reasonOf(stopped) }
    }
    if (told.status === 'balance-low') unpaid_until = clock.now() + unpaid_rest_ms
    return foundOf(told, clock.now())
  }

  return {
    name: 'bolna',
    capabilities,
    speed: 1,
    async dial(command, signal) {
      if (signal.aborted) return { ok: false, fault: { verdict: 'retryable', reason: 'given up before it left' } }
      if (clock.now() < unpaid_until) return { ok: false, fault: unpaid }
      const answer = await api.ask('POST', '/call', orderOf(command), signal)
      const read = answer.status === 200 || answer.status === 201 ? taken.safeParse(answer.body).data : null
      return read ? { ok: true, provider_call_id: read.execution_id } : { ok: false, fault: faultOf(answer) }
    },
    async hangup(_, id) {
      if (id === null) return { verdict: 'indeterminate', reason: 'the carrier has not told which call it is' }
      const answer = await stop(id)
      if (answer.status === 404 || (answer.status !== null && answer.status <= 299)) return null
      const doubt = doubtOf(answer)
      if (doubt) return doubt
      // It refuses for a call that is over, too.
      const shown = await show(id)
      const told = shown.status === 200 ? readExecution(shown.body) : null
      const over = told && (isFinal(told) || told.status === 'call-disconnected')
      return over ? null : { verdict: 'permanent', reason: reasonOf(answer) }
    },
    locate: async (_, id) => (id === null ? unsearchable : locate(id)),
    openLeg: async () => ({ ok: false, fault: not_offered('legs') }),
    closeLeg: async () => null,
    locateLeg: async () => ({ found: 'never_seen' }),
    control: async ({ act }: ControlCommand) => not_offered(act),
    forgetRecording: forgetNoRecording,
    async openRecording(at, signal) {
      const origin = URL.canParse(at) ? new URL(at).origin : null
      const own = origin === new URL(url).origin
      if (origin === null || !(own || kept_recordings.test(at)))
        return { ok: false, gone: false, reason: 'the recording is at another place' }
      return fetchRecording(at, { origin, headers: own ? headers : {} }, signal)
    },
    async balance(signal) {
      const answer = await api.ask('GET', '/user/me', undefined, signal)
      const read = answer.status === 200 ? account.safeParse(answer.body).data : null
      return read ? { ok: true, amount: read.wallet, currency: null } : { ok: false, fault: faultOf(answer) }
    },
    close: api.close,
  }
}

/**
 *   answer                              verdict
 *   none, the request never left        blocked
 *   none, it may have left; 5xx         indeterminate
 *   429                                 retryable
 *   400, 422 about the recipient        permanent
 *   any other 4xx                       blocked: key, agent, balance, caller id
 */
function faultOf(answer: JsonAnswer): CarrierFault {
  const doubt = doubtOf(answer)
  if (doubt) return doubt
  const reason = reasonOf(answer)
  if (answer.status === 429) return { verdict: 'retryable', reason }
  const malformed = answer.status === 400 || answer.status === 422
  const of_recipient = malformed && /recipient/i.test(JSON.stringify(answer.body ?? ''))
  return { verdict: of_recipient ? 'permanent' : 'blocked', reason }
}

const unsearchable: Located = { found: 'unreachable', reason: 'this carrier finds no call but by its own id' }
const unpaid: CarrierFault = { verdict: 'blocked', reason: 'the balance at the carrier is low' }
const not_offered = (what: string): CarrierFault => ({
  ...{ verdict: 'permanent', reason: `calls over this carrier have no ${what.replaceAll('_', ' ')}` },
})
