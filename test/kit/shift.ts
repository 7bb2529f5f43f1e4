/**
 * People who work a shift on the virtual clock: they talk, wrap up, hold notes that are not saved and take breaks, all by
 * one seed. What came of it is recounted in shift-recount.ts.
 */
import { byAgent, markUnsaved, moveSession } from '#floor/agent-sessions.ts'
import { inWorkspace } from '#store/tx.ts'
import { createChance } from '#telephony/simulator/chance.ts'
import { makeAgent, signOnAgent } from './agents.ts'
import { type Floor, openFloor } from './floor.ts'
import { addPastAnswers } from './past-answers.ts'

export interface ShiftOptions {
  agents: number
  hours: number
  leads: number
  /** How it dials; power with two calls for each idle agent unless it says otherwise. */
  settings?: object
  seed?: string
}

/** An agent's client held a text that was not saved, from when to when (epoch ms). */
export interface HeldNote {
  session_id: string
  from: number
  to: number
}

export interface Shift {
  floor: Floor
  campaign_id: string
  held: HeldNote[]
}

const pollMs = 4_000
/** What happens within this happens together: an answer waits that much longer at most. */
export const grainMs = 200
/** Of public scenarios: people 30 %, machines 25 %, and who does not answer; talks of three minutes. */
const script = {
  default: [
    { do: 'answers', ring_s: 9, talk_s: 60, weight: 10 },
    { do: 'answers', ring_s: 7, talk_s: 150, weight: 12 },
    { do: 'answers', ring_s: 12, talk_s: 360, weight: 6 },
    { do: 'answers', ring_s: 5, talk_s: 2, weight: 2 },
    { do: 'machine', ring_s: 17, talk_s: 30, weight: 25 },
    { do: 'busy', ring_s: 1, weight: 8 },
    { do: 'invalid-number', weight: 4 },
    { do: 'rings-out', weight: 33 },
  ],
}

export async function workShift(options: ShiftOptions): Promise<Shift> {
  const { agents, hours, leads, seed = '1' } = options
  const floor = await openFloor({ script, channels: agents * 5, start: '2026-03-04T14:00:00Z' })
  const { db, tenant, clock } = floor
  const settings = { mode: 'power', power_ratio: 2, wrap_up_seconds: 25, completes: 'by_hand', ...options.settings }
  const campaign_id = await floor.startCampaign({ leads, settings })
  // Of earlier shifts: what power dialing may spend on abandons.
  await addPastAnswers(db.owner, tenant, campaign_id, { live: 1000, abandoned: 0, at: clock.now() })
  const ids = await Promise.all(
    Array.from({ length: agents }, () => makeAgent(db.owner, tenant, clock.now(), { campaign_id })),
  )
  for (const id of ids) await signOnAgent(db.app, tenant, id, clock.now())
  const held = new Map<string, HeldNote>()
  const notes: HeldNote[] = []
  const end = clock.now() + hours * 3_600_000
  for (let tick = 0; clock.now() < end; tick += 1) {
    await floor.runCoarsely(pollMs, pollMs, grainMs)
    const { rows } = await db.owner.query(
      `select id, agent_id, state, state_since from agent_sessions where ended_at is null`,
    )
    for (const { id, agent_id, state, state_since } of rows) {
      const dice = createChance(`${seed}|${agent_id}`).uniform(String(tick))
      const since = clock.now() - state_since.getTime()
      await behave({ floor, held, notes }, id, state, since, dice)
    }
  }
  // Whoever talks may finish.
  await db.owner.query(`update campaigns set status = 'paused'`)
  await floor.runCoarsely(10 * 60_000, pollMs, grainMs)
  return { floor, campaign_id, held: notes }
}

/** What somebody does who has been in a state for so long; `dice` is from 0 to 1. */
async function behave(
  { floor, held, notes }: { floor: Floor; held: Map<string, HeldNote>; notes: HeldNote[] },
  session: string,
  state: string,
  sinceMs: number,
  dice: number,
): Promise<void> {
  const { db, tenant, clock } = floor
  const ws = tenant.workspace_id
  const at = clock.now()
  const act = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(db.app, tenant, work)
  const note = held.get(session)
  if (note && (dice < 0.1 || state === 'available')) {
    await act((tx) => markUnsaved(tx, ws, session, false, at))
    held.delete(session)
    notes.push({ ...note, to: at })
  } else if (!note && state === 'wrap_up' && dice < 0.05) {
    if (await act((tx) => markUnsaved(tx, ws, session, true, at)))
      held.set(session, { session_id: session, from: at, to: at })
  } else if (state === 'available' && dice < 0.0006) {
    await act((tx) => moveSession(tx, ws, session, { to: 'break', reason: 'rest' }, byAgent, at))
  } else if (state === 'on_call' && dice > 0.9995) {
    // Asked for during a call, taken after the wrap-up.
    await act((tx) => moveSession(tx, ws, session, { to: 'break', reason: 'lunch' }, byAgent, at))
  } else if (state === 'break' && sinceMs > 150_000) {
    await act((tx) => moveSession(tx, ws, session, { to: 'available' }, byAgent, at))
  }
}
