/**
 * What the PBX itself writes down of our calls, in its own database: an end that nobody listened to is known all the same,
 * and an id that was used once is never used again. Written by its dialplan, read over its manager interface, whose
 * account may read and nothing else.
 */
import type { HttpLine } from '../http-line.ts'
import { madeAt } from '../made-at.ts'
import type { Account } from './settings.ts'

export const ended_context = 'outdial-ended'
/** Of the channel that took an id so that nobody else can, and that never rang anybody. */
export const withdrawn_cause = 101
/** Less than the three days after which the dialplan forgets. */
export const remembers_ms = 48 * 3_600_000

/** The channel variable that names the chapter a channel is written in. */
export const chapter_variable = 'OUTDIAL_CHAPTER'

const record = `DB(outdial-ended/\${${chapter_variable}}/\${CHANNEL(uniqueid)})`
const end = `\${STRFTIME(,UTC,%Y-%m-%dT%H:%M:%S)} \${HANGUPCAUSE} \${CDR(answer,u)}`

/** Run by the PBX at the end of each of our channels. The first end stands; chapters of three days ago are torn out. */
export const ended_dialplan = [
  `exten => s,1,ExecIf($["\${${record}}" = ""]?Set(${record}=${end}))`,
  `same => n,DBdeltree(outdial-ended/\${STRFTIME($[\${EPOCH} - 259200],UTC,%Y%m%d)})`,
  'same => n,Return()',
  '',
].join('\n')

/** Lets a channel be written down at its end. */
export const writtenDown = (id: string) => ({
  [chapter_variable]: chapterOf(id),
  'CHANNEL(hangup_handler_push)': `${ended_context},s,1`,
})

/** A day in UTC, such as 20260302. */
const chapterOf = (id: string) => new Date(madeAt(id)).toISOString().slice(0, 10).replaceAll('-', '')

export interface WrittenEnd {
  ended_at: string
  /** Q.850. */
  cause: number
  answered_at: string | null
}

export type Page = { read: true; end: WrittenEnd | null } | { read: false; reason: string }

/** Reads what is written of channels. */
export function openBook(line: HttpLine, { user, secret }: Account) {
  let cookie = ''
  /** One for all who wait. */
  let signing: Promise<void> | null = null
  const ask = (words: Record<string, string>, signal: AbortSignal) =>
    line.ask(
      {
        ...{ method: 'POST', path: '/rawman', body: new URLSearchParams(words).toString() },
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
      },
      signal,
    )
  const getCookie = async (signal: AbortSignal) => {
    const answer = await ask({ action: 'Login', username: user, secret }, signal)
    cookie =
      answer.status === 200 ? (/mansession_id="?\w+"?/.exec(String(answer.headers['set-cookie']))?.[0] ?? '') : ''
  }
  const signOn = (signal: AbortSignal) => {
    signing ??= getCookie(signal).finally(() => {
      signing = null
    })
    return signing
  }
  return {
    /** Of the channel that `id` was dialed on. */
    async read(id: string, channel: string, signal: AbortSignal): Promise<Page> {
      const words = { action: 'DBGet', family: 'outdial-ended', key: `${chapterOf(id)}/${channel}` }
      if (cookie === '') await signOn(signal)
      let answer = await ask(words, signal)
      if (answer.status !== null && answer.text.includes('Permission denied')) {
        await signOn(signal)
        answer = await ask(words, signal)
      }
      if (answer.status === null) return { read: false, reason: answer.reason }
      if (answer.text.includes('Database entry not found')) return { read: true, end: null }
      const told = /^Val: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d) (\d+) (\d+)/m.exec(answer.text)
      if (told === null) return { read: false, reason: 'the PBX does not let its database be read' }
      const [, at = '', cause, answer_s] = told
      const answered_at = Number(answer_s) > 0 ? new Date(Number(answer_s) * 1000).toISOString() : null
      return { read: true, end: { ended_at: new Date(`${at}Z`).toISOString(), cause: Number(cause), answered_at } }
    },
  }
}
