import type { CarrierEvent } from './events.ts'
import type { EventSink, TrunkSettings } from './port.ts'

const again_ms = 1_000

/** Hands reports to the sink in their order, and keeps what it did not take until it does. */
export function createReports(
  trunk: TrunkSettings,
  sink: EventSink,
  trouble: (message: string, cause: unknown) => void,
) {
  const waiting: CarrierEvent[] = []
  let sent = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const send = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, 200)
      try {
        await sink({ id: trunk.id, workspace_id: trunk.workspace_id }, batch)
      } catch (cause) {
        trouble('Reports of a PBX were not kept; they are told again', cause)
        timer = setTimeout(flush, again_ms)
        return
      }
      waiting.splice(0, batch.length)
    }
  }
  const flush = () => {
    clearTimeout(timer)
    sent = sent.then(send)
    return sent
  }
  return {
    add(report: CarrierEvent) {
      waiting.push(report)
      void flush()
    },
    /** What could not be handed over then is known by the PBX, and found by asking it. */
    async close() {
      await flush()
      clearTimeout(timer)
    },
  }
}
