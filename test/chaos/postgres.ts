/** A durable PostgreSQL of the run's own, that can be shot. */
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { openPool, type Pool } from '#store/database.ts'
import { openEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'
import type { Outages } from './outages.ts'

export interface ChaosPostgres {
  owner_url: string
  app_url: string
  /** As the product connects. */
  app: Pool
  /** Reads as the owner, past row-level security; asks again until the server is back. */
  ask<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  /** Resolves when it takes connections again. `fast` ends sessions and writes a checkpoint; `kill` does neither. */
  restart(how: 'fast' | 'kill'): Promise<void>
  log_file: string
  close(): Promise<void>
}

const askAgainMs = 50
/** Longer than any recovery of a run's few hundred megabytes. */
const backWithinMs = 60_000

export async function openChaosPostgres(folder: string, outages: Outages): Promise<ChaosPostgres> {
  const reply = await openEmbedded(folder, {
    durable: true,
    onLost: (reason) => {
      throw new Error(`PostgreSQL did not come back: ${reason}`)
    },
  })
  if (!reply.ok) throw new Error(reply.refusal)
  const { embedded } = reply
  await migrate(embedded.ownerConnection)
  // Connections break here by intent; whoever was using one hears of it from its own query.
  const onError = () => {}
  const owner = new pg.Pool({ ...embedded.ownerConnection, max: 4 })
  owner.on('error', onError)
  const app = openPool(embedded.appConnection, { max: 4, onError })

  async function ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const deadline = performance.now() + backWithinMs
    for (;;) {
      try {
        return (await owner.query<Row>(sql, values)).rows
      } catch (error) {
        if (!isAway(error) || performance.now() > deadline) throw error
        await delay(askAgainMs)
      }
    }
  }

  return {
    owner_url: embedded.ownerUrl,
    app_url: embedded.appUrl,
    app,
    ask,
    async restart(how) {
      const over = outages.begin()
      const [before] = await ask<{ started: Date }>('select pg_postmaster_start_time() as started')
      process.kill(embedded.pid(), how === 'fast' ? 'SIGINT' : 'SIGKILL')
      for (;;) {
        const [now] = await ask<{ started: Date }>('select pg_postmaster_start_time() as started')
        if (now?.started.getTime() !== before?.started.getTime()) break
        await delay(askAgainMs)
      }
      over()
    },
    log_file: embedded.logFile,
    async close() {
      await Promise.all([owner.end(), app.end()])
      await embedded.stop()
    },
  }
}

/** Whether an error says that the server, and not the statement, was the trouble. */
export function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as Error & { code?: string }
  // 57P01 to 57P03: shutting down, crashed, starting up. 08: connection lost.
  return (
    /^(57P|08|ECONN|EPIPE|ENOENT)/.test(code) ||
    /^(Connection terminated|timeout exceeded|Client (has encountered|was closed))/.test(message)
  )
}
