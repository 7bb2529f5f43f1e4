/**
 * What the simulated carrier must still know after it was killed: calls and legs it took, how each goes on, which
 * reports were taken, which attempts and legs it promised never to ring. Every change is a record; the state is their sum, so what
 * runs and what is read back can't differ. A carrier without a file forgets at its end.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type AppendFile, openAppendFile } from './append-file.ts'
import type { SimulatedCall } from './simulated-call.ts'
import type { SimulatedLeg } from './simulated-leg.ts'
import { isSettled, type Planned, type Timeline } from './timeline.ts'

/** Whom a record speaks of. */
export type Subject = { attempt_id: string } | { leg_id: string }

export type JournalRecord =
  | { t: 'call'; call: SimulatedCall }
  | { t: 'leg'; leg: SimulatedLeg }
  /** The plan was changed: by a hang-up, a bridge, a last message, a restart. */
  | ({ t: 'replanned'; events: Planned[]; bridged_at?: number } & Subject)
  | ({ t: 'acknowledged'; event_keys: string[] } & Subject)
  | ({ t: 'end_noted' } & Subject)
  | ({ t: 'withdrawn' } & Subject)
  /** Dials of a number, or of an agent's address, that were dropped from the journal. */
  | { t: 'dialed'; number: string; times: number }

export interface CarrierState {
  calls: Map<string, SimulatedCall>
  legs: Map<string, SimulatedLeg>
  /** How often each number was dialed, and each agent's address under its own name (`dialedAs`). */
  dialed: Map<string, number>
  /** Attempts and legs that never ring. */
  withdrawn: Set<string>
}

/** An agent's address is no number: an extension may read like one. */
export function dialedAs(one: SimulatedCall | Pick<SimulatedLeg, 'address'>): string {
  return 'address' in one ? `agent ${one.address}` : one.number
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
  const state: CarrierState = { calls: new Map(), legs: new Map(), dialed: new Map(), withdrawn: new Set() }
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
  switch (record.t) {
    case 'call':
      addTo(state, state.calls, record.call.attempt_id, record.call)
      break
    case 'leg':
      addTo(state, state.legs, record.leg.leg_id, record.leg)
      break
    case 'dialed':
      state.dialed.set(record.number, (state.dialed.get(record.number) ?? 0) + record.times)
      break
    default:
      applyChange(state, record)
  }
}

/** A change of a call or a leg that is known, or never shall be. */
function applyChange(state: CarrierState, record: Extract<JournalRecord, Subject>): void {
  const of_leg = 'leg_id' in record
  const id = of_leg ? record.leg_id : record.attempt_id
  const timelines: Map<string, Timeline> = of_leg ? state.legs : state.calls
  if (record.t === 'withdrawn') {
    state.withdrawn.add(id)
    timelines.delete(id)
    return
  }
  // One that was forgotten in the meantime needs no further bookkeeping.
  const timeline = timelines.get(id)
  if (!timeline) return
  if (record.t === 'replanned') {
    timeline.events = record.events
    if (record.bridged_at !== undefined) Object.assign(timeline, { bridged_at: record.bridged_at })
  }
  if (record.t === 'acknowledged') timeline.acknowledged.push(...record.event_keys)
  if (record.t === 'end_noted') timeline.end_noted = true
}

function addTo<T extends SimulatedCall | SimulatedLeg>(
  state: CarrierState,
  timelines: Map<string, T>,
  id: string,
  one: T,
): void {
  // A dial whose line was written by a flush that failed, and that was withdrawn since, never was.
  if (state.withdrawn.has(id)) return
  timelines.set(id, one)
  state.dialed.set(dialedAs(one), (state.dialed.get(dialedAs(one)) ?? 0) + 1)
}

function dropSettled(state: CarrierState, before: number): void {
  const drop = (timelines: Map<string, Timeline>) => {
    for (const [id, timeline] of timelines) if (isSettled(timeline, before)) timelines.delete(id)
  }
  drop(state.calls)
  drop(state.legs)
}

/** The state as the fewest records that bring it back. */
function snapshot(state: CarrierState): JournalRecord[] {
  const records: JournalRecord[] = []
  const unlisted = new Map(state.dialed)
  for (const one of [...state.calls.values(), ...state.legs.values()]) {
    unlisted.set(dialedAs(one), (unlisted.get(dialedAs(one)) ?? 0) - 1)
  }
  for (const [number, times] of unlisted) if (times > 0) records.push({ t: 'dialed', number, times })
  for (const attempt_id of state.withdrawn) records.push({ t: 'withdrawn', attempt_id })
  for (const call of state.calls.values()) records.push({ t: 'call', call })
  for (const leg of state.legs.values()) records.push({ t: 'leg', leg })
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
