import type { TimedClock } from '#domain/clock.ts'
import type { Pool } from '#store/database.ts'
import type { Carrier } from '#telephony/port.ts'

/** What the matcher works with; a part of the dialer's engine. */
export interface MatcherEngine {
  pool: Pool
  clock: TimedClock
  carrierOf(workspaceId: string, trunkId: string): Promise<Carrier | { missing: string }>
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  wake(workspaceId: string, what: 'dial' | 'events' | 'floor' | 'live'): void
}
