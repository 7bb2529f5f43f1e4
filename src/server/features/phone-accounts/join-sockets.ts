/** Two WebSockets as one: whole messages both ways. Whoever takes them slowly is waited for, and one that ends ends both. */
import { pipeline } from 'node:stream'
import { createWebSocketStream, WebSocket } from 'ws'
import { limitFrames } from '../../http/frame-rate.ts'

/** Of the far end, whose offers are long. */
const maxPayload = 65_536
/** More than a phone has to say. */
const framesPerSecond = 20
const burst = 100
const openWithinMs = 5_000
/** A client that does not answer a close in this time is cut off, so that no server waits for it. */
const goodbyeMs = 2_000
/** Text stays text, and one message one chunk. */
const messages = { readableObjectMode: true, decodeStrings: false } as const

export interface JoinedSockets {
  close(code: number, reason: string): void
}

export function joinSockets(near: WebSocket, url: string, onBroken: (error: Error) => void): JoinedSockets {
  const far = new WebSocket(url, 'sip', { maxPayload, handshakeTimeout: openWithinMs, perMessageDeflate: false })
  const allow = limitFrames(framesPerSecond, burst)
  const close = (code: number, reason: string) => {
    near.close(code, reason)
    setTimeout(() => near.terminate(), goodbyeMs).unref()
  }
  near.on('message', () => {
    if (!allow()) close(1008, 'too many frames')
  })
  for (const socket of [near, far]) socket.on('error', onBroken)
  const [one, other] = [createWebSocketStream(near, messages), createWebSocketStream(far, messages)]
  pipeline(one, other, one, () => {
    close(1001, 'the other end is gone')
    far.terminate()
  })
  return { close }
}
