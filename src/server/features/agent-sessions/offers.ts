import type { z } from 'zod'
import { acceptOffer, skipOffer } from '#dialer/offers.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse } from '../../http/problems.ts'
import { refuseForbidden } from '../calls/dial-by-hand.ts'
import { findSession, showSession } from './agent-sessions.ts'
import type { offerAnswer, ShownSession } from './schema.ts'

/** The agent takes the lead they are shown, or passes it over. */
export async function answerOffer(
  house: ServerDeps,
  caller: Caller,
  sessionId: string,
  { call_id, accept, reason }: z.output<typeof offerAnswer>,
): Promise<ShownSession | Refusal> {
  const { workspace_id, user_id } = caller
  const session = await withinAll(house, caller, (tx) => findSession(tx, caller, sessionId))
  if (isRefusal(session)) return session
  if (session.agent_user_id !== user_id) return refuse('forbidden', 'Only the agent who is shown a lead decides on it.')
  const refusal = await decide(house, workspace_id, { attempt_id: call_id, session_id: sessionId }, accept, reason)
  return refusal ?? withinAll(house, caller, (tx) => showSession(tx, caller, sessionId, house.clock.now()))
}

/** Null when it is done. */
export async function decide(
  house: ServerDeps,
  workspaceId: string,
  offer: { attempt_id: string; session_id: string },
  accept: boolean,
  reason: string | undefined,
): Promise<Refusal | null> {
  const answer = accept
    ? await acceptOffer(house.engine, workspaceId, offer)
    : await skipOffer(house.engine, workspaceId, offer, reason ?? 'no reason given')
  if (answer.done === 'gone') return refuse('conflict', 'There is no such offer any more.')
  return answer.done === 'forbidden' ? refuseForbidden(answer) : null
}
