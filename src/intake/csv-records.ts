/**
 * Cuts a stream of text into the records of a CSV file.
 *
 * In come blocks of text as they are read; out go the cells of one record after the other, or null for a record that is
 * too long to keep. It reads what spreadsheets write (RFC 4180, any delimiter, CR LF or LF) and what they forgive: rows
 * of uneven length, quotes inside a cell, text after a closing quote. It never holds more than one block and one record,
 * however long a quoted cell goes on.
 */

/** Longer records are dropped as they pass; the longest row of a list of people stays far below. */
export const maxRecordLength = 65_536

export interface RecordSplitter {
  push(block: string): void
  /** The file ends here. True when it ends inside a quoted cell. */
  end(): { open_quote: boolean }
}

const QUOTE = 34
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const INCOMPLETE = -1

export function createRecordSplitter(delimiter: string, take: (cells: string[] | null) => void): RecordSplitter {
  const delimiterCode = delimiter.charCodeAt(0)
  let rest = ''
  /** Set while a record that became too long passes by. */
  let passing: { quoted: boolean } | null = null

  function push(block: string): void {
    const text = rest + block
    let from = 0
    for (;;) {
      if (passing) from = passBy(text, from)
      if (!passing) from = takeRecords(text, from)
      if (passing || text.length - from <= maxRecordLength) break
      passing = { quoted: false }
    }
    rest = text.slice(from)
  }

  /** Takes every record that ends in this text; gives where the unfinished one begins. */
  function takeRecords(text: string, start: number): number {
    let from = start
    let quote = text.indexOf('"', from)
    while (from < text.length) {
      const line = text.indexOf('\n', from)
      if (quote !== -1 && quote < from) quote = text.indexOf('"', from)
      const plain = quote === -1 || (line !== -1 && line < quote)
      if (plain && line === -1) break
      const next = plain ? takeLine(text, from, line) : takeQuoted(text, from)
      if (next === INCOMPLETE) break
      from = next
    }
    return from
  }

  /** A record without any quote: the native split is several times quicker than looking at each character. */
  function takeLine(text: string, from: number, line: number): number {
    const end = text.charCodeAt(line - 1) === CARRIAGE_RETURN && line > from ? line - 1 : line
    take(end - from > maxRecordLength ? null : text.slice(from, end).split(delimiter))
    return line + 1
  }

  function takeQuoted(text: string, from: number): number {
    const cells: string[] = []
    let at = from
    for (;;) {
      let cell = ''
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at + 1)
        if (close === INCOMPLETE) return INCOMPLETE
        cell = text.slice(at + 1, close)
        if (cell.includes('""')) cell = cell.replaceAll('""', '"')
        at = close + 1
      }
      const end = endOfCell(text, at)
      if (end === text.length) return INCOMPLETE
      const last = text.charCodeAt(end) === LINE_FEED
      const stop = last && text.charCodeAt(end - 1) === CARRIAGE_RETURN && end > at ? end - 1 : end
      cells.push(stop > at ? cell + text.slice(at, stop) : cell)
      at = end + 1
      if (!last) continue
      take(at - from > maxRecordLength ? null : cells)
      return at
    }
  }

  function endOfCell(text: string, from: number): number {
    let at = from
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code === delimiterCode || code === LINE_FEED) return at
      at += 1
    }
    return at
  }

  /** Goes past the record that is too long; gives where the next one begins, or the end of the text. */
  function passBy(text: string, from: number): number {
    const state = passing as { quoted: boolean }
    let at = from
    while (at < text.length) {
      const code = text.charCodeAt(at)
      at += 1
      if (code === QUOTE) state.quoted = !state.quoted
      if (code !== LINE_FEED || state.quoted) continue
      passing = null
      take(null)
      return at
    }
    return at
  }

  return {
    push,
    end() {
      if (rest === '' && !passing) return { open_quote: false }
      push('\n')
      return { open_quote: passing !== null || rest !== '' }
    },
  }
}

/** Where the quoted cell ends that begins at `from`; doubled quotes belong to it. */
function closingQuote(text: string, from: number): number {
  let at = from
  for (;;) {
    at = text.indexOf('"', at)
    // A quote at the very end may be the first half of a doubled one.
    if (at === -1 || at + 1 === text.length) return INCOMPLETE
    if (text.charCodeAt(at + 1) !== QUOTE) return at
    at += 2
  }
}
