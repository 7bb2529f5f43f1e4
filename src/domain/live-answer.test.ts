import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Detection } from './call.ts'
import { type Answered, type AnswerRules, readAnswer } from './live-answer.ts'

const picked_up = Date.parse('2026-03-04T15:00:10Z')
const asked: AnswerRules = {
  ...{ detects_machines: true, on_machine: 'hang_up', on_detection: {}, machine_sample_percent: 0 },
  waits_from: 'detection',
}
const id = '019b0000-0000-7000-8000-000008000000'

describe('an answer', () => {
  const read = (detection: Detection | null, rules: AnswerRules, afterMs: number, heardMs: number | null = null) =>
    readAnswer({ id, answered_at: new Date(picked_up).toISOString(), detection }, rules, {
      at: picked_up + afterMs,
      heard_at: heardMs === null ? null : picked_up + heardMs,
    })
  const live = (afterMs: number): Answered => ({ as: 'live', waiting_since: picked_up + afterMs })

  it('is live at once where nobody detects', () => {
    for (const detection of [null, 'machine'] as const) {
      assert.deepEqual(read(detection, { ...asked, detects_machines: false }, 500), live(0))
    }
  })

  it('waits for the detection, but not for one that does not come', () => {
    assert.deepEqual(read(null, asked, 3_999), { as: 'unknown_yet' })
    assert.deepEqual(read(null, asked, 4_000), live(4_000))
  })

  it('is live from the detection, or from the answer', () => {
    for (const detection of ['human', 'unknown'] as const) {
      assert.deepEqual(read(detection, asked, 1_400, 1_300), live(1_300))
      assert.deepEqual(read(detection, { ...asked, waits_from: 'answer' }, 1_400, 1_300), live(0))
    }
  })

  it('of a machine reaches an agent only where the campaign says so', () => {
    for (const detection of ['machine', 'fax', 'screened'] as const) {
      assert.deepEqual(read(detection, asked, 2_500, 2_400), { as: 'machine', leave_message: false })
      assert.deepEqual(read(detection, { ...asked, on_machine: 'connect' }, 2_500, 2_400), live(2_400))
    }
  })

  it('of a machine is left a message, but not of a fax, and of who screens calls only where it is said', () => {
    const rules = { ...asked, on_machine: 'leave_message' as const }
    const leaves = (detection: Detection, on_detection: AnswerRules['on_detection'] = {}) =>
      read(detection, { ...rules, on_detection }, 2_500, 2_400)
    assert.deepEqual(leaves('machine'), { as: 'machine', leave_message: true })
    for (const detection of ['fax', 'screened'] as const) {
      assert.deepEqual(leaves(detection), { as: 'machine', leave_message: false })
      assert.deepEqual(leaves(detection, { [detection]: 'connect' }), live(2_400))
    }
    assert.deepEqual(leaves('screened', { screened: 'leave_message' }), { as: 'machine', leave_message: true })
    for (const detection of ['human', 'unknown'] as const) assert.deepEqual(leaves(detection), live(2_400))
  })

  it('of a machine is live where it is one of the sample', () => {
    // The end of its id lies at 3.1 % of all.
    assert.deepEqual(read('machine', { ...asked, machine_sample_percent: 3 }, 2_500, 2_400).as, 'machine')
    assert.deepEqual(read('machine', { ...asked, machine_sample_percent: 4 }, 2_500, 2_400), live(2_400))
    assert.deepEqual(read('fax', { ...asked, machine_sample_percent: 4 }, 2_500, 2_400).as, 'machine')
  })

  it("is not put into the future by a carrier's clock", () => {
    assert.deepEqual(read('human', asked, 100, 60_000), live(100))
  })
})
