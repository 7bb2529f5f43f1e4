import type { RecordingState } from '../../api/recordings.ts'

export const recordingStates = ['kept', 'waiting', 'lost', 'leaving', 'gone'] as const satisfies RecordingState[]

export interface RecordingSearch {
  state?: RecordingState | undefined
  campaign_id?: string | undefined
}

export function readRecordingSearch({ state, campaign_id }: Record<string, unknown>): RecordingSearch {
  const known = recordingStates.find((each) => each === state)
  return {
    ...(known && { state: known }),
    ...(typeof campaign_id === 'string' && /^[0-9a-f-]{36}$/i.test(campaign_id) && { campaign_id }),
  }
}
