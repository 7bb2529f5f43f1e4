import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import fc from 'fast-check'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom, type Tenant } from '#kit/tenant.ts'
import { changeCampaign } from '#store/campaigns.ts'
import { newId } from '#store/ids.ts'
import { createImport } from '#store/imports.ts'
import { listLists, weighList } from '#store/lists.ts'
import { readNextLeads } from '#store/next-leads.ts'
import { inWorkspace } from '#store/tx.ts'
import { claimAttempts } from './claim.ts'
import type { Engine } from './engine.ts'
import { reviewLeads } from './gate.ts'

/** A Wednesday noon in New York. */
const noon = Date.parse('2026-03-04T17:00:00Z')
const most = 100_000

describe('whom a campaign dials next', () => {
  let db: TestDatabase
  let tenant: Tenant
  let ws: string
  let campaign: string
  let used = 0
  let claimed: string[] = []
  before(async () => {
    db = await openTestDatabase()
    const limits = { channels: most, concurrent_calls: most, owner_concurrent_calls: most }
    tenant = await makeTenant(db.app, noon, limits)
    ws = tenant.workspace_id
  })
  after(() => db.close())
  beforeEach(async () => {
    claimed = []
    campaign = await makeCampaign(db.app, tenant, noon, { status: 'active' })
  })

  const run = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(db.app, tenant, work)
  const weigh = (id: string, weight: number) => run((tx) => weighList(tx, ws, campaign, { id, weight }, noon))
  const review = async () => {
    const { rows } = await db.owner.query("select id from leads where campaign_id = $1 and status = 'pending'", [
      campaign,
    ])
    const ids = rows.map((row) => row.id)
    await run((tx) => reviewLeads(tx, ws, ids, noon))
  }
  /** Puts so many people into the campaign, by an import or by hand; gives the list's id. */
  async function fill(count: number, byHand = false, at = noon): Promise<string> {
    const id = newId(at)
    const job = { id, campaign_id: campaign, owner_user_id: tenant.user_id, file_name: 'people.csv' }
    if (!byHand)
      await run((tx) => createImport(tx, ws, { ...job, file_size_bytes: 1, file_path: null, options: {} }, at))
    await loadLeads(db.app, tenant, campaign, numbersFrom(used, count), at)
    used += count
    if (byHand) return campaign
    await db.owner.query(
      `update leads set import_id = $2 where id in (select id from leads where campaign_id = $1 order by number desc limit $3)`,
      [campaign, id, count],
    )
    return id
  }
  async function claim(take: number): Promise<number> {
    const engine = { pool: db.app, clock: { now: () => noon }, worker: 'test', system_cap: null } as unknown as Engine
    const { claims } = await claimAttempts(engine, ws, () => [{ campaign_id: campaign, take }])
    // A claim of these lists begins when the one before it has committed, so this is the order of their dials.
    claimed.push(...claims.map((each) => each.lead_id as string))
    return claims.length
  }
  async function dialed(): Promise<{ list: string; lead_number: number }[]> {
    const { rows } = await db.owner.query(
      `select coalesce(l.import_id, l.campaign_id) as list, l.number::integer as lead_number
       from unnest($1::uuid[]) with ordinality as c (lead_id, place) join leads l on l.id = c.lead_id order by c.place`,
      [claimed],
    )
    return rows
  }
  /** Whom pacers are told of as the next ones. */
  async function peek(): Promise<{ list: string; lead_number: number }[]> {
    const next = await run((tx) => readNextLeads(tx, ws, [campaign], noon))
    const { rows } = await db.owner.query(
      `select coalesce(l.import_id, l.campaign_id) as list, l.number::integer as lead_number
       from unnest($1::text[]) with ordinality as f (number, place) join contact_phones p on p.number = f.number
       join leads l on l.contact_id = p.contact_id order by f.place`,
      [next.map(({ facts }) => facts.number)],
    )
    return rows
  }
  /** Who was added first has been due for longest. */
  const dateByNumber = () =>
    db.owner.query(
      `update leads set due_at = $2::timestamptz - make_interval(secs => 10000 - number) where campaign_id = $1
        and status in ('pending', 'callback')`,
      [campaign, new Date(noon)],
    )
  /** Lets everybody be called again, as if nothing had happened. */
  async function forget(): Promise<void> {
    claimed = []
    await db.owner.query('delete from attempts where campaign_id = $1', [campaign])
    await db.owner.query('update lists set credit = 0, weight = 1, share = null where campaign_id = $1', [campaign])
    await db.owner.query(`update leads set status = 'pending', due_at = $2 where campaign_id = $1`, [
      campaign,
      new Date(noon),
    ])
  }

  it('by the weights of its lists, over any hundred dials, however many dialers there are', async () => {
    const lists = [await fill(330), await fill(330), await fill(330), await fill(330, true)]
    await weigh(lists[0] as string, 1)
    await review()
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 10, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 4, maxLength: 4 }),
        sizes,
        async (weights, takes) => {
          await forget()
          for (const [index, list] of lists.entries()) await weigh(list, weights[index] as number)
          const dialer = async (offset: number) => {
            for (let n = 0; n < takes.length; n += 1) await claim(takes[(n + offset) % takes.length] as number)
          }
          await Promise.all([0, 3, 6].map(dialer))
          const order = (await dialed()).map(({ list }) => lists.indexOf(list))
          const total = weights.reduce((sum, weight) => sum + weight, 0)
          const length = Math.min(100, order.length)
          for (let first = 0; first + length <= order.length && first + length <= 330; first += 1) {
            for (const [index, weight] of weights.entries()) {
              const count = order.slice(first, first + length).filter((list) => list === index).length
              const due = (length * weight) / total
              assert.ok(
                Math.abs(count - due) <= 2,
                `dials ${first} on: ${count} of list ${index}, not ${due}; ${weights}`,
              )
            }
          }
        },
      ),
      { numRuns: 8 },
    )
  })

  it('as pacers are told beforehand: the next fifty, of each list its first, by their weights as they stand', async () => {
    const lists = [await fill(60), await fill(60), await fill(60), await fill(60, true)]
    for (const [index, list] of lists.entries()) await weigh(list, [5, 2, 0, 1][index] as number)
    await review()
    await dateByNumber()
    await db.owner.query('update leads set priority = 9 where campaign_id = $1 and number % 13 = 0', [campaign])
    await db.owner.query(
      `update leads set due_at = due_at + interval '1 day' where campaign_id = $1 and number % 7 = 0`,
      [campaign],
    )
    await claim(5)
    claimed = []
    const foreseen = await peek()
    await claim(50)
    const order = await dialed()
    assert.equal(foreseen.length, 50)
    for (const list of lists) {
      const ofList = (all: typeof order) => all.filter((each) => each.list === list).map((each) => each.lead_number)
      const [told, came] = [ofList(foreseen), ofList(order)]
      const both = Math.min(told.length, came.length)
      assert.ok(Math.abs(told.length - came.length) <= 2, `${told.length} were told of, ${came.length} came`)
      assert.deepEqual(told.slice(0, both), came.slice(0, both))
    }
    for (let first = 1; first <= 50; first += 1) {
      const ofFirst = (all: typeof order) => all.slice(0, first).filter(({ list }) => list === lists[0]).length
      assert.ok(Math.abs(ofFirst(foreseen) - ofFirst(order)) <= 2, `of the first ${first}`)
    }
  })

  it('without a burst of a list that was dry, whose share the others had', async () => {
    const [small, large] = [await fill(40), await fill(200)]
    await weigh(small, 3)
    await review()
    await db.owner.query(
      `update leads set due_at = null where id in (select id from leads where import_id = $1 order by number offset 10)`,
      [small],
    )
    for (let n = 0; n < 20; n += 1) await claim(3)
    const before = await dialed()
    assert.equal(before.filter(({ list }) => list === small).length, 10)
    assert.equal(before.length, 60)
    await db.owner.query("update leads set due_at = $2 where import_id = $1 and status = 'pending'", [
      small,
      new Date(noon),
    ])
    for (let n = 0; n < 8; n += 1) await claim(1)
    const later = (await dialed()).slice(60)
    const ofLarge = later.filter(({ list }) => list === large).length
    assert.ok(ofLarge >= 1 && ofLarge <= 3, `${ofLarge} of 8, where its share is 2`)
  })

  it('never from a list that rests, and in one order while no list has a weight', async () => {
    const [first, second] = [await fill(5), await fill(5)]
    await dateByNumber()
    await claim(7)
    assert.deepEqual(
      (await dialed()).map(({ list }) => (list === first ? 1 : 2)),
      [1, 1, 1, 1, 1, 2, 2],
    )
    await weigh(first, 1)
    await weigh(second, 0)
    await review()
    assert.equal(await claim(7), 0)
    const late = await fill(2)
    await review()
    assert.equal(await claim(7), 2, 'an import that comes later is a list of its own')
    const told = await run((tx) => listLists(tx, ws, campaign, noon))
    assert.deepEqual(
      told.map(({ id, weight, due_now, dialed, leads }) => [id, weight, due_now, dialed, leads.total]),
      [
        [campaign, 1, 0, 0, 0],
        [first, 1, 0, 0, 5],
        [second, 0, 3, 0, 5],
        [late, 1, 0, 0, 2],
      ],
    )
  })

  it('by its order, callbacks and priority before it', async () => {
    for (const late of [0, 1, 2, 3]) await fill(3, true, noon - 10_000 + late * 1000)
    const { rows } = await db.owner.query(
      'select id, number::integer from leads where campaign_id = $1 order by number',
      [campaign],
    )
    const ids: string[] = rows.map((row) => row.id)
    const base = rows[0].number
    await db.owner.query("update leads set status = 'callback' where id = $1", [ids[4]])
    await db.owner.query('update leads set priority = 5 where id = $1', [ids[7]])
    await db.owner.query('update leads set attempts = 2, max_attempts = 9 where id = any ($1)', [[ids[0], ids[11]]])
    await db.owner.query('update leads set attempts = 1, max_attempts = 9 where id = $1', [ids[10]])
    const orderOf = async (lead_order: 'newest_first' | 'fewest_attempts_first' | 'random' | 'due_first') => {
      await run((tx) => changeCampaign(tx, ws, campaign, { lead_order }, noon))
      await run((tx) => reviewLeads(tx, ws, ids, noon))
      await dateByNumber()
      const foreseen = await peek()
      for (let n = 0; n < 4; n += 1) await claim(3)
      assert.deepEqual(foreseen, await dialed())
      const order = (await dialed()).map(({ lead_number }) => lead_number - base)
      await forget()
      await db.owner.query("update leads set status = 'callback' where id = $1", [ids[4]])
      return order
    }
    assert.deepEqual(await orderOf('due_first'), [4, 7, 0, 1, 2, 3, 5, 6, 8, 9, 10, 11])
    assert.deepEqual(await orderOf('newest_first'), [4, 7, 9, 6, 8, 3, 5, 1, 2, 0, 10, 11])
    assert.deepEqual(await orderOf('fewest_attempts_first'), [4, 7, 1, 2, 3, 5, 6, 8, 9, 10, 0, 11])
    const random = await orderOf('random')
    assert.deepEqual(await orderOf('random'), random, 'the same again')
    assert.deepEqual(random.slice(0, 2), [4, 7])
    assert.deepEqual(
      random.toSorted((a, b) => a - b),
      Array.from(ids, (_, index) => index),
    )
    const lots = await db.owner.query(
      'select number::integer - $2 as n from leads where id = any ($1) order by uuid_hash_extended(id, 0) & 255, number',
      [ids.filter((_, index) => index !== 4 && index !== 7), base],
    )
    assert.deepEqual(
      random.slice(2),
      lots.rows.map((row) => row.n),
    )
  })
})
