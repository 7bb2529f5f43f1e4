import type { WeekHours } from '../calling-hours.ts'
import { rulesFor } from './rule-packs.ts'

/**
 * From when until when calls to a country are lawful and the workspace makes any, in minutes of the day: on days of which
 * more is open than of others, the most. For showing; what may be called when is the verdict's affair.
 */
export function lawfulSpan(country: string, workspaceHours: WeekHours | null): { start: number; end: number } {
  const law = rulesFor({ countries: [country], regions: [], artificial_voice: false }, null).hours.map(
    ({ value }) => value,
  )
  const all = [...law, ...(workspaceHours ? [workspaceHours] : [])]
  const spans = all.filter((hours) => hours.flat().length > 0).map(widest)
  return { start: Math.max(...spans.map(({ start }) => start)), end: Math.min(...spans.map(({ end }) => end)) }
}

function widest(hours: WeekHours): { start: number; end: number } {
  const open = hours.flat()
  return { start: Math.min(...open.map(([start]) => start)), end: Math.max(...open.map(([, end]) => end)) }
}
