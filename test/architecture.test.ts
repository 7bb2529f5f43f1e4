import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { providers } from '#telephony/registry.ts'
import {
  findCycles,
  findForbiddenImports,
  findImpureDomain,
  findOversize,
  findStrayAdapters,
  findStrayCarriers,
  findStrayConsole,
  findStrayDatabase,
  findTestsInProduct,
  findUnknownRooms,
  findVagueNames,
  type Rooms,
} from './kit/architecture-rules.ts'
import { parseSource, readSources } from './kit/source-tree.ts'

const rooms = JSON.parse(readFileSync(new URL('../rooms.json', import.meta.url), 'utf8')) as Rooms
const house = readSources(['src/**/*.ts'])
const everything = readSources([
  '{src,cli,bench,test,scripts,docs}/**/*.{ts,cjs,sql}',
  'sdk/*.ts',
  'console/**/*.{ts,tsx}',
])

/** What may say a carrier's name outside telephony. */
const CARRIER_WORDS_ALLOWED = [
  // A trunk that rings nobody takes any caller id, and needs nobody's consent.
  'src/store/trunks.ts',
  'src/store/lead-evidence.ts',
  // Two of the older systems are called after the carriers they worked with.
  'src/server/dialects/',
  // Names the consent basis of people who are not called.
  'src/server/features/installation/first-owner.ts',
]

const plant = (sources: Record<string, string>) =>
  Object.entries(sources).map(([path, text]) => parseSource(path, text))

test('rooms import only what rooms.json allows', () => {
  assert.ok(house.length > 0)
  assert.deepEqual(findUnknownRooms(house, rooms), [])
  assert.deepEqual(findForbiddenImports(house, rooms), [])
})

test('a forbidden import is found, and a door lets through only its own types', () => {
  const files = plant({
    'src/domain/call.ts': `import { claim } from '#store/claim.ts'`,
    'src/dialer/a.ts': `import type { Port } from '#telephony/port.ts'\nimport type { Fault } from '#telephony/faults.ts'`,
    'src/dialer/b.ts': `import {\n  makeCarrier,\n} from '#telephony/registry.ts'`,
    'src/dialer/c.ts': `export * from '../server/app.ts'`,
    'src/dialer/d.ts': `const door = await import('#analytics/pulse/live.ts')`,
    'src/telephony/port.ts': `import type { Fault } from './faults.ts'\nimport { list } from './registry.ts'`,
    'src/main.ts': `import { app } from '#server/app.ts'`,
    'src/domain/call.test.ts': `import { claim } from '#store/claim.ts'`,
  })
  assert.deepEqual(findForbiddenImports(files, rooms), [
    'src/domain/call.ts may not import #store/claim.ts',
    'src/dialer/b.ts may not import #telephony/registry.ts',
    'src/dialer/c.ts may not import ../server/app.ts',
  ])
})

test('the console knows the server by the SDK alone, and its shared parts no feature', () => {
  const files = readSources(['console/**/*.{ts,tsx}'])
  assert.ok(files.length > 0)
  assert.deepEqual(findStrayConsole(files), [])
  const strays = plant({
    'console/features/calls/list.tsx': `import { api } from '../../api/client.ts'\nimport { calls } from '../../../src/store/calls.ts'`,
    'console/ui/button.tsx': `import { acts } from '../features/calls/acts.ts'\nimport { clsx } from 'clsx'`,
    'console/lib/format.ts': `import { readFileSync } from 'node:fs'`,
  })
  assert.deepEqual(findStrayConsole(strays), [
    'console/features/calls/list.tsx may not import ../../../src/store/calls.ts',
    'console/ui/button.tsx may not import ../features/calls/acts.ts',
    'console/lib/format.ts may not import node:fs',
  ])
})

test('no file reaches itself by imports', () => {
  assert.deepEqual(findCycles(everything), [])
  const ring = plant({
    'src/a/x.ts': `import './y.ts'`,
    'src/a/y.ts': `import '#b/z.ts'`,
    'src/b/z.ts': `import '#a/x.ts'`,
  })
  assert.deepEqual(findCycles(ring), ['src/a/x.ts → src/a/y.ts → src/b/z.ts → src/a/x.ts'])
})

