import type { CallEvent } from '#domain/call.ts'
import type { Located } from '../port.ts'
import { type Ari, type PbxChannel, reasonOf } from './ari.ts'
import { madeAt, withdrawn_cause } from './book.ts'
import { channelOf, endedEvent, keyOf } from './channels.ts'

/** Longer than anybody lets a phone ring; a channel that is still silent then was never let ring, or nobody is there. */
const silent_ms = 600_000
/** The clock an id is made by and the PBX's own may differ by so much. */
const clocks_ms = 2_000
/** A call may begin or end between two questions. */
const looks = 3

export interface Ground {
  trunk_id: string
  ari: Ari
  app: string
  /** Dials out; the number does not matter, because nobody is rung. */
  endpoint: string
  now(): number
}

/** Its attempts bear our ids: there is always an answer, or the PBX can't be asked. */
type Answer = Exclude<Located, { found: 'no_trace' }>

/** What became of an attempt: it is on a channel, or it is in the book, or its id is taken, so that it never rings. */
export async function locateCall(ground: Ground, attempt_id: string): Promise<Answer> {
  const { trunk_id, ari } = ground
  const id = channelOf(trunk_id, attempt_id)
  for (let look = 0; look < looks; look++) {
    const living = await ari.channel(id)
    if (!living.ok) return unreachable(living.reason)
    if (living.found !== null) return foundCall(id, await livingEvents(ground, attempt_id, living.found))
    const page = await ari.written(attempt_id, id)
    if (!page.read) return unreachable(page.reason)
    if (page.end?.cause === withdrawn_cause) return { found: 'never_seen' }
    if (page.end !== null) return foundCall(id, keyed(attempt_id, [endedEvent(page.end)]))
    const lost = await findLoss(ground, attempt_id)
    if (!lost.ok) return unreachable(lost.reason)
    if (lost.found !== null) return foundCall(id, keyed(attempt_id, [lost.found]))
    const taken = await withdraw(ground, attempt_id, id)
    if (taken !== null) return unreachable(taken)
  }
  return unreachable('the PBX does not write down how calls end')
}

/** What is known of a call that is under way. */
async function livingEvents({ ari, now }: Ground, attempt_id: string, { id, state, creationtime }: PbxChannel) {
  if (state === 'Ringing') return keyed(attempt_id, [{ kind: 'ringing', at: new Date(creationtime).toISOString() }])
  if (state === 'Up') {
    const answered = await ari.variable(id, 'CDR(answer,u)')
    const seconds = answered.ok ? Number(answered.found?.value ?? 0) : 0
    return seconds > 0 ? keyed(attempt_id, [{ kind: 'answered', at: new Date(seconds * 1000).toISOString() }]) : []
  }
  if (now() - Date.parse(creationtime) > silent_ms) await ari.end(id, 16)
  return []
}

/** A PBX that was started anew has lost the calls it had, and their ends are in no book. */
async function findLoss({ ari }: Ground, attempt_id: string) {
  const info = await ari.info()
  if (!info.ok || info.found === null)
    return { ok: false as const, reason: info.ok ? 'the PBX is no PBX' : info.reason }
  const started_at = Date.parse(info.found.status.startup_time)
  const at = new Date(started_at).toISOString()
  const lost: CallEvent = { kind: 'ended', at, outcome: 'unknown', cause: 'the PBX was started anew' }
  return { ok: true as const, found: madeAt(attempt_id) - clocks_ms < started_at ? lost : null }
}

/** Takes the id for a channel that rings nobody and is written down as such; null when it was tried. */
async function withdraw({ ari, app, endpoint }: Ground, attempt_id: string, id: string): Promise<string | null> {
  const taken = await ari.create(id, { attempt_id, app, endpoint, caller_id: null })
  if (taken.status === 409) return null
  if (taken.status !== 200) return reasonOf(taken)
  return ari.withdraw(id)
}

export function keyed(attempt_id: string, events: CallEvent[]) {
  return events.map((event) => ({ event_key: keyOf(attempt_id, event.kind), event }))
}

function foundCall(provider_call_id: string, events: ReturnType<typeof keyed>): Answer {
  return { found: 'call', provider_call_id, events }
}

const unreachable = (reason: string): Answer => ({ found: 'unreachable', reason })
