import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { createReports } from '../reports.ts'
import { endedEvent } from './channels.ts'
import { readPbxSettings, settingsFile } from './pbx/settings.ts'
import { asterisk_settings } from './settings.ts'

function makeScratch(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pbx-test-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('a PBX of our own', () => {
  it('has settings with a password of its own, which only their owner reads', (context) => {
    const [one, other] = [makeScratch(context), makeScratch(context)].map((folder) => {
      const reading = readPbxSettings(folder)
      assert.equal(statSync(settingsFile(folder)).mode & 0o777, 0o600)
      assert.deepEqual(readPbxSettings(folder), reading)
      return reading
    })
    assert.ok(one?.ok && other?.ok && one.settings.password !== other.settings.password)
    assert.equal(one.settings.sip.address, '127.0.0.1')
  })

  it('refuses settings that would write other lines into its configuration', (context) => {
    const folder = makeScratch(context)
    const reading = readPbxSettings(folder)
    assert.ok(reading.ok)
    const trunks = [{ name: 'out', host: '10.0.0.1\n[admin]\ntype=user', port: 5060 }]
    writeFileSync(settingsFile(folder), JSON.stringify({ ...reading.settings, trunks }))
    const refused = readPbxSettings(folder)
    assert.match(refused.ok ? '' : refused.refusal, /trunks\.0\.host/)
    const phones = ['201', '201'].map((name) => ({ name, password: 'secret' }))
    writeFileSync(settingsFile(folder), JSON.stringify({ ...reading.settings, phones }))
    const doubled = readPbxSettings(folder)
    assert.match(doubled.ok ? '' : doubled.refusal, /phones: no two/)
    writeFileSync(settingsFile(folder), '{')
    assert.match(JSON.stringify(readPbxSettings(folder)), /is no JSON/)
  })
})

describe('a trunk over a PBX', () => {
  it('says what of its settings is missing or wrong', () => {
    const good = { url: 'http://127.0.0.1:8088', endpoint: 'PJSIP/{number}@out' }
    const pathsOf = (given: object) =>
      asterisk_settings.safeParse(given).error?.issues.map(({ path }) => path.join('.'))
    assert.equal(pathsOf(good), undefined)
    const wrong = { url: 'ftp://127.0.0.1', endpoint: 'PJSIP/+12125550100@out' }
    assert.deepEqual(pathsOf(wrong), ['url', 'endpoint'])
  })

  it('goes by the cause of an end, and by the answer', () => {
    const end = (cause: number, answered_at: string | null = null) => {
      const event = endedEvent({ ended_at: '2026-03-02T15:00:01.000Z', cause, answered_at })
      return event.kind === 'ended' ? event.outcome : null
    }
    assert.deepEqual(
      [1, 17, 19, 0, 21, 34, 16, 127].map((cause) => end(cause)),
      [...['invalid_number', 'busy', 'no_answer', 'no_answer', 'rejected', 'congestion', 'canceled', 'failed']],
    )
    assert.equal(end(34, '2026-03-02T15:00:00.000Z'), 'answered')
  })

  it('tells again what could not be kept, in its order', async () => {
    const kept: string[] = []
    const troubles: string[] = []
    const all = Promise.withResolvers<void>()
    let away = true
    const sink = async (_: object, events: { event_key: string }[]) => {
      if (away) throw new Error('the database is away')
      kept.push(...events.map(({ event_key }) => event_key))
      if (kept.length === 2) all.resolve()
    }
    const trunk = { id: 't', workspace_id: 'w', provider: 'asterisk', speed: null, settings: {}, secret: null }
    const reports = createReports(trunk, sink, (message) => {
      troubles.push(message)
      away = false
    })
    for (const kind of ['ringing', 'answered'] as const) {
      const event = { kind, at: '2026-03-02T15:00:00.000Z' }
      reports.add({ event_key: kind, attempt_id: 'a', leg_id: null, provider_call_id: 'c', event })
    }
    await all.promise
    assert.deepEqual([kept, troubles.length], [['ringing', 'answered'], 1])
    await reports.close()
  })
})
