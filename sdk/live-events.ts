import type { LiveEvent } from './dialer-types.ts'

export interface Subscription {
  /** Resolves once the server has begun to tell; rejects where it refuses. */
  ready: Promise<void>
  stop(): void
}

/** A server that went away is asked again after this. */
const askAgainMs = 1_000

/** Hears the workspace's live events until it is stopped; after a break it goes on with what it missed. */
export function hearLiveEvents(
  open: (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>,
  hear: (event: LiveEvent) => void,
): Subscription {
  const stopped = new AbortController()
  let last: number | null = null

  async function connect(): Promise<ReadableStream<Uint8Array>> {
    const seen = last === null ? {} : { 'last-event-id': String(last) }
    const response = await open({ accept: 'text/event-stream', ...seen }, stopped.signal)
    if (!response.ok || !response.body) throw new Error(`live events: the server answered ${response.status}`)
    return response.body
  }

  async function read(stream: ReadableStream<Uint8Array>): Promise<void> {
    const texts: ReadableWritablePair<string, Uint8Array> = new TextDecoderStream()
    const reader = stream.pipeThrough(texts).getReader()
    let text = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const parts = (text + value).split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const event = parseEvent(part)
        if (!event) continue
        last = event.id
        hear(event)
      }
    }
  }

  async function goOn(first: ReadableStream<Uint8Array>): Promise<void> {
    let stream: ReadableStream<Uint8Array> | null = first
    while (!stopped.signal.aborted) {
      // A connection that breaks is opened again: what it did not tell is told then.
      if (stream) await read(stream).catch(() => {})
      if (stopped.signal.aborted) return
      await new Promise((resolve) => setTimeout(resolve, askAgainMs))
      stream = await connect().catch(() => null)
    }
  }

  const begun = connect()
  begun.then(goOn, () => {})
  return { ready: begun.then(() => {}), stop: () => stopped.abort() }
}

function parseEvent(part: string): LiveEvent | null {
  const [, id, type, data] = /id: (\d+)\nevent: (.+)\ndata: (.+)/.exec(part) ?? []
  if (id === undefined || type === undefined || data === undefined) return null
  return { id: Number(id), type, data: JSON.parse(data) as Record<string, unknown> }
}
