import { isCapRule, isHoursRule, sayRule, topRule } from '#domain/rule-words.ts'
import { localText, localTime } from '#domain/zone-offset.ts'
import type { ProgressCount } from '#store/campaign-progress.ts'

/** For programs and for people. */
export interface Diagnosis {
  code: string
  sentence: string
}

/** When the first closed window opens, and on whose clock. */
export interface Opening {
  at: number
  zone: string
}

/** Nobody is due: hours, tries and promises to come, the last calls, or the end of the list. */
export function diagnoseQuiet(count: ProgressCount, opening: Opening | null, at: number): Diagnosis {
  if (opening !== null) return sayClosed(count, opening, at)
  if (count.waiting.total > 0) {
    const waits = groupWaits(count).map(({ n, words }) => `${n} ${n === 1 ? words[0] : words[1]}`)
    return { code: 'waiting', sentence: `Nobody is callable now: ${joinWords(waits)}; ${sayFirst(count, at)}.` }
  }
  if (count.attempts.in_flight > 0) {
    return { code: 'last_calls', sentence: `The last ${sayNumber(count.attempts.in_flight, 'call')} under way.` }
  }
  return diagnoseEnd(count)
}

/** How many of the list hours hold back, as a part of a sentence; null when they hold nobody. */
export function sayClosedShare(count: ProgressCount): string | null {
  const closed = countClosed(count)
  const { total } = count.leads
  if (closed === 0) return null
  return `closed for ${Math.round((100 * closed) / total)} % of the list (${closed} of ${total} leads)`
}

export function countClosed({ waiting }: ProgressCount): number {
  return countRules(waiting.by_rule, isHoursRule)
}

function sayClosed(count: ProgressCount, { at: opens, zone }: Opening, at: number): Diagnosis {
  const others = groupWaits(count).filter(({ hours }) => !hours)
  const more = others.map(({ n, words }) => `${n} more ${n === 1 ? words[0] : words[1]}`)
  const today = localTime(zone, at).date === localTime(zone, opens).date
  const local = localText(zone, opens)
  const when = `${today ? '' : `on ${local.slice(0, 10)} `}at ${local.slice(11)} in ${zone} (${sayInstant(opens, at)})`
  const rest = more.length === 0 ? '' : `; ${joinWords(more)}`
  return {
    code: 'window_closed',
    sentence: `Window ${sayClosedShare(count)}; the first opens ${when}${rest}.`,
  }
}

/** Who waits for what, the largest group first. */
function groupWaits({ waiting }: ProgressCount): { n: number; words: [string, string]; hours: boolean }[] {
  const { by_rule, callbacks } = waiting
  const tries = (by_rule.lead_not_before ?? 0) + (by_rule.retry ?? 0)
  const own = (rule: string) => ['lead_not_before', 'retry', 'number_rests'].includes(rule)
  const named = (rule: string) => own(rule) || isHoursRule(rule) || isCapRule(rule)
  const other = topRule(Object.fromEntries(Object.entries(by_rule).filter(([rule]) => !named(rule))))
  const count = (is: (rule: string) => boolean) => countRules(by_rule, is)
  const groups: { n: number; words: [string, string]; hours: boolean }[] = [
    { n: count(isHoursRule), words: ['is outside its hours', 'are outside their hours'], hours: true },
    { n: tries - callbacks, words: ['lead waits for its next try', 'leads wait for their next try'], hours: false },
    { n: callbacks, words: ['waits for a promised callback', 'wait for promised callbacks'], hours: false },
    {
      n: count((rule) => rule === 'number_rests'),
      words: ['has a number that rests', 'have numbers that rest'],
      hours: false,
    },
    {
      n: count(isCapRule),
      words: ['was called as often as the rules allow', 'were called as often as the rules allow'],
      hours: false,
    },
    {
      n: count((rule) => !named(rule)),
      words: [`waits: ${sayRule(other?.rule ?? '')}`, `wait, most because ${sayRule(other?.rule ?? '')}`],
      hours: false,
    },
  ]
  return groups.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n)
}

function sayFirst({ waiting }: ProgressCount, at: number): string {
  return `the first is due at ${sayInstant(Date.parse(waiting.next_due_at as string), at)}`
}

/** Nobody is left who may be called: because nobody ever might, or because all were. */
function diagnoseEnd(count: ProgressCount): Diagnosis {
  const never = count.skipped_by_reason
  const top = topRule(never)
  const left = countRules(never, () => true)
  if (top !== null && top.count === left && top.rule === 'consent') {
    const who = left === count.leads.total ? `all ${left} leads` : `the ${left} leads that are left`
    return {
      code: 'consent',
      sentence: `Nobody may be called: for ${who} ${sayRule('consent')}; name it with the leads, or declare it for the workspace.`,
    }
  }
  if (top !== null && left === count.leads.total) {
    return { code: 'never', sentence: `None of the ${left} leads may be called: ${sayTop(top, left)}.` }
  }
  return { code: 'list_done', sentence: `Every lead is done: ${sayEnd(count)}.` }
}

/** How a list ended, with counts. */
export function sayEnd({ leads, skipped_by_reason }: ProgressCount): string {
  const { completed = 0, called = 0, failed = 0 } = leads.by_status
  const top = topRule(skipped_by_reason)
  const never = countRules(skipped_by_reason, () => true)
  const why = top === null ? '' : ` (${sayTop(top, never)})`
  const marked = called === 0 ? '' : `, ${called} called by hand`
  return `${completed} completed${marked}, ${failed} failed, ${never} not to be called${why}`
}

function sayTop({ rule, count }: { rule: string; count: number }, all: number): string {
  return count === all ? sayRule(rule) : `for ${count} of them ${sayRule(rule)}`
}

function countRules(byRule: Record<string, number>, is: (rule: string) => boolean): number {
  return Object.entries(byRule).reduce((sum, [rule, n]) => sum + (is(rule) ? n : 0), 0)
}

function joinWords(parts: string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

function sayNumber(n: number, noun: string): string {
  return n === 1 ? `${noun} is` : `${n} ${noun}s are`
}

/** An instant as one says it on the day `at`: with its date where that is another one. */
export function sayInstant(instant: number, at: number): string {
  const text = new Date(instant).toISOString()
  const today = new Date(at).toISOString().slice(0, 10)
  return `${text.startsWith(today) ? '' : `${text.slice(0, 10)} `}${text.slice(11, 16)} UTC`
}
