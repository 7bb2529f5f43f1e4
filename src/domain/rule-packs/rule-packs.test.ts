import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextOpen } from '../calling-hours.ts'
import { defaultAbandonCap, patienceMs } from '../live-answer.ts'
import { allRows, readPack, writtenPack, writtenRows } from './read-pack.ts'
import { latestPacks, type PackVersions, packOf, rulesFor, versionOfRule } from './rule-packs.ts'

const rulesIn = (countries: string[], regions: string[] | null, pinned?: PackVersions) =>
  rulesFor({ countries, regions, artificial_voice: false }, null, pinned)
const hoursIds = (countries: string[], regions: string[] | null) =>
  rulesIn(countries, regions).hours.map(({ id }) => id)

test('a country has its pack, others the default', () => {
  assert.equal(packOf('US').id, 'us')
  assert.equal(packOf('PR').id, 'us')
  assert.equal(packOf('IN').id, 'in')
  assert.equal(packOf('GB').id, 'uk')
  assert.equal(packOf('DE').id, 'eu')
  assert.equal(packOf('NP').id, 'default')
  assert.deepEqual(hoursIds([], []), ['default/hours'])
})

test('a country whose pack says nothing of hours has the default ones', () => {
  assert.deepEqual(hoursIds(['PK'], []), ['default/hours'])
  assert.deepEqual(hoursIds(['DE'], []), ['default/hours'])
  assert.deepEqual(hoursIds(['FR'], []), ['eu/fr/hours'])
  assert.deepEqual(rulesIn(['PK'], []).versions, { pk: '2026-11-21', default: '2026-11-01' })
})

test('every possible state adds its rules; an unknown state means all of them', () => {
  assert.deepEqual(hoursIds(['US'], ['NY']), ['us/hours'])
  assert.deepEqual(hoursIds(['US'], ['FL']), ['us/hours', 'us/fl/hours'])
  assert.equal(hoursIds(['US'], null).length, 21)
  assert.deepEqual(
    rulesIn(['US'], ['FL', 'WA']).attempts.map(({ id }) => id),
    ['us/fl/attempts'],
  )
})

test('rows for AI and recorded voices hold for those alone', () => {
  const ids = (artificial_voice: boolean) =>
    rulesFor({ countries: ['US'], regions: ['CA'], artificial_voice }, null).hours.map(({ id }) => id)
  assert.deepEqual(ids(false), ['us/hours'])
  assert.deepEqual(ids(true), ['us/hours', 'us/ca/voice_hours'])
})

test('two countries bring both laws', () => {
  assert.deepEqual(hoursIds(['PK', 'US'], ['NY']), ['us/hours', 'default/hours'])
})

test('a pinned version replays; one that never was is a fault; a pack younger than the verdict is not asked', () => {
  const { versions } = rulesIn(['US'], [])
  assert.deepEqual(rulesIn(['US'], [], versions), rulesIn(['US'], []))
  assert.equal(rulesIn(['US'], null, { us: '2026-11-01' }).hours.length, 5)
  assert.throws(() => rulesIn(['US'], [], { us: '1999-01-01' }), /Rule pack us has no version 1999-01-01/)
  assert.deepEqual(rulesIn(['FR'], [], { default: '2026-11-01' }).versions, { default: '2026-11-01' })
})

test('a rule knows the version of its pack', () => {
  assert.equal(versionOfRule('us/fl/hours', { us: '7' }), '7')
  assert.equal(versionOfRule('campaign_hours', { us: '7' }), null)
})

test('every row of every pack belongs to it, stands once, and its hours open some time', () => {
  for (const written of latestPacks()) {
    const pack = readPack(written)
    const ids = allRows(pack).map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length, pack.id)
    assert.deepEqual(
      ids.filter((id) => !id.startsWith(`${pack.id}/`)),
      [],
    )
    for (const { id, value } of pack.hours) assert.ok(nextOpen({ hours: value, zone: 'UTC' }, 0) !== null, id)
    // The database lets no campaign ring for less, and nobody waits longer or is abandoned more often than these say.
    for (const { id, value } of pack.ring_floor_seconds) assert.ok(value <= 15, id)
    for (const { id, value } of pack.abandon_limit) assert.ok(patienceMs <= value.within_ms, id)
    for (const { id, value } of pack.abandon_cap) assert.ok(defaultAbandonCap * 100 <= value.percent, id)
  }
})

test('hours are read as they are written: spans of days, several spans, over midnight', () => {
  const pack = (value: object) =>
    readPack(
      writtenPack.parse({ id: 'x', version: '1', countries: [], hours: [{ id: 'x/y', value, source: 'a test' }] }),
    )
  const week = pack({ 'sat-mon': '22:00-02:00', wed: '09:00-12:00, 13:00-24:00' }).hours[0]?.value
  const night = [[1320, 120]]
  const day = [
    [540, 720],
    [780, 1440],
  ]
  assert.deepEqual(week, [night, [], day, [], [], night, night])
})

test('what is no rule is refused with its place', () => {
  const refused = (row: object) => {
    const { error } = writtenRows.safeParse({ hours: [{ id: 'custom/a', source: 'a test', value: {}, ...row }] })
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') ?? 'taken'
  }
  assert.equal(refused({ value: { mon: '09:00-12:00' } }), 'taken')
  assert.match(refused({ value: { monday: '09:00-12:00' } }), /hours\.0\.value/)
  assert.match(refused({ value: { mon: '9-12' } }), /must be as in 08:00-20:00/)
  assert.match(refused({ value: { mon: '25:00-26:00' } }), /must be as in/)
  assert.match(refused({ value: { mon: '08:00-08:00' } }), /opens and closes at once/)
  assert.match(refused({ value: { 'mon-wed': '08:00-09:00', tue: '10:00-11:00' } }), /names tue twice/)
  assert.match(refused({ source: '' }), /too short/)
  assert.match(refused({ id: 'no id' }), /must be as in us\/fl\/hours/)
})
