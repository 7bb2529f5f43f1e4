/**
 * Which process paces a workspace's predictive campaigns: the one that holds the workspace's advisory lock. They are paced
 * together because they share agents. All locks of a process are on one connection, lent for as long as any is wanted.
 */
import type pg from 'pg'
import type { Pool } from './database.ts'

export interface PacerLocks {
  /** Takes the workspace's pacers unless another process has them; whether this one has them now. */
  take(workspaceId: string): Promise<boolean>
  holds(workspaceId: string): boolean
  /** Gives them back, and wants them no more. */
  letGo(workspaceId: string): Promise<void>
  /** Gives all of them back at once, as the end of the process would. */
  close(): void
}

const pingMs = 1_000
/** A frozen process, or one that is cut off, says nothing: after this its connection is ended and somebody else paces. */
const longestSilence = '5s'
const key = `hashtextextended('pacers:' || $1, 0)`

export function openPacerLocks(pool: Pool): PacerLocks {
  const held = new Set<string>()
  const wanted = new Set<string>()
  let line: Promise<pg.PoolClient> | null = null
  let close = () => {}

  function open(): Promise<pg.PoolClient> {
    line ??= connect().catch((error: Error) => {
      line = null
      throw error
    })
    return line
  }

  async function connect(): Promise<pg.PoolClient> {
    const client = await pool.connect()
    let isOver = false
    // Its locks end with it, whoever ended it.
    const end = () => {
      if (isOver) return
      isOver = true
      clearInterval(ping)
      held.clear()
      line = null
      client.release(true)
    }
    const ping = setInterval(() => client.query('select').catch(end), pingMs).unref()
    client.once('end', end)
    close = end
    await client.query(`set idle_session_timeout = '${longestSilence}'`)
    return client
  }

  return {
    async take(workspaceId) {
      wanted.add(workspaceId)
      if (held.has(workspaceId)) return true
      const client = await open()
      const { rows } = await client.query<{ taken: boolean }>({
        name: 'take-pacers',
        text: `select pg_try_advisory_lock(${key}) as taken`,
        values: [workspaceId],
      })
      if (rows[0]?.taken) held.add(workspaceId)
      return held.has(workspaceId)
    },
    holds: (workspaceId) => held.has(workspaceId),
    async letGo(workspaceId) {
      wanted.delete(workspaceId)
      if (wanted.size === 0) close()
      else if (held.delete(workspaceId)) await (await open()).query(`select pg_advisory_unlock(${key})`, [workspaceId])
    },
    close: () => close(),
  }
}
