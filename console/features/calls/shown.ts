import type { CallFilters } from '../../api/calls.ts'
import { type Days, readDays } from '../../lib/days.ts'

/** The outcomes that can be asked for, in the order of the choice. */
export const outcomes = [
  ...(['human', 'machine', 'answered', 'fax', 'screened', 'abandoned', 'busy', 'no_answer'] as const),
  ...(['rejected', 'invalid_number', 'congestion', 'failed', 'canceled', 'unknown'] as const),
]
export const countedAs = ['answered', 'human', 'contact', 'success', 'abandoned'] as const

/** What the address of the list says. */
export interface CallSearch extends Days {
  live?: true
  q?: string | undefined
  campaign_id?: string | undefined
  agent_id?: string | undefined
  contact_id?: string | undefined
  lead_id?: string | undefined
  outcome?: (typeof outcomes)[number] | undefined
  disposition?: string | undefined
  counted_as?: (typeof countedAs)[number] | undefined
  try?: number | undefined
  local_weekday?: number | undefined
  local_hour?: number | undefined
  /** Columns that are not shown. */
  hide?: string | undefined
}

/** Those that only a figure leads to: shown as chips that can be taken off. */
export const chips = ['counted_as', 'try', 'local_weekday', 'local_hour', 'contact_id', 'lead_id'] as const

const ids = ['campaign_id', 'agent_id', 'contact_id', 'lead_id'] as const
const numbers = { try: [1, 32_000], local_weekday: [1, 7], local_hour: [0, 23] } as const
const oneOf = <Word extends string>(words: readonly Word[], value: unknown) => words.find((word) => word === value)

/** Whatever an address says else is passed over. */
export function readCallSearch(said: Record<string, unknown>): CallSearch {
  const search: CallSearch = readDays(said)
  if (said.live === true) search.live = true
  if (typeof said.q === 'string' || typeof said.q === 'number') search.q = String(said.q).slice(0, 200)
  if (typeof said.disposition === 'string') search.disposition = said.disposition.slice(0, 50)
  if (typeof said.hide === 'string') search.hide = said.hide.slice(0, 200)
  const outcome = oneOf(outcomes, said.outcome)
  if (outcome) search.outcome = outcome
  const counted = oneOf(countedAs, said.counted_as)
  if (counted) search.counted_as = counted
  for (const name of ids) {
    const id = said[name]
    if (typeof id === 'string' && /^[0-9a-f-]{36}$/i.test(id)) search[name] = id
  }
  for (const [name, [least, most]] of Object.entries(numbers)) {
    const value = Number(said[name])
    if (said[name] !== undefined && Number.isInteger(value) && value >= least && value <= most)
      search[name as keyof typeof numbers] = value
  }
  return search
}

/** Of fewer letters or digits the server finds nothing: until there are enough, all is shown. */
const isEnough = (words: string) =>
  /^\+?[\d\s().\-/]+$/.test(words) ? words.replace(/\D/g, '').length >= 3 : words.trim().length >= 2

/** What the server is asked for. */
export function filtersOf({ live: _, hide: __, q, ...rest }: CallSearch): CallFilters {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  return { ...(Object.fromEntries(given) as CallFilters), ...(q && isEnough(q) && { search: q }) }
}
