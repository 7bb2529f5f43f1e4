/**
 * What a pack of rules is: the law of one or more countries, or what a workspace adds to it, as rows with their source.
 *
 * A pack is never changed once it was released: a new version is added, so that a stored verdict replays to the same
 * answer. Rows with `checked: false` were not yet compared with the text of the law. Nothing here is legal advice.
 */
import type { WeekHours } from '../calling-hours.ts'

export type RuleRow<T> = {
  /** Starts with its pack's: `us/fl/hours`. */
  id: string
  value: T
  source: string
  checked: boolean
  note?: string | undefined
  /** Only there; without them in every country of the pack, and in every state. */
  country?: string | undefined
  state?: string | undefined
  /** Only for calls that AI or a recording speaks. */
  voice?: 'artificial' | undefined
}

/** How many calls to one number within how long, over all campaigns. */
export type AttemptCap = { calls: number; within_ms: number }

/** Where calls may go at all (toll fraud): countries, number prefixes such as `+9230`, and premium lines. */
export type Destinations = { countries?: string[] | undefined; prefixes?: string[] | undefined; premium: boolean }

/** The consent a call by AI or a recording needs, by what the campaign is for. */
export type VoiceConsent = { marketing: ConsentStrength; information: ConsentStrength }
export type ConsentStrength = 'stated' | 'express' | 'written'

/** Every kind of row; all rows that apply must hold. */
export type RuleRows = {
  hours: readonly RuleRow<WeekHours>[]
  /** Local dates on which nobody is called. */
  closed_dates: readonly RuleRow<readonly string[]>[]
  attempts: readonly RuleRow<AttemptCap>[]
  destinations: readonly RuleRow<Destinations>[]
  voice_consent: readonly RuleRow<VoiceConsent>[]
  /** The least time a phone rings before we give up. */
  ring_floor_seconds: readonly RuleRow<number>[]
  /** Percent of live answers that may be abandoned, and over what. */
  abandon_cap: readonly RuleRow<{ percent: number; period_days: number }>[]
  /** From what moment on, and within how long, a live answer must have an agent. */
  abandon_limit: readonly RuleRow<{ within_ms: number; from: 'speech_start' | 'greeting_end' }>[]
  /** Rows of the law, by id, that a workspace's owner has set aside, and why. */
  exemptions: readonly RuleRow<string>[]
}

export type RulePack = RuleRows & {
  id: string
  version: string
  /** ISO codes; the default pack has none. */
  countries: readonly string[]
}
