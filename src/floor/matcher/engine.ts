import type { TimedClock } from '#domain/clock.ts'
import type { Pool } from '#store/database.ts'
import type { DropMessage } from '#store/voicemail-drops.ts'
import type { Carrier } from '#telephony/port.ts'

/** What the matcher works with; a part of the dialer's engine. */
export interface MatcherEngine {
  pool: Pool
  clock: TimedClock
  /** The carrier behind a trunk; a value with the reason when this process has none for it. */
  carrierOf(workspaceId: string, trunkId: string): Promise<Carrier | { missing: string }>
  /** What a carrier is told to play for a voicemail drop; null for one that has neither audio nor a carrier's name. */
  messageOf(workspaceId: string, drop: DropMessage): string | null
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  wake(workspaceId: string, what: 'dial' | 'events' | 'floor' | 'live'): void
}
