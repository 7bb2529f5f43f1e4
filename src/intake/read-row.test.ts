import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Column } from './columns.ts'
import type { ColumnRole } from './fields.ts'
import { createRowReader, type RowRules } from './read-row.ts'
import { readDate } from './row-dates.ts'
import { readCountry, readZone } from './row-place.ts'

const rules: RowRules = {
  numbers: { country: 'PK', drop_prefixes: ['ap', 'b'] },
  dates: { order: 'day_first', zone: 'Asia/Karachi' },
  default_attempts: 1,
}
const columnsOf = (roles: readonly ColumnRole[]): Column[] =>
  roles.map((role, index) => ({ name: `c${index}`, role, confidence: 1, samples: [] }))

function read(cells: Partial<Record<ColumnRole, string>>, given: Partial<RowRules> = {}) {
  const roles = Object.keys(cells) as ColumnRole[]
  const reading = createRowReader(columnsOf(roles), { ...rules, ...given })(roles.map((role) => cells[role] ?? ''))
  assert.ok(reading.ok, JSON.stringify(reading))
  return reading.person
}

test('numbers are cleaned by the rules of the list, and read as the row’s own country where it states one', () => {
  for (const phone of ['ap923001234567', 'b 0300-1234567', '00923001234567', '+92 300 1234567', '923001234567.0']) {
    assert.equal(read({ phone }).phones[0]?.number, '+923001234567')
  }
  assert.equal(read({ phone: '(212) 555-0101', country: 'United States' }).phones[0]?.number, '+12125550101')
  assert.equal(read({ phone: '020 7946 0123', country: 'UK' }).phones[0]?.number, '+442079460123')
})

test('one name splits at the last space, two join with one', () => {
  const name = (cells: Partial<Record<ColumnRole, string>>) => {
    const { full_name, first_name, last_name } = read({ phone: '03001234567', ...cells })
    return [full_name, first_name, last_name]
  }
  assert.deepEqual(name({ full_name: ' Mary Ann Smith ' }), ['Mary Ann Smith', 'Mary Ann', 'Smith'])
  assert.deepEqual(name({ full_name: 'Madonna' }), ['Madonna', 'Madonna', ''])
  assert.deepEqual(name({ first_name: 'Ann', last_name: 'Lee' }), ['Ann Lee', 'Ann', 'Lee'])
  assert.deepEqual(name({ last_name: 'Lee' }), ['Lee', '', 'Lee'])
  assert.deepEqual(name({}), ['', '', ''])
})

test('attempts are the budget where the import says so; blank and words are the default', () => {
  const budget = (attempts: string, given = {}) => read({ phone: '03001234567', attempts }, given).max_attempts
  assert.deepEqual(
    ['5', '', 'many', '0', '101'].map((text) => budget(text)),
    [5, 1, 1, 1, 1],
  )
  const kept = read({ phone: '03001234567', attempts: '5' }, { default_attempts: null })
  assert.deepEqual([kept.max_attempts, kept.custom], [null, '{"c1":"5"}'])
})

test('dates are read as lists have them, and nothing else is a date', () => {
  const at = (text: string, order: 'day_first' | 'month_first' = 'day_first') => {
    const date = readDate(text, { order, zone: 'America/New_York' })
    return date && new Date(date.at).toISOString()
  }
  const day = '2026-02-09T00:00:00.000Z'
  for (const text of [
    '2026-02-09',
    '2026/2/9',
    '20260209',
    '09/02/2026',
    '9.2.2026',
    '09-02-26',
    '9 Feb 2026',
    'February 9, 2026',
    'Feb 9th 2026',
  ]) {
    assert.equal(at(text), day, text)
  }
  assert.equal(at('02/09/2026', 'month_first'), day)
  assert.equal(at('02/13/2026'), '2026-02-13T00:00:00.000Z')
  assert.equal(at('2026-02-09T14:30:00Z'), '2026-02-09T14:30:00.000Z')
  assert.equal(at('2026-02-09T14:30:00+05:00'), '2026-02-09T09:30:00.000Z')
  assert.equal(at('2026-02-09 14:30'), '2026-02-09T19:30:00.000Z')
  assert.equal(at('9/2/2026 2:30 PM'), '2026-02-09T19:30:00.000Z')
  assert.equal(
    readDate('2026-02-09', { order: 'day_first', zone: 'America/New_York' })?.begins_at,
    Date.parse('2026-02-09T05:00:00Z'),
  )
  for (const text of [
    '',
    'tomorrow',
    '2026-02-31',
    '31/31/2026',
    '0000-00-00',
    '2026-02-09 25:00',
    '2026-02-09 or so',
    '12345',
  ]) {
    assert.equal(at(text), null, text)
  }
})

test('countries and zones are read by code and name; what is no zone is kept as a custom column', () => {
  assert.deepEqual(['pk', 'Pakistan', 'ALEMANIA', 'Deutschland', 'U.S.A.', 'Atlantis'].map(readCountry), [
    'PK',
    'PK',
    'DE',
    'DE',
    'US',
    null,
  ])
  assert.deepEqual(['america/new_york', 'Asia/Karachi', 'EST', '+05:00', 'Mars/Base'].map(readZone), [
    'America/New_York',
    'Asia/Karachi',
    null,
    null,
    null,
  ])
  const person = read({ phone: '03001234567', time_zone: 'EST' })
  assert.deepEqual([person.time_zone, person.custom], [null, '{"c1":"EST"}'])
})
