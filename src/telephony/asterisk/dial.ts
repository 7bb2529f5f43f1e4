import type { CarrierFault } from '../faults.ts'
import { leave_within_ms } from '../port.ts'
import { reasonOf, Unanswered } from './answers.ts'
import type { Ari } from './ari.ts'
import { step_ms } from './asking.ts'
import { withdrawn_cause } from './book.ts'
import type { PbxSocket } from './socket.ts'

/** A socket that is being opened when the first dial comes. */
const hears_within_ms = 200

export interface Dialing {
  ari: Ari
  socket: PbxSocket
  /** Dialplan that the PBX must have. */
  contexts: string[]
  /** The channel is there, and rings next. */
  onTaken?(): void
}

/** An attempt or a leg that is to ring. */
export interface Order {
  id: string
  channel: string
  endpoint: string
  caller_id: string | null
  ring_timeout_ms: number
  /** What is kept with its channel. */
  variables?: Record<string, string>
  /** What it means when the PBX makes no channel to the endpoint: of a phone that it is away, of a trunk that nobody can be dialed. */
  without_endpoint: 'retryable' | 'blocked'
}

type Reply = { ok: true } | { ok: false; fault: CarrierFault }

/**
 * Three steps: a channel takes the id, the book is asked whether the id was ever used, and only then it rings.
 * So whoever was promised that an id never rings took it before us, or finds our channel.
 */
export async function dialChannel(
  { ari, socket, contexts, onTaken }: Dialing,
  order: Order,
  signal: AbortSignal,
  began = performance.now(),
): Promise<Reply> {
  const { id, channel, ring_timeout_ms, without_endpoint, ...created } = order
  const leave_by = began + leave_within_ms - step_ms
  if (signal.aborted) return refuse('retryable', 'given up before the command left')
  if (!(await socket.hears(hears_within_ms))) return refuse('blocked', 'the PBX can not be heard')
  const taken = await ari.create(channel, { app: socket.app, ...created, written_as: id }, signal)
  if (taken.status === 409) return { ok: true }
  // Whatever became of this channel: it was not let ring.
  if (taken.status !== 200) {
    if (taken.status === null && taken.left) await ari.withdraw(channel)
    return refuse(taken.status === null ? 'blocked' : without_endpoint, reasonOf(taken))
  }
  const used = await findUse({ ari, contexts }, id, channel)
  if (used !== null || signal.aborted || performance.now() > leave_by) {
    await ari.withdraw(channel)
    return used ?? refuse('blocked', 'the PBX was too slow')
  }
  onTaken?.()
  const rung = await ari.ring(channel, ring_timeout_ms, signal)
  if (rung.status === 204) return { ok: true }
  if (rung.status === null && rung.left) return refuse('indeterminate', rung.reason)
  if (rung.status !== null && rung.status >= 500) return refuse('indeterminate', reasonOf(rung))
  await ari.withdraw(channel)
  return refuse('blocked', reasonOf(rung))
}

/** Null for an id that was never used on a PBX that writes down how its calls end. */
async function findUse(
  { ari, contexts }: Pick<Dialing, 'ari' | 'contexts'>,
  id: string,
  channel: string,
): Promise<Reply | null> {
  const exists = contexts.map((context) => ari.variable(channel, `DIALPLAN_EXISTS(${context},s,1)`))
  const [page, ...found] = await Promise.all([ari.written(id, channel), ...exists])
  if (!page.read) return refuse('blocked', page.reason)
  for (const [index, context] of found.entries()) {
    if (!context.ok) return refuse('blocked', context.reason)
    if (context.found?.value !== '1') return refuse('blocked', `the PBX has no dialplan ${contexts[index]}`)
  }
  if (page.end === null) return null
  if (page.end.cause === withdrawn_cause) return refuse('retryable', 'this id was withdrawn')
  return { ok: true }
}

export function refuse(verdict: CarrierFault['verdict'], reason: string): { ok: false; fault: CarrierFault } {
  return { ok: false, fault: { verdict, reason } }
}

/** Null once it is done; what the PBX did not answer keeps everybody from dialing. */
export async function asFault(done: Promise<void>): Promise<CarrierFault | null> {
  try {
    await done
    return null
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    return refuse('blocked', error.message).fault
  }
}
