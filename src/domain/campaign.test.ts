import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allowedTransitions, campaignStatuses, mayMove } from './campaign.ts'

describe('a campaign', () => {
  it('ends for good only when it is archived', () => {
    for (const status of campaignStatuses) {
      assert.equal(allowedTransitions(status).length === 0, status === 'archived', status)
    }
  })

  it('pauses and goes on, and begins again when leads were added', () => {
    assert.ok(mayMove('active', 'paused') && mayMove('paused', 'active') && mayMove('completed', 'active'))
  })

  it('neither comes back from its cancellation nor goes straight from active to the archive', () => {
    assert.ok(!mayMove('cancelled', 'active') && !mayMove('active', 'archived') && !mayMove('scheduled', 'paused'))
  })
})
