/** A client of the agent's WebSocket for tests: what it was told, in order, and a wait for what is still to come. */
import { WebSocket } from 'undici'

// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every shape.
export type Frame = Record<string, any>

export interface AgentClient {
  frames: Frame[]
  send(frame: object | string): void
  /** The first frame from here on that fits; what came before it is passed over. */
  next(fits: (frame: Frame) => boolean): Promise<Frame>
  /** The first frame of this type from here on. */
  hears(type: string): Promise<Frame>
  /** The code that the server closed with. */
  closed: Promise<number>
  close(): Promise<number>
}

export interface ConnectOptions {
  key?: string
  cookie?: string
  origin?: string
  protocols?: string[]
  query?: string
}

/** Connects; rejects when the server does not let it in. */
export async function connectAgent(url: string, options: ConnectOptions = {}): Promise<AgentClient> {
  const { key, cookie, origin, protocols = [], query = '' } = options
  const headers = {
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(cookie === undefined ? {} : { cookie }),
    ...(origin === undefined ? {} : { origin }),
  }
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/agent${query}`, { headers, protocols })
  const frames: Frame[] = []
  let place = 0
  let arrived = () => {}
  let over = false
  socket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(data as string))
    arrived()
  })
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => {
      over = true
      arrived()
      resolve(code)
    })
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('the server did not let the socket in')))
  })

  async function next(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      while (place < frames.length) {
        const frame = frames[place] as Frame
        place += 1
        if (fits(frame)) return frame
      }
      if (over) throw new Error(`the socket closed before; it heard ${JSON.stringify(frames)}`)
      await new Promise<void>((resolve) => {
        arrived = resolve
      })
    }
  }

  return {
    frames,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next,
    hears: (type) => next((frame) => frame.type === type),
    closed,
    close() {
      socket.close()
      return closed
    },
  }
}
