/** What came of a shift, recounted from its events alone; each fault in words. */
import { readTotals } from '#store/agent-transitions.ts'
import { inWorkspace } from '#store/tx.ts'
import { grainMs, type Shift } from './shift.ts'

export interface ShiftFigures {
  dials: number
  live_answers: number
  talked: number
  abandoned: number
  short: number
  /** Of the live answers, in %. */
  abandoned_percent: number
  /** Talk and wrap-up of the time signed on without breaks, in %. */
  utilisation_percent: number
}

interface TransitionRow {
  session_id: string
  step: number
  from_state: string
  to_state: string
  call_id: string | null
  at: Date
}

interface CallRow {
  id: string
  outcome: string | null
  session_id: string | null
  live_at: Date | null
  connected_at: Date | null
  abandoned_at: Date | null
  ended_at: Date | null
}

/** What a clock that moves in grains, and one poll, may add to a time. */
const slackMs = 2 * grainMs

export async function recountShift(shift: Shift): Promise<{ figures: ShiftFigures; faults: string[] }> {
  const { db, clock } = shift.floor
  const transitions: TransitionRow[] = (
    await db.owner.query('select * from agent_transitions order by session_id, step')
  ).rows
  const calls: CallRow[] = (
    await db.owner.query(`select c.id, c.outcome, a.session_id, a.live_at, c.connected_at, c.abandoned_at, c.ended_at
      from calls c join attempts a on a.workspace_id = c.workspace_id and a.id = c.id`)
  ).rows
  const sessions = groupBySession(transitions)
  const totals = await findWrongTotals(shift, sessions)
  const faults = [
    ...totals.faults,
    ...[...sessions.values()].flatMap(findBrokenChain),
    ...findTalksThatDiffer(sessions, calls),
    ...calls.flatMap(findUnansweredPerson),
    ...findCallsOverNotes(shift, sessions),
    ...findLeftOvers(calls),
  ]
  const live = calls.filter(({ live_at }) => live_at !== null)
  const talked = live.filter(({ connected_at }) => connected_at !== null).length
  const abandoned = live.filter(({ abandoned_at }) => abandoned_at !== null).length
  const staffed = totals.login - totals.breaks
  const figures = {
    ...{ dials: shift.floor.dials().filter(({ attempt_id }) => attempt_id).length, live_answers: live.length, talked },
    ...{ abandoned, short: live.length - talked - abandoned },
    abandoned_percent: round((100 * abandoned) / live.length),
    utilisation_percent: round((100 * totals.worked) / staffed),
  }
  if (figures.dials !== calls.length) faults.push(`${figures.dials} dials left, ${calls.length} calls are known`)
  if (clock.now() === 0) faults.push('no time passed')
  return { figures, faults }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function groupBySession(rows: TransitionRow[]): Map<string, TransitionRow[]> {
  const sessions = new Map<string, TransitionRow[]>()
  for (const row of rows) sessions.set(row.session_id, [...(sessions.get(row.session_id) ?? []), row])
  return sessions
}

const figureOf: Record<string, 'talk_ms' | 'wrap_up_ms' | 'break_ms' | 'idle_ms' | 'reserved_ms'> = {
  ...{ on_call: 'talk_ms', wrap_up: 'wrap_up_ms', break: 'break_ms', available: 'idle_ms', reserved: 'reserved_ms' },
}

/** The product's totals of each session against a sum of its transitions. */
async function findWrongTotals({ floor }: Shift, sessions: Map<string, TransitionRow[]>) {
  const { db, tenant, clock } = floor
  const now = clock.now()
  const sums = { faults: [] as string[], login: 0, breaks: 0, worked: 0 }
  for (const [id, rows] of sessions) {
    const own = {
      calls: 0,
      answered: 0,
      talk_ms: 0,
      wrap_up_ms: 0,
      break_ms: 0,
      idle_ms: 0,
      reserved_ms: 0,
      login_ms: 0,
    }
    for (const [index, { to_state, at }] of rows.entries()) {
      const figure = figureOf[to_state]
      if (figure === undefined) continue
      const ms = (rows[index + 1]?.at.getTime() ?? now) - at.getTime()
      own[figure] += ms
      own.login_ms += ms
      own.calls += Number(to_state === 'reserved')
      own.answered += Number(to_state === 'on_call')
    }
    const told = await inWorkspace(db.app, tenant, (tx) => readTotals(tx, tenant.workspace_id, id, now))
    for (const [name, value] of Object.entries(own)) {
      const said = Number(told[name as keyof typeof told])
      if (said !== value) sums.faults.push(`session ${id}: ${name} is told as ${said}, and is ${value}`)
    }
    sums.login += own.login_ms
    sums.breaks += own.break_ms
    sums.worked += own.talk_ms + own.wrap_up_ms
  }
  return sums
}

/** Each state begins where the one before it ended, and no step is missing. */
function findBrokenChain(rows: TransitionRow[]): string[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1]
    const fits = row.step === index + 1 && row.from_state === (before?.to_state ?? 'offline')
    return fits && (!before || before.at <= row.at)
      ? []
      : [`session ${row.session_id}: step ${row.step} follows nothing`]
  })
}

