/**
 * The event socket of a PBX: commands go in, answers and events come out. It is spoken here and not by a client from npm:
 * those send commands again after a connection was lost, and can't say whether one had left, on which hangs whether
 * anybody may be dialed again.
 */
import type { ChannelEvent } from './channels.ts'
import { type Answer, type Connection, openConnection } from './connection.ts'
import type { FreeswitchSettings } from './settings.ts'

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

const answer_within_ms = 5_000
/** A socket that looks open may be long dead. */
const usual_beat_ms = 5_000
const again_ms = 500
/** A command that comes while the socket is being opened. */
const wait_ms = 200

/** Connects again and again until it is closed. */
export function openEventSocket(options: SocketOptions): EventSocket {
  const { settings, trunk_id, onEvent, onOpen, trouble, beat_ms = usual_beat_ms } = options
  let ready = Promise.withResolvers<true>()
  let heard = Promise.withResolvers<true>()
  /** `ready`: it takes commands; `heard`: what happened before is known too. */
  let state: 'away' | 'ready' | 'heard' | 'closed' = 'away'
  let lost = false
  let connection: Connection
  let timer: NodeJS.Timeout

  const run: EventSocket['run'] = async (command, signal) => {
    if (/[\r\n\0]/.test(command)) throw new Error('A command to a PBX has more than one line')
    if (state === 'away') await waitFor(ready.promise, wait_ms)
    if (signal?.aborted) return { ok: false, left: false, reason: 'given up' }
    if (state === 'away' || state === 'closed') return { ok: false, left: false, reason: 'the PBX can not be reached' }
    return connection.run(command, signal ?? AbortSignal.timeout(answer_within_ms))
  }
  const connect = () => {
    const gone = new AbortController()
    const over = () => gone.signal.aborted || state === 'closed'
    const own = openConnection({
      ...{ settings, trunk_id, onEvent },
      onReady() {
        state = 'ready'
        ready.resolve(true)
        onOpen(gone.signal).then(listen, (cause) => own.end((cause as Error).message))
      },
      onLost(why) {
        gone.abort()
        clearTimeout(timer)
        if (state === 'closed') return
        if (state !== 'away') ready = Promise.withResolvers()
        if (state === 'heard') heard = Promise.withResolvers()
        state = 'away'
        if (!lost) trouble('The PBX can not be heard; nobody is dialed over it meanwhile', why)
        lost = true
        timer = setTimeout(connect, again_ms)
      },
    })
    connection = own
    const listen = () => {
      if (over()) return
      state = 'heard'
      lost = false
      heard.resolve(true)
      void beat()
    }
    const beat = async () => {
      const answer = await own.run('echo outdial', AbortSignal.timeout(beat_ms))
      if (!answer.ok) own.end('it does not answer')
      else if (!over()) timer = setTimeout(beat, beat_ms)
    }
  }
  connect()
  return {
    run,
    async hears(within_ms) {
      if (state === 'heard' || state === 'closed') return state === 'heard'
      return waitFor(heard.promise, within_ms)
    },
    close() {
      state = 'closed'
      clearTimeout(timer)
      connection.end('closed')
    },
  }
}

function waitFor(promise: Promise<true>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<false>()
  const waiting = setTimeout(() => late.resolve(false), ms)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(waiting))
}
