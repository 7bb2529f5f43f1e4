/** What a carrier tells of somebody who wants no more calls: they answered one of our numbers by a text message. */
export interface OptOutEvent {
  kind: 'opted_out'
  at: string
  /** E.164: who wrote. */
  number: string
  /** The word that counts, as the list below has it. */
  keyword: string
}

/**
 * 47 CFR 64.1200(a)(10) names the first seven, each of which revokes consent by itself; the others are what carriers take
 * for the same wish.
 */
const keywords = [
  ...['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe'],
  ...['stopall', 'stop all', 'optout', 'arret', 'arrete'],
]

/**
 * The opt-out word that a message consists of or begins with; null where it says no such thing. "STOP calling me" is a wish
 * by any reasonable means. A word further in is none: "don't stop calling" and "we never cancel" say the opposite. START
 * and UNSTOP are nothing here, for a block is only taken back by one of us, who says why.
 */
export function readOptOut(message: string): string | null {
  const words = message
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // Not from "don't" or "end-of-month" to a word of its own: what joins letters belongs to the word.
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')
  const found = keywords.filter((keyword) => words === keyword || words.startsWith(`${keyword} `))
  return found.toSorted((a, b) => b.length - a.length)[0]?.toUpperCase() ?? null
}
