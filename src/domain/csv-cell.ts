/**
 * One cell of a CSV file, written so that no spreadsheet takes it for a formula and our own import reads back what it was.
 *
 * A cell that could begin a formula (OWASP ASVS 1.2.10, and the full-width signs that some spreadsheets read alike) gets
 * an apostrophe before it; so does one that has apostrophes before such a beginning already. Reading takes one off again.
 * It keeps `+12125550101` text, too, where a spreadsheet would make it a number without its plus.
 */
const formula = String.raw`[\s\p{Cf}]*[=+\-@\0＝＋－＠]|[\t\r\n]`
const unsafe = new RegExp(`^'*(?:${formula})`, 'u')
const guarded = new RegExp(`^'+(?:${formula})`, 'u')
const apostrophe = 39

/** A record with its line end (RFC 4180); the delimiter is one of `,` `;` tab `|`. */
export function writeCsvRecord(cells: readonly string[], delimiter = ','): string {
  return `${cells.map(writeCell).join(delimiter)}\r\n`
}

function writeCell(text: string): string {
  const safe = unsafe.test(text) ? `'${text}` : text
  return /[",;|\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Takes the guard off cells as they were read. */
export function readGuarded(cells: string[]): string[] {
  return cells.some((cell) => cell.charCodeAt(0) === apostrophe) ? cells.map(readGuardedCell) : cells
}

function readGuardedCell(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell
}
