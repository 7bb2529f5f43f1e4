/**
 * What a call meant, as somebody says it, and what follows for its lead. A category's flags say it all:
 *
 *   blocks_number        the number is blocked, the lead is do_not_call
 *   retries, with a time the person was promised a call: the lead is a callback
 *   retries              the lead is due again within its one budget
 *   final                the lead is completed
 *   none of these        the call's outcome decides, as if nothing had been said
 */
import type { CallResult } from './retry.ts'

export interface Meaning {
  key: string
  final: boolean
  retries: boolean
  blocks_number: boolean
}

/** What the disposition says of the lead; `callbackAt` in epoch ms. Null: nothing besides the outcome. */
export function resultOf(meaning: Meaning, callbackAt: number | null): CallResult | null {
  if (meaning.blocks_number) return { kind: 'do_not_call' }
  const { key } = meaning
  if (meaning.retries)
    return callbackAt === null ? { kind: 'retry', said: key } : { kind: 'callback', at: callbackAt, said: key }
  return meaning.final ? { kind: 'final' } : null
}

export interface SaidOfCall {
  note: string
  callback_at: number | null
  fields: Record<string, unknown>
}

/** The required fields that were left empty. */
export function findMissing(requiredFields: readonly string[], said: SaidOfCall): string[] {
  const given = (field: string): unknown => {
    if (field === 'note') return said.note.trim()
    return field === 'callback_at' ? said.callback_at : Object.hasOwn(said.fields, field) ? said.fields[field] : null
  }
  return requiredFields.filter((field) => [undefined, null, ''].includes(given(field) as never))
}

/** For so long whoever said it may say it otherwise, and whoever wrote a note may mend it. */
export const correctionMs = 10 * 60_000

/** Whether `userId` may still change what they alone said at `saidAt` (epoch ms). */
export function mayCorrect(said: { by: readonly string[]; at: number }, userId: string, at: number): boolean {
  return said.by.every((by) => by === userId) && at - said.at <= correctionMs
}