/** Every talk of an agent is a call's, from its beginning to its end, and the other way round. */
function findTalksThatDiffer(sessions: Map<string, TransitionRow[]>, calls: CallRow[]): string[] {
  const talks = new Map<string, { from: number; to: number; session_id: string }>()
  const faults: string[] = []
  for (const rows of sessions.values()) {
    for (const [index, { to_state, call_id, at, session_id }] of rows.entries()) {
      if (to_state !== 'on_call' || call_id === null) continue
      if (talks.has(call_id)) faults.push(`call ${call_id} was talked on twice`)
      talks.set(call_id, { from: at.getTime(), to: rows[index + 1]?.at.getTime() ?? Number.NaN, session_id })
    }
  }
  for (const { id, connected_at, ended_at, session_id } of calls) {
    if (connected_at === null) continue
    const talk = talks.get(id)
    talks.delete(id)
    const fits =
      talk?.session_id === session_id &&
      Math.abs(talk.from - connected_at.getTime()) <= slackMs &&
      Math.abs(talk.to - (ended_at?.getTime() ?? Number.NaN)) <= slackMs
    if (!fits) faults.push(`call ${id}: its talk and its agent's differ`)
  }
  return [...faults, ...[...talks.keys()].map((id) => `call ${id} was talked on and knows nothing of it`)]
}

/** A person who answered was talked to within two seconds, abandoned after them, or hung up before. */
function findUnansweredPerson({ id, live_at, connected_at, abandoned_at, ended_at, outcome }: CallRow): string[] {
  if (live_at === null) return []
  const after = (at: Date | null) => (at === null ? null : at.getTime() - live_at.getTime())
  const [connected, abandoned, ended] = [after(connected_at), after(abandoned_at), after(ended_at)]
  if (connected !== null && abandoned !== null) return [`call ${id} was talked on and abandoned`]
  if (connected !== null) return connected <= 2000 + slackMs ? [] : [`call ${id} waited ${connected} ms`]
  if (abandoned !== null) {
    const fits = abandoned >= 2000 && abandoned <= 2000 + slackMs && outcome === 'abandoned'
    return fits ? [] : [`call ${id} was abandoned after ${abandoned} ms as ${outcome}`]
  }
  return ended !== null && ended <= 2000 + slackMs ? [] : [`call ${id} was answered by a person and by nobody of ours`]
}

/** No call came to an agent whose client held a text that was not saved. */
function findCallsOverNotes({ held }: Shift, sessions: Map<string, TransitionRow[]>): string[] {
  if (held.length === 0) return ['nobody held a note']
  return held.flatMap(({ session_id, from, to }) =>
    (sessions.get(session_id) ?? [])
      .filter(({ to_state, at }) => to_state === 'reserved' && at.getTime() > from && at.getTime() < to)
      .map(({ call_id }) => `call ${call_id} came over a note that was not saved`),
  )
}

function findLeftOvers(calls: CallRow[]): string[] {
  return calls.flatMap(({ id, ended_at }) => (ended_at === null ? [`call ${id} never ended`] : []))
}
