/** A month of calls as a call centre might have had them: made up from a seed, with nobody real in it. */
import type { Caller } from '#server/http/caller.ts'
import type { ServerDeps } from '#server/http/house.ts'
import { isRefusal, type Refusal } from '#server/http/problems.ts'
import { createCampaign, moveCampaign } from '#store/campaigns.ts'
import { newId } from '#store/ids.ts'
import { takeNumbers } from '#store/numbers.ts'
import { inWorkspace } from '#store/tx.ts'
import { makeAgent } from '../agents/agents.ts'
import { newAgent } from '../agents/schema.ts'
import { recordCalls, settleLeads } from '../history/history.ts'
import { type PastCallInput, pastCalls, pastLeads } from '../history/schema.ts'
import { addToCampaign } from '../leads/add-leads.ts'
import { newLeads } from '../leads/schema.ts'

const days = 30
const dayMs = 86_400_000
const source = 'demo'
/** Where the made-up people live; 555-0100 to 555-0199 are nobody's anywhere. */
const areas = ['212', '310', '312', '404', '415', '617', '702', '206'] as const
const perArea = 50
const agents = ['Amina Yusuf', 'Bartek Nowak', 'Carla Reyes', 'Dev Patel'] as const
const first = ['Alex', 'Sam', 'Jo', 'Robin', 'Kim', 'Chris', 'Pat', 'Lee', 'Dana', 'Max'] as const
const last = ['Ahmed', 'Baker', 'Costa', 'Diaz', 'Evans', 'Fischer', 'Green', 'Hughes', 'Ito', 'Jones'] as const
const campaigns = [
  { name: 'Demo: renewals', mode: 'progressive', from_day: 0, to_day: 17 },
  { name: 'Demo: open day', mode: 'power', from_day: 12, to_day: 30 },
] as const

/** What calls of a cold list come to, in shares of a hundred. */
const statuses = { completed: 34, 'no-answer': 48, busy: 9, failed: 6, canceled: 3 } as const
const meanings = {
  ...{ not_interested: 44, callback: 14, interested: 14, sale: 9, voicemail: 8 },
  ...{ not_qualified: 5, wrong_number: 5, do_not_call: 1 },
} as const

/** The same numbers from 0 to 1 in every demo. */
function createChance(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  const pick = <T>(of: readonly T[]): T => of[below(of.length)] as T
  const weigh = <T extends string>(shares: Readonly<Record<T, number>>): T => {
    const entries = Object.entries(shares) as [T, number][]
    let left = next() * entries.reduce((sum, [, share]) => sum + share, 0)
    for (const [name, share] of entries) {
      left -= share
      if (left < 0) return name
    }
    return (entries[0] as [T, number])[0]
  }
  return { next, below, pick, weigh }
}
type Chance = ReturnType<typeof createChance>

/** The days before now, in a workspace that has none yet; as many of them as there is time for until `signal`. */
export async function makeDemoHistory(house: ServerDeps, caller: Caller, signal: AbortSignal): Promise<void> {
  const chance = createChance(7)
  const agent_ids = await makeAgents(house, caller)
  for (const [index, { from_day, to_day, ...plan }] of campaigns.entries()) {
    const numbers = areas
      .filter((_, at) => at % campaigns.length === index)
      .flatMap((area) => Array.from({ length: perArea }, (_, at) => `+1${area}55501${String(at).padStart(2, '0')}`))
    const began = house.clock.now() - (days - from_day) * dayMs
    const campaign_id = await makeCampaign(house, caller, plan, began)
    const leads = numbers.map((phone) => ({ phone, full_name: `${chance.pick(first)} ${chance.pick(last)}` }))
    taken(await addToCampaign(house, caller, campaign_id, newLeads.parse({ leads })))
    const calls = inventCalls(chance, { campaign_id, agent_ids, numbers, from_day, to_day, now: house.clock.now() })
    for (let at = 0; at < calls.length && !signal.aborted; at += 500) {
      await recordCalls(house, caller, pastCalls.parse({ source, calls: calls.slice(at, at + 500) }))
    }
    if (signal.aborted) return
    await settleLeads(house, caller, pastLeads.parse({ source, leads: sumUp(calls) }))
    await endCampaign(house, caller, campaign_id, { began, ended: began + (to_day - from_day) * dayMs })
  }
}

