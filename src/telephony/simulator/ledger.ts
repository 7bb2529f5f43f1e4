/**
 * The carrier's own account of what it was asked to do, for counting against the dialer's: a line for every dial
 * and every leg that reached the carrier, and in `<name>.ends` one for the end of each. Nothing in the product reads it.
 */
import { readFileSync } from 'node:fs'
import { type AppendFile, openAppendFile } from './append-file.ts'
import { endOf, type SimulatedCall } from './simulated-call.ts'
import type { SimulatedLeg } from './simulated-leg.ts'

type Dialed = SimulatedCall | SimulatedLeg

export interface Ledger {
  /** Written when this returns. */
  noteDial(one: Dialed): void
  noteEnd(one: Dialed): void
  /** The party that a call was handed to, or is asked about it; it ends with the call. */
  noteTransfer(call: SimulatedCall, to: string): void
  /**
   * After a kill: adds the lines that it came too early for. Only the last dial can lack its line, for each is
   * written before the next is heard; of ended calls and legs any may.
   */
  mend(last_dial: Dialed | undefined, ended: Dialed[]): void
  close(): void
}

/** Opens the ledger; without a path nothing is kept. Lines bear the machine's time even where tests turn the clock. */
export function openLedger(path: string | null, trouble: (message: string, cause: unknown) => void): Ledger {
  const silent = () => {}
  if (path === null) return { noteDial: silent, noteEnd: silent, noteTransfer: silent, mend: silent, close: silent }
  const dials = openAppendFile(path, trouble)
  const ends = openAppendFile(`${path}.ends`, trouble)
  const note = (file: AppendFile, entry: object) =>
    file.write(JSON.stringify({ at: new Date().toISOString(), ...entry }))
  const noteDial = (one: Dialed) => {
    note(dials, dialEntry(one))
    dials.flush()
  }
  const noteEnd = (one: Dialed) => note(ends, endEntry(one))
  return {
    noteDial,
    noteEnd,
    noteTransfer({ attempt_id, caller_id, trunk_id }, to) {
      note(dials, { attempt_id: null, number: to, caller_id, trunk: trunk_id, transfer_of: attempt_id })
      dials.flush()
    },
    mend(last_dial, ended) {
      if (last_dial && !readIds(path).has(idOf(last_dial))) noteDial(last_dial)
      if (ended.length === 0) return
      const noted = readIds(`${path}.ends`)
      for (const one of ended) if (!noted.has(idOf(one))) noteEnd(one)
    },
    close() {
      dials.close()
      ends.close()
    },
  }
}

function dialEntry(one: Dialed): object {
  const { caller_id, trunk_id } = one
  if (!('leg_id' in one)) return { attempt_id: one.attempt_id, number: one.number, caller_id, trunk: trunk_id }
  const { leg_id, agent_id, address } = one
  return { attempt_id: null, number: address, caller_id, trunk: trunk_id, agent_id, leg_id }
}

function endEntry(one: Dialed): object {
  if (!('leg_id' in one)) return { attempt_id: one.attempt_id, outcome: endOf(one).event.outcome }
  return { attempt_id: null, agent_id: one.agent_id, leg_id: one.leg_id }
}

function idOf(one: Dialed): string {
  return 'leg_id' in one ? one.leg_id : one.attempt_id
}

/** The attempts and legs that have a whole line in the file. */
function readIds(path: string): Set<string> {
  const whole_lines = readFileSync(path, 'utf8').matchAll(/"(?:attempt_id|leg_id)":"([^"]+)".*\}$/gm)
  return new Set(Array.from(whole_lines, ([, id]) => id ?? ''))
}
