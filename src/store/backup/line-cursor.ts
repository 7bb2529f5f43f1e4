/** Lines of a stream one after another. COPY escapes line feeds in values, so nothing but "\n" ends a row. */
export interface LineCursor {
  /** Null at the end. */
  next(): Promise<string | null>
}

export function openLineCursor(source: AsyncIterable<Buffer>): LineCursor {
  const chunks = source[Symbol.asyncIterator]()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let lines: string[] = []
  let at = 0
  let rest = ''
  let ended = false

  async function fill(): Promise<void> {
    const { value, done } = await chunks.next()
    ended = done === true
    const text = rest + (ended ? decoder.decode() : decoder.decode(value, { stream: true }))
    lines = text.split('\n')
    rest = lines.pop() ?? ''
    at = 0
  }

  return {
    async next() {
      while (at === lines.length && !ended) await fill()
      return lines[at++] ?? null
    },
  }
}