function taken<T>(made: T | Refusal): T {
  if (isRefusal(made)) throw new Error(`The demo was refused: ${made.detail}`)
  return made
}

async function makeAgents(house: ServerDeps, caller: Caller): Promise<string[]> {
  const ids: string[] = []
  for (const name of agents) ids.push(taken(await makeAgent(house, caller, newAgent.parse({ name }))).id)
  return ids
}

async function makeCampaign(
  { pool }: ServerDeps,
  { workspace_id, user_id }: Caller,
  plan: { name: string; mode: (typeof campaigns)[number]['mode'] },
  began: number,
): Promise<string> {
  const id = newId(began)
  const number = await takeNumbers(pool, workspace_id, 'campaigns', 1)
  const rest = { id, number, owner_user_id: user_id, time_zone: 'America/New_York', caller_id: null }
  await inWorkspace(pool, { workspace_id, user_id }, (tx) =>
    createCampaign(tx, workspace_id, { ...plan, ...rest }, began),
  )
  return id
}

/** It was active and is over, in one transaction: nothing of it is ever dialed. */
async function endCampaign(
  { pool }: ServerDeps,
  { workspace_id, user_id }: Caller,
  id: string,
  { began, ended }: { began: number; ended: number },
): Promise<void> {
  await inWorkspace(pool, { workspace_id, user_id }, async (tx) => {
    await moveCampaign(tx, workspace_id, id, { to: 'active', reason: null, at: began, by: user_id })
    await moveCampaign(tx, workspace_id, id, { to: 'completed', reason: null, at: ended, by: user_id })
  })
}

interface Plan {
  campaign_id: string
  agent_ids: readonly string[]
  numbers: readonly string[]
  from_day: number
  to_day: number
  now: number
}

/** Nobody is called at the weekend, nor outside of the hours that hold from coast to coast. */
function inventCalls(
  chance: Chance,
  { campaign_id, agent_ids, numbers, from_day, to_day, now }: Plan,
): PastCallInput[] {
  const calls: PastCallInput[] = []
  for (let day = from_day; day < to_day; day++) {
    const midnight = Math.floor((now - (days - day) * dayMs) / dayMs) * dayMs
    if ([0, 6].includes(new Date(midnight).getUTCDay())) continue
    for (let left = 35 + chance.below(25); left > 0; left--) {
      const at = midnight + (17 + chance.next() * 6) * 3_600_000
      if (at < now)
        calls.push(
          inventCall(chance, { campaign_id, agent_ids, numbers, at, external_id: `${campaign_id} ${calls.length}` }),
        )
    }
  }
  return calls
}

function inventCall(
  chance: Chance,
  {
    campaign_id,
    agent_ids,
    numbers,
    at,
    external_id,
  }: Pick<Plan, 'campaign_id' | 'agent_ids' | 'numbers'> & { at: number; external_id: string },
): PastCallInput {
  const status = chance.weigh(statuses)
  const call = { external_id, campaign_id, number: chance.pick(numbers), direction: 'outbound' as const, status }
  const initiated_at = new Date(at).toISOString()
  if (status !== 'completed') return { ...call, initiated_at }
  const disposition = chance.weigh(meanings)
  const talked = disposition === 'sale' || disposition === 'interested' ? 120 + chance.below(400) : 8 + chance.below(90)
  const rang = 4_000 + chance.below(16_000)
  return {
    ...call,
    ...{ initiated_at, answered_at: new Date(at + rang).toISOString(), duration_seconds: talked },
    ...{ agent_id: chance.pick(agent_ids), disposition },
    ...(disposition === 'sale' && { note: 'Wants the papers by e-mail.' }),
  }
}

/** Each lead as its calls have left it. */
function sumUp(calls: readonly PastCallInput[]) {
  const leads = new Map<
    string,
    { campaign_id: string; number: string; status: 'completed' | 'called'; attempts: number; last_attempt_at: string }
  >()
  for (const { campaign_id, number, status, initiated_at } of calls) {
    const before = leads.get(number)
    const done = before?.status === 'completed' || status === 'completed'
    leads.set(number, {
      ...{ campaign_id: campaign_id as string, number, status: done ? 'completed' : 'called' },
      ...{ attempts: (before?.attempts ?? 0) + 1, last_attempt_at: initiated_at },
    })
  }
  return [...leads.values()]
}
