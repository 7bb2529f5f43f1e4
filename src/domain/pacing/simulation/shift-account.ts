import type { AgentView, PacerConfig } from '../pacer-contract.ts'

/** What became of a shift. Times in seconds, shares from 0 to 1. */
export interface ShiftResult {
  dialed: number
  liveAnswers: number
  connected: number
  abandoned: number
  /** Of live answers. */
  abandonRate: number
  /** Talk and wrap-up of the time agents were there and not on a break. */
  utilisation: number
  talkTime: number
  wrapTime: number
  idleTime: number
  /** Lines in use, summed over time. */
  lineTime: number
  /** When the last line came free. */
  over: number
}

export interface Account {
  readonly totals: { liveAnswers: number; abandoned: number; dialed: number; linesInUse: number }
  dial(now: number): void
  line(now: number, change: number): void
  answer(): void
  connect(): void
  abandon(): void
  /** An agent leaves a state entered at `since`. */
  agent(now: number, from: AgentView['state'], since: number): void
  close(): ShiftResult
}

/** Counts time until the end of the shift only, calls until the last one. */
export function createAccount({ shiftEnd }: PacerConfig): Account {
  const totals = { liveAnswers: 0, abandoned: 0, dialed: 0, linesInUse: 0 }
  const times = { off: 0, idle: 0, talk: 0, wrap: 0, break: 0 }
  let connected = 0
  let lineTime = 0
  let counted = 0
  const line = (now: number, change: number) => {
    lineTime += totals.linesInUse * (now - counted)
    counted = now
    totals.linesInUse += change
  }
  return {
    totals,
    line,
    dial(now) {
      totals.dialed += 1
      line(now, 1)
    },
    answer() {
      totals.liveAnswers += 1
    },
    connect() {
      connected += 1
    },
    abandon() {
      totals.abandoned += 1
    },
    agent(now, from, since) {
      times[from] += Math.max(0, Math.min(now, shiftEnd) - Math.min(since, shiftEnd))
    },
    close() {
      const { talk, wrap, idle } = times
      const { liveAnswers, abandoned, dialed } = totals
      return {
        ...{ dialed, liveAnswers, connected, abandoned, lineTime, over: counted },
        abandonRate: liveAnswers === 0 ? 0 : abandoned / liveAnswers,
        utilisation: talk + wrap === 0 ? 0 : (talk + wrap) / (talk + wrap + idle),
        ...{ talkTime: talk, wrapTime: wrap, idleTime: idle },
      }
    },
  }
}
