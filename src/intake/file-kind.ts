/** What a file is that is no CSV, told by its first bytes, and what to do about it. */

interface Kind {
  starts: string
  says: string
}

const saveAsCsv = 'Open it, save it as CSV (UTF-8) and upload that file.'
/** First bytes, one character for each byte. */
const kinds: readonly Kind[] = [
  { starts: 'PK\x03\x04', says: `This is a ZIP archive or a spreadsheet (XLSX, ODS), which is one. ${saveAsCsv}` },
  { starts: 'PK\x05\x06', says: 'This is an empty ZIP archive. Upload the CSV file itself.' },
  { starts: '\xd0\xcf\x11\xe0', says: `This is an old Excel workbook (XLS). ${saveAsCsv}` },
  { starts: '\x1f\x8b', says: 'This file is compressed (GZIP). Unpack it and upload the CSV file.' },
  { starts: '7z\xbc\xaf', says: 'This is a 7-Zip archive. Unpack it and upload the CSV file.' },
  { starts: 'Rar!', says: 'This is a RAR archive. Unpack it and upload the CSV file.' },
  { starts: 'BZh', says: 'This file is compressed (BZIP2). Unpack it and upload the CSV file.' },
  { starts: '\xfd7zXZ', says: 'This file is compressed (XZ). Unpack it and upload the CSV file.' },
  { starts: '\x28\xb5\x2f\xfd', says: 'This file is compressed (Zstandard). Unpack it and upload the CSV file.' },
  { starts: '%PDF', says: 'This is a PDF document. Export the list as CSV and upload that.' },
  { starts: '\x89PNG', says: 'This is a picture (PNG), not a list. Upload a CSV file.' },
  { starts: '\xff\xd8\xff', says: 'This is a picture (JPEG), not a list. Upload a CSV file.' },
  { starts: 'GIF8', says: 'This is a picture (GIF), not a list. Upload a CSV file.' },
  { starts: '{\\rtf', says: 'This is a text document (RTF). Save the list as CSV and upload that.' },
  { starts: 'SQLite format 3', says: 'This is a database (SQLite). Export the table as CSV and upload that.' },
]

const webPage = /^\s*<(?:!doctype html|html|\?xml|table)\b/i
const notAList = 'This is a binary file, not a list. Upload a CSV file.'
/** Text has hardly any control characters; a program or picture is about a tenth of them. */
const controlShare = 0.02

/** Says what the file is, or null when it may be text. `head` is its beginning; UTF-16 has been recognised before. */
export function refuseKind(head: Buffer, isUtf16: boolean): string | null {
  if (head.length === 0) return 'The file is empty. Upload a CSV file with one row for each person.'
  const start = head.toString('latin1', 0, 512)
  const known = kinds.find((kind) => start.startsWith(kind.starts))
  if (known) return known.says
  if (isUtf16) return null
  if (webPage.test(start)) return `This is a web page, even if its name ends in .xls or .csv. ${saveAsCsv}`
  return countControls(head) > head.length * controlShare ? notAList : null
}

/** Bytes that no list of people has: all control characters but tab, line feed, form feed and carriage return. */
function countControls(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) count += 1
  return count
}
