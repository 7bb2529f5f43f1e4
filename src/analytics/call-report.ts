/**
 * Reports of calls: what became of them, when, by whom, and after how many tries. In: a transaction, whose calls and which
 * days. Out: figures of one moment, each with its one definition. Must never write, nor count what a list of the same calls
 * does not show.
 */
import { dayAfter, spanOfDays } from '#domain/day-span.ts'
import {
  type AbandonWindow,
  type CallReport,
  readAbandonWindows,
  readCallReport,
  windowDays,
} from '#store/call-reports.ts'
import type { Tx } from '#store/tx.ts'

export interface ReportSpan {
  since: string
  until: string
  zone: string
}

export type WholeReport = ReportSpan &
  CallReport & { abandon_windows: AbandonWindow[]; definitions: typeof definitions }

/** What each figure counts, in a sentence; the same words for everybody who shows it. */
export const definitions = {
  leads: 'People on the lists of the campaign, or of all campaigns, whether they were called or not.',
  calls: 'Calls that were dialed or came in, by the day on which they began.',
  answered: 'Calls that somebody or something picked up.',
  human: 'Answered calls that nobody and nothing said a machine had answered.',
  contact: 'Calls whose disposition counts as a contact.',
  success: 'Calls whose disposition counts as a success.',
  abandoned: 'Calls of people who answered and for whom nobody of ours came in time.',
  talk_seconds: 'From the answer to the end, added up over all calls.',
  costs: 'What carriers charged so far, by their own account, in each currency.',
  by_day: "Calls by the day on which they began, in the report's zone.",
  by_local_hour:
    'Calls by weekday and hour on the clock of whoever was called; where that is not known, of the workspace.',
  by_outcome: 'Calls that are over, by what the machine saw.',
  by_disposition: 'Calls by what somebody said they meant; those of which nobody said anything are left out.',
  by_agent: 'Calls by the agent who talked first.',
  contacts_by_try: 'Contacts by which call of their lead they were: the first, the second and so on.',
  abandon_windows: `Abandoned calls as a share of answers by people, over the ${windowDays} days that end with each day.`,
} as const

export async function reportCalls(
  tx: Tx,
  workspaceId: string,
  whose: { campaign_id?: string; agent_id?: string },
  span: ReportSpan,
): Promise<WholeReport> {
  const { since, until, zone } = span
  const window = { since: dayAfter(since, 1 - windowDays), until }
  const [report, abandon_windows] = await Promise.all([
    readCallReport(tx, workspaceId, { ...whose, ...spanOfDays(zone, span) }, zone),
    readAbandonWindows(tx, workspaceId, { ...whose, ...spanOfDays(zone, window) }, span),
  ])
  return { ...span, ...report, abandon_windows, definitions }
}
