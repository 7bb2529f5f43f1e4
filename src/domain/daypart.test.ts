import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inAnotherDaypart } from './daypart.ts'
import { localTime } from './zone-offset.ts'

const zone = 'America/New_York'
const at = (text: string) => Date.parse(`${text}-05:00`)

test('a retry leaves the part of the day in which nobody was there', () => {
  const tried = at('2026-03-02T09:30:00')
  assert.equal(inAnotherDaypart(zone, tried, at('2026-03-02T10:30:00')), at('2026-03-02T12:00:00'))
  assert.equal(inAnotherDaypart(zone, tried, at('2026-03-02T13:30:00')), at('2026-03-02T13:30:00'))
  const evening = at('2026-03-02T18:00:00')
  assert.equal(inAnotherDaypart(zone, evening, at('2026-03-02T19:00:00')), at('2026-03-03T00:00:00'))
  assert.equal(inAnotherDaypart(zone, evening, at('2026-03-03T18:00:00')), at('2026-03-04T00:00:00'))
})

test('never sooner than asked, within a day, and in another part, on days of a clock change too', () => {
  const zones = ['America/New_York', 'Europe/London', 'Asia/Karachi', 'Australia/Lord_Howe']
  const partOf = (name: string, instant: number) => {
    const minute = localTime(name, instant).minute_of_day
    return minute < 720 ? 'morning' : minute < 1020 ? 'afternoon' : 'evening'
  }
  const year = { min: at('2026-01-01T00:00:00'), max: at('2027-01-01T00:00:00') }
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer(year), fc.nat(3 * 86_400_000), (name, tried, later) => {
      const next = inAnotherDaypart(name, tried, tried + later)
      assert.ok(next >= tried + later && next <= tried + later + 86_400_000)
      assert.notEqual(partOf(name, next), partOf(name, tried))
    }),
  )
})
