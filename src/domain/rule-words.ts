/**
 * What holds people back, in words. Takes a rule's id, as verdicts and leads name it; gives the end of a sentence that
 * begins with how many they are. Packs' rules are said by what they are about and whose they are.
 */
import { ownPackId } from './rule-packs/rule-packs.ts'

const words: Record<string, string> = {
  contactable: 'every rule allows it',
  campaign_starts: 'the campaign has not started yet',
  lead_not_before: 'their next try, callback or follow-up date lies ahead',
  retry: 'their next try lies ahead',
  do_not_call_until: 'their number is on a suppression list for a time',
  number_rests: 'their number rests after an abandoned, doubtful or dead call',
  number_in_call: 'their number is in a call of another campaign',
  campaign_hours: "the campaign's hours are closed",
  workspace_hours: "the workspace's hours are closed",
  agent_not_free: 'their own agent is not free',
  caller_ids_spent: 'each caller id that may be shown has made its calls of the hour, or rests',
  destination_barred: 'the carrier does not let the trunk call their country',
  no_trunk: 'there is no trunk to call over',
  not_served: 'no trunk of the campaign serves their number',
  route_full: 'the trunks that serve their number are all in use',
  lead_closed: 'the person was deleted',
  campaign_over: 'the campaign is over for good',
  number_undialable: 'there is no number that a campaign may dial',
  destination: 'the workspace allows no calls to their number',
  do_not_call: 'their number is on a suppression list',
  consent: 'no consent is recorded that is strong enough',
  attempts_spent: 'their tries are spent',
  no_common_hours: 'the hours that must be open are never open at once',
  campaign_ends: 'the campaign ends before they may be called',
  import_undone: 'their import was taken back',
}

export function sayRule(id: string): string {
  const known = words[id]
  if (known !== undefined) return known
  const [law, about] = splitPackRule(id)
  if (isCapRule(id)) return `their number was called as often as ${law} allows`
  if (/holidays$|closed_dates$/.test(about)) return `it is a closed day of ${law}`
  return isHoursRule(id) ? `the calling hours of ${law} are closed` : `the rule ${id} holds them`
}

/** `us/fl/hours`: hours, of US-FL. */
function splitPackRule(id: string): [law: string, about: string] {
  const parts = id.split('/')
  const about = parts.pop() as string
  if (parts[0] === 'default') return ['most countries', about]
  return [parts[0] === ownPackId ? 'the workspace' : parts.map((part) => part.toUpperCase()).join('-'), about]
}

/** Rules about hours and days carry the word in their id, whichever pack or house made them. */
export function isHoursRule(id: string): boolean {
  return id === 'campaign_starts' || /hours$|bands$|holidays$|closed_dates$/.test(id)
}

/** Rules about how often a number was called. */
export function isCapRule(id: string): boolean {
  return id.endsWith('attempts')
}

/** The rule that counts most of these, and its count; null where there is none. */
export function topRule(byRule: Record<string, number>): { rule: string; count: number } | null {
  const [top] = Object.entries(byRule).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
  return top === undefined ? null : { rule: top[0], count: top[1] }
}
