import type { CallEvent } from '#domain/call.ts'
import { madeAt } from '../made-at.ts'
import type { Located } from '../port.ts'
import { type Asked, reasonOf, Unanswered } from './answers.ts'
import type { Ari, PbxChannel } from './ari.ts'
import { type WrittenEnd, withdrawn_cause } from './book.ts'
import { channelOf, endedEvent, keyOfCall } from './channels.ts'
import { findRecordings } from './recording.ts'

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

/** `lost`: the PBX was started anew at that time. */
type LocatedChannel =
  | { found: 'never_seen' }
  | { found: 'living'; channel: PbxChannel }
  | { found: 'ended'; end: WrittenEnd }
  | { found: 'lost'; at: string }
  | { found: 'unreachable'; reason: string }

/** What became of an id: it is on a channel, or it is in the book, or it is taken, so that it never rings. */
export async function locateChannel(ground: Ground, id: string, channel: string): Promise<LocatedChannel> {
  const { ari } = ground
  for (let look = 0; look < looks; look++) {
    const living = await ari.channel(channel)
    if (!living.ok) return unreachable(living.reason)
    if (living.found !== null) return { found: 'living', channel: living.found }
    const page = await ari.written(id, channel)
    if (!page.read) return unreachable(page.reason)
    if (page.end?.cause === withdrawn_cause) return { found: 'never_seen' }
    if (page.end !== null) return { found: 'ended', end: page.end }
    const lost = await findLoss(ground, id)
    if (!lost.ok) return unreachable(lost.reason)
    if (lost.found !== null) return { found: 'lost', at: lost.found }
    const taken = await withdraw(ground, id, channel)
    if (taken !== null) return unreachable(taken)
  }
  return unreachable('the PBX does not write down how calls end')
}

/** Its attempts bear our ids: there is always an answer, or the PBX can't be asked. */
type Answer = Exclude<Located, { found: 'no_trace' }>

export async function locateCall(ground: Ground, attempt_id: string): Promise<Answer> {
  const channel = channelOf('call', ground.trunk_id, attempt_id)
  const located = await locateChannel(ground, attempt_id, channel)
  const call = (events: CallEvent[]): Answer => {
    const keyed = events.map((event) => ({ event_key: keyOfCall(attempt_id, event), event }))
    return { found: 'call', provider_call_id: channel, events: keyed }
  }
  switch (located.found) {
    case 'living':
      return call(await livingEvents(ground, located.channel))
    case 'ended': {
      await ground.ari.keep('talk', attempt_id, null)
      const recorded = await findRecordings(ground, attempt_id, located.end.ended_at).catch(asReason)
      if (typeof recorded === 'string') return unreachable(recorded)
      return call([endedEvent(located.end), ...recorded])
    }
    case 'lost':
      return call([{ kind: 'ended', at: located.at, outcome: 'unknown', cause: 'the PBX was started anew' }])
    default:
      return located
  }
}

/** What is known of a call that is under way. */
async function livingEvents({ ari, now }: Ground, { id, state, creationtime }: PbxChannel): Promise<CallEvent[]> {
  if (state === 'Ringing') return [{ kind: 'ringing', at: new Date(creationtime).toISOString() }]
  if (state === 'Up') {
    const answered = await ari.variable(id, 'CDR(answer,u)')
    const seconds = answered.ok ? Number(answered.found?.value ?? 0) : 0
    return seconds > 0 ? [{ kind: 'answered', at: new Date(seconds * 1000).toISOString() }] : []
  }
  if (now() - Date.parse(creationtime) > silent_ms) await ari.end(id, 16)
  return []
}

/** A PBX that was started anew has lost the calls it had, and their ends are in no book: when that was. */
async function findLoss({ ari }: Ground, id: string): Promise<Asked<string>> {
  const info = await ari.info()
  if (!info.ok) return info
  if (info.found === null) return { ok: false, reason: 'the PBX is no PBX' }
  const started_at = Date.parse(info.found.status.startup_time)
  return { ok: true, found: madeAt(id) - clocks_ms < started_at ? new Date(started_at).toISOString() : null }
}

/** Takes the id for a channel that rings nobody and is written down as such; null when it was tried. */
async function withdraw({ ari, app, endpoint }: Ground, id: string, channel: string): Promise<string | null> {
  const taken = await ari.create(channel, { app, endpoint, caller_id: null, written_as: id })
  if (taken.status === 409) return null
  if (taken.status !== 200) return reasonOf(taken)
  return ari.withdraw(channel)
}

function asReason(error: unknown): string {
  if (error instanceof Unanswered) return error.message
  throw error
}

const unreachable = (reason: string) => ({ found: 'unreachable' as const, reason })
