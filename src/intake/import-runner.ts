import { findUnfinishedImports } from '#store/finders.ts'
import type { ImportDeps } from './import.ts'

export interface ImportRunner {
  /** Looks for unfinished imports now and every few seconds. */
  start(): void
  /** There may be a new one. */
  wake(): void
  /** Stops between two chunks; whoever looks next goes on from there. */
  stop(): Promise<void>
}

/** Imports at once in this process: one large file shall not keep a small one waiting, nor take all connections. */
const importsAtOnce = 2
/** Only for what no wake told of: leases that lapsed, imports of a process that stopped. */
const lookEveryMs = 3_000

/** Runs whatever import is unfinished and nobody's. */
export function createImportRunner(deps: ImportDeps): ImportRunner {
  const running = new Map<string, Promise<void>>()
  /** Ran since the last timed look; one that is unfinished all the same has to wait for the next. */
  const resting = new Set<string>()
  const stopping = new AbortController()
  let looking: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    do {
      again = false
      for (const key of await findUnfinishedImports(deps.pool)) {
        if (stopping.signal.aborted || running.size >= importsAtOnce) break
        if (!running.has(key.import_id) && !resting.has(key.import_id)) begin(key.workspace_id, key.import_id)
      }
    } while (again && !stopping.signal.aborted)
  }

  function begin(workspace_id: string, import_id: string): void {
    // Loaded with the first import: encodings and the way of a file are much to hold for a server that reads none.
    const run = import('./import.ts')
      .then(({ runImport }) => runImport(deps, { workspace_id, import_id }, stopping.signal))
      .catch((error) => deps.log.error({ err: error, import_id }, 'an import broke off; it is taken up again'))
      .finally(() => {
        running.delete(import_id)
        resting.add(import_id)
        wake()
      })
    running.set(import_id, run)
  }

  function wake(): void {
    again = true
    if (stopping.signal.aborted || looking) return
    looking = look()
      .catch((error) =>
        deps.log.error({ err: error }, 'unfinished imports could not be looked for; the next look tries again'),
      )
      .finally(() => {
        looking = null
      })
  }

  return {
    start() {
      timer ??= setInterval(() => {
        resting.clear()
        wake()
      }, lookEveryMs)
      wake()
    },
    wake,
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await looking
      await Promise.all(running.values())
    },
  }
}
