/**
 * The agent's socket. In: what the agent wants done. Out: how the session stands, and everything said to it. After a break it
 * goes on with what it missed; that the socket is gone ends no call.
 */
import type { AgentMessage, ClientFrame, DueCallback, OwnSession, ScreenPop, ServerFrame } from './agent-frames.ts'
import { Refused } from './client.ts'

export interface DeskState {
  link: 'connecting' | 'open' | 'broken'
  /** This connection shows the calls; another device may have taken them over. */
  owner: boolean
  session: OwnSession | null
  /** The latest call, which may be over. */
  pop: ScreenPop | null
  offer: (ScreenPop & { until: string }) | null
  messages: { seq: number; at: string; text: string }[]
  due: DueCallback | null
  /** By how much this device's clock is ahead of the server's. */
  ahead_ms: number
}

export interface AgentSocket {
  subscribe(listener: () => void): () => void
  read(): DeskState
  /** Resolves when it is done; throws `Refused` with the reason. */
  ask(frame: ClientFrame): Promise<void>
  close(): void
}

const heartbeatMs = 15_000
const againMs = 1_000
const closedBecause = { signed_off: 4000, signed_out: 4401 } as const
/** Before anything was heard. */
export const silence: DeskState = {
  ...{ link: 'connecting', owner: false, session: null, pop: null, offer: null },
  ...{ messages: [], due: null, ahead_ms: 0 },
}

/** `onEnd`: the session has ended, or there is none to connect to. */
export function openAgentSocket(onEnd: () => void): AgentSocket {
  let state = silence
  let seen = 0
  let refs = 0
  let closed = false
  let socket: WebSocket
  const listeners = new Set<() => void>()
  const asked = new Map<string, { resolve: () => void; reject: (why: Refused) => void }>()

  function become(change: Partial<DeskState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  function connect(): void {
    const address = new URL('/api/v1/agent', location.origin.replace(/^http/, 'ws'))
    if (state.session !== null) address.search = `session_id=${state.session.id}&seen=${seen}`
    socket = new WebSocket(address)
    let opened = false
    socket.onopen = () => {
      opened = true
    }
    socket.onmessage = ({ data }) => hear(JSON.parse(data) as ServerFrame)
    socket.onclose = ({ code }) => {
      for (const { reject } of asked.values()) reject(new Refused(null))
      asked.clear()
      if (closed) return
      become({ link: 'broken' })
      if (!opened || code === closedBecause.signed_off || code === closedBecause.signed_out) onEnd()
      if (code !== closedBecause.signed_off) setTimeout(() => closed || connect(), againMs)
    }
  }

  function hear(frame: ServerFrame): void {
    seen = Math.max(seen, frame.seq)
    const answered = frame.ref === undefined ? undefined : asked.get(frame.ref)
    if (answered !== undefined) asked.delete(frame.ref as string)
    switch (frame.type) {
      case 'state': {
        const ahead_ms = Date.now() - Date.parse(frame.at)
        const told = (frame.messages ?? []).reduce(withMessage, state)
        become({ ...told, link: 'open', owner: frame.owner, session: frame.session, ahead_ms })
        break
      }
      case 'not_owner':
        become({ owner: false })
        answered?.reject(new Refused(null))
        break
      case 'done':
        answered?.resolve()
        break
      case 'refused':
        answered?.reject(refusalOf(frame.refused, frame.detail))
        break
      case 'heartbeat':
        break
      case 'error':
        throw new Error(frame.detail)
      default:
        become(withMessage(state, frame))
    }
  }

  connect()
  const beating = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'heartbeat' }))
  }, heartbeatMs)
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    read: () => state,
    ask(frame) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.reject(new Refused(null))
      refs += 1
      const ref = String(refs)
      return new Promise((resolve, reject) => {
        asked.set(ref, { resolve, reject })
        socket.send(JSON.stringify({ ...frame, ref }))
      })
    },
    close() {
      closed = true
      clearInterval(beating)
      socket.close()
    },
  }
}

function withMessage(state: DeskState, message: AgentMessage): DeskState {
  switch (message.type) {
    case 'message': {
      const { seq, at, data } = message
      return { ...state, messages: [...state.messages, { seq, at, text: data.text }] }
    }
    case 'offer':
      return { ...state, offer: message.data }
    case 'screen_pop':
      return { ...state, pop: message.data }
    case 'callback':
      return { ...state, due: message.data }
  }
}

/** What a frame was refused for, told as the answers of the API are. */
function refusalOf(type: string, detail: string): Refused {
  return new Refused({ type: `/problems/${type}`, title: detail, status: 409, detail: '', request_id: '' })
}
