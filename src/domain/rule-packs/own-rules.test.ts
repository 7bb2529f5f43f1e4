import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findFaults, listLoosened } from './own-rules.ts'
import { ownRows } from './read-pack.ts'
import { readOwnRows, rulesFor } from './rule-packs.ts'

const source = 'the house'
const faultsOf = (rows: object, country = 'US') =>
  findFaults(ownRows.parse(rows), country).map(({ path, message }) => `${path}: ${message}`)

test('rules that narrow are taken', () => {
  const hours = [{ id: 'custom/hours', value: { 'mon-fri': '10:00-18:00' }, source }]
  const attempts = [{ id: 'custom/attempts', value: { calls: 2, within_hours: 24 }, source }]
  assert.deepEqual(faultsOf({ hours, attempts }), [])
  assert.deepEqual(listLoosened(ownRows.parse({ hours, attempts })), [])
})

test('hours that the law never leaves open contradict it, where they hold', () => {
  const night = { id: 'custom/night/hours', value: { 'mon-sun': '22:00-06:00' }, source }
  assert.deepEqual(faultsOf({ hours: [night] }), ['custom/night/hours: is never open together with us/hours'])
  assert.deepEqual(faultsOf({ hours: [night] }, 'PK'), [
    'custom/night/hours: is never open together with default/hours',
  ])
  const sunday = { id: 'custom/sunday/hours', value: { sun: '10:00-12:00' }, source }
  assert.deepEqual(faultsOf({ hours: [sunday] }), [])
  assert.deepEqual(faultsOf({ hours: [{ ...sunday, country: 'FR' }] }), [
    'custom/sunday/hours: is never open together with eu/fr/hours',
  ])
  assert.deepEqual(faultsOf({ hours: [{ ...sunday, state: 'UT' }] }), [
    'custom/sunday/hours: is never open together with us/hours, us/ut/hours',
  ])
})

test('two rows that are never open together contradict each other', () => {
  const rows = ['08:00-10:00', '11:00-12:00'].map((span, index) => ({
    ...{ id: `custom/h${index}/hours`, value: { 'mon-sun': span }, source },
  }))
  assert.equal(faultsOf({ hours: rows }).length, 2)
  assert.deepEqual(
    faultsOf({
      hours: [
        { ...rows[0], country: 'US' },
        { ...rows[1], country: 'GB' },
      ],
    }),
    [],
  )
})

test('what names nothing there is, or stands twice, is told by its row', () => {
  const row = { id: 'custom/a/hours', source, value: { 'mon-sun': '09:00-18:00' } }
  assert.deepEqual(faultsOf({ hours: [row, row] }), ['custom/a/hours: stands twice'])
  assert.deepEqual(faultsOf({ hours: [{ ...row, id: 'us/hours' }] }), ['us/hours: must be as in custom/office/hours'])
  assert.deepEqual(faultsOf({ hours: [{ ...row, country: 'XX' }] }), ['custom/a/hours: names no country: XX'])
  assert.deepEqual(faultsOf({ hours: [{ ...row, state: 'ZZ' }] }), ['custom/a/hours: names no state or province: ZZ'])
  assert.deepEqual(faultsOf({ exemptions: [{ ...row, id: 'custom/a/exemptions', value: 'us/zz/hours' }] }), [
    'custom/a/exemptions: sets aside us/zz/hours, which is no rule of any pack that lets calls out',
  ])
  assert.deepEqual(
    faultsOf({ destinations: [{ ...row, id: 'custom/a/destinations', value: { countries: ['US', 'QQ'] } }] }),
    ['custom/a/destinations: names no country: QQ'],
  )
  assert.deepEqual(
    faultsOf({
      destinations: [{ ...row, id: 'custom/a/destinations', value: { countries: ['US'], prefixes: ['+44'] } }],
    }),
    ['custom/a/destinations: prefix +44 lies in none of its countries'],
  )
})

test('an exemption is looser, and so are calls abroad and to premium lines', () => {
  const rules = ownRows.parse({
    exemptions: [{ id: 'custom/tx/exemptions', value: 'us/tx/hours', source: 'no sales calls' }],
    destinations: [{ id: 'custom/to/destinations', value: { countries: ['US', 'CA'], premium: true }, source }],
  })
  assert.deepEqual(listLoosened(rules), [
    'calls to CA',
    'calls to US',
    'calls to premium lines',
    'sets aside us/tx/hours',
  ])
})

test('an exemption for one state holds where the person can be nowhere else', () => {
  const exemptions = [{ id: 'custom/ny/exemptions', country: 'US', state: 'NY', value: 'us/hours', source }]
  const own = readOwnRows(ownRows.parse({ exemptions }), '1')
  const hoursIn = (countries: string[], regions: string[] | null) =>
    rulesFor({ countries, regions, artificial_voice: false }, own).hours.map(({ id }) => id)
  assert.deepEqual(hoursIn(['US'], ['NY']), [])
  for (const regions of [['NY', 'NJ'], ['NJ'], []]) assert.ok(hoursIn(['US'], regions).includes('us/hours'))
  assert.ok(hoursIn(['US'], null).includes('us/hours'))
  assert.ok(hoursIn(['US', 'GB'], ['NY']).includes('us/hours'))
})