test('only the store imports pg', () => {
  assert.deepEqual(findStrayDatabase(readSources(['{src,cli}/**/*.ts'])), [])
  const stray = plant({ 'src/dialer/x.ts': `import pg from 'pg'`, 'src/store/y.ts': `import pg from 'pg'` })
  assert.deepEqual(findStrayDatabase(stray), ['src/dialer/x.ts imports pg outside src/store'])
})

test("a carrier's name stays in telephony", () => {
  const sources = readSources(['src/**/*.{ts,sql}'])
  assert.deepEqual(findStrayCarriers(sources, providers, CARRIER_WORDS_ALLOWED), [])
  for (const path of CARRIER_WORDS_ALLOWED) {
    const others = CARRIER_WORDS_ALLOWED.filter((place) => place !== path)
    assert.ok(findStrayCarriers(sources, providers, others).length > 0, `${path} need not be allowed any more`)
  }
  const stray = plant({
    'src/dialer/x.ts': 'const twilioSid = 1',
    'src/server/dialects/old/y.ts': '// Asterisk',
    'src/server/a.ts': `if (trunk.provider === 'pigeon') return`,
    'src/server/b.ts': 'const url = `/webhooks/pigeon/1`',
    'src/server/c.ts': '// a pigeon carries it',
  })
  assert.equal(findStrayCarriers(stray, ['pigeon'], ['src/server/dialects/']).length, 3)
})

test('only the registry names adapters', () => {
  assert.deepEqual(findStrayAdapters(house), [])
  const stray = plant({
    'src/telephony/registry.ts': `import { open } from './pigeon/adapter.ts'`,
    'src/telephony/pigeon/adapter.ts': `import { fly } from './wings.ts'`,
    'src/telephony/provider.ts': `import type { Wings } from './pigeon/wings.ts'`,
    'src/telephony/port.ts': `import { fly } from './pigeon/wings.ts'`,
    'src/telephony/crow/adapter.ts': `import { fly } from '../pigeon/wings.ts'`,
    'src/server/x.ts': `import type { Wings } from '#telephony/pigeon/wings.ts'`,
  })
  assert.deepEqual(findStrayAdapters(stray), [
    'src/telephony/port.ts imports the adapter ./pigeon/wings.ts',
    'src/telephony/crow/adapter.ts imports the adapter ../pigeon/wings.ts',
    'src/server/x.ts imports the adapter #telephony/pigeon/wings.ts',
  ])
})

test('the domain has no clock, no chance and no disk', () => {
  assert.deepEqual(findImpureDomain(house), [])
  const impure = (text: string) => findImpureDomain(plant({ 'src/domain/x.ts': text })).length
  assert.equal(impure('const at = Date.now()'), 1)
  assert.equal(impure('const at = new Date()'), 1)
  assert.equal(impure(`import { readFileSync } from 'node:fs'`), 1)
  assert.equal(impure('const at = new Date(instant) // never Date.now()'), 0)
})

test('the product does not lean on its tests', () => {
  assert.deepEqual(findTestsInProduct(house), [])
  assert.equal(findTestsInProduct(plant({ 'src/store/x.ts': `import { open } from '#kit/database.ts'` })).length, 1)
})

test('files stay small', () => {
  const generated = ['src/store/schema.sql', 'sdk/schema.d.ts']
  const written = everything.filter((file) => !generated.includes(file.path))
  assert.deepEqual(findOversize(written), [])
  assert.equal(findOversize(plant({ 'src/store/x.ts': 'a\n'.repeat(401) }))[0], 'src/store/x.ts has 401 lines')
})

test('names say what is inside', () => {
  assert.deepEqual(findVagueNames(everything), [])
  assert.equal(
    findVagueNames(plant({ 'src/store/string-utils.ts': '', 'src/store/Call.ts': '', 'src/store/call.ts': '' })).length,
    2,
  )
})
