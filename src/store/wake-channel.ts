import type pg from 'pg'
import { type ConnectionSettings, openConnection, type Pool } from './database.ts'

/**
 * LISTEN/NOTIFY between processes. It wakes and carries no facts: a lost wake costs a poll's delay, nothing else. Sent in
 * a statement of its own, because a NOTIFY inside a commit takes one lock for the whole database.
 */
export interface WakeChannel {
  send(workspaceId: string, what: string): void
  close(): Promise<void>
}

const channel = 'outdial_wake'
const reconnectMs = 1000

export interface WakeChannelOptions {
  /** This process; its own wakes are not handed back to it. */
  worker: string
  onWake(workspaceId: string, what: string): void
  onError(error: Error): void
}

export async function openWakeChannel(
  settings: ConnectionSettings,
  pool: Pool,
  { worker, onWake, onError }: WakeChannelOptions,
): Promise<WakeChannel> {
  let closed = false
  let listener: pg.Client | undefined
  const waiting = new Set<string>()
  let sending: Promise<void> | undefined

  async function listen(): Promise<void> {
    const client = await openConnection(settings, (error) => {
      if (!closed) onError(error)
    })
    client.on('end', () => {
      if (!closed) setTimeout(reconnect, reconnectMs).unref()
    })
    client.on('notification', ({ payload }) => {
      const [sender, workspaceId, what] = (payload ?? '').split(' ')
      if (sender !== worker && workspaceId && what) onWake(workspaceId, what)
    })
    await client.query(`listen ${channel}`)
    listener = client
  }

  function reconnect(): void {
    if (closed) return
    listen().catch((error: Error) => {
      onError(error)
      setTimeout(reconnect, reconnectMs).unref()
    })
  }

  async function sendWaiting(): Promise<void> {
    while (waiting.size > 0) {
      const payloads = [...waiting]
      waiting.clear()
      await pool
        .query({
          name: 'wake',
          text: `select pg_notify('${channel}', p) from unnest($1::text[]) p`,
          values: [payloads],
        })
        .catch(onError)
    }
    sending = undefined
  }

  await listen()
  return {
    send(workspaceId, what) {
      if (closed) return
      waiting.add(`${worker} ${workspaceId} ${what}`)
      sending ??= Promise.resolve().then(sendWaiting)
    },
    async close() {
      closed = true
      await sending
      await listener?.end()
    },
  }
}
