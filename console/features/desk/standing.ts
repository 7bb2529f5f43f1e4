import type { DoneAct } from '../../api/calls-in-hand.ts'

/** How a call stands by what was done with it. */
export interface Standing {
  held: boolean
  muted: boolean
  recording: 'off' | 'on' | 'paused'
  /** Somebody else is consulted about it, alone or with the customer. */
  consulting: 'no' | 'alone' | 'all'
}

const changes: Record<string, Partial<Standing>> = {
  hold: { held: true },
  park: { held: true },
  resume: { held: false },
  unpark: { held: false },
  mute: { muted: true },
  unmute: { muted: false },
  record_start: { recording: 'on' },
  record_resume: { recording: 'on' },
  record_pause: { recording: 'paused' },
  record_stop: { recording: 'off' },
  consult: { consulting: 'alone' },
  three_way: { consulting: 'all' },
  cancel_consult: { consulting: 'no', held: false },
  complete_transfer: { consulting: 'no' },
}

/** Acts in their order, oldest first; only those count that the carrier says were done. */
export function standingOf(acts: readonly Pick<DoneAct, 'act' | 'result'>[]): Standing {
  const standing: Standing = { held: false, muted: false, recording: 'off', consulting: 'no' }
  for (const { act, result } of acts) if (result === 'done') Object.assign(standing, changes[act])
  return standing
}
