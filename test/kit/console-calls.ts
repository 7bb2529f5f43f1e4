import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWavHead } from '#domain/wav.ts'
import { openFolderStore } from '#media/folder-store.ts'
import { recordingKey } from '#media/object-store.ts'
import { newId } from '#store/ids.ts'
import { makeAgent } from './agents.ts'
import type { TestDatabase } from './database.ts'
import { addPastCalls, type MadeCall } from './past-calls.ts'
import { loadLeads, makeCampaign, numbersFrom, type Tenant } from './tenant.ts'

const dayMs = 86_400_000
const people = [
  'Ann Lee',
  'Bilal Khan',
  'Carla Rossi',
  'Dov Levi',
  'Ewa Nowak',
  'Farah Aziz',
  'Goran Petrov',
  'Hana Sato',
]
const outcomes = ['no_answer', 'human', 'machine', 'human', 'busy', 'no_answer', 'human', 'abandoned'] as const
const meanings = ['sale', 'not_interested', 'call_back', undefined, 'sale'] as const

/** The tenant that a server made at its first start. */
export async function readTenant({ owner }: Pick<TestDatabase, 'owner'>): Promise<Tenant> {
  const { rows } = await owner.query<Tenant>(
    `select workspace_id, user_id, (select id from trunks t where t.workspace_id = m.workspace_id limit 1) as trunk_id
     from memberships m limit 1`,
  )
  return rows[0] as Tenant
}

export interface PastFloor {
  campaign_id: string
  agent_id: string
  /** Oldest first. */
  calls: string[]
}

/** A campaign whose people were called over the last days, some by an agent. */
export async function addPastFloor(db: TestDatabase, tenant: Tenant, count: number): Promise<PastFloor> {
  const now = Date.now()
  const campaign_id = await makeCampaign(db.app, tenant, now, { name: 'Spring offer' })
  const numbers = numbersFrom(0, people.length)
  for (const [n, full_name] of people.entries()) {
    const [first_name = '', last_name = ''] = full_name.split(' ')
    await loadLeads(db.app, tenant, campaign_id, [numbers[n] as string], now, { full_name, first_name, last_name })
  }
  const agent_id = await makeAgent(db.owner, tenant, now, { name: 'Ada Byron' })
  const { rows: leads } = await db.owner.query<{ lead_id: string; contact_id: string; to_number: string }>(
    `select l.id as lead_id, l.contact_id, p.number as to_number from leads l
     join contact_phones p on p.workspace_id = l.workspace_id and p.contact_id = l.contact_id
     where l.campaign_id = $1 order by l.id`,
    [campaign_id],
  )
  const calls = Array.from({ length: count }, (_, n): MadeCall => {
    const outcome = outcomes[n % outcomes.length] as (typeof outcomes)[number]
    const human = outcome === 'human'
    const meant = human ? meanings[n % meanings.length] : undefined
    return {
      // Lately each of them was called twice.
      ...{
        at: now - (1 - n / count) * 20 * dayMs - 60_000,
        campaign_id,
        outcome,
        ...(n >= count - 2 * leads.length ? leads[n % leads.length] : { to_number: '+12125550199' }),
      },
      ...{ zone: 'America/New_York', answered: human || outcome === 'machine' || outcome === 'abandoned' },
      ...{ abandoned: outcome === 'abandoned', ...(human && { agent_id }), ...(meant && { meant }) },
    }
  })
  return { campaign_id, agent_id, calls: await addPastCalls(db.owner, tenant, calls) }
}

/** Ten seconds of two people who talk in turn, kept as the recording of a call; its id. */
export async function addRecording(
  db: TestDatabase,
  tenant: Tenant,
  call_id: string,
  data_dir: string,
): Promise<string> {
  const [rate, seconds] = [8000, 10]
  const samples = Buffer.alloc(rate * seconds * 4)
  for (let frame = 0; frame < rate * seconds; frame += 1) {
    const second = Math.floor(frame / rate)
    const loud = Math.round(9000 * Math.sin(frame / 3) * Math.abs(Math.sin(frame / 900)))
    samples.writeInt16LE(loud, frame * 4 + (second % 4 < 2 ? 0 : 2))
  }
  const audio = Buffer.concat([writeWavHead({ channels: 2, rate, bytes: samples.length }), samples])
  const [id, path] = [newId(Date.now()), join(data_dir, 'new-recording')]
  writeFileSync(path, audio)
  const sha256 = createHash('sha256').update(audio).digest()
  const { workspace_id, trunk_id } = tenant
  const staged = { path, bytes: audio.length, sha256, content_type: 'audio/wav' }
  await openFolderStore(join(data_dir, 'audio')).put(recordingKey(workspace_id, id), staged)
  await db.owner.query(
    `insert into recordings (workspace_id, id, call_id, trunk_id, url, recorded_at, state, due_at, content_type, bytes, sha256,
       duration_ms, kept_at)
     values ($1, $2, $3, $4, 'test', now(), 'kept', null, 'audio/wav', $5, $6, $7, now())`,
    [workspace_id, id, call_id, trunk_id, audio.length, sha256, seconds * 1000],
  )
  return id
}

/** Calls that ring and go on to: nobody asks their carrier for an hour. */
export async function addLiveCalls(db: Pick<TestDatabase, 'owner'>, tenant: Tenant, count: number): Promise<void> {
  const { workspace_id, user_id, trunk_id } = tenant
  const now = Date.now()
  const calls = numbersFrom(5000, count).map((number, n) => ({ id: newId(now), n: 10_000 + n, number }))
  await db.owner.query(
    `with made as (
       select * from jsonb_to_recordset($4) as m (id uuid, n bigint, number text)
     ), tried as (
       insert into attempts (workspace_id, id, owner_user_id, trunk_id, kind, agentless, number, state, verdict, claimed_by,
         claimed_at, lease_until, intent_at, dialed_at)
       select $1, id, $2, $3, 'manual', true, number, 'dialed', '{}', 'test', now(), now() + interval '1 hour', now(), now() from made
     )
     insert into calls (workspace_id, id, number, owner_user_id, trunk_id, provider, to_number, state, initiated_at, ringing_at)
     select $1, id, n, $2, $3, 'simulated', number, 'ringing', now(), now() from made`,
    [workspace_id, user_id, trunk_id, JSON.stringify(calls)],
  )
}
