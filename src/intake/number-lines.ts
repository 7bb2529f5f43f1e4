/**
 * Text → the rows of a file of numbers, one at a time, so that a row which is broken takes no other with it.
 *
 * A line is a row. One with a quote that is not closed is read on into the lines after it only where a table may have cells
 * of several lines, and only if what comes out is a whole row; else it is refused alone, and the lines after it are read
 * for themselves. It never holds more than one block and a few lines.
 */
import { createRecordSplitter, maxRecordLength } from './csv-records.ts'

export type RowFault = 'row_too_long' | 'open_quote' | 'nul_character'

export interface NumberLines {
  push(text: string): void
  /** The file ends here. */
  end(): void
}

export interface LineForm {
  delimiter: string
  columns: number
  /** The places of the numbers, in which no line ends. */
  phones: readonly number[]
}

/** Cells of people's notes and addresses have a few lines. */
const mostLines = 50

export function createNumberLines(
  form: LineForm,
  take: (cells: string[] | null, fault: RowFault | null, text: string) => void,
): NumberLines {
  const { delimiter } = form
  let rest = ''
  /** The beginning of a line that became too long, while it passes by. */
  let passing: string | null = null
  /** Lines of a row whose quote is still open. */
  let open: string[] = []

  function push(block: string): void {
    const text = rest + block
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      takeLine(text.slice(from, text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end))
      from = end + 1
    }
    rest = text.slice(from)
    if (rest.length <= maxRecordLength) return
    passing ??= rest.slice(0, maxRecordLength)
    rest = ''
  }

  function takeLine(line: string): void {
    if (passing !== null || line.length > maxRecordLength) {
      settleAll()
      take(null, 'row_too_long', passing ?? line)
      passing = null
    } else if (line.includes('\0')) {
      settleAll()
      take(null, 'nul_character', line)
    } else if (open.length > 0) takeMore(line)
    else if (!line.includes('"')) take(line.split(delimiter), null, line)
    else begin(line)
  }

  function begin(line: string): void {
    const cells = readRow(line, delimiter)
    if (cells) take(cells, null, line)
    else if (form.columns > 1) open = [line]
    else take(null, 'open_quote', line)
  }

  function takeMore(line: string): void {
    open.push(line)
    if (line.includes('"')) {
      const text = open.join('\n')
      const cells = readRow(text, delimiter)
      if (cells && isWhole(cells, text, form)) {
        open = []
        take(cells, null, text)
      } else if (cells) settle()
    }
    if (open.length >= mostLines) settle()
  }

  /** The quote was never closed: its line is refused, and those after it are rows. */
  function settle(): void {
    const [line, ...others] = open as [string, ...string[]]
    open = []
    take(null, 'open_quote', line)
    for (const other of others) takeLine(other)
  }

  /** No further line can close it. */
  function settleAll(): void {
    while (open.length > 0) settle()
  }

  return {
    push,
    end() {
      if (rest !== '' || passing !== null) takeLine(rest)
      settleAll()
    },
  }
}

/** The cells of one row; null while a quote in it is open. */
function readRow(text: string, delimiter: string): string[] | null {
  let cells: string[] | null = null
  const splitter = createRecordSplitter(delimiter, (read) => {
    cells ??= read
  })
  splitter.push(text)
  return splitter.end().open_quote ? null : cells
}

/** Every quote opens and closes a cell, no number has lines, and there are as many cells as in the others. */
function isWhole(cells: readonly string[], text: string, { delimiter, columns, phones }: LineForm): boolean {
  if (cells.length !== columns || phones.some((place) => cells[place]?.includes('\n'))) return false
  const cell = `(?:"[^"]*(?:""[^"]*)*"|[^"\\n${delimiter === '|' ? '\\|' : delimiter}]*)`
  const between = delimiter === '|' ? '\\|' : delimiter
  return new RegExp(`^${cell}(?:${between}${cell})*$`).test(text)
}
