import type { Clock } from '../clock.ts'
import type { CarrierFault } from '../faults.ts'
import type { CallTrace, Capabilities, Carrier, ControlCommand, DialCommand, Located, TrunkSettings } from '../port.ts'
import { readBalance } from './balance.ts'
import { createdAt, locatedOf, readCall, readPage } from './call-resource.ts'
import { errorCodeOf, faultOf, openRest, type RestAnswer } from './rest.ts'
import { readTwilioSettings } from './settings.ts'

export interface TwilioOptions {
  /** Of the REST API. */
  url: string
  /** Where callbacks of this trunk go; `/kind` is added to it. */
  callback_url: string
  clock: Clock
}

const capabilities: Omit<Capabilities, 'answering_machine_detection'> = {
  acts: [],
  awaits_greetings: false,
  reconcile: 'by_number',
  // Twilio keeps the records of calls for thirteen months.
  remembers_ms: 365 * 24 * 3_600_000,
  reports_opt_outs: true,
}

/** Our clock and Twilio's may differ by so much; its times have whole seconds. */
const clock_skew_ms = 5000
/** Calls to one number in so short a time; if there are more, nobody can tell them apart. */
const page_size = 50
/** It is over already. */
const call_is_over = 21220
const no_such_call = 20404

/** An account's calls. It opens no legs and does nothing to a call but end it. */
export function openTwilioCarrier(trunk: TrunkSettings, { url, callback_url, clock }: TwilioOptions): Carrier {
  const { account_sid, from, detect_machines, record_calls } = readTwilioSettings(trunk.settings)
  const rest = openRest(url, { account_sid, token: trunk.secret ?? '' })
  const callerOf = (caller_id: string | null) => caller_id ?? from ?? null

  const orderOf = (command: DialCommand, caller: string): [string, string][] => {
    const { attempt_id, number, ring_timeout_ms } = command
    const progress = `${callback_url}/call/${attempt_id}`
    return [
      ['To', number],
      ['From', caller],
      ['Timeout', String(Math.min(600, Math.max(5, Math.round(ring_timeout_ms / 1000))))],
      ['Url', `${callback_url}/voice/${attempt_id}`],
      ['StatusCallback', progress],
      ...['ringing', 'answered', 'completed'].map((event): [string, string] => ['StatusCallbackEvent', event]),
      ...(detect_machines && command.detect_machines
        ? ([
            ['MachineDetection', 'Enable'],
            ['AsyncAmd', 'true'],
            ['AsyncAmdStatusCallback', progress],
          ] as [string, string][])
        : []),
      ...(record_calls
        ? ([
            ['Record', 'true'],
            ['RecordingChannels', 'dual'],
            ['RecordingStatusCallback', progress],
          ] as [string, string][])
        : []),
    ]
  }

  async function fetchCall(sid: string): Promise<Located> {
    const answer = await rest.ask(`/${sid}.json`, null)
    if (errorCodeOf(answer) === no_such_call) return { found: 'no_trace' }
    const told = answer.status === 200 ? readCall(answer.body) : null
    return told ? locatedOf(told, clock.now()) : unreachable(answer)
  }

  /** Twilio keeps no attempt ids: whatever was created for this number since the intent, and is no other attempt's, may be it. */
  async function findCall({ number, caller_id, age_ms, others }: CallTrace): Promise<Located> {
    const caller = callerOf(caller_id)
    if (caller === null) return { found: 'no_trace' }
    // Not by StartTime: a call that still waits in the account's queue has none.
    const query = new URLSearchParams({ To: number, From: caller, PageSize: String(page_size) })
    const answer = await rest.ask(`.json?${query}`, null)
    const page = answer.status === 200 ? readPage(answer.body) : null
    if (!page) return unreachable(answer)
    const since = clock.now() - age_ms - clock_skew_ms
    const recent = page.calls.filter((call) => (createdAt(call) ?? since) >= since)
    const candidates = recent.filter(({ sid }) => !others.includes(sid))
    const [only, another] = candidates
    const more = page.next_page_uri && recent.length === page.calls.length
    if (another || more) return { found: 'unreachable', reason: 'several calls may be this one' }
    return only ? locatedOf(only, clock.now()) : { found: 'no_trace' }
  }

  /** Whether the call is over, or will be. */
  async function end(sid: string, as: 'canceled' | 'completed'): Promise<boolean | CarrierFault> {
    const answer = await rest.ask(`/${sid}.json`, [['Status', as]])
    const code = errorCodeOf(answer)
    if (code === no_such_call || code === call_is_over) return true
    if (answer.status !== 200) return faultOf(answer)
    return as === 'completed' || readCall(answer.body)?.status === 'canceled'
  }

  return {
    name: 'twilio',
    capabilities: { ...capabilities, answering_machine_detection: detect_machines },
    speed: 1,
    async dial(command, signal) {
      const caller = callerOf(command.caller_id)
      if (signal.aborted) return { ok: false, fault: given_up }
      if (caller === null) return { ok: false, fault: no_caller_id }
      const answer = await rest.ask('.json', orderOf(command, caller), signal)
      const taken = answer.status === 201 || answer.status === 200 ? readCall(answer.body) : null
      return taken ? { ok: true, provider_call_id: taken.sid } : { ok: false, fault: faultOf(answer) }
    },
    async hangup(_, sid) {
      if (sid === null) return { verdict: 'indeterminate', reason: 'the carrier has not told which call it is' }
      // Canceled first: whom nobody answered is not to be written down as completed.
      const canceled = await end(sid, 'canceled')
      if (canceled !== false) return canceled === true ? null : canceled
      const completed = await end(sid, 'completed')
      return typeof completed === 'boolean' ? null : completed
    },
    async locate(_, sid, trace) {
      if (sid !== null) return fetchCall(sid)
      return trace ? findCall(trace) : { found: 'unreachable', reason: 'nothing is known to find the call by' }
    },
    openLeg: async () => ({ ok: false, fault: not_offered('legs') }),
    closeLeg: async () => null,
    locateLeg: async () => ({ found: 'never_seen' }),
    control: async ({ act }: ControlCommand) => not_offered(act),
    openRecording: rest.openRecording,
    balance: async (signal) => readBalance(await rest.askBalance(signal)),
    forgetRecording: rest.forgetRecording,
    close: rest.close,
  }
}

const given_up: CarrierFault = { verdict: 'retryable', reason: 'given up before the command left' }
const no_caller_id: CarrierFault = { verdict: 'blocked', reason: 'neither the campaign nor the trunk has a caller id' }
const not_offered = (what: string): CarrierFault => ({
  ...{ verdict: 'permanent', reason: `calls over this carrier have no ${what.replaceAll('_', ' ')}` },
})

function unreachable(answer: RestAnswer): Located {
  return { found: 'unreachable', reason: faultOf(answer).reason }
}
