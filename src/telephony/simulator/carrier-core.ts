import type { Clock } from '../clock.ts'
import type { Chaos } from './chaos.ts'
import { type Exchange, openExchange } from './exchange.ts'
import { openJournal } from './journal.ts'
import { openLedger } from './ledger.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Script } from './script.ts'
import type { Report } from './simulated-call.ts'

export interface CoreOptions {
  clock: Clock
  script: Script
  seed: string
  chaos: Chaos
  journal_path: string | null
  ledger_path: string | null
  remember_ms: number
  send(reports: Report[]): Promise<void>
  trouble(message: string, cause: unknown): void
  parallel: number
  batch: number
}

/** An exchange with its journal, ledger and outbox: the same carrier inside the server and as a process. */
export interface CarrierCore extends Pick<Exchange, 'dial' | 'hangup' | 'locate' | 'counts'> {
  outbox: Pick<Outbox, 'waiting' | 'failures'>
  close(): Promise<void>
}

export function openCarrierCore(options: CoreOptions): CarrierCore {
  const { clock, trouble, send, parallel, batch } = options
  const journal = openJournal({ path: options.journal_path, now: clock.now, trouble })
  const ledger = openLedger(options.ledger_path, trouble)
  const taken = (reports: Report[]) => exchange.acknowledge(reports)
  const outbox = createOutbox({ clock, send, taken, trouble, parallel, batch })
  const exchange = openExchange({ ...options, journal, ledger, report: outbox.put })
  return {
    ...exchange,
    outbox,
    async close() {
      exchange.close()
      // What is taken while closing is still acknowledged in the journal.
      await outbox.close()
      ledger.close()
      journal.close()
    },
  }
}
