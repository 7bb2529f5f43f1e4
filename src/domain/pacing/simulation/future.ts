/**
 * What a shift holds in store: for bounds only. It reaches a pacer beside the contract, so that no pacer that is judged can
 * have it.
 */
import type { AgentView, Pacer, PacerConfig } from '../pacer-contract.ts'
import type { LeadFate } from './lead.ts'
import type { RosteredAgent } from './roster.ts'

export interface Future {
  /** Of the k-th lead that would be dialed next, if it were dialed now. */
  upcoming(k: number): LeadFate
  /** Calls on their way to an agent or waiting for one. */
  answers(): ComingAnswer[]
  agents(): FutureAgent[]
}

export interface ComingAnswer {
  at: number
  fate: LeadFate
}

export interface FutureAgent {
  view: AgentView
  rostered: RosteredAgent
  /** Of their rostered pauses, begun. */
  rested: number
  /** When what they are at ends, wrap-up included; means nothing of the idle. */
  busyUntil: number
}

export type CreateSeer = (config: PacerConfig, future: Future) => Pacer

export function answersAt(dialedAt: number, { setup, ring, detection }: LeadFate): number {
  return dialedAt + setup + ring + detection
}
