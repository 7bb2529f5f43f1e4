import type { Config } from '#config'
import type { Engine } from '#dialer/engine.ts'
import type { Clock } from '#domain/clock.ts'
import type { ObjectStore } from '#media/object-store.ts'
import type { Staging } from '#media/stage.ts'
import type { Pool } from '#store/database.ts'
import type { SecretBox } from '#store/secrets.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { LegSink } from '#telephony/port.ts'
import type { Registry } from '#telephony/registry.ts'
import type { Carriers } from '../carriers.ts'
import type { Caller } from './caller.ts'
import type { Log } from './log.ts'

/** What the server works with; the composition root hands it in. */
export interface ServerDeps {
  pool: Pool
  /** For what stages by COPY. */
  copy_pool: Pool
  clock: Clock
  config: Config
  log: Log
  secrets: SecretBox
  engine: Engine
  carriers: Pick<Carriers, 'settingsOf' | 'forget'>
  registry: Pick<Registry, 'webhooksOf'>
  onLeg: LegSink
  objects: ObjectStore
  staging: Staging
  /** The address under which the world reaches this server; asked each time, for it may hold a port that was bound later. */
  publicUrl(): string
  recordings: {
    /** There is one to fetch or to delete. */
    wake(): void
  }
  imports: {
    /** There is an import to run. */
    wake(): void
  }
  suppression_lists: {
    /** There is a list's file to read, or something to clear away. */
    wake(): void
  }
}

/** Runs `work` in one transaction as the caller, inside their workspace and their visibility. */
export function within<T>(house: ServerDeps, caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(house.pool, caller, work)
}

/** The same for what concerns the whole workspace whoever asks, such as a suppression: every row is seen. */
export function withinAll<T>(house: ServerDeps, caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(house.pool, { workspace_id: caller.workspace_id, user_id: caller.user_id }, work)
}
