import type pg from 'pg'

const partitioned = ['calls', 'call_events']
/** Made again every day by a running server, so calls never reach the default partition. */
const monthsAhead = 12

/** Makes the monthly partitions of calls and call_events, bounded by the time in a call's UUIDv7. */
export async function ensurePartitions(owner: pg.ClientBase, today: Date): Promise<void> {
  // All in one query, and so in one transaction: a new database waits for the disk once, not for each of them.
  await owner.query(partitioned.flatMap((table) => describePartitions(table, today)).join(';\n'))
}

function describePartitions(table: string, today: Date): string[] {
  const statements = [`create table if not exists ${table}_default partition of ${table} default`]
  for (let ahead = -1; ahead <= monthsAhead; ahead += 1) {
    const start = monthStart(today, ahead)
    const name = `${table}_${start.toISOString().slice(0, 7).replace('-', '_')}`
    statements.push(
      `create table if not exists ${name} partition of ${table}
       for values from ('${firstUuidAt(start)}') to ('${firstUuidAt(monthStart(today, ahead + 1))}')`,
    )
  }
  return statements
}

function monthStart(today: Date, ahead: number): Date {
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead, 1))
}

/** The smallest UUID whose first 48 bits are this instant in ms; RFC 9562, section 5.7. */
export function firstUuidAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
