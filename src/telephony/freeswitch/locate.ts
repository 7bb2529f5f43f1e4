import type { CallEvent } from '#domain/call.ts'
import { madeAt } from '../made-at.ts'
import type { Located } from '../port.ts'
import type { Book } from './book.ts'
import { type ChannelEvent, channel_event, endedEvent, keyOf, readChannel } from './channels.ts'
import { readFields } from './packets.ts'
import type { EventSocket } from './socket.ts'

/** The clocks of the processes that dial over one PBX may differ by so much. */
const clocks_ms = 2_000
export const unsaid = 'the PBX was told to dial, and has not said what came of it'
/** A call may begin or end between two questions. */
const looks = 3

export interface Ground {
  socket: EventSocket
  book: Book
  now(): number
}

/** Its attempts bear our ids: there is always an answer, or the PBX can't be asked. */
type Answer = Exclude<Located, { found: 'no_trace' }>

/** What became of an attempt: it is on a channel, or it is in the book, or its id is taken, so that it never rings. */
export async function locateCall({ socket, book, now }: Ground, attempt_id: string): Promise<Answer> {
  for (let look = 0; look < looks; look++) {
    const living = await findChannel(socket, attempt_id)
    if (!living.read) return unreachable(living.reason)
    if (living.found !== null) return foundCall(attempt_id, readChannel(living.found))
    const page = await book.read(attempt_id)
    if (!page.read) return unreachable(page.reason)
    if (page.found === 'withdrawn') return { found: 'never_seen' }
    // Its order may be about to arrive, or made no channel while nobody heard of that.
    if (page.found === 'dialing') continue
    if (page.found !== null) return foundCall(attempt_id, [endedEvent(page.found)])
    const kept = await book.open(now())
    if (!kept.read) return unreachable(kept.reason)
    if (madeAt(attempt_id) - clocks_ms < kept.since) return foundCall(attempt_id, [lostEvent(kept.since)])
    const taken = await book.take(attempt_id, 'withdrawn')
    if (!taken.read) return unreachable(taken.reason)
  }
  return unreachable(unsaid)
}

async function findChannel(socket: EventSocket, attempt_id: string) {
  const answer = await socket.run(`uuid_dump ${attempt_id}`)
  if (!answer.ok) return { read: false as const, reason: answer.reason }
  if (answer.text.startsWith('-ERR No such')) return { read: true as const, found: null }
  const told = channel_event.safeParse(Object.fromEntries(readFields(answer.text)))
  if (!told.success) return { read: false as const, reason: 'the PBX answers in another way' }
  return { read: true as const, found: told.data as ChannelEvent }
}

/** A PBX that was started anew has lost the calls it had, and what it knew of them. */
const lostEvent = (since: number): CallEvent => ({
  ...{ kind: 'ended', at: new Date(since).toISOString(), outcome: 'unknown', cause: 'the PBX was started anew' },
})

function foundCall(attempt_id: string, events: CallEvent[]): Answer {
  const keyed = events.map((event) => ({ event_key: keyOf(attempt_id, event.kind), event }))
  return { found: 'call', provider_call_id: attempt_id, events: keyed }
}

const unreachable = (reason: string): Answer => ({ found: 'unreachable', reason })
