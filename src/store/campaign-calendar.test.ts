import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { completeFinished } from './campaign-calendar.ts'
import { lockCampaign } from './campaigns.ts'
import { inWorkspace } from './tx.ts'

let db: TestDatabase
const at = Date.parse('2026-03-04T15:00:00Z')

before(async () => {
  db = await openTestDatabase()
})
after(() => db.close())

it('a campaign that is given leads while it is found to be done does not complete', async () => {
  const tenant = await makeTenant(db.app, at)
  const { workspace_id } = tenant
  const campaign = await makeCampaign(db.app, tenant, at, { status: 'active' })
  await loadLeads(db.app, tenant, campaign, numbersFrom(0, 1), at)
  const finish = () =>
    inWorkspace(db.app, tenant, (tx) => tx.query(`update leads set status = 'completed', due_at = null`))
  await finish()
  const complete = () => inWorkspace(db.app, tenant, (tx) => completeFinished(tx, workspace_id, at))
  await inWorkspace(db.app, tenant, async (tx) => {
    await lockCampaign(tx, workspace_id, campaign)
    await tx.query(`update leads set status = 'pending', due_at = $1`, [new Date(at)])
    assert.deepEqual(await complete(), [], 'somebody is at it: left to the next poll')
  })
  assert.deepEqual(await complete(), [], 'it has a lead that is due')
  await finish()
  assert.deepEqual(await complete(), [{ id: campaign, status: 'completed' }])
})
