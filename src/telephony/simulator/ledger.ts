/**
 * The carrier's own account of what it was asked to do, for counting against the dialer's: a line for every dial
 * that reached the carrier, and in `<name>.ends` one for the end of each. Nothing in the product reads it.
 */
import { readFileSync } from 'node:fs'
import { type AppendFile, openAppendFile } from './append-file.ts'
import { endOf, type SimulatedCall } from './simulated-call.ts'

export interface Ledger {
  /** Written when this returns. */
  noteDial(call: SimulatedCall): void
  noteEnd(call: SimulatedCall): void
  /**
   * After a kill: adds the lines that it came too early for. Only the last dial can lack its line, for each is
   * written before the next is heard; of ended calls any may.
   */
  mend(last_dial: SimulatedCall | undefined, ended: SimulatedCall[]): void
  close(): void
}

/** Opens the ledger; without a path nothing is kept. Lines bear the machine's time even where tests turn the clock. */
export function openLedger(path: string | null, trouble: (message: string, cause: unknown) => void): Ledger {
  if (path === null) return { noteDial: () => {}, noteEnd: () => {}, mend: () => {}, close: () => {} }
  const dials = openAppendFile(path, trouble)
  const ends = openAppendFile(`${path}.ends`, trouble)
  const note = (file: AppendFile, entry: object) =>
    file.write(JSON.stringify({ at: new Date().toISOString(), ...entry }))
  const noteDial = ({ attempt_id, number, caller_id, trunk_id }: SimulatedCall) => {
    note(dials, { attempt_id, number, caller_id, trunk: trunk_id })
    dials.flush()
  }
  const noteEnd = (call: SimulatedCall) =>
    note(ends, { attempt_id: call.attempt_id, outcome: endOf(call).event.outcome })
  return {
    noteDial,
    noteEnd,
    mend(last_dial, ended) {
      if (last_dial && !readAttempts(path).has(last_dial.attempt_id)) noteDial(last_dial)
      if (ended.length === 0) return
      const noted = readAttempts(`${path}.ends`)
      for (const call of ended) if (!noted.has(call.attempt_id)) noteEnd(call)
    },
    close() {
      dials.close()
      ends.close()
    },
  }
}

/** The attempts that have a whole line in the file. */
function readAttempts(path: string): Set<string> {
  const whole_lines = readFileSync(path, 'utf8').matchAll(/"attempt_id":"([^"]+)".*\}$/gm)
  return new Set(Array.from(whole_lines, ([, attempt_id]) => attempt_id ?? ''))
}
