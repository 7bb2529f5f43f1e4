/** What the tiles of the wallboard are held against. A figure without a target tells nobody what to do. */
export type Stands = 'good' | 'watch' | 'act'

export interface Target {
  /** Fine up to here, or from here on where more is better. */
  good: number
  /** To be watched up to here; beyond it something is to be done. */
  watch: number
  moreIsBetter?: boolean
}

export const targets = {
  /** Agents who need attention, of all. */
  attention: { good: 0, watch: 0.1 },
  /** Agents on calls, of those who are not on a break. */
  talking: { good: 0.6, watch: 0.4, moreIsBetter: true },
  /** How long the longest idle agent has waited, in milliseconds. */
  idle: { good: 2 * 60_000, watch: 5 * 60_000 },
  /** Abandoned live answers, as a part of what the campaign allows. */
  abandoned: { good: 0.8, watch: 1 },
  /** Lines in use, of all. */
  lines: { good: 0.8, watch: 0.95 },
} as const satisfies Record<string, Target>

export function judge(figure: number, { good, watch, moreIsBetter = false }: Target): Stands {
  const within = (bound: number) => (moreIsBetter ? figure >= bound : figure <= bound)
  if (within(good)) return 'good'
  return within(watch) ? 'watch' : 'act'
}
