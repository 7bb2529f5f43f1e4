import { type StoredSession, sessionColumns, tellBoard, toSession } from './agent-sessions.ts'
import type { Tx } from './tx.ts'

/** Gives the open session's calls to a connection, the newest one or the one that asked; null when none is open. */
export async function connectSession(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  connectionId: string,
  at: number,
): Promise<StoredSession | null> {
  const { rows } = await tx.query({
    name: 'connect-session',
    text: `
      with moved as (
        update agent_sessions set connection_id = $3, seen_at = now(), seq = seq + 1
        where workspace_id = $1 and id = $2 and ended_at is null
        returning *, $4::timestamptz as told_at
      ), told as (${tellBoard})
      select ${sessionColumns} from moved s`,
    values: [workspaceId, sessionId, connectionId, new Date(at)],
  })
  return rows[0] ? toSession(rows[0]) : null
}

/** Takes the calls away from whichever connection shows them: another device has signed on. */
export async function takeOverSession(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
  device: { ip: string | null; client: string | null },
  at: number,
): Promise<StoredSession | null> {
  const { rows } = await tx.query({
    name: 'take-over-session',
    text: `
      with moved as (
        update agent_sessions set connection_id = null, ip = $3, client = $4, seen_at = now(), seq = seq + 1
        where workspace_id = $1 and id = $2 and ended_at is null
        returning *, $5::timestamptz as told_at
      ), told as (${tellBoard})
      select ${sessionColumns} from moved s`,
    values: [workspaceId, sessionId, device.ip, device.client, new Date(at)],
  })
  return rows[0] ? toSession(rows[0]) : null
}

/** The agent is there; by the database's clock, which all processes share. */
export async function noteSeen(tx: Tx, workspaceId: string, sessionId: string, connectionId: string): Promise<void> {
  await tx.query({
    name: 'note-seen',
    text: `update agent_sessions set seen_at = now()
      where workspace_id = $1 and id = $2 and connection_id = $3 and ended_at is null`,
    values: [workspaceId, sessionId, connectionId],
  })
}
