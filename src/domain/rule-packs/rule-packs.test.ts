import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextOpen } from '../calling-hours.ts'
import { packOf, packsFor, versionOfRule } from './rule-packs.ts'

const hoursIds = (countries: string[], regions: string[] | null) =>
  packsFor(countries, regions).hours.map((row) => row.id)

test('a country has its pack, others the default', () => {
  assert.equal(packOf('US').id, 'us')
  assert.equal(packOf('PR').id, 'us')
  assert.equal(packOf('IN').id, 'in')
  assert.equal(packOf('PK').id, 'default')
  assert.deepEqual(hoursIds([], []), ['default/hours'])
})

test('every possible state adds its rules; an unknown state means all of them', () => {
  assert.deepEqual(hoursIds(['US'], ['NY']), ['us/hours'])
  assert.deepEqual(hoursIds(['US'], ['FL']), ['us/hours', 'us/fl/hours'])
  assert.deepEqual(hoursIds(['US'], null), ['us/hours', 'us/fl/hours', 'us/ok/hours', 'us/wa/hours', 'us/md/hours'])
  assert.deepEqual(
    packsFor(['US'], ['FL', 'WA']).attempt_caps.map((row) => row.id),
    ['us/fl/attempts'],
  )
})

test('two countries bring both laws', () => {
  assert.deepEqual(hoursIds(['PK', 'US'], ['TX']), ['default/hours', 'us/hours'])
})

test('a pinned version replays; one that never was is a fault', () => {
  const { versions } = packsFor(['US'], [])
  assert.deepEqual(packsFor(['US'], [], versions).hours, packsFor(['US'], []).hours)
  assert.throws(() => packsFor(['US'], [], { us: '1999-01-01' }), /Rule pack us has no version 1999-01-01/)
})

test('a rule knows the version of its pack', () => {
  assert.equal(versionOfRule('us/fl/hours', { us: '7' }), '7')
  assert.equal(versionOfRule('campaign_hours', { us: '7' }), null)
})

test('every row names its source and its pack, and its hours open some time', () => {
  const ids = new Set<string>()
  for (const country of ['US', 'IN', 'PK']) {
    const { hours, attempt_caps, packs } = packsFor([country], null)
    for (const row of [...hours, ...attempt_caps]) {
      assert.ok(row.source.length > 5, row.id)
      assert.ok(
        packs.some((pack) => row.id.startsWith(`${pack.id}/`)),
        row.id,
      )
      assert.ok(!ids.has(row.id), `${row.id} twice`)
      ids.add(row.id)
    }
    for (const row of hours) assert.ok(nextOpen({ hours: row.value, zone: 'UTC' }, 0) !== null, row.id)
  }
})
