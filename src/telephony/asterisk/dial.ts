import type { CarrierFault } from '../faults.ts'
import { type DialCommand, type DialReply, leave_within_ms } from '../port.ts'
import { type Ari, reasonOf, step_ms } from './ari.ts'
import { ended_context, withdrawn_cause } from './book.ts'
import { channelOf } from './channels.ts'
import type { PbxSocket } from './socket.ts'

/** A socket that is being opened when the first dial comes. */
const hears_within_ms = 200
/** A created channel may need a moment until it can be let ring. */
const tries = 20
const try_again_ms = 10

export interface Dialing {
  trunk_id: string
  ari: Ari
  socket: PbxSocket
  endpointOf(number: string): string
}

/**
 * Three steps: a channel takes the attempt's id, the book is asked whether the id was ever used, and only then it rings.
 * So whoever was promised that an attempt never rings took its id before us, or finds our channel.
 */
export async function dialChannel(dialing: Dialing, command: DialCommand, signal: AbortSignal): Promise<DialReply> {
  const { trunk_id, ari, socket, endpointOf } = dialing
  const { attempt_id, number, caller_id, ring_timeout_ms } = command
  const id = channelOf(trunk_id, attempt_id)
  const leave_by = performance.now() + leave_within_ms - step_ms
  if (signal.aborted) return refuse('retryable', 'given up before the command left')
  if (!(await socket.hears(hears_within_ms))) return refuse('blocked', 'the PBX can not be heard')
  const taken = await ari.create(id, { attempt_id, app: socket.app, endpoint: endpointOf(number), caller_id }, signal)
  if (taken.status === 409) return { ok: true, provider_call_id: id }
  // Whatever became of this channel: it was not let ring.
  if (taken.status !== 200) {
    if (taken.status === null && taken.left) await ari.withdraw(id)
    return refuse('blocked', reasonOf(taken))
  }
  const used = await findUse(ari, attempt_id, id)
  if (used !== null || signal.aborted || performance.now() > leave_by) {
    await ari.withdraw(id)
    return used ?? refuse('blocked', 'the PBX was too slow')
  }
  const rung = await ring(ari, id, ring_timeout_ms, signal)
  if (rung.status === 204) return { ok: true, provider_call_id: id }
  if (rung.status === null && rung.left) return refuse('indeterminate', rung.reason)
  if (rung.status !== null && rung.status >= 500) return refuse('indeterminate', reasonOf(rung))
  await ari.withdraw(id)
  return refuse('blocked', reasonOf(rung))
}

/** Null for an id that was never used on a PBX that writes down how its calls end. */
async function findUse(ari: Ari, attempt_id: string, id: string): Promise<DialReply | null> {
  const [page, writes] = await Promise.all([
    ari.written(attempt_id, id),
    ari.variable(id, `DIALPLAN_EXISTS(${ended_context},s,1)`),
  ])
  if (!page.read) return refuse('blocked', page.reason)
  if (!writes.ok) return refuse('blocked', writes.reason)
  if (writes.found?.value !== '1') return refuse('blocked', `the PBX has no dialplan ${ended_context}`)
  if (page.end === null) return null
  if (page.end.cause === withdrawn_cause) return refuse('retryable', 'this attempt was withdrawn')
  return { ok: true, provider_call_id: id }
}

async function ring(ari: Ari, id: string, ring_timeout_ms: number, signal: AbortSignal) {
  for (let left = tries; ; left--) {
    const rung = await ari.ring(id, ring_timeout_ms, signal)
    if (rung.status !== 409 || left === 0) return rung
    await new Promise((resolve) => setTimeout(resolve, try_again_ms))
  }
}

export function refuse(verdict: CarrierFault['verdict'], reason: string): { ok: false; fault: CarrierFault } {
  return { ok: false, fault: { verdict, reason } }
}
