/** Whether a machine has answered: the PBX's own detection listens to the customer and says what it made of it. */
import type { Detection } from '#domain/call.ts'
import { must } from './answers.ts'
import type { Pbx } from './ari.ts'
import { channelOf } from './channels.ts'
import { beginListening, endListening, type Listening, readHeard, sayHeard } from './listening.ts'
import type { PbxEvent } from './socket.ts'

export const detection_context = 'outdial-amd'
const listening: Listening = { purpose: 'detect', context: detection_context }

/** No longer than the matcher waits for it: within 3.5 s it says something, if only that it does not know. */
export const detection_dialplan = [
  'exten => s,1,Answer()',
  'same => n,AMD(2500,1500,800,3500)',
  sayHeard({ status: 'AMDSTATUS', cause: 'AMDCAUSE' }),
  'same => n,Hangup()',
  '',
].join('\n')

const meanings: Record<string, Detection> = { MACHINE: 'machine', HUMAN: 'human', NOTSURE: 'unknown' }
/** The PBX takes who says nothing at all for a machine; people do so, too. */
const said_nothing = 'INITIALSILENCE'

const asked_variable = 'OUTDIAL_LISTENS'
/** Kept with a call's channel until it is answered, whoever hears of that. */
export const detection_asked = { [asked_variable]: '1' }

/** Of a call that was answered just now; begun once, whoever hears of the answer. */
export async function detectAsAsked(pbx: Pbx, attempt_id: string): Promise<void> {
  const asked = must(await pbx.ari.variable(channelOf('call', pbx.trunk_id, attempt_id), asked_variable))
  if (asked?.value === '1') await beginListening(pbx, listening, attempt_id)
}

export const endDetection = (pbx: Pbx, attempt_id: string) => endListening(pbx, listening, attempt_id)

/** What was heard on which call; null for events of another kind. */
export function readDetection(trunk_id: string, event: PbxEvent): { attempt_id: string; detection: Detection } | null {
  const heard = readHeard(trunk_id, listening, event)
  const detection = meanings[heard?.status ?? '']
  if (heard === null || detection === undefined) return null
  return { attempt_id: heard.attempt_id, detection: heard.cause.startsWith(said_nothing) ? 'unknown' : detection }
}
