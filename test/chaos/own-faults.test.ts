import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'
import { moveCampaign } from '#store/campaigns.ts'
import { openPool } from '#store/database.ts'
import { inWorkspace } from '#store/tx.ts'

describe('what breaks on our own side', { concurrency: false }, () => {
  let floor: Floor
  after(() => floor.close())

  it('a connection that the server cuts while it is lent out ends nobody', async () => {
    floor = await openFloor({ channels: 2 })
    const broken = Promise.withResolvers<Error>()
    const pool = openPool({ connectionString: floor.db.url_owner }, { max: 1, onError: broken.resolve })
    const client = await pool.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await floor.db.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    assert.match((await broken.promise).message, /terminat/)
    client.release(true)
    assert.equal((await pool.query('select')).rowCount, 1)
    await pool.end()
  })

  it('a carrier that can not be looked up leaves the attempt to the sweeper, and no brake held', async () => {
    const { carrierOf, log } = floor.engine
    floor.engine.log = { info: () => {}, error: () => {} }
    floor.engine.carrierOf = async () => {
      throw new Error('the database went away')
    }
    const campaign = await floor.startCampaign({ leads: 1 })
    await floor.dialer.poll([floor.tenant.workspace_id])
    await floor.dialer.idle()
    const { rows } = await floor.db.owner.query('select state from attempts')
    assert.deepEqual(rows, [{ state: 'unknown' }])
    Object.assign(floor.engine, { carrierOf, log })
    const paused = await inWorkspace(floor.db.app, floor.tenant, async (tx) => {
      await tx.query(`set local lock_timeout = '5s'`)
      return moveCampaign(tx, floor.tenant.workspace_id, campaign, {
        to: 'paused',
        reason: null,
        at: floor.clock.now(),
      })
    })
    assert.equal(paused?.status, 'paused')
  })
})
