/** Somebody whom a call is put through to: rung on a channel that is named after the attempt, so there is at most one. */
import type { Outcome } from '#domain/call.ts'
import type { CarrierFault } from '../faults.ts'
import { reasonOf, Unanswered } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf, outcomeOf } from './channels.ts'
import { refuse } from './dial.ts'

const ring_ms = 25_000
/** For the PBX to say that nobody answered. */
const grace_ms = 2_000

/** What becomes of a channel: it is answered, or ends by a cause of Q.850. */
export type Fate = 'up' | { cause: number }

export interface Fates {
  /** Null when nothing was heard in time. */
  of(channel: string, within_ms: number): Promise<Fate | null>
  tell(channel: string, fate: Fate): void
}

export function createFates(): Fates {
  const waiting = new Map<string, (fate: Fate) => void>()
  return {
    of(channel, within_ms) {
      const told = Promise.withResolvers<Fate | null>()
      waiting.set(channel, told.resolve)
      const timer = setTimeout(() => told.resolve(null), within_ms)
      return told.promise.finally(() => {
        clearTimeout(timer)
        waiting.delete(channel)
      })
    },
    tell: (channel, fate) => waiting.get(channel)?.(fate),
  }
}

const nobody: Partial<Record<Outcome, CarrierFault>> = {
  busy: { verdict: 'retryable', reason: 'the third party is busy' },
  no_answer: { verdict: 'retryable', reason: 'the third party does not answer' },
  rejected: { verdict: 'retryable', reason: 'the third party declines' },
  invalid_number: { verdict: 'permanent', reason: 'the third party does not exist' },
  canceled: { verdict: 'retryable', reason: 'the consultation was called off' },
}

/** Null once they have answered. */
export async function reachThirdParty(
  { ari, app, trunk_id }: Pbx,
  { attempt_id, endpoint, fates }: { attempt_id: string; endpoint: string; fates: Fates },
): Promise<CarrierFault | null> {
  const channel = channelOf('third', trunk_id, attempt_id)
  const shown = await ari.variable(channelOf('call', trunk_id, attempt_id), 'CONNECTEDLINE(num)')
  const caller_id = shown.ok && shown.found?.value ? shown.found.value : null
  const taken = await ari.create(channel, { app, endpoint, caller_id, written_as: null })
  if (taken.status === 409) return refuse('permanent', 'a third party is being called').fault
  if (taken.status !== 200) return refuse('retryable', reasonOf(taken)).fault
  const told = fates.of(channel, ring_ms + grace_ms)
  const rung = await ari.ring(channel, ring_ms)
  const fate = rung.status === 204 ? await told : { cause: 38 }
  if (fate === 'up') return null
  await endThirdParty({ ari, app, trunk_id }, attempt_id)
  const none: CarrierFault = { verdict: 'retryable', reason: 'the third party could not be reached' }
  return nobody[fate === null ? 'no_answer' : outcomeOf(fate.cause)] ?? none
}

export async function endThirdParty({ ari, trunk_id }: Pbx, attempt_id: string): Promise<void> {
  const trouble = await ari.endWhole(channelOf('third', trunk_id, attempt_id), 16)
  if (trouble !== null) throw new Unanswered(trouble)
}
