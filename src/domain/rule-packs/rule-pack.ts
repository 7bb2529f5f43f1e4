/**
 * What a pack of rules is: the law of one country (or the default for those without one), as rows with their source.
 *
 * A pack is never changed once it was released: a new version is added, so that a stored verdict replays to the same
 * answer. Rows with `checked: false` were not yet compared with the text of the law. Nothing here is legal advice.
 */
import type { WeekHours } from '../calling-hours.ts'

export type RuleRow<T> = { id: string; value: T; source: string; checked: boolean; note?: string }

/** How many calls to one number within how long, over all campaigns. */
export type AttemptCap = { calls: number; within_ms: number }

/** What a state adds to its country's rules. Hours narrow, caps add; nothing here loosens. */
export type StateRules = { hours?: RuleRow<WeekHours>[]; attempt_caps?: RuleRow<AttemptCap>[] }

export type RulePack = {
  id: string
  version: string
  /** ISO codes; the default pack has none. */
  countries: readonly string[]
  /** All rows must hold; an empty list means the default pack's hours. */
  hours: RuleRow<WeekHours>[]
  attempt_caps: RuleRow<AttemptCap>[]
  states: Readonly<Record<string, StateRules>>
  /** The least time a phone rings before we give up. */
  ring_floor_seconds: RuleRow<number> | null
  /** Share of live answers that may be abandoned, and over what. */
  abandon_cap: RuleRow<{ share: number; period_days: number }> | null
  /** From what moment on, and within how long, a live answer must have an agent. */
  abandon_limit: RuleRow<{ within_ms: number; from: 'speech_start' | 'greeting_end' }> | null
  /** AI and prerecorded voice need a consent of their own. */
  artificial_voice_consent: RuleRow<'written' | 'express'> | null
}

export const DAY_MS = 86_400_000
