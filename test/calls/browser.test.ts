/** An agent in a browser: signs in through our own address, is rung there, and talks to whom a campaign has called. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { type ServerProcess, startServer } from '#kit/server-process.ts'
import { zoneAtNoon } from '../chaos/list.ts'
import { createAccount } from './account.ts'
import { type Browser, microphone_hz, openBrowser } from './browser.ts'
import { digits } from './digits.ts'
import { type FarEnd, openFarEnd, requireBrowserCalls } from './far-end.ts'

const skip = await requireBrowserCalls()
const customer = `+1212200555${digits.stays}`
const key = 'the-owner-of-a-test-and-of-nothing-else'

describe('an agent in a browser', { skip, timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-browser-'))
  let db: TestDatabase
  let far: FarEnd
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let trunk: string

  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
  const ask = async (method: string, path: string, body?: object): Promise<any> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const sent = body ? { body: JSON.stringify(body) } : {}
    const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, ...sent })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  /** Calls what the page's phone offers. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
  const phone = (on: Page, does: string, ...given: unknown[]): Promise<any> =>
    on.evaluate(`softphone.${does}(...${JSON.stringify(given)})`)
  async function until<T>(what: string, look: () => Promise<T | null | false>, within_ms = 20_000): Promise<T> {
    const deadline = performance.now() + within_ms
    for (;;) {
      const seen = await look()
      if (seen !== null && seen !== false) return seen
      if (performance.now() > deadline) throw new Error(`not within ${within_ms} ms: ${what}\n${server.said()}`)
      await wait(50)
    }
  }

  before(async () => {
    const opened = await Promise.all([openTestDatabase(), openFarEnd({ with_address: true })])
    ;[db, far] = opened
    const env = { DATABASE_URL: db.url_owner, OUTDIAL_DATA_DIR: folder, OUTDIAL_DEMO: '0', OUTDIAL_API_KEY: key }
    const served = startServer({ ...env, OUTDIAL_PBX_ADDRESSES: new URL(far.url).host })
    ;[server, browser] = await Promise.all([served, openBrowser(far)])
    await far.letIn(Number(new URL(server.url).port))
    page = await (await browser.open()).newPage()
    const link = /http\S+\/sign-in\/\S+/.exec(server.said())?.[0] ?? ''
    await page.goto(link)
    const settings = { url: far.url, endpoint: 'PJSIP/{number}@phones' }
    const made = { name: 'PBX', provider: 'asterisk', settings, secret: far.secret, is_default: true }
    trunk = (await ask('POST', '/trunks', made)).id
    await ask('POST', `/trunks/${trunk}/caller-ids`, { number: '+12125550199' })
    const me = await ask('GET', '/me')
    await ask('POST', '/agents', { name: 'Ada', user_id: me.user.id })
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
    await far?.close()
    await db?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('registers through our own address, and dials nobody by itself', async () => {
    assert.equal(await phone(page, 'signIn', 'agent'), 'registered')
    assert.equal(await phone(page, 'dial', 'sip:201@pbx.invalid'), '404')
  })

  it('is nobody but itself there', async () => {
    const accountOf = async (as: string) => (await phone(page, 'ask', '/api/v1/phone-accounts', { as })).data[0]
    const own = await accountOf('agent')
    const others = await accountOf('supervisor')
    assert.equal(await phone(page, 'tryAs', own, { uri: others.uri }), '401')
    assert.equal(await phone(page, 'dial', 'sip:201@pbx.invalid', others.uri), '401')
    assert.equal(await phone(page, 'tryAs', others), 'registered')
    await accountOf('supervisor')
    assert.equal(await phone(page, 'tryAs', others), '401')
    assert.equal(await phone(page, 'signIn', 'agent'), 'registered')
  })

  it('talks to whom a campaign has called', async () => {
    await phone(page, 'ask', '/api/v1/agent-sessions')
    const agents = (await ask('GET', '/agents')).data
    const campaign = await ask('POST', '/campaigns', {
      ...{ name: 'One', mode: 'progressive', trunk_id: trunk, purpose: 'information', completes: 'by_hand' },
      ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], agent_ids: agents.map(({ id }: { id: string }) => id) },
    })
    const lead = { phone: customer, time_zone: zoneAtNoon(Date.now()) }
    await ask('POST', `/campaigns/${campaign.id}/leads`, { leads: [lead] })
    await ask('POST', `/campaigns/${campaign.id}/start`)
    const call = await until('they are connected', async () => {
      const { data } = await ask('GET', `/campaigns/${campaign.id}/calls`)
      return data.find((one: { connected_at: string | null }) => one.connected_at !== null) ?? null
    })
    const heard = await until('the agent hears the customer', async () => {
      const now = await phone(page, 'heard')
      return now.level > 0.01 && now.packets > 25 && now
    })
    assert.equal(heard.dtls, 'connected')
    assert.ok(heard.cipher)
    const of_phone = await createAccount(far, trunk).variable(`call.${trunk}.${call.id}`, 'CHANNEL(pjsip,call-id)')
    await until('the customer hears the agent', () => far.phones.hearsTone(of_phone, microphone_hz))
    await ask('POST', `/calls/${call.id}/acts`, { act: 'hang_up' })
    await until('the call has ended', async () => (await ask('GET', `/calls/${call.id}`)).state === 'ended')
  })

  it('finds such a phone at the desk, and is heard by whom a campaign has called', async () => {
    await page.close()
    const desk = await (await browser.open()).newPage()
    await desk.goto((await ask('POST', '/sign-in-links')).url)
    await desk.goto(`${server.url}/desk`)
    await desk.locator('[data-phone=registered]').waitFor()
    const [agent] = (await ask('GET', '/agents')).data
    const campaign = await ask('POST', '/campaigns', {
      ...{ name: 'Two', mode: 'progressive', trunk_id: trunk, purpose: 'information', completes: 'by_hand' },
      ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], agent_ids: [agent.id] },
    })
    const lead = { phone: `+1212200556${digits.stays}`, time_zone: zoneAtNoon(Date.now()) }
    await ask('POST', `/campaigns/${campaign.id}/leads`, { leads: [lead] })
    await desk.keyboard.press('g')
    await ask('POST', `/campaigns/${campaign.id}/start`)
    await desk.locator('[data-state=on_call]').waitFor()
    const [call] = (await ask('GET', `/campaigns/${campaign.id}/calls`)).data
    const of_phone = await createAccount(far, trunk).variable(`call.${trunk}.${call.id}`, 'CHANNEL(pjsip,call-id)')
    await until('the customer hears the agent', () => far.phones.hearsTone(of_phone, microphone_hz))
    await desk.keyboard.press('x')
    await desk.locator('[data-state=wrap_up]').waitFor()
    await until('the call has ended', async () => (await ask('GET', `/calls/${call.id}`)).state === 'ended')
  })
})
