import type { Clock } from '../clock.ts'
import { isOptOut } from '../events.ts'
import type { Chaos } from './chaos.ts'
import { type Exchange, openExchange } from './exchange.ts'
import { openJournal } from './journal.ts'
import { openLedger } from './ledger.ts'
import { type Legs, openLegs } from './legs.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Script } from './script.ts'
import type { Report, SimulatedCall } from './simulated-call.ts'
import { createSwitchboard, type Switchboard } from './switchboard.ts'
import { createTexts, type TextAnswer } from './texts.ts'
import { ringThirdParty } from './third-party.ts'

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

/** An exchange with its legs, switchboard, journal, ledger and outbox: the same carrier inside the server and as a process. */
export interface CarrierCore
  extends Pick<Exchange, 'dial' | 'hangup' | 'locate' | 'recording' | 'forgetRecording'>,
    Pick<Legs, 'openLeg' | 'closeLeg' | 'locateLeg'>,
    Pick<Switchboard, 'control' | 'overhear'> {
  text(number: string, message: string): TextAnswer
  counts(): Record<string, number>
  outbox: Pick<Outbox, 'waiting' | 'failures'>
  close(): Promise<void>
}

export function openCarrierCore(options: CoreOptions): CarrierCore {
  const { clock, script, trouble, send, parallel, batch } = options
  const journal = openJournal({ path: options.journal_path, now: clock.now, trouble })
  const ledger = openLedger(options.ledger_path, trouble)
  const taken = (reports: Report[]) => {
    for (const { event } of reports) {
      if (isOptOut(event)) continue
      if (event.leg_id === null) exchange.acknowledge(event.attempt_id ?? '', event.event_key)
      else legs.acknowledge(event.leg_id, event.event_key)
    }
  }
  const outbox = createOutbox({ clock, send, taken, trouble, parallel, batch })
  const switchboard = createSwitchboard({
    clock,
    findCall: (attempt_id) => exchange.find(attempt_id),
    replanCall: (attempt_id, events, bridged_at) => exchange.replan(attempt_id, events, bridged_at),
    isLegUp: (leg_id) => legs.isUp(leg_id),
    reachThirdParty(call: SimulatedCall, to) {
      ledger.noteTransfer(call, to)
      return ringThirdParty(script, to, journal.state.dialed.get(to) ?? 0)
    },
  })
  const shared = { ...options, journal, ledger, report: outbox.put }
  const exchange = openExchange({ ...shared, ended: switchboard.forgetCall })
  const legs = openLegs({ ...shared, ended: switchboard.forgetLeg })
  const { dial, hangup, locate, recording, forgetRecording } = exchange
  const { openLeg, closeLeg, locateLeg } = legs
  const { control, overhear } = switchboard
  const text = createTexts({ clock, calls: journal.state.calls, report: outbox.put })
  return {
    ...{
      dial,
      hangup,
      locate,
      recording,
      forgetRecording,
      openLeg,
      closeLeg,
      locateLeg,
      control,
      overhear,
      text,
      outbox,
    },
    counts: () => ({ ...exchange.counts(), ...legs.counts() }),
    async close() {
      exchange.close()
      legs.close()
      // What is taken while closing is still acknowledged in the journal.
      await outbox.close()
      ledger.close()
      journal.close()
    },
  }
}
