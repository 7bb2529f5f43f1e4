import type { Tx } from './tx.ts'

export interface LiveEvent {
  seq: number
  type: string
  data: Record<string, unknown>
  at: Date
}

/** Announces a change to those who watch; leaves with the transaction that made it. */
export async function announce(tx: Tx, workspaceId: string, type: string, data: object, at: number): Promise<void> {
  await tx.query('insert into live_outbox (workspace_id, type, data, at) values ($1, $2, $3, $4)', [
    workspaceId,
    type,
    JSON.stringify(data),
    new Date(at),
  ])
}

/** Gives the workspace's waiting events their gapless numbers; one numberer at a time. Returns the last number. */
export async function numberLiveEvents(tx: Tx, workspaceId: string): Promise<number | null> {
  const { rows } = await tx.query<{ last: number | null }>({
    name: 'number-live-events',
    text: `
      with counter as (
        select last from number_counters where workspace_id = $1 and noun = 'live-events' for no key update
      ), moved as (
        delete from live_outbox where workspace_id = $1 and id in (
          select id from live_outbox where workspace_id = $1 and exists (select from counter) order by id limit 1000)
        returning id, type, data, at
      ), numbered as (
        insert into live_events (workspace_id, seq, type, data, at)
        select $1, (select last from counter) + row_number() over (order by id), type, data, at from moved returning seq
      )
      update number_counters set last = last + (select count(*) from numbered)
      where workspace_id = $1 and noun = 'live-events' and exists (select from numbered)
      returning last`,
    values: [workspaceId],
  })
  return rows[0]?.last ?? null
}

/** The events after `seq`, oldest first. */
export async function readLiveEvents(tx: Tx, workspaceId: string, after: number, limit: number): Promise<LiveEvent[]> {
  const { rows } = await tx.query<LiveEvent>({
    name: 'read-live-events',
    text: 'select seq, type, data, at from live_events where workspace_id = $1 and seq > $2 order by seq limit $3',
    values: [workspaceId, after, limit],
  })
  return rows
}

/** The first and the last number still kept; `first` is null when there is none. */
export async function liveEventRange(tx: Tx, workspaceId: string): Promise<{ first: number | null; last: number }> {
  const { rows } = await tx.query<{ first: number | null; last: number | null }>(
    `select (select min(seq) from live_events where workspace_id = $1) as first,
       (select last from number_counters where workspace_id = $1 and noun = 'live-events') as last`,
    [workspaceId],
  )
  return { first: rows[0]?.first ?? null, last: rows[0]?.last ?? 0 }
}
