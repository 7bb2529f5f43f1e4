import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { claimAttempts } from '#dialer/claim.ts'
import { dispatchClaims } from '#dialer/dispatcher.ts'
import type { Engine } from '#dialer/engine.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { numbersFrom } from '#kit/tenant.ts'
import { holdBrakesShared } from '#store/campaign-brake.ts'
import { moveCampaign } from '#store/campaigns.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import { openPool } from '#store/database.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'

const leads = 120
const claimedAtOnce = 3

describe('what stops a dial', { concurrency: false }, () => {
  const closing: (() => Promise<unknown>)[] = []
  after(async () => {
    for (const close of closing.reverse()) await close()
  })

  async function open(): Promise<{ floor: Floor; engines: Engine[] }> {
    const floor = await openFloor({ channels: 1000, concurrent_calls: 1000, owner_concurrent_calls: 1000 })
    closing.push(floor.close)
    const pool = openPool({ connectionString: floor.db.url_owner }, { max: 8, onError: () => {} })
    closing.push(() => pool.end())
    // Nobody else is to be woken: the test itself is the only one who dials.
    const engine = { ...floor.engine, wake: () => {} }
    return { floor, engines: [engine, { ...engine, pool, worker: 'another process' }] }
  }

  /** Dials as fast as it can until nothing is due. */
  async function dialAll(engine: Engine, floor: Floor, campaignId: string): Promise<void> {
    const { workspace_id } = floor.tenant
    const wanted = [{ campaign_id: campaignId, take: claimedAtOnce }]
    for (;;) {
      const { claims } = await claimAttempts(engine, workspace_id, () => wanted)
      if (claims.length === 0) return
      await (await dispatchClaims(engine, workspace_id, claims)).answered
    }
  }

  const pause = (floor: Floor, campaignId: string) =>
    inWorkspace(floor.db.app, floor.tenant, (tx) =>
      moveCampaign(tx, floor.tenant.workspace_id, campaignId, { to: 'paused', reason: null, at: floor.clock.now() }),
    )

  /** Until an intent is committed: its command is on its way, under the brake. */
  async function untilDialing(floor: Floor): Promise<void> {
    while ((await floor.db.owner.query(`select from attempts where state = 'dialing'`)).rowCount === 0) {}
  }

  it('no claim made after a suppression was committed dials that number', async () => {
    const { floor, engines } = await open()
    const campaign = await floor.startCampaign({ leads })
    /** For each suppressed number the attempts that were there when it was added; claims had to wait meanwhile. */
    const before = new Map<string, string[]>()
    let dialing = true
    async function suppress(numbers: string[]): Promise<void> {
      for (const number of numbers) {
        if (!dialing) return
        await inWorkspace(floor.db.app, floor.tenant, async (tx) => {
          await holdClaims(tx, floor.tenant.workspace_id)
          await tx.query(
            `insert into suppressions (workspace_id, id, number, reason, source, created_at)
             values ($1, $2, $3, 'asked us to', 'customer_request', $4)`,
            [floor.tenant.workspace_id, newId(floor.clock.now()), number, new Date(floor.clock.now())],
          )
          const { rows } = await tx.query<{ id: string }>('select id from attempts where number = $1', [number])
          before.set(
            number,
            rows.map((row) => row.id),
          )
        })
      }
    }
    // From the end of the list, so that most numbers are still to be dialed when they are suppressed.
    const suppressing = suppress(numbersFrom(0, leads).reverse())
    await Promise.all(engines.map((engine) => dialAll(engine, floor, campaign)))
    dialing = false
    await suppressing
    const { rows: attempts } = await floor.db.owner.query('select id, number from attempts')
    for (const { id, number } of attempts) assert.ok(before.get(number)?.includes(id) ?? true, `${number} was claimed`)
    for (const { attempt_id, number } of floor.dials()) assert.ok(before.get(number)?.includes(attempt_id) ?? true)
    const spared = [...before.values()].filter((ids) => ids.length === 0).length
    // How many it is of each depends on who is quicker; that both happened is what gives the rest its meaning.
    assert.ok(spared > 0 && floor.dials().length > 0, `${spared} spared, ${floor.dials().length} dialed`)
  })

  it('after a pause was answered the ledger has no new dial, however fast the campaign runs', async () => {
    const { floor, engines } = await open()
    for (let round = 0; round < 5; round += 1) {
      const campaign = await floor.startCampaign({ leads: 60, first_number: round * 1000 })
      const begun = floor.dials().length
      const dialing = Promise.all(engines.map((engine) => dialAll(engine, floor, campaign)))
      while (floor.dials().length < begun + 5 + round * 5) await floor.db.owner.query('select')
      await pause(floor, campaign)
      const answered = floor.dials().length
      await dialing
      assert.equal(floor.dials().length, answered)
      assert.ok(answered < begun + 60, 'it was paused in the middle')
    }
  })

  it('a pause waits for the command that is on its way', async () => {
    const { floor, engines } = await open()
    const campaign = await floor.startCampaign({ leads: 6 })
    const travelling = Promise.withResolvers<void>()
    const [engine] = engines as [Engine]
    const { carrierOf } = engine
    engine.carrierOf = async (workspaceId, trunkId) => {
      const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
      return {
        ...carrier,
        async dial(command, signal) {
          await travelling.promise
          return carrier.dial(command, signal)
        },
      }
    }
    const dialing = dialAll(engine, floor, campaign)
    await untilDialing(floor)
    let answered: number | null = null
    const pausing = pause(floor, campaign).then(() => {
      answered = floor.dials().length
    })
    const waiting = `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`
    while ((await floor.db.owner.query(waiting)).rowCount === 0) {}
    assert.equal(answered, null)
    travelling.resolve()
    await pausing
    await dialing
    assert.equal(answered, claimedAtOnce)
    assert.equal(floor.dials().length, claimedAtOnce)
  })

  it('a command that was held up longer than the pause waits for it does not leave at all', async () => {
    const { floor, engines } = await open()
    const campaign = await floor.startCampaign({ leads: 3 })
    const found = Promise.withResolvers<void>()
    const [engine] = engines as [Engine]
    const { carrierOf } = engine
    engine.carrierOf = async (workspaceId, trunkId) => {
      await found.promise
      return carrierOf(workspaceId, trunkId)
    }
    const dialing = dialAll(engine, floor, campaign)
    await untilDialing(floor)
    await pause(floor, campaign)
    const answered = floor.dials().length
    found.resolve()
    await dialing
    assert.equal(floor.dials().length, answered)
  })

  it('a pause gets through beside a dialer that froze with the brake in its hands', async () => {
    const { floor } = await open()
    const campaign = await floor.startCampaign({ leads: 1 })
    const frozen = await holdBrakesShared(floor.db.app, floor.tenant.workspace_id, [campaign], async () => null)
    const moved = await pause(floor, campaign)
    assert.equal(moved?.status, 'paused')
    await frozen.release()
  })
})
