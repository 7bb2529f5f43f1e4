/**
 * Foresees a drawn campaign by its dry run, lets it run to its end on the virtual clock, and holds the one against the
 * other: whom the carrier's ledger knows, why the others were not called, and how long it took.
 */
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import type { DrawnPerson, ForesightCase } from './cases.ts'

export interface Foreseen {
  seed: number
  leads: number
  callable: number
  dialed: number
  never: number
  /** Reasons counted before, and found with those whom nobody called; equal where the dry run was right. */
  reasons: Record<string, number>
  found: Record<string, number>
  expected_hours: number
  real_hours: number
  /** Expected over real, less one. */
  off: number
  /** Whether the dry run itself gave a range of less than a tenth either way: no closing falls in it. */
  sure: boolean
  /** Whether the real end lies in that range. */
  within: boolean
  dials: number
  expected_dials: number
}

export async function foresee(drawn: ForesightCase): Promise<Foreseen> {
  const { start, channels, owner_concurrent_calls } = drawn
  // Without a script: an ordinary list, as the simulated carrier plays it.
  const floor = await openFloor({ script: {}, start, channels, owner_concurrent_calls })
  const app = await openApp({ floor, settings: { OUTDIAL_SIM_SPEED: '1' } })
  try {
    const id = await makeDrawn(floor, app, drawn)
    const dry = (await app.ask('GET', `/api/v1/campaigns/${id}/dry-run`)).body
    await startDrawn(app, id)
    await runToEnd(floor, id, Date.parse(dry.counted_at))
    return await compare(floor, id, drawn, dry)
  } finally {
    await app.close()
    await floor.close()
  }
}

async function makeDrawn(
  floor: Floor,
  app: App,
  { settings, people, declares_consent }: ForesightCase,
): Promise<string> {
  if (!declares_consent) await floor.db.owner.query('update workspaces set consent_declaration = null')
  const suppressed = people.filter(({ suppressed }) => suppressed !== null)
  for (const { lead, suppressed: kind } of suppressed) {
    const expires_at = new Date(floor.clock.now() + 5 * 3_600_000).toISOString()
    const body = { number: lead.phone, ...(kind === 'for_good' ? {} : { expires_at }) }
    await expectOk(app, 'POST', '/api/v1/suppressions', body)
  }
  const { id } = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Foreseen', ...settings } })).body
  await expectOk(app, 'POST', `/api/v1/campaigns/${id}/leads`, { leads: people.map(({ lead }) => lead) })
  await arrange(app, id, people)
  return id
}

async function arrange(app: App, id: string, people: DrawnPerson[]): Promise<void> {
  const { data } = (await app.ask('GET', `/api/v1/campaigns/${id}/leads?limit=1000`)).body
  const drawn = new Map(people.map((person) => [person.lead.phone, person]))
  for (const lead of data) {
    const person = drawn.get(lead.phone)
    if (person?.deleted) await expectOk(app, 'DELETE', `/api/v1/contacts/${lead.contact_id}`)
    else if (person?.promised_in_hours && lead.status === 'pending') {
      const at = new Date(app.now() + person.promised_in_hours * 3_600_000).toISOString()
      const promised = await app.ask('POST', '/api/v1/callbacks', { body: { lead_id: lead.id, at } })
      // Outside the hours: at the next instant that is lawful, unless that is too far ahead to be promised.
      const { next_lawful_at } = promised.body
      const soon = next_lawful_at && Date.parse(next_lawful_at) - app.now() < 100 * 86_400_000
      if (soon) await expectOk(app, 'POST', '/api/v1/callbacks', { lead_id: lead.id, at: next_lawful_at })
    }
  }
}

async function expectOk(app: App, method: string, path: string, body?: object): Promise<void> {
  const { status, text } = await app.ask(method, path, body === undefined ? {} : { body })
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
}

/** Whoever lacks the consent that is needed is passed over. */
async function startDrawn(app: App, id: string): Promise<void> {
  await expectOk(app, 'POST', `/api/v1/campaigns/${id}/start`, { skip_without_consent: true })
}

const second = 1000

async function runToEnd(floor: Floor, id: string, startsAt: number): Promise<void> {
  const { clock, db } = floor
  if (startsAt > clock.now()) await floor.run(startsAt - clock.now(), startsAt - clock.now())
  const giveUpAt = clock.now() + 400 * 86_400_000
  for (let idle = false; clock.now() < giveUpAt; ) {
    const { rows } = await db.owner.query(
      `select c.status, (select min(due_at) from leads where campaign_id = $1) as due,
         (select count(*) from attempts where campaign_id = $1 and ended_at is null)::int as live
       from campaigns c where id = $1`,
      [id],
    )
    const { status, due, live } = rows[0]
    if (status === 'completed') return
    const wait = due === null ? 0 : due.getTime() - clock.now()
    const step = live > 0 ? 120 * second : wait > 0 ? wait : idle ? 600 * second : 10 * second
    idle = live === 0 && wait <= 0
    await floor.run(step, step)
  }
  throw new Error(`campaign ${id} did not end`)
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API, as it came.
async function compare(floor: Floor, id: string, drawn: ForesightCase, dry: any): Promise<Foreseen> {
  const { rows: leads } = await floor.db.owner.query(
    `select l.held_by, p.number from leads l left join contact_phones p on p.contact_id = l.contact_id where l.campaign_id = $1`,
    [id],
  )
  const dials = floor.dials()
  const called = new Set(dials.map(({ number }) => number))
  const found: Record<string, number> = {}
  for (const { held_by, number } of leads) if (!called.has(number)) found[held_by] = (found[held_by] ?? 0) + 1
  const { rows } = await floor.db.owner.query('select completed_at from campaigns where id = $1', [id])
  const from = Date.parse(dry.counted_at)
  const real = rows[0].completed_at.getTime() - from
  const expected = Date.parse(dry.finish.finishes_at) - from
  const [earliest, latest] = [Date.parse(dry.finish.earliest) - from, Date.parse(dry.finish.latest) - from]
  const reasons = dry.reasons.never.map(({ rule, count }: { rule: string; count: number }) => [rule, count])
  return {
    ...{ seed: drawn.seed, leads: leads.length, callable: dry.leads.now + dry.leads.later, never: dry.leads.never },
    ...{ dialed: called.size, reasons: Object.fromEntries(reasons), found },
    ...{ expected_hours: expected / 3_600_000, real_hours: real / 3_600_000, off: expected / real - 1 },
    ...{ sure: earliest >= 0.9 * expected && latest <= 1.1 * expected, within: earliest <= real && real <= latest },
    ...{ dials: dials.length, expected_dials: dry.finish.dials },
  }
}
