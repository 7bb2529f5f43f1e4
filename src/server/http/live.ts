/**
 * The live hub: tells everybody who watches a workspace what has changed there, in the workspace's own order.
 * In: wakes. Out: numbered events to each watcher, none left out and none twice. It must never carry an event to a
 * watcher of another workspace, nor keep facts of its own: the database holds them.
 */
import { type LiveEvent, liveEventRange, numberLiveEvents, readLiveEvents } from '#store/live-events.ts'
import { inWorkspace } from '#store/tx.ts'
import type { ServerDeps } from './house.ts'

export interface Watcher {
  /** The number of the last event it has. */
  seen: number
  /** Takes events in order; a returned promise is waited for before the next ones. */
  take(events: LiveEvent[]): Promise<void> | void
  /** The server is closing. */
  end(): void
}

export interface LiveHub {
  wake(workspaceId: string): void
  /** Begins to watch; the returned function ends it. After `close` nobody begins, and whoever tries is told to end. */
  watch(workspaceId: string, watcher: Watcher): () => void
  /** Where a new watcher stands, and whether it can go on after `seen`. */
  position(workspaceId: string, seen: number | null): Promise<{ last: number; complete: boolean }>
  close(): void
}

/** Behind the wakes: one that got lost costs this much. */
const lookEveryMs = 1_000
const eventsAtOnce = 500

export function createLiveHub(house: ServerDeps): LiveHub {
  const watchers = new Map<string, Set<Watcher>>()
  const busy = new Map<string, { again: boolean }>()
  let closed = false
  const look = setInterval(() => {
    for (const workspaceId of watchers.keys()) wake(workspaceId)
  }, lookEveryMs)
  look.unref()

  function wake(workspaceId: string): void {
    if (!watchers.has(workspaceId)) return
    const running = busy.get(workspaceId)
    if (running) {
      running.again = true
      return
    }
    const run = { again: false }
    busy.set(workspaceId, run)
    deliver(workspaceId, run)
      .catch((error: Error) =>
        house.log.error({ err: error }, 'live events were not delivered; the next look tries again'),
      )
      .finally(() => busy.delete(workspaceId))
  }

  async function deliver(workspaceId: string, run: { again: boolean }): Promise<void> {
    do {
      run.again = false
      while (await deliverOnce(workspaceId));
    } while (run.again)
  }

  /** Numbers what waits and hands it on; true when there may be more. */
  async function deliverOnce(workspaceId: string): Promise<boolean> {
    const here = [...(watchers.get(workspaceId) ?? [])]
    const from = Math.min(...here.map((watcher) => watcher.seen))
    if (here.length === 0) return false
    const events = await inWorkspace(house.pool, { workspace_id: workspaceId }, async (tx) => {
      await numberLiveEvents(tx, workspaceId)
      return readLiveEvents(tx, workspaceId, from, eventsAtOnce)
    })
    await Promise.all(here.map((watcher) => hand(watcher, events)))
    return events.length === eventsAtOnce
  }

  return {
    wake,
    watch(workspaceId, watcher) {
      // Whoever asked a moment before the others were let go would keep the server from closing.
      if (closed) {
        watcher.end()
        return () => {}
      }
      const set = watchers.get(workspaceId) ?? new Set()
      watchers.set(workspaceId, set.add(watcher))
      wake(workspaceId)
      return () => {
        set.delete(watcher)
        if (set.size === 0 && watchers.get(workspaceId) === set) watchers.delete(workspaceId)
      }
    },
    async position(workspaceId, seen) {
      const { first, last } = await inWorkspace(house.pool, { workspace_id: workspaceId }, (tx) =>
        liveEventRange(tx, workspaceId),
      )
      // Complete when nothing between what it has seen and what is kept has been dropped.
      const complete = seen === null || (seen <= last && seen + 1 >= (first ?? last + 1))
      return { last, complete }
    },
    close() {
      closed = true
      clearInterval(look)
      for (const watcher of [...watchers.values()].flatMap((set) => [...set])) watcher.end()
      watchers.clear()
    },
  }
}

async function hand(watcher: Watcher, events: LiveEvent[]): Promise<void> {
  const fresh = events.filter((event) => event.seq > watcher.seen)
  const last = fresh.at(-1)
  if (!last) return
  watcher.seen = last.seq
  await watcher.take(fresh)
}
