import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A file of lines that only grows; another process may append to the same one. */
export interface AppendFile {
  /** Keeps the line for the next flush, which comes at the end of this tick at the latest. */
  write(line: string): void
  /** Hands all lines to the operating system, where they outlive this process; throws when it can't. */
  flush(): void
  close(): void
}

/**
 * Opens a file of lines for appending. `trouble` hears of a flush that failed with nobody waiting for it; its
 * lines stay for the next one.
 */
export function openAppendFile(path: string, trouble: (message: string, cause: unknown) => void): AppendFile {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'a+')
  let waiting: Buffer | string = endsTorn(file) ? '\n' : ''
  let ordered: NodeJS.Immediate | undefined

  const flush = () => {
    let left = Buffer.from(waiting)
    while (left.length > 0) {
      // The remainder is kept at each step: after a half-written line only its rest may follow.
      left = left.subarray(writeSync(file, left))
      waiting = left
    }
    waiting = ''
  }
  const flushLater = () => {
    ordered = undefined
    try {
      flush()
    } catch (error) {
      trouble(`Writing ${path} failed`, error)
    }
  }
  return {
    write(line) {
      waiting += `${line}\n`
      ordered ??= setImmediate(flushLater)
    },
    flush,
    close() {
      clearImmediate(ordered)
      flush()
      closeSync(file)
    },
  }
}

/** A writer killed in the middle of a line leaves one without its end; the next line must not grow onto it. */
function endsTorn(file: number): boolean {
  const { size } = fstatSync(file)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
}
