import { z } from 'zod'
import { sayRule } from '#domain/rule-words.ts'

export const reasons = z.array(z.object({ rule: z.string(), sentence: z.string(), count: z.number().int() }))
export type Reasons = z.output<typeof reasons>

/** How many each rule holds, and what it says, the most frequent first. */
export function sayReasons(counts: Iterable<readonly [rule: string, count: number]>): Reasons {
  return [...counts]
    .map(([rule, count]) => ({ rule, sentence: asSentence(sayRule(rule)), count }))
    .sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule))
}

export function asSentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
