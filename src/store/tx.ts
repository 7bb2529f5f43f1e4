/**
 * The only way to the database for everything that runs for a tenant: a transaction that names its workspace, so
 * that row-level security holds whatever the statement says. Never a query outside one, except the finders
 * and the count of sign-in failures, which come before anybody is known.
 */
import type pg from 'pg'

/** A connection inside a transaction. */
export type Tx = Pick<pg.PoolClient, 'query'>

export interface Acting {
  workspace_id: string
  /** Who acts; null for the engine itself. */
  user_id?: string | null
  /** Set where the workspace's visibility is `own` and the user stands below supervisor. */
  only_own?: boolean
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** How a transaction opens, besides naming its workspace; all in the one round trip that begins it. */
export interface Opening {
  /** Its commit need not wait for the disk: what it did can be done again from what was durable before. */
  lazy?: boolean
  /** It reads suppressions and must not miss one that commits before it does (see claim-attempts.ts). */
  holds_suppressions?: boolean
  /** It writes nothing, and sees one moment in all its statements. */
  reads_only?: boolean
}

/**
 * Hands over one of a transaction's last statements: they go together with the commit, in one round trip. If one fails,
 * so does the transaction.
 */
export type SendLast = (statement: Promise<unknown>) => void

/** Runs `work` in one transaction as the app's role inside one workspace; commits unless it throws. */
export async function inWorkspace<T>(
  pool: pg.Pool,
  acting: Acting,
  work: (tx: Tx, sendLast: SendLast) => Promise<T>,
  { lazy, holds_suppressions, reads_only }: Opening = {},
): Promise<T> {
  const statements = [
    reads_only ? 'begin isolation level repeatable read, read only' : 'begin',
    actingStatement(acting),
  ]
  if (lazy) statements.push('set local synchronous_commit = off')
  if (holds_suppressions)
    statements.push(`select pg_advisory_xact_lock_shared(${suppressionsKey(acting.workspace_id)})`)
  return inTransaction(pool, statements.join('; '), work)
}

/** The same for a user who acts outside any workspace: signing in, choosing one. */
export async function asUser<T>(pool: pg.Pool, userId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(pool, `begin; set local app.member = ${literal(userId)}`, work)
}

async function inTransaction<T>(
  pool: pg.Pool,
  opening: string,
  work: (tx: Tx, sendLast: SendLast) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    return await commitWork(client, client.query(opening), work)
  } catch (error) {
    // A connection that can't even roll back is thrown away, and with it whatever it held.
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** SQLSTATE of whatever is sent after a statement of the same transaction has failed. */
const abortedAlready = '25P02'

/**
 * Nobody waits for the opening's answer: on a pipelined connection the first statement follows at once. Of the errors of
 * statements that were on their way together, the one that made the others fail is thrown.
 */
export async function commitWork<T>(
  client: Tx,
  opening: Promise<unknown>,
  work: (tx: Tx, sendLast: SendLast) => Promise<T>,
): Promise<T> {
  const lasts: Promise<unknown>[] = []
  // Each is awaited below; until then its failure is nobody's surprise.
  const sendLast = (statement: Promise<unknown>) => {
    statement.catch(() => {})
    lasts.push(statement)
  }
  opening.catch(() => {})
  try {
    const result = await work(client, sendLast)
    await Promise.all([opening, ...lasts, client.query('commit')])
    return result
  } catch (error) {
    const sent = await Promise.allSettled([opening, ...lasts])
    const errors = [...sent.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])), error]
    throw errors.find(({ code }) => code !== abortedAlready) ?? error
  }
}

/** Names the acting workspace and user until the end of the transaction. */
export function actingStatement(acting: Acting): string {
  const statements = [`set local app.workspace = ${literal(acting.workspace_id)}`]
  if (acting.user_id) {
    statements.push(`set local app.member = ${literal(acting.user_id)}`)
    if (acting.only_own) statements.push(`set local app.only_user = ${literal(acting.user_id)}`)
  }
  return statements.join('; ')
}

/** The advisory lock between claims, which share it, and whoever suppresses a number, alone. */
export function suppressionsKey(workspaceId: string): string {
  return `hashtextextended('suppressions:' || ${literal(workspaceId)}, 0)`
}

function literal(id: string): string {
  return `'${asUuid(id)}'`
}

/** What may stand inside a statement's text: a UUID and nothing else. */
export function asUuid(id: string): string {
  if (!uuid.test(id)) throw new Error('an id in a statement is no UUID')
  return id
}
