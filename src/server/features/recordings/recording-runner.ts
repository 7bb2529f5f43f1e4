import type { Engine } from '#dialer/engine.ts'
import type { Clock } from '#domain/clock.ts'
import { createJobRunner, type JobRunner } from '#intake/job-runner.ts'
import { type RecordingDeps, settleRecording } from '#media/keep-recording.ts'
import type { ObjectStore } from '#media/object-store.ts'
import type { Staging } from '#media/stage.ts'
import type { Pool } from '#store/database.ts'
import { findDueRecordings } from '#store/finders.ts'
import type { Log } from '../../http/log.ts'

const at_once = 4

/** Fetches what carriers recorded, and deletes what is to be deleted, here and there. */
export function createRecordingRunner(house: {
  pool: Pool
  clock: Clock
  log: Log
  objects: ObjectStore
  staging: Staging
  engine: Pick<Engine, 'carrierOf'>
}): JobRunner {
  const fetchAudio: RecordingDeps['fetchAudio'] = async (workspace_id, trunk_id, url, signal) => {
    const carrier = await house.engine.carrierOf(workspace_id, trunk_id)
    if ('missing' in carrier) return { ok: false, gone: false, reason: carrier.missing }
    return carrier.openRecording(url, signal)
  }
  const forgetAudio: RecordingDeps['forgetAudio'] = async (workspace_id, trunk_id, url) => {
    const carrier = await house.engine.carrierOf(workspace_id, trunk_id)
    if ('missing' in carrier) return { reason: carrier.missing, for_good: false }
    const fault = await carrier.forgetRecording(url)
    return fault && { reason: fault.reason, for_good: fault.verdict === 'permanent' }
  }
  const deps: RecordingDeps = { ...house, fetchAudio, forgetAudio }
  return createJobRunner({
    at_once,
    noun: 'a recording',
    log: house.log,
    async find() {
      return (await findDueRecordings(house.pool, at_once * 2)).map((key) => ({
        id: key.recording_id,
        run: (signal) => settleRecording(deps, key, signal),
      }))
    },
  })
}
