import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agentStates } from '#domain/agent-session.ts'
import { campaignStatuses } from '#domain/campaign.ts'
import { leadStatuses } from '#domain/lead.ts'
import {
  agentStatesOf,
  agentWords,
  campaignStatusesOf,
  campaignWords,
  leadStatusesOf,
  leadWords,
  sayAgentState,
  sayCampaignStatus,
  sayLeadStatus,
  showTime,
} from './words.ts'

describe("the old system's words", () => {
  it('say every state of the model in exactly one of them, as the filters do', () => {
    for (const status of campaignStatuses) {
      const saying = campaignWords.filter((word) => campaignStatusesOf[word].includes(status))
      assert.deepEqual(saying, [sayCampaignStatus(status)], status)
    }
    for (const state of agentStates) {
      const saying = agentWords.filter((word) => agentStatesOf[word].includes(state))
      assert.deepEqual(saying, [sayAgentState(state)], state)
    }
    for (const status of leadStatuses) {
      for (const [known, tries] of [
        ['untried', 0],
        ['tried', 2],
      ] as const) {
        const saying = leadWords.filter((word) => leadStatusesOf[word][known].includes(status))
        assert.deepEqual(saying, [sayLeadStatus(status, tries)], `${status} ${known}`)
      }
    }
  })

  it('are those that the contract gives', () => {
    assert.deepEqual(
      campaignStatuses.map((status) => sayCampaignStatus(status)),
      ['draft', 'draft', 'active', 'paused', 'completed', 'archived', 'archived'],
    )
    const leads = { pending: 'pending', calling: 'pending', callback: 'called', called: 'called', skipped: 'skipped' }
    for (const [status, word] of Object.entries(leads)) assert.equal(sayLeadStatus(status as 'pending', 0), word)
    assert.equal(sayLeadStatus('pending', 1), 'called')
    for (const state of ['reserved', 'on_call', 'wrap_up']) assert.equal(sayAgentState(state), 'busy')
  })

  it('have times without fractions', () => {
    assert.equal(showTime(new Date('2026-02-09T08:00:00.999Z')), '2026-02-09T08:00:00Z')
  })
})
