/**
 * What somebody who looks for a call has written: its id, its number in the workspace (`#123`), the digits of a phone number
 * or the last ones of it, or how a name begins.
 */
export type CallSearch =
  | { by: 'id'; id: string }
  | { by: 'number'; number: number }
  /** From the end, as it is compared. */
  | { by: 'phone'; reversed: string }
  | { by: 'name'; begins: string }

/** Fewer would be thousands of calls, and nobody's. */
export const leastDigits = 3
export const leastLetters = 2

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Null for what is too short to look for. */
export function readCallSearch(text: string): CallSearch | null {
  const asked = text.trim()
  if (uuid.test(asked)) return { by: 'id', id: asked.toLowerCase() }
  const number = /^#(\d{1,15})$/.exec(asked)?.[1]
  if (number !== undefined) return { by: 'number', number: Number(number) }
  if (/^\+?[\d\s().\-/]+$/.test(asked)) {
    // At home a number begins with a zero that nobody dials from abroad.
    const digits = asked.replace(/\D/g, '').replace(/^0+(?=\d{5})/, '')
    return digits.length < leastDigits ? null : { by: 'phone', reversed: [...digits].reverse().join('') }
  }
  const begins = asked.toLowerCase()
  return begins.length < leastLetters ? null : { by: 'name', begins }
}
