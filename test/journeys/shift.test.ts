import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Shift, workShift } from '#kit/shift.ts'
import { recountShift } from '#kit/shift-recount.ts'

describe('a shift on the virtual clock', () => {
  let shift: Shift | undefined
  after(() => shift?.floor.close())

  it('adds up: states, times, answers, abandons and notes equal a recount of the events', async () => {
    shift = await workShift({ agents: 6, hours: 0.4, leads: 400 })
    const { figures, faults } = await recountShift(shift)
    assert.deepEqual(faults, [])
    assert.ok(figures.talked > 20 && figures.abandoned > 0, JSON.stringify(figures))
  })
})
