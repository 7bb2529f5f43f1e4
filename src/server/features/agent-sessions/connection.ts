/**
 * One connection of an agent's client. In: its frames, and wakes that say the session has changed. Out: the whole state
 * first, then every message and every later state, in their order. It keeps nothing that the database does not: whoever
 * connects again with the last `seq` misses nothing. Only the newest connection shows the calls.
 */
import { connectSession, noteSeen } from '#store/agent-connections.ts'
import { type AgentMessage, readAgentMessages } from '#store/agent-messages.ts'
import { readAgentSession } from '#store/agent-sessions.ts'
import { newId } from '#store/ids.ts'
import { readLatestLeg } from '#store/legs.ts'
import { limitFrames } from '../../http/frame-rate.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import type { LiveHub } from '../../http/live.ts'
import { isRefusal } from '../../http/problems.ts'
import { actOnFrame, type Connected } from './client-acts.ts'
import { type ClientFrame, frameSession, readFrame } from './frames.ts'

/** What of a WebSocket this needs. */
export interface AgentSocket {
  readonly bufferedAmount: number
  send(text: string): void
  close(code: number, reason: string): void
  /** At once, without the closing words that a client which takes nothing would not hear. */
  terminate(): void
  ping(): void
  on(event: 'message', listener: (bytes: Buffer, binary: boolean) => void): void
  on(event: 'close' | 'pong', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
}

export const closeCodes = { signed_off: 4000, unknown: 4401, going_away: 1001, too_many: 1008, failed: 1011 } as const

/** A client that has not taken this much is let go. */
const mostWaitingBytes = 1_048_576
/** Frames a second, and how many may come at once after a pause. */
const framesPerSecond = 20
const burst = 60
/** The agent's presence is written down no more often than this. */
const seenEveryMs = 10_000
const messagesAtOnce = 500
/** A client that does not answer a close in this time is cut off, so that no server waits for it. */
const goodbyeMs = 2_000

export interface AgentConnection {
  close(code: number, reason: string): void
}

/** `seen` is what the client has heard of this session before. */
export function openAgentConnection(
  house: ServerDeps,
  hub: LiveHub,
  socket: AgentSocket,
  who: Omit<Connected, 'connection_id'>,
  seen: number,
): AgentConnection {
  const connected: Connected = { ...who, connection_id: newId(house.clock.now()) }
  const { workspace_id } = who.caller
  /** Everything up to here the client has heard. */
  let heard = seen
  let shown = 0
  let owner = false
  let closed = false
  let seenAt = Number.NEGATIVE_INFINITY
  let queue = Promise.resolve()
  let stop = () => {}
  const allow = limitFrames(framesPerSecond, burst)

  function send(type: string, content: object): void {
    if (closed) return
    if (socket.bufferedAmount > mostWaitingBytes) return void leave(() => socket.terminate())
    socket.send(JSON.stringify({ type, seq: heard, at: new Date(house.clock.now()).toISOString(), ...content }))
  }

  function leave(how: () => void): void {
    closed = true
    how()
    setTimeout(() => socket.terminate(), goodbyeMs).unref()
  }

  /** One thing after the other: what the client asks for, and what it is told. */
  function enqueue(work: () => Promise<void>): void {
    queue = queue
      .then(() => (closed ? undefined : work()))
      .catch((error: Error) => {
        house.log.error({ err: error }, "an agent's connection failed; the client comes back")
        leave(() => socket.close(closeCodes.failed, 'failed'))
      })
  }

  async function look(whole: boolean): Promise<void> {
    const { session, leg, messages } = await withinAll(house, who.caller, async (tx) => ({
      // Messages after the session: none between what was read and its `seq` can be missing.
      session: await readAgentSession(tx, workspace_id, who.session_id),
      leg: await readLatestLeg(tx, workspace_id, who.session_id),
      messages: await readAgentMessages(tx, workspace_id, who.session_id, heard, messagesAtOnce),
    }))
    if (session === null || (!whole && session.seq === shown)) return
    const owned = owner
    owner = session.connection_id === connected.connection_id
    const more = messages.length === messagesAtOnce
    const hears = owner ? messages : []
    if (!whole) for (const message of hears) sendMessage(message)
    heard = owner && !more ? Math.max(heard, session.seq) : Math.max(heard, hears.at(-1)?.seq ?? 0)
    shown = session.seq
    const state = { owner, session: frameSession(session, leg, house.clock.now()) }
    send('state', whole ? { ...state, messages: hears.map(frameMessage) } : state)
    if (owned && !owner) send('not_owner', {})
    if (session.ended_at !== null) return leave(() => socket.close(closeCodes.signed_off, 'signed off'))
    if (more && owner) await look(false)
  }

  function sendMessage(message: AgentMessage): void {
    heard = Math.max(heard, message.seq)
    send(message.type, { data: message.data, at: message.at })
  }

  async function take(frame: ClientFrame): Promise<void> {
    const ref = frame.ref === undefined ? {} : { ref: frame.ref }
    if (owner && performance.now() - seenAt >= seenEveryMs) {
      seenAt = performance.now()
      await withinAll(house, who.caller, (tx) => noteSeen(tx, workspace_id, who.session_id, connected.connection_id))
    }
    if (frame.type === 'heartbeat') return send('heartbeat', ref)
    const done = await actOnFrame(house, connected, frame)
    if (done === 'not_owner') return send('not_owner', ref)
    if (isRefusal(done)) return send('refused', { ...ref, refused: done.refused, detail: done.detail, ...done.members })
    await look(frame.type === 'take_over')
    send('done', ref)
  }

  socket.on('message', (bytes, binary) => {
    if (!allow()) return leave(() => socket.close(closeCodes.too_many, 'too many frames'))
    const frame = binary ? 'A frame is text.' : readFrame(bytes.toString())
    enqueue(async () => (typeof frame === 'string' ? send('error', { detail: frame }) : take(frame)))
  })
  socket.on('close', () => {
    closed = true
    stop()
  })
  enqueue(async () => {
    const { last } = await hub.position(workspace_id, null)
    if (closed) return
    stop = hub.watch(workspace_id, {
      seen: last,
      take(events) {
        if (events.some(({ data }) => data.session_id === who.session_id)) enqueue(() => look(false))
      },
      end: () => leave(() => socket.close(closeCodes.going_away, 'the server is leaving')),
    })
    const at = house.clock.now()
    await withinAll(house, who.caller, (tx) =>
      connectSession(tx, workspace_id, who.session_id, connected.connection_id, at),
    )
    house.engine.wake(workspace_id, 'live')
    await look(true)
  })
  return { close: (code, reason) => leave(() => socket.close(code, reason)) }
}

function frameMessage({ seq, type, data, at }: AgentMessage) {
  return { type, seq, data, at }
}
