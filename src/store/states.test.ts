import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { agentStates } from '#domain/agent-session.ts'
import { attemptStates, holdsSlot } from '#domain/attempt.ts'
import { callStates } from '#domain/call.ts'
import { campaignModes, campaignStatuses, completionRules, leadOrders } from '#domain/campaign.ts'
import { leadStatuses } from '#domain/lead.ts'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'

describe('the words of the domain and of the database', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  /** The values that a column's check constraint allows. */
  async function allowed(table: string, column: string): Promise<string[]> {
    const { rows } = await db.owner.query(
      `select pg_get_constraintdef(oid) as definition from pg_constraint
       where conrelid = $1::regclass and contype = 'c' and conname = $2`,
      [table, `${table}_${column}_check`],
    )
    return [...(rows[0].definition as string).matchAll(/'(\w+)'::text/g)].map((match) => match[1] as string)
  }

  it('are the same', async () => {
    assert.deepEqual(await allowed('campaigns', 'status'), [...campaignStatuses])
    assert.deepEqual(await allowed('campaigns', 'mode'), [...campaignModes])
    assert.deepEqual(await allowed('campaigns', 'completes'), [...completionRules])
    assert.deepEqual(await allowed('campaigns', 'lead_order'), [...leadOrders])
    assert.deepEqual(await allowed('leads', 'status'), [...leadStatuses])
    assert.deepEqual(await allowed('attempts', 'state'), [...attemptStates])
    assert.deepEqual(await allowed('calls', 'state'), [...callStates])
    assert.deepEqual(await allowed('agent_sessions', 'state'), [...agentStates])
  })

  it('an attempt holds its slot exactly while it has no end', async () => {
    const { rows } = await db.owner.query(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'attempts_check'`,
    )
    const live = [...(rows[0].definition as string).matchAll(/'(\w+)'::text/g)].map((match) => match[1])
    assert.deepEqual(live, attemptStates.filter(holdsSlot))
  })
})
