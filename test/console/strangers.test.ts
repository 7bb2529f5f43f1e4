/** Two workspaces on one server: on no page, in no answer and by no event does one of them hear of the other. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Visitor, visit } from '#kit/console.ts'
import { addPastFloor, addRecording, readTenant } from '#kit/console-calls.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { requireTool } from '#kit/tools.ts'
import { urls } from '../../console/lib/urls.ts'

const skip = requireTool('chromium')

/** Stands in the name of everything that is theirs. */
const mark = 'Quagga'
const number = '+442079460777'
const theirWords = /quagga|7946 ?0777|Ann Lee|Ada Byron|Spring offer|212 ?555 ?0199/i

interface Theirs {
  campaign: string
  contact: string
  lead: string
  import: string
  call: string
  recording: string
  agent: string
  team: string
  list: string
}

describe('two workspaces in the console', { skip, timeout: 180_000 }, () => {
  let here: ConsoleServer
  let theirs: Theirs
  /** Of another workspace, and known there alone. */
  let stranger: Visitor
  let strangers_key: string
  const post = (path: string, body: object) => here.ask('POST', path, body)

  before(async () => {
    here = await openConsole()
    theirs = await addTheirs(here)
    const other = await post('/workspaces', { name: 'Other', country: 'GB', time_zone: 'Europe/London' })
    strangers_key = other.api_key
    const invited = { email: 'stranger@example.com', name: 'Stranger', role: 'admin' }
    stranger = await here.visit((await here.ask('POST', '/users', invited, strangers_key)).invite_url)
  })
  after(() => here?.close())

  it('show nothing of each other on any page, by whatever address', async () => {
    const { page } = stranger
    const answers = await collectAnswers(stranger)
    for (const place of Object.values(urls).filter((url) => !url.includes('$'))) await look(page, place)
    const byTheirIds: Record<string, RegExp> = {
      [urls.campaign.replace('$id', theirs.campaign)]: /There is no such campaign/,
      [urls.setUp.replace('$id', theirs.campaign)]: /There is no such campaign/,
      [urls.contact.replace('$id', theirs.contact)]: /There is no such contact/,
      [urls.import.replace('$id', theirs.import)]: /There is no such import/,
      [urls.call.replace('$id', theirs.call)]: /There is no such call/,
    }
    assert.equal(Object.keys(byTheirIds).length, Object.values(urls).filter((url) => url.includes('$')).length)
    for (const [place, said] of Object.entries(byTheirIds)) {
      await visit(page, place)
      await page.getByRole('alert').filter({ hasText: said }).waitFor()
      assert.doesNotMatch(await page.locator('body').innerText(), theirWords, place)
    }
    const asked = [
      ...['leads', 'calls', 'settings', 'figures'].map((tab) => `/campaigns/${theirs.campaign}?tab=${tab}`),
      ...[`/contacts?q=${mark}`, `/contacts?list=${theirs.import}`, `/calls?q=${mark}`, '/calls?live=true'],
      ...[`/calls?campaign_id=${theirs.campaign}`, `/calls?agent_id=${theirs.agent}`],
      ...[`/calls?contact_id=${theirs.contact}`, `/calls?lead_id=${theirs.lead}`],
      ...[`/recordings?campaign_id=${theirs.campaign}`, `/analytics?campaign_id=${theirs.campaign}`],
      ...[`/analytics?agent_id=${theirs.agent}`, `/wallboard?team=${theirs.team}`, '/agents?show=teams'],
      ...['/do-not-call?tab=lists', `/imports/new?campaign=${theirs.campaign}`, '/compliance?tab=consents'],
    ]
    for (const place of asked) await look(page, place)
    // What was asked for stands in the field; nobody says that it is blocked or agreed.
    await visit(page, `/do-not-call?number=${encodeURIComponent(number)}`)
    await page.getByText('Not blocked', { exact: true }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(mark)
    await page.getByText('Nothing of that name.').waitFor()
    await page.keyboard.press('Escape')
    for (const [url, text] of answers) {
      if (!url.includes(encodeURIComponent(number))) assert.doesNotMatch(text, theirWords, url)
    }
    const audio = (id: string) => page.request.get(`${here.url}/api/v1/recordings/${id}/audio`)
    assert.equal((await audio(theirs.recording)).status(), 404)
  })

  it('do not hear of what happens in each other', async () => {
    const owner = await here.signIn()
    const [heardHere, heardThere] = [await hear(owner), await hear(stranger)]
    await here.ask('PATCH', `/campaigns/${theirs.campaign}`, { name: `${mark} again` })
    await here.ask('PATCH', `/contacts/${theirs.contact}`, { company: mark })
    await here.ask('POST', `/campaigns/${theirs.campaign}/leads`, { leads: [{ phone: '+442079460778' }] })
    await here.file(`/imports?file_name=${mark}-2.csv`, `name,phone\n${mark},+442079460779\n`)
    await here.ask('POST', `/campaigns/${theirs.campaign}/cancel`)
    await heardHere('campaign.updated', (data) => data.includes('cancelled'))
    const { id } = await here.ask('POST', '/campaigns', { name: 'Ours', mode: 'manual' }, strangers_key)
    const there = await heardThere('campaign.created', (data) => data.includes(id))
    assert.equal(there.length, 1, `the stream carried ${there.join(' ')}`)
    await owner.context.close()
  })

  it('leave nothing in view when somebody of both goes from one to the other, in any tab', async () => {
    const { context, page } = await here.signIn()
    const tab = await context.newPage()
    await tab.goto(`${here.url}/campaigns/${theirs.campaign}?tab=leads`)
    await tab.getByRole('link', { name: `${mark} Person` }).waitFor()
    await page.goto(`${here.url}/contacts`)
    await page.getByRole('link', { name: `${mark} Person` }).waitFor()
    const answers = await collectAnswers({ page })
    await page.evaluate('window.before = true')
    await page.getByRole('button', { name: 'Account of', exact: false }).click()
    await page.getByRole('menuitemradio', { name: 'Other' }).click()
    await page.getByRole('link', { name: 'Ours' }).waitFor()
    // What was read is kept in the page alone, and this is another one.
    assert.equal(await page.evaluate('window.before'), undefined)
    assert.doesNotMatch(await page.locator('body').innerText(), theirWords)
    await look(page, '/contacts')
    await page.getByText('Nobody is here yet').waitFor()
    for (const [url, text] of answers) assert.doesNotMatch(text, theirWords, url)
    await tab.getByRole('link', { name: 'Ours', exact: true }).waitFor()
    assert.doesNotMatch(await tab.locator('body').innerText(), theirWords)
    await context.close()
  })

  async function look(page: Visitor['page'], place: string): Promise<void> {
    await visit(page, place)
    assert.doesNotMatch(await page.locator('body').innerText(), theirWords, place)
  }
})

/** One of each noun, each with the mark in its name. */
async function addTheirs(here: ConsoleServer): Promise<Theirs> {
  const post = (path: string, body: object) => here.ask('POST', path, body)
  const { id: campaign } = await post('/campaigns', { name: mark, mode: 'manual', script: mark })
  const { results } = await post(`/campaigns/${campaign}/leads`, {
    leads: [{ phone: number, full_name: `${mark} Person` }],
  })
  const [{ lead_id: lead, contact_id: contact }] = results
  const file = JSON.parse(await here.file(`/imports?file_name=${mark}.csv`, `name,phone\n${mark},12\n`))
  const tenant = await readTenant(here.db)
  const past = await addPastFloor(here.db, tenant, 20)
  const call = past.calls.at(-1) as string
  const recording = await addRecording(here.db, tenant, call, here.data_dir)
  await post('/trunks', { name: mark, provider: 'simulated' })
  const agent = await post('/agents', { name: mark })
  const team = await post('/teams', { name: mark, agent_ids: [agent.id] })
  await post('/api-keys', { name: mark, scopes: ['read'] })
  await post('/users', { email: `${mark}@example.com`, name: mark, role: 'viewer' })
  await post('/dispositions', { name: mark })
  await post('/scripts', { name: mark, steps: [{ key: 'a', text: mark }] })
  await post('/voicemail-drops', { name: mark, message: mark })
  await post('/suppressions', { number, reason: mark })
  await post('/consents', { number, basis: mark, text: mark, source: mark })
  const list = await post('/suppression-lists', { name: mark, source: mark, scope: 'tenant' })
  return { campaign, contact, lead, import: file.id, call, recording, agent: agent.id, team: team.id, list: list.id }
}

/** Every answer of the API to this page from now on, with its address; the stream, which has no end, is heard by itself. */
async function collectAnswers({ page }: Pick<Visitor, 'page'>): Promise<[string, string][]> {
  const answers: [string, string][] = []
  await page.route(/\/api\/v1\/(?!live$)/, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 })
    answers.push([route.request().url(), await response.text()])
    await route.fulfill({ response })
  })
  return answers
}

/** What the page's stream carries from now on, but its beats; resolves with all of it as soon as `last` is there. */
async function hear({ context, page }: Visitor) {
  const heard: string[] = []
  let look = () => {}
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  devtools.on('Network.eventSourceMessageReceived', ({ eventName, data }) => {
    if (eventName === 'beat') return
    heard.push(`${eventName} ${data}`)
    look()
  })
  return (type: string, last: (data: string) => boolean) =>
    new Promise<string[]>((resolve) => {
      look = () => {
        if (heard.some((event) => event.startsWith(type) && last(event))) resolve(heard)
      }
      look()
    })
}
