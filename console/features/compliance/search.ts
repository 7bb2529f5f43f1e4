export interface ComplianceSearch {
  tab?: 'consents' | undefined
  /** Whose consents are shown. */
  number?: string | undefined
}

/** What the address says; whatever it says else is passed over. */
export function readComplianceSearch({ tab, number }: Record<string, unknown>): ComplianceSearch {
  return {
    ...(tab === 'consents' && { tab }),
    ...((typeof number === 'string' || typeof number === 'number') && { number: String(number).slice(0, 100) }),
  }
}
