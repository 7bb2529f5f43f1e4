import type { CarrierFault } from '../faults.ts'
import { type DialCommand, type DialReply, leave_within_ms } from '../port.ts'
import { type Book, hangup_hook } from './book.ts'
import type { Answer } from './connection.ts'
import type { FreeswitchSettings } from './settings.ts'
import type { EventSocket } from './socket.ts'

/** A socket that is being opened when the first dial comes. */
const hears_within_ms = 200
/** The PBX says what became of an order once somebody answered, or nobody did. */
const beyond_ringing_ms = 30_000
const e164 = /^\+[1-9]\d{6,14}$/
const name = /^[\w-]{1,100}$/

/** Said by the PBX itself before it rings anybody; no far end can be the cause of them. */
const own_causes = new Set([
  'GATEWAY_DOWN',
  'INVALID_GATEWAY',
  'INVALID_PROFILE',
  'INVALID_URL',
  'CHAN_NOT_IMPLEMENTED',
])

export interface Dialing {
  trunk_id: string
  socket: EventSocket
  book: Book
  settings: Pick<FreeswitchSettings, 'gateway' | 'plus'>
  /** Resolves once the PBX tells of a channel of this id. */
  channelOf(attempt_id: string): { made: Promise<true>; forget(): void }
  /** Tells of an end by this cause, of whose channel nothing was heard, and has it written down. */
  tellEnd(attempt_id: string, cause: string): Promise<void>
}

/**
 * Two steps: the attempt's id is taken in the PBX's book, and only whoever took it lets the PBX dial. So whoever was
 * promised that an attempt never rings took its id before us, or finds that we did.
 */
export async function dialChannel(dialing: Dialing, command: DialCommand, signal: AbortSignal): Promise<DialReply> {
  const { socket, book, channelOf } = dialing
  const { attempt_id, ring_timeout_ms } = command
  const leave_by = performance.now() + leave_within_ms
  if (signal.aborted) return refuse('retryable', 'given up before the command left')
  const order = writeOrder(dialing, command)
  if (typeof order !== 'string') return order
  if (!(await socket.hears(hears_within_ms))) return refuse('blocked', 'the PBX can not be heard')
  const limit = AbortSignal.timeout(Math.max(1, Math.floor(leave_by - performance.now())))
  const taken = await book.take(attempt_id, 'dialing', AbortSignal.any([signal, limit]))
  if (!taken.read) return refuse('blocked', taken.reason)
  if (taken.found === null) return answerAgain(book, attempt_id)
  if (signal.aborted || performance.now() > leave_by) {
    await book.withdraw(attempt_id)
    return refuse('blocked', 'the PBX was too slow')
  }
  const channel = channelOf(attempt_id)
  const ordered = socket.run(order, AbortSignal.timeout(Math.ceil(ring_timeout_ms) + beyond_ringing_ms))
  const rung: DialReply = { ok: true, provider_call_id: attempt_id }
  let made = false
  const told = ordered.then((answer) => (made ? rung : settle(dialing, attempt_id, answer))).finally(channel.forget)
  const heard = channel.made.then(() => {
    made = true
    return rung
  })
  const given_up = Promise.withResolvers<DialReply>()
  const giveUp = () => given_up.resolve(refuse('indeterminate', 'the PBX has not said whether it dials'))
  signal.addEventListener('abort', giveUp)
  return Promise.race([told, heard, given_up.promise]).finally(() => signal.removeEventListener('abort', giveUp))
}

/** The order to dial, or why there is none: what it is made of can be nothing but numbers and names. */
function writeOrder({ trunk_id, settings }: Dialing, command: DialCommand): string | DialReply {
  const { attempt_id, number, caller_id, ring_timeout_ms } = command
  if (!e164.test(number)) return refuse('permanent', 'not a number in E.164')
  if (caller_id !== null && !e164.test(caller_id)) return refuse('blocked', 'the caller id is no number in E.164')
  if (!name.test(attempt_id) || !name.test(trunk_id))
    throw new Error('An id of ours has other characters than ids have')
  const { gateway, plus } = settings
  const variables = [
    ...[`origination_uuid=${attempt_id}`, `outdial_trunk=${trunk_id}`, `api_hangup_hook=${hangup_hook(attempt_id)}`],
    ...(caller_id === null ? [] : ['number', 'name'].map((part) => `origination_caller_id_${part}=${caller_id}`)),
    // Without it, FreeSWITCH would not take a variable that names others, as the hook does.
    'origination_nested_vars=true',
    ...['ignore_early_media=true', `originate_timeout=${Math.ceil(ring_timeout_ms / 1000)}`],
  ]
  const endpoint = `sofia/gateway/${gateway}/${plus ? number : number.slice(1)}`
  return `originate {${variables.join(',')}}${endpoint} &park()`
}

/** Of an id that was taken before. */
async function answerAgain(book: Book, attempt_id: string): Promise<DialReply> {
  const page = await book.read(attempt_id)
  if (!page.read) return refuse('blocked', page.reason)
  if (page.found === 'withdrawn') return refuse('retryable', 'this attempt was withdrawn')
  return { ok: true, provider_call_id: attempt_id }
}

/** What the PBX says of an order of whose channel it has not told. */
async function settle({ book, tellEnd }: Dialing, attempt_id: string, answer: Answer): Promise<DialReply> {
  const rung: DialReply = { ok: true, provider_call_id: attempt_id }
  if (!answer.ok) return refuse(answer.left ? 'indeterminate' : 'blocked', answer.reason)
  if (answer.text.startsWith('+OK')) return rung
  const [, cause = null] = /^-ERR ([A-Z0-9_]{1,60})\s*$/.exec(answer.text) ?? []
  // Somebody may have been rung, of which we did not hear.
  if (cause !== null && !own_causes.has(cause)) {
    await tellEnd(attempt_id, cause)
    return rung
  }
  const nobody = await book.withdraw(attempt_id)
  return nobody ? refuse('blocked', `the PBX dialed nobody: ${cause ?? 'it does not understand the order'}`) : rung
}

export function refuse(verdict: CarrierFault['verdict'], reason: string): { ok: false; fault: CarrierFault } {
  return { ok: false, fault: { verdict, reason } }
}
