import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createSystemClock } from './clock.ts'
import { createVirtualClock } from './virtual-clock.ts'

describe('the system clock', () => {
  it('shows the time of day and never calls early', async () => {
    const clock = createSystemClock()
    assert.ok(Math.abs(clock.now() - Date.now()) < 1000)
    const orders = Array.from({ length: 20 }, (_, index) => clock.now() + index)
    await Promise.all(
      orders.map(
        (time) => new Promise<void>((resolve) => clock.at(time, () => resolve(assert.ok(clock.now() >= time)))),
      ),
    )
  })

  it('forgets an order that was taken back', async () => {
    const clock = createSystemClock()
    const cancel = clock.at(clock.now(), () => assert.fail('it was taken back'))
    cancel()
    await new Promise<void>((resolve) => clock.at(clock.now() + 3, resolve))
  })

  it('does not fire at once what is further off than a timer reaches', async () => {
    const clock = createSystemClock()
    const cancel = clock.at(clock.now() + 60 * 24 * 3600 * 1000, () => assert.fail('sixty days early'))
    await new Promise<void>((resolve) => clock.at(clock.now() + 3, resolve))
    cancel()
  })
})

describe('the virtual clock', () => {
  it('runs what is due in order, what was ordered on the way too, and nothing further', () => {
    const clock = createVirtualClock(1000)
    const seen: string[] = []
    const note = (name: string) => () => seen.push(`${name}@${clock.now()}`)
    clock.at(1020, note('second'))
    clock.at(1010, () => clock.at(1015, note('first')))
    clock.at(1020, note('third'))
    clock.at(1031, note('later'))
    clock.at(1012, note('never'))()
    clock.advanceTo(1030)
    assert.deepEqual(seen, ['first@1015', 'second@1020', 'third@1020'])
    assert.equal(clock.now(), 1030)
    assert.equal(clock.step(), true)
    assert.equal(clock.step(), false)
    assert.equal(seen.at(-1), 'later@1031')
  })
})
