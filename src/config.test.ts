import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseEnv } from 'node:util'
import { type Config, loadEnvironment, readConfig, SETTING_NAMES } from './config.ts'

const defaults = { data_dir: '/var/tmp/outdial' }
const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')

function parse(env: Record<string, string>): Config {
  const reply = readConfig(env, defaults)
  assert.ok(reply.ok, reply.ok ? '' : reply.faults.join('\n'))
  return reply.config
}

function faultsOf(env: Record<string, string>): string[] {
  const reply = readConfig(env, defaults)
  return reply.ok ? [] : reply.faults
}

test('no setting is needed', () => {
  const config = parse({})
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.port, 3000)
  assert.equal(config.data_dir, '/var/tmp/outdial')
  assert.equal(config.database, null)
  assert.equal(config.default_timezone, 'America/New_York')
  assert.equal(config.demo, true)
  assert.deepEqual(config.sim, { speed: 1, seed: null, script_file: null, url: null, ledger_file: null })
})

test('all faults come together, each naming its variable and none repeating a value', () => {
  const secret = 'too-short-secret'
  const faults = faultsOf({
    OUTDIAL_PORT: '70000',
    OUTDIAL_ROLE: 'boss',
    OUTDIAL_API_KEY: secret,
    DATABASE_URL: 'mysql://user:hunter2@db/outdial',
    OUTDIAL_TLS_CERT: '/nowhere/certificate.pem',
    OUTDIAL_CORS_ORIGINS: 'https://app.example.com/path',
    OUTDIAL_DEFAULT_COUNTRY: 'ZZ',
    OUTDIAL_TRUST_PROXY: 'anybody',
  })
  const named = new Set(faults.map((fault) => fault.split(' ')[0]))
  assert.deepEqual([...named].sort(), [
    'DATABASE_URL',
    'OUTDIAL_API_KEY',
    'OUTDIAL_CORS_ORIGINS',
    'OUTDIAL_DEFAULT_COUNTRY',
    'OUTDIAL_PORT',
    'OUTDIAL_ROLE',
    'OUTDIAL_TLS_CERT',
    'OUTDIAL_TRUST_PROXY',
  ])
  assert.doesNotMatch(faults.join('\n'), new RegExp(`${secret}|hunter2`))
})

test("a provider's API may be somewhere else", () => {
  assert.deepEqual(parse({}).carrier_urls, {})
  const text = 'one=http://127.0.0.1:3901, other=https://api.example.com'
  assert.deepEqual(parse({ OUTDIAL_CARRIER_URLS: text }).carrier_urls, {
    one: 'http://127.0.0.1:3901',
    other: 'https://api.example.com',
  })
  for (const odd of ['one', 'one=', 'one=ftp://x', 'one=https://x/path', '=https://x', 'one=https://u:p@x']) {
    assert.match(faultsOf({ OUTDIAL_CARRIER_URLS: odd }).join(), /OUTDIAL_CARRIER_URLS must list addresses/)
  }
})

test('empty counts as unset', () => {
  assert.equal(parse({ OUTDIAL_PORT: '', OUTDIAL_API_KEY: '' }).port, 3000)
})

test('one database address serves both roles, two keep them apart', () => {
  const url = 'postgresql://app@db.example.com/outdial'
  const owner_url = 'postgres://owner@db.example.com/outdial'
  assert.deepEqual(parse({ DATABASE_URL: url }).database, { url, owner_url: url })
  assert.deepEqual(parse({ DATABASE_URL: url, DATABASE_OWNER_URL: owner_url }).database, { url, owner_url })
  assert.equal(faultsOf({ DATABASE_OWNER_URL: owner_url }).length, 1)
  assert.deepEqual(faultsOf({ DATABASE_URL: 'postgresql://me@/outdial?host=/run/postgresql' }), [])
})

test('the API key is taken verbatim, whatever its form', () => {
  const key = `  ${'k'.repeat(32)}`
  assert.equal(parse({ OUTDIAL_API_KEY: 'a b:c/d=e'.repeat(4) }).api_key, 'a b:c/d=e'.repeat(4))
  assert.equal(faultsOf({ OUTDIAL_API_KEY: key }).length, 1)
  assert.equal(faultsOf({ OUTDIAL_API_KEY: 'k'.repeat(31) }).length, 1)
})

test('the zone follows the country until it is set', () => {
  assert.equal(parse({ OUTDIAL_DEFAULT_COUNTRY: 'gb' }).default_timezone, 'Europe/London')
  assert.equal(parse({ OUTDIAL_DEFAULT_COUNTRY: 'PK' }).default_timezone, 'Asia/Karachi')
  assert.equal(parse({ OUTDIAL_DEFAULT_COUNTRY: 'IN' }).default_timezone, 'Asia/Kolkata')
  assert.equal(parse({ OUTDIAL_DEFAULT_TIMEZONE: 'America/Denver' }).default_timezone, 'America/Denver')
  assert.equal(faultsOf({ OUTDIAL_DEFAULT_TIMEZONE: '+05:00' }).length, 1)
})

test('trusted proxies are a count or networks', () => {
  const trust = (text: string) => parse({ OUTDIAL_TRUST_PROXY: text }).trust_proxy
  assert.equal(trust('0'), false)
  assert.equal(trust('false'), false)
  assert.equal(trust('2'), 2)
  assert.equal(trust('true'), 1)
  assert.deepEqual(trust('10.0.0.0/8, ::1'), ['10.0.0.0/8', '::1'])
  assert.equal(faultsOf({ OUTDIAL_TRUST_PROXY: '10.0.0.0/33' }).length, 1)
})

test('.env.example names every setting and no other, with examples that parse', () => {
  const documented = [...example.matchAll(/^#([A-Z0-9_]+)=/gm)].map((match) => match[1])
  assert.deepEqual(documented, SETTING_NAMES)
  const given = parseEnv(example.replace(/^#(?=[A-Z0-9_]+=)/gm, ''))
  const files = ['OUTDIAL_TLS_CERT', 'OUTDIAL_TLS_KEY', 'OUTDIAL_SIM_SCRIPT']
  assert.deepEqual(
    new Set(faultsOf(given as Record<string, string>).map((fault) => fault.split(' ')[0])),
    new Set(files),
  )
})

test('a .env file is read, and the real environment wins', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outdial config '))
  try {
    assert.deepEqual(loadEnvironment(folder, { A: '1' }), { A: '1' })
    writeFileSync(join(folder, '.env'), 'OUTDIAL_PORT=4000\nOUTDIAL_HOST="::1" # loopback\n')
    const env = loadEnvironment(folder, { OUTDIAL_PORT: '5000' })
    assert.deepEqual(env, { OUTDIAL_PORT: '5000', OUTDIAL_HOST: '::1' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
