import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { closesAt, isOpen, nextOpen, nextOpenAll, type TimeWindow, type WeekHours, weekOf } from './calling-hours.ts'
import { localText } from './zone-offset.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const iso = (at: number | null | undefined) => (at == null ? at : new Date(at).toISOString().slice(0, 16))
const MINUTE = 60_000

/** The oracle: what Intl's own clock says, asked minute by minute, with the rule spelled out in the plainest way. */
const readers = new Map<string, Intl.DateTimeFormat>()
function oracleIsOpen(window: TimeWindow, at: number): boolean {
  let reader = readers.get(window.zone)
  if (!reader) {
    reader = new Intl.DateTimeFormat('sv-SE', { timeZone: window.zone, dateStyle: 'short', timeStyle: 'short' })
    readers.set(window.zone, reader)
  }
  const [date = '', clock = ''] = reader.format(at).split(' ')
  if (window.closed_dates?.includes(date)) return false
  const minute = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
  const today = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7
  const within = ([start, end]: readonly [number, number]) =>
    end > start ? minute >= start && minute < end : minute >= start
  const spills = ([start, end]: readonly [number, number]) => end <= start && minute < end
  return (window.hours[today] ?? []).some(within) || (window.hours[(today + 6) % 7] ?? []).some(spills)
}

const zones = [
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Karachi',
  'America/Los_Angeles',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kathmandu',
  'America/St_Johns',
]
const hoursArb: fc.Arbitrary<WeekHours> = fc.array(
  fc.array(fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1440 })), { maxLength: 2 }),
  { minLength: 7, maxLength: 7 },
)
/** Half the instants fall within two days of a change of the clocks. */
const changes = ['2026-03-08T07:00', '2026-11-01T06:00', '2026-03-29T01:00', '2026-10-25T01:00', '2026-10-03T15:30']
const instantArb = fc.oneof(
  fc.integer({ min: utc('2026-01-01T00:00'), max: utc('2029-01-01T00:00') }),
  fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -2880, max: 2880 })).map(([at, m]) => utc(at) + m * MINUTE),
)
const windowArb: fc.Arbitrary<TimeWindow> = fc.record({ hours: hoursArb, zone: fc.constantFrom(...zones) })

test('is open exactly when the wall clock says so', () => {
  fc.assert(
    fc.property(windowArb, instantArb, (window, at) => assert.equal(isOpen(window, at), oracleIsOpen(window, at))),
    { numRuns: 20_000 },
  )
})

/** Steps through the minutes after `at`; within a minute nothing changes, as no clock differs by seconds. */
function stepUntil(at: number, limitMinutes: number, found: (at: number) => boolean): number | null {
  if (found(at)) return at
  for (let now = Math.floor(at / MINUTE) * MINUTE + MINUTE; now < at + limitMinutes * MINUTE; now += MINUTE) {
    if (found(now)) return now
  }
  return null
}

test('opens and closes next where minute-by-minute stepping finds it', () => {
  const limit = 600
  fc.assert(
    fc.property(windowArb, instantArb, (window, at) => {
      const opens = stepUntil(at, limit, (now) => oracleIsOpen(window, now))
      if (opens !== null) assert.equal(iso(nextOpen(window, at)), iso(opens))
      else assert.ok((nextOpen(window, at) ?? Number.POSITIVE_INFINITY) >= at + limit * MINUTE)
      const closes = stepUntil(at, limit, (now) => !oracleIsOpen(window, now))
      if (closes !== null) assert.equal(iso(closesAt(window, at)), iso(closes))
      else assert.ok((closesAt(window, at) ?? Number.POSITIVE_INFINITY) >= at + limit * MINUTE)
    }),
    { numRuns: 1_500 },
  )
})

test('several windows: the answer is open in all, and nothing before it is', () => {
  fc.assert(
    fc.property(fc.array(windowArb, { minLength: 1, maxLength: 3 }), instantArb, (windows, at) => {
      const next = nextOpenAll(windows, at)
      const end = Math.min(next?.at ?? Number.POSITIVE_INFINITY, at + 2_000 * MINUTE)
      if (next) assert.ok(windows.every((window) => isOpen(window, next.at)))
      for (let now = at; now < end; now += 7 * MINUTE) assert.ok(!windows.every((window) => isOpen(window, now)))
    }),
    { numRuns: 2_000 },
  )
})

