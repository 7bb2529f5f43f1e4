/**
 * What can be done with a call that is talked on, and by whom: the agent in whose hands it is, or a supervisor of the
 * workspace. What an act needs beyond its name is said by its type.
 */
export const plainActs = [
  ...([
    'hold',
    'resume',
    'mute',
    'unmute',
    'park',
    'unpark',
    'three_way',
    'complete_transfer',
    'cancel_consult',
  ] as const),
  ...(['record_start', 'record_pause', 'record_resume', 'record_stop', 'hang_up'] as const),
] as const
export type PlainAct = (typeof plainActs)[number]

export type CallAct =
  | { act: PlainAct }
  | { act: 'dtmf'; digits: string }
  /** `to`: an extension, or E.164. */
  | { act: 'transfer' | 'consult'; to: string }
  /** `message`: what the carrier calls it. */
  | { act: 'voicemail_drop'; voicemail_drop_id: string; message: string }

/** How a supervisor is in a call: heard by nobody, by the agent alone, by all; or in the agent's place. */
export const joinHows = ['listen', 'whisper', 'barge', 'take_over'] as const
export type JoinHow = (typeof joinHows)[number]

export const callActs = [...plainActs, 'dtmf', 'transfer', 'consult', 'voicemail_drop', ...joinHows] as const

/** After these the agent has no part in the call any more and writes down what it was about. */
const leavingActs: readonly string[] = ['transfer', 'complete_transfer', 'voicemail_drop']

export function leavesCall(act: string): boolean {
  return leavingActs.includes(act)
}

/** With these everybody of ours leaves the call, supervisors too. */
export function emptiesCall(act: string): boolean {
  return act === 'park' || leavesCall(act)
}

/** What is kept of an act; tones are counted and forgotten, since they may be a card number. */
export function describeAct(act: CallAct): Record<string, unknown> {
  if (act.act === 'dtmf') return { tones: act.digits.length }
  if (act.act === 'voicemail_drop') return { voicemail_drop_id: act.voicemail_drop_id, message: act.message }
  return 'to' in act ? { to: act.to } : {}
}
