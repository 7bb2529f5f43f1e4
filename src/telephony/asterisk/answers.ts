/** Reading what a PBX says: nothing of it is believed before it was looked at. */
import { z } from 'zod'
import type { LineAnswer } from '../http-line.ts'

/** ISO 8601. */
export const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)))

/** `found` is null for what the PBX says it does not have. */
export type Asked<T> = { ok: true; found: T | null } | { ok: false; reason: string }

export const reasonOf = (answer: LineAnswer) =>
  answer.status === null ? answer.reason : `the PBX answered ${answer.status}`

/** Thrown where many questions make one act, which ends with the first that finds no answer. */
export class Unanswered extends Error {}

export function must<T>(asked: Asked<T>): T | null {
  if (!asked.ok) throw new Unanswered(asked.reason)
  return asked.found
}

/** Of a command. What it names may be gone meanwhile, which whoever gave it looks after. */
export function mustTake(answer: LineAnswer): void {
  if (answer.status === null || answer.status >= 500) throw new Unanswered(reasonOf(answer))
}
