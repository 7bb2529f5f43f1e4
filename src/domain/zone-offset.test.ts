import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantOfLocal, isZone, localText, localTime, nextLocalMinute, offsetAt, startOfDay } from './zone-offset.ts'

const zones = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Karachi', 'Pacific/Kiritimati']
const utc = (text: string) => Date.parse(`${text}Z`)

test('agrees with Intl about the wall clock', () => {
  const readers = new Map(
    [...zones, 'Pacific/Pago_Pago', 'Africa/Casablanca', 'Asia/Kathmandu'].map((zone) => [
      zone,
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
    ]),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...readers.keys()),
      fc.integer({ min: utc('1995-01-01T00:00'), max: utc('2060-01-01T00:00') }),
      (zone, at) => assert.equal(localText(zone, at), readers.get(zone)?.format(at)),
    ),
    { numRuns: 4_000 },
  )
})

test('reads weekday, minute and date, on 29 February too', () => {
  assert.deepEqual(localTime('Asia/Karachi', utc('2028-02-28T19:30')), {
    weekday: 2,
    minute_of_day: 30,
    date: '2028-02-29',
  })
  assert.deepEqual(localTime('Pacific/Kiritimati', utc('2026-01-01T10:00')), {
    weekday: 5,
    minute_of_day: 0,
    date: '2026-01-02',
  })
})

test('changes offset at the very millisecond', () => {
  const gap = utc('2026-03-08T07:00')
  assert.equal(offsetAt('America/New_York', gap - 1), -5 * 3_600_000)
  assert.equal(offsetAt('America/New_York', gap), -4 * 3_600_000)
})

test('a minute inside a gap comes at the end of the gap', () => {
  const gap = utc('2026-03-08T07:00')
  assert.equal(nextLocalMinute('America/New_York', 150, gap - 3_600_000), gap)
  assert.equal(nextLocalMinute('Australia/Lord_Howe', 135, utc('2026-10-03T15:00')), utc('2026-10-03T15:30'))
})

test('a minute inside a fold comes twice', () => {
  const first = utc('2026-11-01T05:30')
  assert.equal(nextLocalMinute('America/New_York', 90, first), first)
  assert.equal(nextLocalMinute('America/New_York', 90, first + 1), utc('2026-11-01T06:30'))
  assert.equal(nextLocalMinute('America/New_York', 90, utc('2026-11-01T06:31')), utc('2026-11-02T06:30'))
})

test('knows zone names from other words', () => {
  assert.ok(isZone('Asia/Karachi'))
  assert.ok(isZone('UTC'))
  for (const name of ['', 'Karachi', '+05:00', 'Mars/Base', '5']) assert.ok(!isZone(name), name)
  assert.throws(() => localTime('Mars/Base', 0), /Unknown time zone/)
})

test('reads a local time as the first instant that shows it, and no instant for a minute that a gap skips', () => {
  assert.equal(instantOfLocal('America/New_York', '2026-11-23T15:00'), utc('2026-11-23T20:00'))
  assert.equal(instantOfLocal('Asia/Kolkata', '2026-11-23T15:00'), utc('2026-11-23T09:30'))
  assert.equal(instantOfLocal('America/New_York', '2026-03-08T02:30'), null)
  assert.equal(instantOfLocal('America/New_York', '2026-03-08T03:00'), utc('2026-03-08T07:00'))
  assert.equal(instantOfLocal('America/New_York', '2026-11-01T01:30'), utc('2026-11-01T05:30'))
  assert.equal(instantOfLocal('Australia/Lord_Howe', '2026-10-04T02:15'), null)
  for (const text of ['2026-02-29T10:00', '2026-13-01T10:00', '2026-02-01T24:00', '2026-02-01T10:61', 'tomorrow']) {
    assert.equal(instantOfLocal('UTC', text), null, text)
  }
  const minutes = fc.integer({ min: utc('2020-01-01T00:00') / 60_000, max: utc('2037-01-01T00:00') / 60_000 })
  fc.assert(
    fc.property(fc.constantFrom(...zones, 'Africa/Casablanca'), minutes, (zone, minute) => {
      const text = localText(zone, minute * 60_000).replace(' ', 'T')
      const found = instantOfLocal(zone, text) ?? Number.NaN
      assert.equal(localText(zone, found).replace(' ', 'T'), text)
      assert.ok(found <= minute * 60_000)
    }),
    { numRuns: 3_000 },
  )
})

test('a day begins at its first instant, also where a gap skips its midnight', () => {
  assert.equal(startOfDay('America/New_York', '2026-03-08'), utc('2026-03-08T05:00'))
  assert.equal(startOfDay('America/New_York', '2026-03-09'), utc('2026-03-09T04:00'))
  // Cairo's clocks went from 00:00 to 01:00 on 24 April 2026.
  assert.equal(localText('Africa/Cairo', startOfDay('Africa/Cairo', '2026-04-24')), '2026-04-24 01:00')
  fc.assert(
    fc.property(
      fc.constantFrom(...zones, 'Africa/Cairo', 'America/Havana', 'Pacific/Pago_Pago'),
      fc.integer({ min: utc('2015-01-01T00:00'), max: utc('2035-01-01T00:00') }),
      (zone, at) => {
        const { date } = localTime(zone, at)
        const start = startOfDay(zone, date)
        assert.equal(localTime(zone, start).date, date)
        assert.ok(start <= at && localTime(zone, start - 1).date < date)
      },
    ),
  )
})
