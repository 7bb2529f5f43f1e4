import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { neverRows } from './contactability-rules.ts'
import { latestPacks } from './rule-packs/rule-packs.ts'
import { isCapRule, isHoursRule, sayRule, topRule } from './rule-words.ts'

describe('what holds people back', () => {
  it('has words for every rule that says never, and for those of the packs', () => {
    for (const { rule } of neverRows) assert.doesNotMatch(sayRule(rule.id), /^the rule/, rule.id)
    assert.equal(sayRule('us/fl/hours'), 'the calling hours of US-FL are closed')
    assert.equal(sayRule('us/fl/attempts'), 'their number was called as often as US-FL allows')
    assert.equal(sayRule('default/hours'), 'the calling hours of most countries are closed')
    assert.equal(sayRule('in/preference_bands'), 'the calling hours of IN are closed')
    assert.equal(sayRule('custom/office/hours'), 'the calling hours of the workspace are closed')
    assert.equal(sayRule('us/ut/holidays'), 'it is a closed day of US-UT')
    assert.equal(sayRule('house/whim'), 'the rule house/whim holds them')
  })

  it('knows rules about hours and about how often somebody was called', () => {
    const packs = latestPacks()
    const hours = packs.flatMap((pack) => [...pack.hours, ...pack.closed_dates])
    assert.ok(hours.length > 20 && hours.every(({ id }) => isHoursRule(id) && !isCapRule(id)))
    const caps = packs.flatMap((pack) => pack.attempts)
    assert.ok(caps.length > 2 && caps.every(({ id }) => isCapRule(id) && !isHoursRule(id)))
    assert.deepEqual([isHoursRule('campaign_starts'), isHoursRule('lead_not_before')], [true, false])
  })

  it('names the one that holds most', () => {
    assert.deepEqual(topRule({ consent: 2, do_not_call: 5, destination: 5 }), { rule: 'destination', count: 5 })
    assert.equal(topRule({}), null)
  })
})
