/** Reads what the carrier wrote down: its ledger, its ledger of ends, and which reports it saw taken. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'

export interface Dial {
  at: number
  attempt_id: string
  number: string
  trunk: string
}

export interface End {
  at: number
  attempt_id: string
  outcome: string
}

export interface Testimony {
  dials: Dial[]
  /** By attempt. A call that never reports its end has its line here all the same: the carrier knows when it was over. */
  ends: Map<string, End>
  ends_written: number
  /** Keys of reports that were answered with 2xx, by attempt. */
  taken: Map<string, Set<string>>
  /** Lines cut off by a kill of the carrier; each was written anew, or was never answered. */
  torn_lines: number
}

export function readTestimony(ledger: string, journal: string): Testimony {
  let torn_lines = 0
  const read = <Line>(path: string): Line[] =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => {
        try {
          return [JSON.parse(line) as Line]
        } catch {
          torn_lines += 1
          return []
        }
      })
  const timed = <Line extends { at: string }>(path: string) =>
    read<Line>(path).map((line) => ({ ...line, at: Date.parse(line.at) }))
  const ends = timed<{ at: string; attempt_id: string; outcome: string }>(`${ledger}.ends`)
  return {
    dials: timed<{ at: string; attempt_id: string; number: string; trunk: string }>(ledger),
    ends: new Map(ends.map((end) => [end.attempt_id, end])),
    ends_written: ends.length,
    taken: readTaken(read<JournalLine>(journal)),
    torn_lines,
  }
}

type JournalLine =
  | { t: 'call'; call: { attempt_id: string; acknowledged: string[] } }
  | { t: 'acknowledged'; attempt_id: string; event_keys: string[] }
  | { t: 'replanned' | 'end_noted' | 'withdrawn' | 'dialed' }

function readTaken(lines: JournalLine[]): Map<string, Set<string>> {
  const taken = new Map<string, Set<string>>()
  const add = (attemptId: string, keys: string[]) => {
    const known = taken.get(attemptId) ?? new Set()
    for (const key of keys) known.add(key)
    taken.set(attemptId, known)
  }
  for (const line of lines) {
    if (line.t === 'call') add(line.call.attempt_id, line.call.acknowledged)
    else if (line.t === 'acknowledged') add(line.attempt_id, line.event_keys)
  }
  return taken
}

/** Counts the lines of a growing file without reading it twice. */
export function createLineCounter(path: string): () => number {
  let read = 0
  let lines = 0
  return () => {
    const file = openSync(path, 'a+')
    try {
      const fresh = Buffer.alloc(fstatSync(file).size - read)
      read += readSync(file, fresh, 0, fresh.length, read)
      for (const byte of fresh) if (byte === 0x0a) lines += 1
    } finally {
      closeSync(file)
    }
    return lines
  }
}
