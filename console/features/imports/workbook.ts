/**
 * A spreadsheet (XLSX) as CSV, so that it is read like any other file. In: the workbook. Out: its first sheet, row for row, so that
 * what is said of a row has the number that the spreadsheet shows. Never: loses a digit of a number, or makes a date a number.
 */
import { openArchive } from '../../lib/unzip.ts'

export async function isWorkbook(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4
}

/** Null where it is no workbook. */
export async function readWorkbook(file: Blob): Promise<Blob | null> {
  const archive = await openArchive(file)
  const xml = async (path: string) => {
    const text = await archive?.read(path)
    return text ? new DOMParser().parseFromString(text, 'application/xml') : null
  }
  const book = await xml('xl/workbook.xml')
  if (book === null) return null
  const sheet = await xml(findFirstSheet(book, await xml('xl/_rels/workbook.xml.rels')))
  if (sheet === null) return null
  const strings = all(await xml('xl/sharedStrings.xml'), 'si').map(textOf)
  const dates = findDateStyles(await xml('xl/styles.xml'))
  const epoch = all(book, 'workbookPr').some((each) => /^(1|true)$/.test(each.getAttribute('date1904') ?? ''))
    ? Date.UTC(1904, 0, 1)
    : Date.UTC(1899, 11, 30)
  const lines: string[] = []
  for (const row of all(sheet, 'row')) {
    const cells: string[] = []
    for (const cell of all(row, 'c')) cells[columnOf(cell, cells.length)] = read(cell, { strings, dates, epoch })
    const place = Number(row.getAttribute('r') ?? lines.length + 1)
    while (lines.length < place - 1) lines.push('')
    lines.push(Array.from(cells, quote).join(','))
  }
  return new Blob([lines.join('\n'), '\n'], { type: 'text/csv' })
}

const all = (within: Document | Element | null, name: string): Element[] =>
  within === null ? [] : [...within.getElementsByTagNameNS('*', name)]

/** All runs of a text, without how it is read aloud in Japanese. */
const textOf = (element: Element): string =>
  all(element, 't')
    .filter((each) => each.parentElement?.localName !== 'rPh')
    .map((each) => each.textContent)
    .join('')

function findFirstSheet(book: Document, relations: Document | null): string {
  const [first] = all(book, 'sheet')
  const id = [...(first?.attributes ?? [])].find(
    ({ localName, prefix }) => localName === 'id' && prefix !== null,
  )?.value
  const target = all(relations, 'Relationship')
    .find((each) => each.getAttribute('Id') === id)
    ?.getAttribute('Target')
  return target ? (target.startsWith('/') ? target.slice(1) : `xl/${target}`) : 'xl/worksheets/sheet1.xml'
}

/** Which styles of cells show a number as a date: ECMA-376 part 1, 18.8.30. */
function findDateStyles(styles: Document | null): Set<string> {
  const isDate = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58)
  const own = new Map(
    all(styles, 'numFmt').map((each) => [each.getAttribute('numFmtId'), each.getAttribute('formatCode')]),
  )
  const plain = (code: string) => code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
  const [cells] = all(styles, 'cellXfs')
  const shown = all(cells ?? null, 'xf').flatMap((each, place) => {
    const id = each.getAttribute('numFmtId')
    const code = own.get(id)
    return (code ? /[ymdhs]/i.test(plain(code)) : isDate(Number(id))) ? [String(place)] : []
  })
  return new Set(shown)
}

/** `AB12` is column 27, counted from 0; a cell without a place stands behind the one before. */
function columnOf(cell: Element, next: number): number {
  const letters = cell.getAttribute('r')?.match(/^[A-Z]+/)?.[0]
  if (letters === undefined) return next
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

interface Book {
  strings: string[]
  dates: Set<string>
  epoch: number
}

function read(cell: Element, { strings, dates, epoch }: Book): string {
  const type = cell.getAttribute('t') ?? 'n'
  const [value] = all(cell, 'v')
  const text = value?.textContent ?? ''
  if (type === 's') return strings[Number(text)] ?? ''
  if (type === 'inlineStr') return textOf(cell)
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n' || text === '') return text
  const number = Number(text)
  if (!dates.has(cell.getAttribute('s') ?? '')) return String(number)
  const moment = new Date(epoch + Math.round(number * 86_400) * 1000).toISOString()
  return Number.isInteger(number) ? moment.slice(0, 10) : moment.slice(0, 19)
}

/** A cell that nothing stands in is a hole in the row. */
const quote = (cell: string | undefined): string =>
  cell === undefined ? '' : /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
