import type { AgentState, PossibleAct } from '../../api/agent-frames.ts'
import type { Standing } from './standing.ts'

export type Barred =
  | 'desk.barred.noCall'
  | 'desk.barred.carrier'
  | 'desk.barred.noRecording'
  | 'desk.barred.noDrop'
  | 'desk.barred.consulting'

/** Why something can not be done with the call in hand; null where it can. The server has the last word. */
export function barredFrom(
  act: PossibleAct,
  { state, standing, possible }: { state: AgentState; standing: Standing; possible: readonly PossibleAct[] | null },
): Barred | null {
  if (state !== 'on_call') return 'desk.barred.noCall'
  // Until it is known what the carrier can do, the server says.
  if (possible !== null && !possible.includes(act)) return 'desk.barred.carrier'
  if ((act === 'record_pause' || act === 'record_resume') && standing.recording === 'off')
    return 'desk.barred.noRecording'
  if (standing.consulting !== 'no' && (act === 'hold' || act === 'transfer' || act === 'consult'))
    return 'desk.barred.consulting'
  return null
}
