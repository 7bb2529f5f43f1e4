import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ContactabilityInput, decideContact, type Verdict } from '#domain/contactability.ts'
import { createRandom } from '#domain/random.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { type Case, makeCase, toInput } from './cases.ts'
import { replayVerdicts } from './replay.ts'
import { dayNameOf, readWall } from './wall-clock.ts'

describe('a verdict asked again', () => {
  let floor: Floor
  before(async () => {
    floor = await openFloor({ channels: 50, concurrent_calls: 50, owner_concurrent_calls: 50 })
  })
  after(() => floor.close())

  it('is the same, from what was stored alone', () => {
    const { verdicts, now, differing } = replayVerdicts(5_000, 11)
    assert.equal(differing, 0)
    assert.ok(now > 500 && now < verdicts)
  })

  it('differs, with one rule altered, in exactly the calls that the rule touches', () => {
    const random = createRandom(12)
    let touched = 0
    for (let index = 0; index < 5_000; index += 1) {
      const one = makeCase(random)
      if (decideContact(toInput(one)).answer !== 'now') continue
      const altered: Case = { ...one, house: { ...one.house, closed_days: [...one.house.closed_days, 'Sat'] } }
      const isSaturday = one.who.zones.some((zone) => dayNameOf(readWall(zone, one.at).date) === 'Sat')
      const { answer } = decideContact(toInput(altered))
      assert.equal(answer !== 'now', isSaturday, new Date(one.at).toISOString())
      if (isSaturday) touched += 1
    }
    assert.ok(touched > 50, `${touched} calls were touched`)
  })

  it('is what stands with each attempt', async () => {
    await floor.startCampaign({ leads: 40 })
    await floor.run(3 * 60_000)
    const { rows } = await floor.db.owner.query<{ verdict: { input: ContactabilityInput; verdict: Verdict } }>(
      'select verdict from attempts',
    )
    assert.ok(rows.length >= 40)
    for (const { verdict } of rows) assert.deepEqual(decideContact(verdict.input), verdict.verdict)
  })
})
