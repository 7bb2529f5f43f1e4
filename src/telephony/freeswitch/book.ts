/**
 * What the PBX itself keeps of our calls, in its module `hash`: an id that was used is not used again, and an end that
 * nobody listened to is known all the same. It is memory: a PBX that is started anew has an empty book, and the page
 * `since` says from when on this one is kept.
 *
 *   page          written by
 *   dialing       a dial, before its command leaves; only the first one gets to write it
 *   withdrawn     whoever was asked about an id that was never used, or a dial over a gateway that was not there
 *   ended:…       the PBX, at the end of the channel, or a dial that heard of its end and of no channel
 */
import type { End } from './channels.ts'
import type { EventSocket } from './socket.ts'

export type Page = 'dialing' | 'withdrawn' | End
export type Reading<T> = { read: true; found: T | null } | { read: false; reason: string }

const realm = 'outdial'
const page_of_beginning = 'since'
/** When a page is torn out: later than any call can end that is asked about within `remembers_ms`. */
const kept_seconds = 3 * 86_400
export const remembers_ms = 48 * 3_600_000

/** Has the PBX write down a channel's end. No comma, quote or space is in it, for they would end the variable. */
export const hangup_hook = (id: string) =>
  `hash::insert/${realm}/${id}/ended:\${hangup_cause}:\${answer_uepoch}:\${end_uepoch}`

export function openBook(run: EventSocket['run']) {
  const select = async (key: string): Promise<Reading<string>> => {
    const answer = await run(`hash select/${realm}/${key}`)
    if (!answer.ok) return { read: false, reason: answer.reason }
    // Of an empty answer, some versions say that it is one.
    const empty = answer.text === '' || answer.text.startsWith('-ERR no reply')
    if (!empty && answer.text.startsWith('-')) return { read: false, reason: no_book }
    return { read: true, found: empty ? null : answer.text.trim() }
  }
  /** Null where somebody wrote there before. */
  const insert = async (key: string, value: string, signal?: AbortSignal): Promise<Reading<true>> => {
    const answer = await run(`hash insert_ifempty/${realm}/${key}/${value}`, signal)
    if (!answer.ok) return { read: false, reason: answer.reason }
    if (answer.text.startsWith('+OK')) return { read: true, found: true }
    return answer.text.includes('already exists') ? { read: true, found: null } : { read: false, reason: no_book }
  }
  const overwrite = async (id: string, value: string): Promise<boolean> => {
    const torn = await run(`hash delete_ifmatch/${realm}/${id}/dialing`)
    if (!torn.ok || !torn.text.startsWith('+OK')) return false
    return (await insert(id, value)).read
  }
  return {
    /** Since when it is kept, epoch ms; from now on where nobody has opened it before. */
    async open(now: number): Promise<{ read: true; since: number } | { read: false; reason: string }> {
      const opened = await insert(page_of_beginning, String(now))
      if (!opened.read) return opened
      const page = await select(page_of_beginning)
      if (!page.read) return page
      const since = Number(page.found ?? Number.NaN)
      return Number.isFinite(since) ? { read: true, since } : { read: false, reason: no_book }
    },
    async read(id: string): Promise<Reading<Page>> {
      const page = await select(id)
      if (!page.read || page.found === null) return page as Reading<Page>
      const { found } = page
      if (found === 'dialing' || found === 'withdrawn') return { read: true, found }
      const end = readEnd(found)
      return end ? { read: true, found: end } : { read: false, reason: no_book }
    },
    /** Takes an id, and finds null where it was taken before. */
    async take(id: string, as: 'dialing' | 'withdrawn', signal?: AbortSignal): Promise<Reading<true>> {
      const taken = await insert(id, as, signal)
      if (taken.read && taken.found) void run(`sched_api +${kept_seconds} ${realm} hash delete/${realm}/${id}`)
      return taken
    },
    /** Takes back an id with which nobody was rung; false where something else is written there. */
    withdraw: (id: string) => overwrite(id, 'withdrawn'),
    /** Writes down how a dial ended, unless the PBX has. */
    end: (id: string, { at, cause }: Pick<End, 'at' | 'cause'>) =>
      overwrite(id, `ended:${cause}:0:${Date.parse(at) * 1000}`),
  }
}
export type Book = ReturnType<typeof openBook>

const no_book = 'the PBX keeps no book of its calls: its module hash is needed'

function readEnd(text: string): End | null {
  const [, cause = '', answered, ended] = /^ended:([A-Z0-9_]+):(\d{0,17}):(\d{1,17})$/.exec(text) ?? []
  if (cause === '') return null
  const instant = (micros: string | undefined) => new Date(Math.floor(Number(micros) / 1000)).toISOString()
  return { at: instant(ended), cause, answered_at: Number(answered) > 0 ? instant(answered) : null }
}
