import type { Verdict } from './contactability.ts'
import { localText } from './zone-offset.ts'

/** A verdict as one says it: when the person may be called, on their own clock, and which rule decides. */
export function sayVerdict({ answer, at, rule, evidence }: Verdict): string {
  // Hours name their zone, and so does the time.
  const detail = answer === 'later' && evidence.detail?.startsWith('in ') ? null : evidence.detail
  const why = detail === null ? rule.source : `${rule.source} (${detail})`
  if (answer === 'now') return 'May be called now: every rule allows it.'
  if (answer === 'never' || at === null) return `May not be called: ${why}.`
  const [zone] = evidence.zones
  const more = evidence.zones.length > 1 ? `, and in ${evidence.zones.length - 1} other possible zones` : ''
  const when = zone === undefined ? new Date(at).toISOString() : `${localText(zone, at)} in ${zone}${more}`
  return `May be called from ${when}: ${why}.`
}
