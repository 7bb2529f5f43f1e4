import type pg from 'pg'

const partitioned = ['calls', 'call_events']
/** Made again every day by a running server, so calls never reach the default partition. */
const monthsAhead = 12

/** Makes the monthly partitions of calls and call_events, bounded by the time in a call's UUIDv7. */
export async function ensurePartitions(owner: pg.ClientBase, today: Date): Promise<void> {
  for (const table of partitioned) {
    await owner.query(`create table if not exists ${table}_default partition of ${table} default`)
    for (let ahead = -1; ahead <= monthsAhead; ahead += 1) {
      const start = monthStart(today, ahead)
      const name = `${table}_${start.toISOString().slice(0, 7).replace('-', '_')}`
      await owner.query(
        `create table if not exists ${name} partition of ${table}
         for values from ('${firstUuidAt(start)}') to ('${firstUuidAt(monthStart(today, ahead + 1))}')`,
      )
    }
  }
}

function monthStart(today: Date, ahead: number): Date {
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead, 1))
}

/** The smallest UUID whose first 48 bits are this instant in ms; RFC 9562, section 5.7. */
export function firstUuidAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
