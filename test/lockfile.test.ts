import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

interface LockedPackage {
  version?: string
  resolved?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')
const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> }

/** Some releases name platform packages that were never locked; then every `npm ci` fails on that platform. */
function findUnlocked(locked: Record<string, LockedPackage>): string[] {
  const names = new Set(Object.keys(locked).map((path) => path.replace(/^.*node_modules\//, '')))
  return Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${path || 'outdial'} needs ${name}, which the lockfile lacks`),
  )
}

test('every optional dependency has its own entry', () => {
  assert.deepEqual(findUnlocked(packages), [])
  const lacking = { '': { optionalDependencies: { a: '1.0.0', b: '1.0.0' } }, 'node_modules/x/node_modules/a': {} }
  assert.deepEqual(findUnlocked(lacking), ['outdial needs b, which the lockfile lacks'])
})

test('no package is bound to the address it was fetched from', () => {
  const bound = Object.entries(packages).filter(([, { resolved }]) => /^https?:/.test(resolved ?? ''))
  assert.deepEqual(
    bound.map(([path]) => path),
    [],
  )
})

test('our own dependencies are pinned exactly', () => {
  const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Record<
    string,
    Record<string, string>
  >
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'].map((kind) => own[kind] ?? {})
  const loose = kinds
    .flatMap((kind) => Object.entries(kind))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
  assert.deepEqual(loose, [])
})
