/**
 * One try to reach one number. It holds its slot from `claimed` until `dropped` or `ended`, whatever happens.
 *
 *   claimed → dialing   the intent is written and committed; only then may the command leave
 *   claimed → dropped   refused before the dial: costs no try
 *   dialing → dialed    the carrier has the call
 *   dialing → dropped   the carrier refused the command, or has never seen it and never will take it
 *   dialing → unknown   the command may have left; only the carrier's answer moves it on
 *   unknown → dialed | dropped | ended
 *   dialed  → ended
 */
export const attemptStates = ['claimed', 'dialing', 'dialed', 'unknown', 'dropped', 'ended'] as const
export type AttemptState = (typeof attemptStates)[number]

const transitions: Record<AttemptState, readonly AttemptState[]> = {
  claimed: ['dialing', 'dropped'],
  dialing: ['dialed', 'unknown', 'dropped', 'ended'],
  dialed: ['ended'],
  unknown: ['dialed', 'dropped', 'ended'],
  dropped: [],
  ended: [],
}

export function attemptMayMove(from: AttemptState, to: AttemptState): boolean {
  return transitions[from].includes(to)
}

export function holdsSlot(state: AttemptState): boolean {
  return state !== 'dropped' && state !== 'ended'
}
