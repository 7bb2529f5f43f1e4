/** One connection to a PBX's event socket, from its greeting until it is lost. */
import { randomUUID } from 'node:crypto'
import { createConnection } from 'node:net'
import { z } from 'zod'
import { parseJson } from '../parse-json.ts'
import { type ChannelEvent, channel_event } from './channels.ts'
import { createPacketReader, type Packet } from './packets.ts'
import type { FreeswitchSettings } from './settings.ts'

/** `left` is false only where it is sure that nothing of the command was sent, and never will be. */
export type Answer = { ok: true; text: string } | { ok: false; left: boolean; reason: string }

export interface Connection {
  /** What the PBX's API says to a command. Never rejects; an abort of `limit` gives it up. */
  run(command: string, limit: AbortSignal): Promise<Answer>
  /** Breaks it. */
  end(why: string): void
}

export interface ConnectionOptions {
  settings: FreeswitchSettings
  trunk_id: string
  /** We are let in, and events are sent to us. */
  onReady(): void
  onEvent(event: ChannelEvent): void
  onLost(why: string): void
}

const connect_within_ms = 5_000

const job_answer = z.object({
  'Event-Name': z.literal('BACKGROUND_JOB'),
  'Job-UUID': z.string(),
  _body: z.string().default(''),
})

/** What is said first, each line after the one before was taken. */
const greetingOf = (password: string, trunk_id: string) => [
  `auth ${password}`,
  'event json CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE BACKGROUND_JOB',
  // Any of them lets an event through.
  `filter variable_outdial_trunk ${trunk_id}`,
  'filter Event-Name BACKGROUND_JOB',
  'filter Event-Name CHANNEL_CREATE',
]

export function openConnection({ settings, trunk_id, onReady, onEvent, onLost }: ConnectionOptions): Connection {
  const { host, port, password } = settings
  const socket = createConnection({ host, port }).setNoDelay(true)
  const reader = createPacketReader()
  const to_say = greetingOf(password, trunk_id)
  /** Who waits for the answer to a command, by the id under which it was sent. */
  const jobs = new Map<string, (answer: Answer) => void>()
  let ready = false
  let why = 'no connection'
  const timer = setTimeout(() => socket.destroy(), connect_within_ms)

  const end = (reason: string) => {
    why = reason
    socket.destroy()
  }
  const greet = () => {
    const line = to_say.shift()
    if (line !== undefined) return socket.write(`${line}\n\n`)
    clearTimeout(timer)
    ready = true
    onReady()
  }
  const take = ({ type, headers, body }: Packet) => {
    if (type === 'text/event-json') return hear(body)
    if (type === 'text/disconnect-notice' || type === 'text/rude-rejection') return socket.destroy()
    // Answers to commands are events, which say to which.
    if (ready) return
    if (type === 'auth/request' && !/[\r\n]/.test(password)) return greet()
    if (type === 'command/reply' && headers.get('reply-text')?.startsWith('+OK')) return greet()
    end('it does not let us in with this password')
  }
  const hear = (body: string) => {
    const told = parseJson(body)
    const job = job_answer.safeParse(told)
    if (job.success) return jobs.get(job.data['Job-UUID'])?.({ ok: true, text: job.data._body })
    const event = channel_event.safeParse(told)
    // Of another kind than any that is listened for.
    if (event.success) onEvent(event.data)
  }

  socket.on('data', (chunk) => {
    const packets = reader(chunk)
    if (packets === null) return end('it speaks in another way')
    for (const packet of packets) take(packet)
  })
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    why = code ?? why
  })
  socket.on('close', () => {
    clearTimeout(timer)
    for (const tell of jobs.values()) tell({ ok: false, left: true, reason: 'the connection to the PBX was lost' })
    onLost(why)
  })
  return {
    end,
    run(command, limit) {
      const job = randomUUID()
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
    },
  }
}
