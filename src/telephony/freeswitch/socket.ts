/**
 * The event socket of a PBX: commands go in, answers and events come out. It is spoken here and not by a client from npm:
 * those send commands again after a connection was lost, and can't say whether one had left, on which hangs whether
 * anybody may be dialed again.
 */
import { randomUUID } from 'node:crypto'
import { createConnection, type Socket } from 'node:net'
import { z } from 'zod'
import { type ChannelEvent, channel_event } from './channels.ts'
import { createPacketReader, type Packet } from './packets.ts'
import type { FreeswitchSettings } from './settings.ts'

/** `left` is false only where it is sure that nothing of the command was sent, and never will be. */
export type Answer = { ok: true; text: string } | { ok: false; left: boolean; reason: string }

export interface EventSocket {
  /** What the PBX's API says to a command. Never rejects. It is one line: whatever would be more throws. */
  run(command: string, signal?: AbortSignal): Promise<Answer>
  /** Whether events are heard at this moment, after waiting this long for it. */
  hears(within_ms: number): Promise<boolean>
  close(): void
}

export interface SocketOptions {
  settings: FreeswitchSettings
  trunk_id: string
  onEvent(event: ChannelEvent): void
  /** Whatever happened before has to be asked after, until it is gone; where that fails, the socket is opened anew. */
  onOpen(gone: AbortSignal): Promise<void>
  trouble(message: string, cause: unknown): void
  /** How often it is asked whether it still lives, and how long an answer to that may take. */
  beat_ms?: number
}

const job_answer = z.object({
  'Event-Name': z.literal('BACKGROUND_JOB'),
  'Job-UUID': z.string(),
  _body: z.string().default(''),
})

const connect_within_ms = 5_000
const answer_within_ms = 5_000
/** A socket that looks open may be long dead. */
const usual_beat_ms = 5_000
const again_ms = 500
/** A command that comes while the socket is being opened. */
const wait_ms = 200

/** Connects again and again until it is closed. */
export function openEventSocket(options: SocketOptions): EventSocket {
  const { settings, trunk_id, onEvent, onOpen, trouble, beat_ms = usual_beat_ms } = options
  const { host, port, password } = settings
  /** Who waits for the answer to a command, by the id under which it was sent. */
  const jobs = new Map<string, (answer: Answer) => void>()
  let ready = Promise.withResolvers<true>()
  let heard = Promise.withResolvers<true>()
  let state: 'away' | 'ready' | 'heard' | 'closed' = 'away'
  let lost = false
  let socket: Socket
  let timer: NodeJS.Timeout

  const greeting = () => [
    `auth ${password}`,
    'event json CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE BACKGROUND_JOB',
    // Any of them lets an event through.
    `filter variable_outdial_trunk ${trunk_id}`,
    'filter Event-Name BACKGROUND_JOB',
    'filter Event-Name CHANNEL_CREATE',
  ]
  const within = (promise: Promise<true>, ms: number): Promise<boolean> => {
    const late = Promise.withResolvers<false>()
    const waiting = setTimeout(() => late.resolve(false), ms)
    return Promise.race([promise, late.promise]).finally(() => clearTimeout(waiting))
  }

  const run: EventSocket['run'] = async (command, signal) => {
    if (/[\r\n\0]/.test(command)) throw new Error('A command to a PBX has more than one line')
    if (state === 'away') await within(ready.promise, wait_ms)
    if (signal?.aborted || state === 'away' || state === 'closed')
      return { ok: false, left: false, reason: signal?.aborted ? 'given up' : 'the PBX can not be reached' }
    const job = randomUUID()
    const limit = signal ?? AbortSignal.timeout(answer_within_ms)
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const giveUp = () => resolve({ ok: false, left: true, reason: 'the PBX does not answer' })
    jobs.set(job, resolve)
    limit.addEventListener('abort', giveUp)
    // In the background: it answers others meanwhile, and its answer bears the id.
    socket.write(`bgapi ${command}\nJob-UUID: ${job}\n\n`)
    return promise.finally(() => {
      limit.removeEventListener('abort', giveUp)
      jobs.delete(job)
    })
  }

  const connect = () => {
    const own = createConnection({ host, port })
    socket = own
    own.setNoDelay(true)
    const reader = createPacketReader()
    const to_say = greeting()
    const gone = new AbortController()
    let why = 'no connection'
    timer = setTimeout(() => own.destroy(), connect_within_ms)

    const beat = async () => {
      if (own.destroyed || state === 'closed') return
      const answer = await run('echo outdial', AbortSignal.timeout(beat_ms))
      if (!answer.ok) own.destroy()
      else timer = setTimeout(beat, beat_ms)
    }
    const greeted = () => {
      clearTimeout(timer)
      state = 'ready'
      ready.resolve(true)
      onOpen(gone.signal).then(
        () => {
          if (own.destroyed || state === 'closed') return
          state = 'heard'
          lost = false
          heard.resolve(true)
          void beat()
        },
        (cause) => {
          why = (cause as Error).message
          own.destroy()
        },
      )
    }
    const say = () => {
      const line = to_say.shift()
      if (line === undefined) greeted()
      else own.write(`${line}\n\n`)
    }
    const take = ({ type, headers, body }: Packet) => {
      if (type === 'text/event-json') return hear(body)
      if (type === 'text/disconnect-notice' || type === 'text/rude-rejection') return own.destroy()
      if (type === 'auth/request' && !/[\r\n]/.test(password)) return say()
      if (state !== 'away') return
      if (type === 'command/reply' && headers.get('reply-text')?.startsWith('+OK')) return say()
      why = 'it does not let us in with this password'
      own.destroy()
    }
    own.on('data', (chunk) => {
      const packets = reader(chunk)
      if (packets === null) return own.destroy()
      for (const packet of packets) take(packet)
    })
    own.on('error', ({ code }: NodeJS.ErrnoException) => {
      why = code ?? why
    })
    own.on('close', () => {
      clearTimeout(timer)
      gone.abort()
      for (const tell of jobs.values()) tell({ ok: false, left: true, reason: 'the connection to the PBX was lost' })
      if (state === 'closed') return
      if (state !== 'away') ready = Promise.withResolvers()
      if (state === 'heard') heard = Promise.withResolvers()
      state = 'away'
      if (!lost) trouble('The PBX can not be heard; nobody is dialed over it meanwhile', why)
      lost = true
      timer = setTimeout(connect, again_ms)
    })
  }
  const hear = (body: string) => {
    const told = parseJson(body)
    const job = job_answer.safeParse(told)
    if (job.success) return jobs.get(job.data['Job-UUID'])?.({ ok: true, text: job.data._body })
    const event = channel_event.safeParse(told)
    // Of another kind than any that is listened for.
    if (event.success) onEvent(event.data)
  }
  connect()
  return {
    run,
    async hears(within_ms) {
      if (state === 'heard' || state === 'closed') return state === 'heard'
      return within(heard.promise, within_ms)
    },
    close() {
      state = 'closed'
      clearTimeout(timer)
      socket.destroy()
    },
  }
}

/** Undefined for what is no JSON; the schemas then refuse it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
