export interface DoNotCallSearch {
  tab?: 'numbers' | 'lists' | undefined
  /** Whose blocks are looked up. */
  number?: string | undefined
}

/** What the address says; whatever it says else is passed over. */
export function readDoNotCallSearch({ tab, number }: Record<string, unknown>): DoNotCallSearch {
  return {
    ...(tab === 'lists' && { tab }),
    // A number without its plus is read from the address as one.
    ...((typeof number === 'string' || typeof number === 'number') && { number: String(number).slice(0, 100) }),
  }
}
