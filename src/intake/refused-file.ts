/**
 * The refused rows of an import, as a file that is mended in a spreadsheet and imported again: the columns as they came,
 * and three behind them that say what is wrong. A second import passes over the three.
 */
import { writeCsvRecord } from '#domain/csv-cell.ts'
import type { ImportError } from '#store/imports.ts'
import { isReportColumn, reportColumns } from './fields.ts'
import type { Layout } from './layout.ts'

/** Without it spreadsheets take the file for one in an old encoding. */
const byteOrderMark = '\ufeff'

/** The file's text, piece by piece. `layout` is null for an import that failed before it had rows. */
export async function* writeRefusedFile(
  layout: Pick<Layout, 'columns' | 'delimiter' | 'header'> | null,
  pages: AsyncIterable<ImportError[]>,
): AsyncGenerator<string> {
  const { columns = [], header = [], delimiter = ',' } = layout ?? {}
  // Without a header the columns go by what they were understood as, so that they are understood so again.
  const names = columns.map(({ name, role }, index) => header[index] ?? (role === 'custom' ? name : role))
  // A file of refused rows that was refused again: what was said of them then stands at the end of each row.
  const said = names.length - 1 - names.findLastIndex((name) => !isReportColumn(name))

  /** A row with cells too many keeps them, and is refused again unless somebody mends it. */
  function withReport(cells: readonly string[], report: readonly string[]): string {
    const used = cells.findLastIndex((cell) => cell.trim() !== '') + 1
    const whole = Array.from({ length: Math.max(names.length, used) }, (_, index) => cells[index] ?? '')
    return writeCsvRecord([...whole.slice(0, whole.length - said), ...report], delimiter)
  }

  yield byteOrderMark + withReport(names, reportColumns)
  for await (const page of pages) {
    yield page
      .map(({ row, column_name, reason, found, expected, cells }) =>
        withReport(cells ?? [], [String(row), column_name, `${reason}: found ${found}; expected ${expected}`]),
      )
      .join('')
  }
}