test('a gap swallows the opening; the window opens at the end of the gap', () => {
  const newYork = { hours: weekOf(150, 600), zone: 'America/New_York' }
  assert.equal(iso(nextOpen(newYork, utc('2026-03-08T06:00'))), '2026-03-08T07:00')
  const inside = { hours: weekOf(130, 170), zone: 'America/New_York' }
  assert.equal(iso(nextOpen(inside, utc('2026-03-08T06:00'))), '2026-03-09T06:10')
  const lordHowe = { hours: weekOf(135, 600), zone: 'Australia/Lord_Howe' }
  assert.equal(iso(nextOpen(lordHowe, utc('2026-10-03T15:00'))), '2026-10-03T15:30')
})

test('a fold shows an hour twice; the window is open in both passes', () => {
  const london = { hours: weekOf(60, 90), zone: 'Europe/London' }
  assert.ok(isOpen(london, utc('2026-10-25T00:10')))
  assert.ok(!isOpen(london, utc('2026-10-25T00:40')))
  assert.ok(isOpen(london, utc('2026-10-25T01:10')))
  assert.equal(iso(closesAt(london, utc('2026-10-25T00:10'))), '2026-10-25T00:30')
})

test('zones 25 hours apart share a morning, on two dates; hours that never meet are never', () => {
  const windows = [
    { hours: weekOf(540, 720), zone: 'Pacific/Kiritimati' },
    { hours: weekOf(540, 720), zone: 'Pacific/Pago_Pago' },
  ]
  const next = nextOpenAll(windows, utc('2026-06-01T00:00'))
  assert.equal(iso(next?.at), '2026-06-01T20:00')
  assert.equal(nextOpenAll([{ hours: weekOf(540, 720, [1]), zone: 'UTC' }, ...windows], 0), null)
})

test('midnight does not end a window that crosses it, a closed date does', () => {
  const night: TimeWindow = { hours: weekOf(1320, 120, [5]), zone: 'Asia/Karachi' }
  assert.equal(iso(nextOpen(night, utc('2026-06-01T00:00'))), '2026-06-05T17:00')
  assert.equal(iso(closesAt(night, utc('2026-06-05T18:00'))), '2026-06-05T21:00')
  const shut = { ...night, closed_dates: ['2026-06-06'] }
  assert.equal(iso(closesAt(shut, utc('2026-06-05T18:00'))), '2026-06-05T19:00')
  assert.ok(!isOpen(shut, utc('2026-06-05T19:30')))
})

test('29 February is a day like any other', () => {
  const leapDay: TimeWindow = { hours: weekOf(540, 600, [2]), zone: 'America/New_York' }
  assert.equal(iso(nextOpen(leapDay, utc('2028-02-28T20:00'))), '2028-02-29T14:00')
  assert.equal(iso(nextOpen({ ...leapDay, closed_dates: ['2028-02-29'] }, utc('2028-02-28T20:00'))), '2028-03-07T14:00')
})

test('hours that never open have no next opening; hours that never shut have no closing', () => {
  assert.equal(nextOpen({ hours: weekOf(0, 0, []), zone: 'UTC' }, 0), null)
  assert.equal(closesAt({ hours: weekOf(0, 0), zone: 'Europe/London' }, 0), null)
})

test('every day of a year opens once, at nine', () => {
  for (const zone of ['America/New_York', 'Europe/London', 'Asia/Karachi']) {
    const window = { hours: weekOf(540, 1260), zone }
    let at = utc('2026-01-01T15:00')
    for (let day = 0; day < 365; day += 1) {
      const opens = nextOpen(window, closesAt(window, at) as number) as number
      const date = new Date(utc('2026-01-02T00:00') + day * 1440 * MINUTE).toISOString().slice(0, 10)
      assert.equal(localText(zone, opens), `${date} 09:00`)
      at = opens
    }
  }
})
