/**
 * Reports on their way to whoever ordered the calls: each is sent until it was taken, so it arrives at least once.
 * Destinations don't wait for one another. One that fails is asked by a single report at a time, ever more
 * rarely, and the report that failed goes to the back, so that a bad one can't hold up the rest.
 */
import type { Clock } from '../clock.ts'
import type { Report } from './simulated-call.ts'

export interface OutboxOptions {
  clock: Clock
  /** Resolves once the reports, all for one destination, are in safe hands. */
  send(reports: Report[]): Promise<void>
  taken(reports: Report[]): void
  trouble(message: string, cause: unknown): void
  /** Most sendings under way at once to one destination. */
  parallel: number
  /** Most reports in one sending. */
  batch: number
}

export interface Outbox {
  put(report: Report): void
  /** Reports not taken yet. */
  waiting(): number
  failures(): number
  /** Stops sending and waits for what is under way; what was not taken stays with the caller's journal. */
  close(): Promise<void>
}

interface Destination {
  queue: Report[]
  sending: number
  /** Failures since the last success. */
  failed: number
  /** Set while it is left alone after a failure; takes the end of the pause back. */
  paused: (() => void) | null
  woken: boolean
}

const first_pause_ms = 50
/** A server that was restarted is back in touch after this at the latest. */
const longest_pause_ms = 5000

export function createOutbox(options: OutboxOptions): Outbox {
  const { clock, send, taken, trouble, parallel, batch } = options
  const destinations = new Map<string, Destination>()
  const under_way = new Set<Promise<void>>()
  let untaken = 0
  let failures = 0
  let closed = false

  const pump = (to: Destination) => {
    const lanes = to.failed > 0 ? 1 : parallel
    while (!closed && !to.paused && to.queue.length > 0 && to.sending < lanes) {
      const reports = to.queue.splice(0, to.failed > 0 ? 1 : batch)
      to.sending++
      const sending = deliver(to, reports).finally(() => under_way.delete(sending))
      under_way.add(sending)
    }
  }

  const deliver = async (to: Destination, reports: Report[]) => {
    try {
      await send(reports)
    } catch (cause) {
      to.sending--
      giveBack(to, reports, cause)
      return
    }
    to.sending--
    to.failed = 0
    untaken -= reports.length
    taken(reports)
    pump(to)
  }

  const giveBack = (to: Destination, reports: Report[], cause: unknown) => {
    failures++
    to.failed++
    to.queue.push(...reports)
    // The first failure and then each doubling: enough to notice, too few to fill a log.
    if ((to.failed & (to.failed - 1)) === 0) trouble(`Call reports were refused ${to.failed} times in a row`, cause)
    if (to.paused || closed) return
    const pause = Math.min(first_pause_ms * 2 ** Math.min(to.failed - 1, 10), longest_pause_ms)
    to.paused = clock.at(clock.now() + pause, () => {
      to.paused = null
      pump(to)
    })
  }

  return {
    put(report) {
      const name = `${report.report_to} ${report.trunk_id}`
      const to = destinations.get(name) ?? { queue: [], sending: 0, failed: 0, paused: null, woken: false }
      destinations.set(name, to)
      to.queue.push(report)
      untaken++
      if (to.woken) return
      to.woken = true
      // What falls due in the same instant leaves together.
      queueMicrotask(() => {
        to.woken = false
        pump(to)
      })
    },
    waiting: () => untaken,
    failures: () => failures,
    async close() {
      closed = true
      for (const to of destinations.values()) to.paused?.()
      await Promise.all(under_way)
    },
  }
}
