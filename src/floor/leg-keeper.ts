import type { LegEngine } from './leg-commands.ts'
import { keepLegs } from './legs.ts'

/** What happens within this time is looked after together. */
const pauseMs = 400

export interface LegKeeper {
  /** Something changed that agents' legs may follow, or time passed. */
  wake(workspaceId: string): void
  /** Nothing begins any more; resolves when nothing is under way. */
  stop(): Promise<void>
}

/** Looks after the legs of each workspace that is woken, one look at a time, however long its carriers take. */
export function createLegKeeper(engine: LegEngine, onError: (workspaceId: string, error: Error) => void): LegKeeper {
  const timers = new Map<string, NodeJS.Timeout>()
  const looks = new Map<string, Promise<void>>()
  let stopped = false

  function look(workspaceId: string): void {
    timers.delete(workspaceId)
    const before = looks.get(workspaceId)
    if (before) return void before.then(() => wake(workspaceId))
    const kept = keepLegs(engine, workspaceId)
      .then(() => {})
      .catch((error: Error) => onError(workspaceId, error))
      .finally(() => looks.delete(workspaceId))
    looks.set(workspaceId, kept)
  }

  function wake(workspaceId: string): void {
    if (stopped || timers.has(workspaceId)) return
    timers.set(workspaceId, setTimeout(look, pauseMs, workspaceId).unref())
  }

  return {
    wake,
    async stop() {
      stopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(looks.values())
    },
  }
}
