import assert from 'node:assert/strict'
import { it, mock } from 'node:test'
import type { LiveEvent } from './dialer-types.ts'
import { hearLiveEvents } from './live-events.ts'

/** What a server sends before its connection breaks, cut where no event ends. */
function connection(...parts: string[]): Response {
  const send = (to: ReadableStreamDefaultController<Uint8Array>) => {
    for (const part of parts) to.enqueue(new TextEncoder().encode(part))
    to.close()
  }
  return new Response(new ReadableStream({ start: send }))
}

it('goes on after a break with what it missed, however the bytes are cut, until it is stopped', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const asked: (string | undefined)[] = []
  const heard: LiveEvent[] = []
  const answers = [
    () =>
      connection(
        ': connected\n\nid: 1\neve',
        'nt: a\ndata: {"x":1}\n',
        '\n: \n\nid: 2\nevent: b\ndata: {}\n\nid: 3\nev',
      ),
    () => new Response('', { status: 503 }),
    () => connection('id: 3\nevent: c\ndata: {"y":"é"}\n\n'),
  ]
  const all = Promise.withResolvers<void>()
  const open = async (headers: Record<string, string>) => {
    asked.push(headers['last-event-id'])
    return (answers[asked.length - 1] ?? (() => connection()))()
  }
  const live = hearLiveEvents(open, (event) => {
    heard.push(event)
    if (event.type === 'c') all.resolve()
  })
  await live.ready
  // The pause between two tries passes as soon as it has begun.
  const nudge = setInterval(() => mock.timers.tick(1_000), 1)
  await all.promise
  live.stop()
  clearInterval(nudge)
  mock.timers.reset()
  assert.deepEqual(heard, [
    { id: 1, type: 'a', data: { x: 1 } },
    { id: 2, type: 'b', data: {} },
    { id: 3, type: 'c', data: { y: 'é' } },
  ])
  assert.deepEqual(asked.slice(0, 3), [undefined, '2', '2'])
})
