import type { ConsentStrength } from './rule-packs/rule-pack.ts'

/**
 * How much a basis says, read from its words where nobody graded it: a written one names writing or a signature, an
 * express one that the person agreed; anything else (a contract, an interest) is only stated.
 */
export function strengthOfBasis(basis: string): ConsentStrength {
  if (/\b(written|signed|signature)\b/i.test(basis.replaceAll('_', ' '))) return 'written'
  return /\b(express|consent(ed)?|opt(ed)?[ -]?in|agreed)\b/i.test(basis.replaceAll('_', ' ')) ? 'express' : 'stated'
}
