/** Hands over about this much at a time. */
const pieceBytes = 256 * 1024
/** UTF-8 takes at most three bytes for each of a string's units. */
const mostBytesPerUnit = 3

/**
 * Collects lines as UTF-8 and hands them on in pieces of their own memory, fit to be moved to another thread. Line by
 * line into one buffer takes a third of the time of encoding them joined.
 */
export function createLineBuffer(give: (bytes: Uint8Array) => void): { add(line: string): void; flush(): void } {
  let buffer = Buffer.alloc(0)
  let used = 0

  function flush(): void {
    if (used > 0) give(new Uint8Array(buffer.buffer, 0, used))
    buffer = Buffer.alloc(0)
    used = 0
  }

  return {
    add(line) {
      const needed = line.length * mostBytesPerUnit
      if (used > 0 && used + needed > buffer.length) flush()
      if (buffer.length === 0) buffer = Buffer.allocUnsafeSlow(Math.max(pieceBytes, needed))
      used += buffer.write(line, used, 'utf8')
    },
    flush,
  }
}
