/** Hears a PBX's events, and knows whether it does: a socket that looks open may be long dead. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../parse-json.ts'
import { instant } from './answers.ts'
import type { AsteriskSettings } from './settings.ts'

/** What is read of an event; the PBX sends more. */
const pbx_event = z.object({
  type: z.string(),
  timestamp: instant.optional(),
  channel: z.object({ id: z.string(), state: z.string() }).optional(),
  peer: z.object({ id: z.string() }).optional(),
  bridge: z.object({ id: z.string() }).optional(),
  playback: z.object({ id: z.string(), state: z.string() }).optional(),
  endpoint: z.object({ resource: z.string() }).optional(),
  contact_info: z.object({ contact_status: z.string() }).optional(),
  dialstatus: z.string().optional(),
  cause: z.number().int().optional(),
  /** Of SIP: its last answer. */
  tech_cause: z.number().int().optional(),
  eventname: z.string().optional(),
  userevent: z.object({ status: z.string().optional(), cause: z.string().optional() }).optional(),
})
export type PbxEvent = z.output<typeof pbx_event>

export interface PbxSocket {
  /** The name under which the PBX knows who listens; another for each socket, so that several processes hear everything. */
  app: string
  /** Whether events are heard at this moment, after waiting this long for it. */
  hears(within_ms: number): Promise<boolean>
  close(): void
}

export interface SocketOptions {
  settings: AsteriskSettings
  onEvent(event: PbxEvent): void
  /** Whatever happened before has to be asked after; where that fails, the socket is opened anew. */
  onOpen(): Promise<void>
  /** Lets the PBX send an event by this name to whoever listens. */
  echo(app: string, name: string): Promise<void>
  trouble(message: string, cause: unknown): void
}

const heartbeat = 'OutdialHeartbeat'
const beat_ms = 5_000
const again_ms = 500

/** Connects again and again until it is closed. */
export function openPbxSocket({ settings, onEvent, onOpen, echo, trouble }: SocketOptions): PbxSocket {
  const app = `outdial-${randomUUID()}`
  const address = `${new URL(settings.url).origin.replace(/^http/, 'ws')}/ari/events?app=${app}&subscribeAll=true`
  const authorization = `Basic ${Buffer.from(`${settings.user}:${settings.secret}`).toString('base64')}`
  let heard = Promise.withResolvers<true>()
  let open = false
  let closed = false
  let lost = false
  let socket: WebSocket
  let timer: NodeJS.Timeout

  const connect = () => {
    socket = new WebSocket(address, { headers: { authorization } })
    let beaten = true
    const own = socket
    own.onopen = () => {
      open = true
      lost = false
      heard.resolve(true)
      onOpen().then(beat, () => own.close())
    }
    const beat = () => {
      if (own.readyState !== own.OPEN) return
      if (!beaten) return own.close()
      beaten = false
      void echo(app, heartbeat)
      timer = setTimeout(beat, beat_ms)
    }
    own.onmessage = ({ data }) => {
      const read = pbx_event.safeParse(parseJson(String(data)))
      // Of another kind than any that is listened for.
      if (!read.success) return
      const event = read.data
      if (event.type === 'ChannelUserevent' && event.eventname === heartbeat) beaten = true
      else onEvent(event)
    }
    own.onclose = ({ reason }) => {
      clearTimeout(timer)
      if (open) heard = Promise.withResolvers<true>()
      open = false
      if (closed) return
      if (!lost) trouble('The PBX can not be heard; nobody is dialed over it meanwhile', reason || 'no connection')
      lost = true
      timer = setTimeout(connect, again_ms)
    }
  }
  connect()
  return {
    app,
    async hears(within_ms) {
      if (open || closed) return open
      const late = Promise.withResolvers<false>()
      const waiting = setTimeout(() => late.resolve(false), within_ms)
      return Promise.race([heard.promise, late.promise]).finally(() => clearTimeout(waiting))
    },
    close() {
      closed = true
      clearTimeout(timer)
      socket.close()
    },
  }
}
