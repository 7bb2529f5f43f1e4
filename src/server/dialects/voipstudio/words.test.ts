import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type CallFacts, callStates, newCall, outcomes } from '#domain/call.ts'
import { campaignModes, campaignStatuses } from '#domain/campaign.ts'
import { leadStatuses } from '#domain/lead.ts'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import {
  leadStatusesOf,
  modesOf,
  statusesOf,
  wordOfCall,
  wordOfDisposition,
  wordOfLead,
  wordOfMode,
  wordOfStatus,
} from './words.ts'

describe('the words of the older client', () => {
  let db: TestDatabase
  before(async () => {
    db = await openTestDatabase()
  })
  after(() => db.close())

  it('are there for all that the model knows, and mean that again', () => {
    for (const status of campaignStatuses) assert.ok(statusesOf(wordOfStatus(status)).includes(status))
    for (const mode of campaignModes) assert.ok(modesOf(wordOfMode(mode)).includes(mode))
    for (const status of leadStatuses) assert.ok(leadStatusesOf(wordOfLead(status)).includes(status))
    assert.deepEqual(campaignStatuses.map(wordOfStatus), [
      ...['draft', 'draft', 'active', 'paused', 'completed', 'archived', 'archived'],
    ])
    assert.deepEqual(leadStatuses.map(wordOfLead), [
      ...['pending', 'calling', 'callback', 'completed', 'completed', 'failed', 'failed', 'do-not-call'],
    ])
    assert.equal(wordOfDisposition('do_not_call'), 'do-not-call')
  })

  it('say of a call what the store says of it', async () => {
    const facts: CallFacts[] = callStates.flatMap((state) =>
      (state === 'ended' ? outcomes : [null]).flatMap((outcome) =>
        [null, '2026-03-04T15:00:00Z'].map((answered_at) => ({ ...newCall, state, outcome, answered_at })),
      ),
    )
    const { rows } = await db.owner.query<{ status: string }>(
      `select call_status(f ->> 'state', f ->> 'outcome', f ->> 'answered_at' is not null) as status
       from jsonb_array_elements($1) with ordinality as e (f, place) order by place`,
      [JSON.stringify(facts)],
    )
    assert.deepEqual(
      facts.map(wordOfCall),
      rows.map(({ status }) => status),
    )
  })
})
