import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { type App, openApp } from '#kit/app.ts'
import { saveTelecardLists } from '#kit/old-telecard.ts'

const program = join(import.meta.dirname, '../../cli/outdial.ts')
const secret = 'a-secret-that-nobody-may-see'

describe('moving in from an older system', () => {
  let app: App
  const folder = mkdtempSync(join(tmpdir(), 'outdial-old-'))
  const migrate = async (...words: string[]) => {
    const ran = promisify(execFile)(process.execPath, [
      program,
      'migrate',
      ...words,
      '--url',
      app.url,
      '--key',
      app.key,
    ])
    return ran.then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        said: error.stdout + error.stderr,
      }),
    )
  }
  const list = async (path: string) => (await app.ask('GET', `/api/v1/${path}`)).body.data
  before(async () => {
    app = await openApp()
    const { workspace } = (await app.ask('GET', '/api/v1/me')).body
    const home = { country: 'PK', time_zone: 'Asia/Karachi', number_rules: { drop_prefixes: ['ap', 'b'] } }
    assert.equal((await app.ask('PATCH', `/api/v1/workspaces/${workspace.id}`, { body: home })).status, 200)
    saveTelecardLists(folder)
  })
  after(async () => {
    rmSync(folder, { recursive: true, force: true })
    await app.close()
  })

  it('brings everything over once, and says what it left out and what is left to do', async () => {
    const first = await migrate('telecard', folder, '--json')
    assert.equal(first.code, 0, first.said)
    const report = JSON.parse(first.said)
    assert.deepEqual(report.lines, {
      agents: { in_source: 1, here: 1, left_out: 0 },
      campaigns: { in_source: 2, here: 2, left_out: 0 },
      'leads of Ahmed Follow Up': { in_source: 15, here: 15, left_out: 0 },
      'leads of Spent': { in_source: 2, here: 1, left_out: 1 },
      calls: { in_source: 5, here: 5, left_out: 0 },
    })
    assert.match(report.notes.join('\n'), /leads of Spent, 12: found/)
    assert.match(report.notes.join('\n'), /1 import logs/)
    assert.match(report.to_do.join('\n'), /Start “Ahmed Follow Up”[\s\S]*stop the old system/)

    const [campaign] = await list('campaigns?code=AgentAhmed-Follow_Up-20260209')
    assert.deepEqual([campaign.mode, campaign.status, campaign.agent_ids.length], ['progressive', 'draft', 1])
    const [spent] = await list('campaigns?code=AgentAhmed-Growth-20260201')
    assert.equal(spent.status, 'archived')
    const leads = await list(`leads?campaign_id=${campaign.id}`)
    const by = Map.groupBy(leads, ({ status }: { status: string }) => status)
    assert.deepEqual([by.get('called')?.length, by.get('pending')?.length, by.get('do_not_call')?.length], [5, 8, 1])
    assert.deepEqual(leads[0].metadata, { order_count: 0 })
    assert.equal((await list(`calls?campaign_id=${campaign.id}`)).length, 5)
    const [sara] = await list(`leads?campaign_id=${spent.id}`)
    assert.deepEqual([sara.phone, sara.max_attempts, sara.metadata], ['+923007654321', 2, { colour: 'blue' }])
  })

  it('shows the old client what the old system showed', async () => {
    const campaign = (await app.ask('GET', '/api/dialer/campaigns/?search=Follow_Up')).body.results[0]
    const { campaign_id, agent_name, total_leads, called_leads, completed_calls, failed_calls } = campaign
    assert.deepEqual([campaign_id, agent_name], ['AgentAhmed-Follow_Up-20260209', 'AgentAhmed'])
    assert.deepEqual([total_leads, called_leads, completed_calls, failed_calls], [14, 5, 3, 2])
    assert.equal(campaign.completion_percentage, 35.71)
    const { success_rate, total_calls } = (await app.ask('GET', `/api/dialer/campaigns/${campaign.id}/stats/`)).body
    assert.deepEqual([success_rate, total_calls], [60, 5])
    const path = `/api/dialer/leads/?campaign=${campaign.id}&search=923001234500`
    const [lead] = (await app.ask('GET', path)).body.results
    const { lead_id, status, attempt_count, last_call_date, metadata } = lead
    assert.deepEqual([lead_id, status, attempt_count], [`${campaign_id}-923001234500`, 'called', 1])
    assert.deepEqual([last_call_date, metadata], ['2026-02-09T09:30:00Z', { order_count: 0 }])
  })

  it('makes no doubles when it runs again', async () => {
    const counts = async () =>
      Promise.all(['agents', 'campaigns', 'leads', 'calls', 'contacts'].map(async (noun) => (await list(noun)).length))
    const before = await counts()
    const again = await migrate('telecard', folder)
    assert.equal(again.code, 0, again.said)
    assert.match(again.said, /everything of the source is accounted for/)
    assert.deepEqual(await counts(), before)
  })

  it('declares consent when it is said, and asks for it where nobody did', async () => {
    const consent = 'Customers of the shop who left their number at the till'
    assert.equal((await migrate('telecard', folder, '--consent', consent)).code, 0)
    const { workspace } = (await app.ask('GET', '/api/v1/me')).body
    const declared = (await app.ask('GET', `/api/v1/workspaces/${workspace.id}`)).body.consent_declaration
    assert.equal(declared.text, consent)
  })

  it('takes people without a campaign as contacts, and blocks those who asked for it', async () => {
    const other = mkdtempSync(join(tmpdir(), 'outdial-old-'))
    const people = [
      { id: 'p', phone: '+923007654399', name: 'Omar', isDoNotCall: true },
      { id: 'q', phone: '+923007654398', name: 'Zara', email: 'zara@example.com' },
    ]
    writeFileSync(join(other, 'contacts.json'), JSON.stringify({ success: true, data: people, contacts: people }))
    for (const _ of [1, 2]) {
      const ran = await migrate('callcampaign', other, '--json')
      assert.equal(ran.code, 0, ran.said)
      assert.deepEqual(JSON.parse(ran.said).lines, { contacts: { in_source: 2, here: 2, left_out: 0 } })
    }
    const blocked = async (number: string) =>
      (await app.ask('GET', `/api/v1/suppressions/look-up?number=${encodeURIComponent(number)}`)).body.suppressed
    assert.deepEqual([await blocked('+923007654399'), await blocked('+923007654398')], [true, false])
    rmSync(other, { recursive: true })
  })

  it('says in one line what it can not work with', async () => {
    assert.match((await migrate('dialer', folder)).said, /"dialer" is none of telecard/)
    assert.match((await migrate('telecard', join(folder, 'none'))).said, /is not there/)
    writeFileSync(join(folder, 'broken.json'), '{')
    const broken = await migrate('telecard', folder)
    assert.deepEqual([broken.code, /broken\.json is no JSON/.test(broken.said)], [1, true])
  })

  it('makes trunks of old accounts and shows their secrets to nobody', async () => {
    const old = join(folder, 'old.env')
    writeFileSync(
      old,
      `TWILIO_ACCOUNT_SID=AC${'0'.repeat(32)}\nTWILIO_AUTH_TOKEN=${secret}\nTWILIO_PHONE_NUMBER=+12125550100\nVOIPSTUDIO_API_KEY=${secret}\nOPENAI_API_KEY=${secret}\n`,
    )
    rmSync(join(folder, 'broken.json'))
    for (const _ of [1, 2]) {
      const ran = await migrate('telecard', folder, '--env', old)
      assert.equal(ran.code, 0, ran.said)
      assert.ok(!ran.said.includes(secret))
    }
    const trunks = (await list('trunks')).filter(({ name }: { name: string }) =>
      /^(Twilio|VoIPStudio|OpenAI)$/.test(name),
    )
    assert.deepEqual(trunks.map(({ provider }: { provider: string }) => provider).sort(), [
      'openai',
      'twilio',
      'voipstudio',
    ])
    trunks.sort((a: { name: string }, b: { name: string }) => (a.name === 'Twilio' ? -1 : b.name === 'Twilio' ? 1 : 0))
    assert.deepEqual(
      [trunks[0].has_secret, trunks[0].caller_ids[0].number, trunks[0].is_default],
      [true, '+12125550100', false],
    )
    assert.ok(!JSON.stringify(trunks).includes(secret))
  })
})
