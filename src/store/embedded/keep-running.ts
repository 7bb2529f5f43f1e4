/**
 * While the app lives, so does its server: when it dies (killed for memory, by hand) it is started again and the
 * folder's lock taken again. The lock connection tells: it ends with the server.
 */
import type pg from 'pg'
import { takeFolderLock } from './folder-lock.ts'
import { stopPostmaster } from './postmaster.ts'
import { type Running, reachServer, type Site } from './reach.ts'

export interface Keeper {
  pid(): number
  stop(): Promise<void>
}

export interface KeeperOptions {
  log?: (line: string) => void
  onLost?: (reason: string) => void
}

/** A server that dies more often than this has a fault that starting it again won't mend. */
const MOST_REVIVALS = 10
const WITHIN_MS = 60_000

export function keepRunning(site: Site, first: Running, holderName: string, options: KeeperOptions): Keeper {
  let current = first
  let stopped: Promise<void> | null = null
  let reviving: Promise<void> | null = null
  const revivals: number[] = []

  const arm = (client: pg.Client) =>
    client.once('end', () => {
      if (stopped === null) reviving = revive().catch((error: Error) => options.onLost?.(error.message))
    })

  async function revive(): Promise<void> {
    const now = performance.now()
    if (revivals.push(now) > MOST_REVIVALS && now - (revivals.shift() ?? 0) < WITHIN_MS) {
      options.onLost?.(`PostgreSQL died ${MOST_REVIVALS} times within a minute, see ${site.logFile}`)
      return
    }
    options.log?.('PostgreSQL went away: starting it again')
    const reached = await reachServer(site, holderName, current.postmaster)
    if (!reached.ok) return options.onLost?.(reached.reason)
    const holder = await takeFolderLock(reached.client)
    if (holder !== null) return options.onLost?.(`the data folder was taken over by another server: ${holder}`)
    current = reached
    arm(reached.client)
  }

  async function stop(): Promise<void> {
    await reviving
    await current.client.end()
    await stopPostmaster(current.postmaster, site.cluster)
  }

  arm(first.client)
  return {
    pid: () => current.postmaster.pid,
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}
