/**
 * What the simulated carrier must still know after it was killed: calls it took, how each goes on, which reports
 * were taken, which attempts it promised never to ring. Every change is a record; the state is their sum, so what
 * runs and what is read back can't differ. A carrier without a file forgets at its end.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type AppendFile, openAppendFile } from './append-file.ts'
import { isSettled, type PlannedEvent, type SimulatedCall } from './simulated-call.ts'

export type JournalRecord =
  | { t: 'call'; call: SimulatedCall }
  /** The plan was changed, by a hang-up. */
  | { t: 'replanned'; attempt_id: string; events: PlannedEvent[] }
  | { t: 'acknowledged'; attempt_id: string; event_keys: string[] }
  | { t: 'end_noted'; attempt_id: string }
  | { t: 'withdrawn'; attempt_id: string }
  /** Dials of a number whose calls were dropped from the journal. */
  | { t: 'dialed'; number: string; times: number }

export interface CarrierState {
  calls: Map<string, SimulatedCall>
  /** How often each number was dialed. */
  dialed: Map<string, number>
  withdrawn: Set<string>
}

export interface Journal {
  readonly state: CarrierState
  /** Applies a change and writes it with the next flush. */
  commit(record: JournalRecord): void
  /** Applies a change once it will outlive this process; throws, changing nothing, when it can't be written. */
  commitNow(record: JournalRecord): void
  close(): void
}

/** Settled calls leave the journal after a day. */
const kept_ms = 24 * 3600 * 1000
/** About 50,000 calls; a rewrite takes well under a second. */
const rewrite_after_bytes = 64 * 1024 * 1024

export interface JournalOptions {
  /** Null keeps everything in memory only. */
  path: string | null
  now(): number
  trouble(message: string, cause: unknown): void
}

/** Opens a journal, reads back what it holds and drops what nobody will ask for again. */
export function openJournal({ path, now, trouble }: JournalOptions): Journal {
  const state: CarrierState = { calls: new Map(), dialed: new Map(), withdrawn: new Set() }
  let file: AppendFile | null = null
  let bytes = 0

  const rewrite = (target: string) => {
    file?.close()
    replaceFile(target, snapshot(state))
    file = openAppendFile(target, trouble)
    bytes = 0
  }
  if (path !== null) {
    for (const record of readRecords(path)) applyRecord(state, record)
    dropSettled(state, now() - kept_ms)
    rewrite(path)
  }

  const write = (record: JournalRecord) => {
    if (path === null) return
    if (bytes > rewrite_after_bytes) rewrite(path)
    const line = JSON.stringify(record)
    bytes += line.length + 1
    file?.write(line)
  }
  return {
    state,
    commit(record) {
      write(record)
      applyRecord(state, record)
    },
    commitNow(record) {
      write(record)
      file?.flush()
      applyRecord(state, record)
    },
    close: () => file?.close(),
  }
}

/** One change, whether it happens now or is read back. */
function applyRecord(state: CarrierState, record: JournalRecord): void {
  if (record.t === 'call') {
    const { attempt_id, number } = record.call
    // A dial whose line was written by a flush that failed, and that was withdrawn since, never was.
    if (state.withdrawn.has(attempt_id)) return
    state.calls.set(attempt_id, record.call)
    state.dialed.set(number, (state.dialed.get(number) ?? 0) + 1)
    return
  }
  if (record.t === 'dialed') {
    state.dialed.set(record.number, (state.dialed.get(record.number) ?? 0) + record.times)
    return
  }
  if (record.t === 'withdrawn') {
    state.withdrawn.add(record.attempt_id)
    state.calls.delete(record.attempt_id)
    return
  }
  // A call that was forgotten in the meantime needs no further bookkeeping.
  const call = state.calls.get(record.attempt_id)
  if (!call) return
  if (record.t === 'replanned') call.events = record.events
  if (record.t === 'acknowledged') call.acknowledged.push(...record.event_keys)
  if (record.t === 'end_noted') call.end_noted = true
}

function dropSettled(state: CarrierState, before: number): void {
  for (const [attempt_id, call] of state.calls) {
    if (isSettled(call, before)) state.calls.delete(attempt_id)
  }
}

/** The state as the fewest records that bring it back. */
function snapshot(state: CarrierState): JournalRecord[] {
  const records: JournalRecord[] = []
  const unlisted = new Map(state.dialed)
  for (const { number } of state.calls.values()) unlisted.set(number, (unlisted.get(number) ?? 0) - 1)
  for (const [number, times] of unlisted) if (times > 0) records.push({ t: 'dialed', number, times })
  for (const attempt_id of state.withdrawn) records.push({ t: 'withdrawn', attempt_id })
  for (const call of state.calls.values()) records.push({ t: 'call', call })
  return records
}

function replaceFile(path: string, records: JournalRecord[]): void {
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.new`
  writeFileSync(fresh, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const file = openSync(fresh, 'r+')
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, path)
}

function readRecords(path: string): JournalRecord[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  // Whole lines end with a line break: what stands after the last one was cut off by a kill, and never answered.
  lines.pop()
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as JournalRecord
    } catch (cause) {
      throw new Error(`The simulated carrier's journal ${path} is damaged at line ${index + 1}`, { cause })
    }
  })
}
