/**
 * The real server, as a run of faults starts it: told to, it dies at a named moment of a dial, or its clock is wrong. Both
 * are done from outside, to the connection and to the clock of this process.
 */
import pg from 'pg'
import { type CrashPoint, crashPoints, type Order } from './crash-points.ts'

const now = Date.now
let aheadMs = 0
Date.now = () => now() + aheadMs

let dieAt: CrashPoint | null = null
process.on('message', (order: Order) => {
  if ('die_at' in order) dieAt = order.die_at
  else aheadMs = order.clock_ahead_ms
})
process.channel?.unref()

/** Statements that changed something in the transaction under way, by connection. */
const done = new WeakMap<pg.Client, Set<string>>()

const query = pg.Client.prototype.query as (this: pg.Client, ...asked: unknown[]) => unknown
pg.Client.prototype.query = function (this: pg.Client, ...asked: unknown[]) {
  const [statement] = asked as [string | { name?: string } | undefined]
  const name = typeof statement === 'string' ? statement : statement?.name
  if (name !== undefined) dieIf('before it', (sought) => name === sought)
  const answered = query.apply(this, asked)
  return answered instanceof Promise ? answered.then((result: pg.QueryResult) => note(this, name, result)) : answered
} as typeof pg.Client.prototype.query

function note(client: pg.Client, name: string | undefined, result: pg.QueryResult): pg.QueryResult {
  const changed = done.get(client) ?? new Set()
  if (name === 'commit') dieIf('after its commit', (sought) => changed.has(sought))
  if (name === 'commit' || name === 'rollback') done.delete(client)
  else if (name !== undefined && (result.rowCount ?? 0) > 0) done.set(client, changed.add(name))
  return result
}

function dieIf(moment: 'before it' | 'after its commit', isNow: (statement: string) => boolean): void {
  if (dieAt === null) return
  const { statement, dies } = crashPoints[dieAt]
  if (dies === moment && isNow(statement)) process.kill(process.pid, 'SIGKILL')
}

await import('../../src/main.ts')
