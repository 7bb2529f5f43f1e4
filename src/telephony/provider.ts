import type { Clock } from './clock.ts'
import type { Carrier, EventSink, TrunkSettings } from './port.ts'
import type { SimulatorSettings } from './simulator/settings.ts'

/** What adapters need of the house. */
export interface CarrierDeps {
  sim: SimulatorSettings
  /** Takes the reports of carriers that live in this process. */
  sink: EventSink
  /** The public address at which a carrier delivers a trunk's webhooks. */
  callback_url(trunk_id: string): string
  clock: Clock
  /** Hears of what goes wrong with nobody waiting for it. */
  trouble(message: string, cause: unknown): void
}

/** One provider's carriers: opened per trunk, with whatever they share. */
export interface Provider {
  open(trunk: TrunkSettings): Carrier
  /** Goes on with what was under way when the last process ended. */
  resume(): void
  close(): Promise<void>
}
