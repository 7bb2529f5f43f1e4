/**
 * A cell of a phone column, freed of what spreadsheets, exports and copies leave around a number.
 */

/** `digits` of the cell; `international` if a `+` leads them. */
export type Digits = { international: boolean; digits: string }

/** The digits of a cell that holds nothing but digits, a leading `+` and usual separators; null for any other cell. */
export function scanDigits(text: string): Digits | null {
  let international = false
  let start = -1
  let digits = ''
  const end = lengthWithoutDecimal(text)
  for (let i = 0; i < end; i += 1) {
    const char = text.charCodeAt(i)
    if (char >= 48 && char <= 57) {
      if (start < 0) start = i
      continue
    }
    if (start >= 0) {
      digits += text.slice(start, i)
      start = -1
    }
    if (char === 43) {
      if (international || digits !== '') return null
      international = true
      // Space, hyphen, dot and brackets.
    } else if (char !== 32 && char !== 45 && char !== 46 && char !== 40 && char !== 41) return null
  }
  if (start >= 0) digits += text.slice(start, end)
  return digits === '' ? null : { international, digits }
}

/** Spreadsheets write whole numbers as `923001234567.0`. */
function lengthWithoutDecimal(text: string): number {
  const mayEndSo = text.charCodeAt(text.length - 1) === 48 && /^\+?\d{7,}\.0{1,2}$/.test(text)
  return mayEndSo ? text.indexOf('.') : text.length
}

/** True for `1.21256E+10`: the digits a spreadsheet cut off are lost. */
export function isShortened(text: string): boolean {
  return /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i.test(text)
}

/** Without invisible marks, quotes, a spreadsheet's leading `'` or `=`, `tel:`, and the export's own prefixes. */
export function cleanCell(raw: string, dropPrefixes: readonly string[]): string {
  const visible = raw.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').trim()
  const text = visible
    .replace(/^['’`=]+/, '')
    .replace(/^"(.*)"$/, '$1')
    .replace(/^tel:\s*/i, '')
    .replace(/;ext=/i, ' ext. ')
    .trim()
  for (const prefix of dropPrefixes) {
    if (prefix === '' || !text.toLowerCase().startsWith(prefix.toLowerCase())) continue
    const rest = text.slice(prefix.length).replace(/^[\s:-]+/, '')
    if (/^[+(]?\d/.test(rest)) return rest
  }
  return text
}
