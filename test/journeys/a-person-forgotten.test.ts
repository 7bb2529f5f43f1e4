import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { makeAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { number_key } from '#kit/database.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { importOver } from '#kit/http-imports.ts'
import { makeTenant } from '#kit/tenant.ts'
import { pointAt } from '#kit/test-server.ts'
import { restoreBackup } from '#store/backup/restore-backup.ts'
import { writeBackup } from '#store/backup/write-backup.ts'
import { openPool } from '#store/database.ts'
import { refuseForeignNumberKey } from '#store/erased-numbers.ts'
import { deriveNumberKey } from '#store/secrets.ts'
import { inWorkspace, suppressionsKey } from '#store/tx.ts'

const number = '+15185550142'
const other_number = '+13155550177'
const publicUrl = 'https://calls.example.com'
const account_sid = `AC${'c'.repeat(32)}`
const token = 'c'.repeat(32)

/** Everything of the person that is planted, each somewhere else; all as they would be found in a row's text. */
const traces = [
  ...[
    'Marisol',
    'Quintanilla',
    'marisol.q@zinnia.example',
    'Schenectady',
    'Zinnia',
    '12305-7781',
    '5185550142',
    '3155550177',
  ],
  ...[
    '(518) 555-0142',
    '518.555.0142',
    'blood orange',
    'velvet-vip',
    'Ginebra',
    'Hibisco',
    'Pimienta',
    'limping heron',
  ],
  ...[
    'turquoise',
    'Oaxaca',
    'K-88812',
    'green bell',
    'deal-44417',
    'crm-77120',
    'Anselmo',
    'Tulipan',
    'Jacaranda',
    'Romero',
  ],
]

const file = [
  'name,phone,alternate phone,email,city,company,postcode,sofa,segment',
  `Marisol Quintanilla,(518) 555-0142,(315) 555-0177,marisol.q@zinnia.example,Schenectady,Zinnia Upholstery,12305-7781,blood orange,velvet-vip`,
  'Marisol Quintanilla,1-518-555-0142,,,,,,Romero,',
  'Marisol Quintanilla,518.555.0142,,,,,,,,,Ginebra',
  'Marisol Quintanilla,55,,,,,,Hibisco,',
  'Ann Other,66,,ann@other.example,,,,leather,',
].join('\n')

describe('a person who asked to be forgotten', () => {
  let floor: Floor
  let app: App
  let person: { id: string; lead_id: string; campaign: string }
  let before_it: unknown
  let certificate: { id: string; numbers: number; erased_rows: Record<string, number> }
  before(async () => {
    floor = await openFloor({
      script: { default: [{ do: 'answers', ring_s: 5, talk_s: 40, weight: 1 }] },
      channels: 20,
    })
    app = await openApp({ floor, settings: { OUTDIAL_PUBLIC_URL: publicUrl } })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const all = async (sql: string, values: unknown[] = []) => (await floor.db.owner.query(sql, values)).rows
  const ok = async (method: string, path: string, body?: object, key = app.key) => {
    const answer = await app.ask(method, `/api/v1/${path}`, body === undefined ? { key } : { key, body })
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.body
  }
  const erase = (id: string, key = app.key) =>
    app.ask('POST', `/api/v1/contacts/${id}/erase`, { key, body: { reason: 'asked by letter' } })
  const dialsTo = (phone: string) => floor.dials().filter((dial) => dial.number === phone).length
  const lookUp = (phone: string) => ok('GET', `suppressions/look-up?number=${encodeURIComponent(phone)}`)

  /** What Twilio tells at a trunk's address, signed. */
  async function tellTwilio(trunk: string, kind: string, fields: Record<string, string>): Promise<void> {
    const form: Record<string, string> = { AccountSid: account_sid, ...fields }
    const path = `/webhooks/twilio/${trunk}/${kind}`
    const signed = Object.keys(form)
      .sort()
      .reduce((sum, name) => sum + name + form[name], publicUrl + path)
    const signature = createHmac('sha1', token).update(signed).digest('base64')
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature }
    const answer = await app.ask('POST', path, { key: null, body: `${new URLSearchParams(form)}`, headers })
    assert.ok(answer.status < 300, answer.text)
  }

  /** Where in all tables and in the data folder something of the person stands. */
  async function findTraces(): Promise<string[]> {
    const tables = await all(`select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`)
    const found: string[] = []
    for (const { name } of tables) {
      for (const trace of traces) {
        const [{ n }] = await all(
          `select count(*)::int as n from ${name} t where strpos(lower(t::text), lower($1)) > 0`,
          [trace],
        )
        if (n > 0) found.push(`${name}: ${trace}`)
      }
    }
    for (const entry of readdirSync(app.data_dir, { recursive: true, encoding: 'utf8' })) {
      const path = join(app.data_dir, entry)
      const text = statSync(path).isFile() ? readFileSync(path, 'latin1') : ''
      for (const trace of traces) if (text.includes(trace)) found.push(`${entry}: ${trace}`)
    }
    return found
  }

  /** Counted anew from attempts, calls and what they meant. */
  const recount = async () => [
    await all(
      `select campaign_id, calls, answered, abandoned, contacts, successes, talk_seconds from v_campaign_performance
      where workspace_id = $1 order by 1`,
      [app.tenant.workspace_id],
    ),
    await all('select * from v_daily_call_stats where workspace_id = $1 order by 2', [app.tenant.workspace_id]),
    await all('select campaign_id, state, outcome, count(*) from attempts group by 1, 2, 3 order by 1, 2, 3'),
    await all('select kind, count(*) from call_events group by 1 order by 1'),
    await all('select campaign_id, attempts, count(*) from leads group by 1, 2 order by 1, 2'),
    await all('select total_rows, imported_rows, duplicate_rows, invalid_rows from imports order by id'),
  ]

  it('has left traces in many tables, by an import, calls, an agent, a carrier and what people wrote', async () => {
    const campaign = await floor.startCampaign({
      leads: 0,
      settings: { mode: 'preview', max_attempts: 3, script: 'Hello {{ full_name }}' },
    })
    const { user_id, key } = await app.makeMember(app.tenant, 'agent')
    await makeAgent(floor.db.owner, app.tenant, app.now(), { user_id, reached_at: 'browser', campaign_id: campaign })
    const imported = await importOver(app, file, { campaign_id: campaign })
    assert.deepEqual(
      [imported.imported_rows, imported.duplicate_rows, imported.invalid_rows],
      [1, 1, 3],
      JSON.stringify(imported),
    )
    const [contact] = (await ok('GET', `contacts?phone=${encodeURIComponent(number)}`)).data
    const session = (await ok('POST', 'agent-sessions', {}, key)).id
    await floor.run(10_000, 1000)
    const [{ data: offer }] = await all(`select data from agent_messages where type = 'offer'`)
    await ok('POST', `agent-sessions/${session}/offer`, { call_id: offer.call_id, accept: true }, key)
    await floor.run(10_000, 1000)
    assert.equal((await erase(contact.id)).status, 409, 'she is on the telephone')
    await floor.run(60_000)
    const said = (disposition: string, more: object) =>
      ok('POST', `calls/${offer.call_id}/disposition`, { disposition, ...more }, key)
    await said('interested', { note: 'wants turquoise', fields: { loyalty: 'K-88812' } })
    await ok('POST', `calls/${offer.call_id}/notes`, { content: 'her dog is Pimienta' }, key)
    await ok('POST', `calls/${offer.call_id}/notes`, { content: 'limping heron', type: 'complaint' }, key)
    const callback_at = new Date(app.now() + 26 * 3_600_000).toISOString()
    await said('callback', { note: 'thinks it over in Oaxaca; ring the green bell', callback_at })
    await ok('POST', `agent-sessions/${session}/state`, { state: 'offline' }, key)
    const by_hand = { number, without_agent: true, metadata: { deal: 'deal-44417' }, external_lead_id: 'crm-77120' }
    const { id: call } = await ok('POST', 'calls', by_hand)
    await floor.run(60_000)
    const account = { name: 'Twilio', provider: 'twilio', settings: { account_sid }, secret: token }
    const trunk = (await ok('POST', 'trunks', account)).id
    await tellTwilio(trunk, 'message', {
      From: number,
      Body: 'Tulipan?',
      MessageSid: `SM${randomBytes(16).toString('hex')}`,
    })
    const CallSid = `CA${'9'.repeat(32)}`
    await floor.db.owner.query('update calls set trunk_id = $2, provider_call_id = $3 where id = $1', [
      call,
      trunk,
      CallSid,
    ])
    await tellTwilio(trunk, 'status', {
      CallSid,
      RecordingUrl: 'https://api.example.com/Jacaranda',
      RecordingSid: 'RE1',
    })
    await floor.run(5_000)
    await ok('POST', 'suppressions', { number, reason: 'her brother Anselmo wrote' })
    person = { id: contact.id, lead_id: offer.lead.id, campaign }
    const found = await findTraces()
    for (const trace of traces)
      assert.ok(
        found.some((place) => place.endsWith(`: ${trace}`)),
        `${trace} was not planted`,
      )
    const places = new Set(found.map((place) => place.split(':')[0]))
    assert.ok(places.size >= 15, [...places].join(' '))
    before_it = await recount()
  })

  it('is erased by an admin alone, and there is nothing left in any table or file', async () => {
    const { key } = await app.makeMember(app.tenant, 'supervisor')
    assert.equal((await erase(person.id, key)).status, 403)
    const stranger = await makeTenant(floor.db.app, app.now())
    assert.equal((await erase(person.id, await app.makeKey(stranger))).status, 404)
    const erased = await erase(person.id)
    assert.equal(erased.status, 200, erased.text)
    certificate = erased.body
    assert.equal(certificate.numbers, 2)
    for (const table of [
      'contacts',
      'contact_phones',
      'calls',
      'call_notes',
      'import_errors',
      'provider_payloads',
      'agent_messages',
    ]) {
      assert.ok((certificate.erased_rows[table] ?? 0) > 0, `${table}: ${JSON.stringify(certificate.erased_rows)}`)
    }
    assert.deepEqual(await findTraces(), [])
    const others = await all(`select found from import_errors`)
    assert.equal(others.length, 1, 'a refused row of somebody else stays')
    assert.equal((await app.ask('GET', `/api/v1/contacts/${person.id}`)).status, 404)
  })

  it('is gone once: asked again, the certificate is the same', async () => {
    const again = await erase(person.id)
    assert.deepEqual([again.status, again.body], [200, certificate])
    const program = join(import.meta.dirname, '../../cli/outdial.ts')
    const words = ['contacts', 'erase', person.id, '--reason', 'asked by letter', '--url', app.url, '--key', app.key]
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...words])
    assert.match(stdout, new RegExp(`2 numbers stay blocked \\(certificate ${certificate.id}\\)`))
    assert.equal((await all('select from erasures')).length, 1)
  })

  it('is counted as before', async () => {
    assert.deepEqual(await recount(), before_it)
    for (const path of [
      'calls',
      'attempts',
      'callbacks',
      `campaigns/${person.campaign}/progress`,
      `leads/${person.lead_id}`,
    ])
      await ok('GET', path)
    for (const { id } of (await ok('GET', 'calls')).data) await ok('GET', `calls/${id}/events`)
    const [call] = (await ok('GET', `calls?contact_id=${person.id}`)).data
    assert.equal(call.to_number, null)
    const correction = { disposition: 'do_not_call', note: 'nobody there' }
    await ok('POST', `calls/${call.id}/disposition`, correction)
  })

  it('is not called again, also under another name; the same number elsewhere is', async () => {
    const dials = dialsTo(number)
    const stranger = await makeTenant(floor.db.app, app.now())
    const campaign = await floor.startCampaign({ leads: 0 })
    const second = '+13155550178'
    await importOver(app, `name,phone\nSomebody Else,${number}\nNew Person,${other_number}\nOther One,${second}`, {
      campaign_id: campaign,
    })
    await floor.startCampaign({ numbers: [other_number], workspace: stranger })
    await floor.run(5 * 60_000)
    assert.deepEqual([dialsTo(number) - dials, dialsTo(other_number), dialsTo(second)], [0, 1, 1])
    const leads = (await ok('GET', `leads?campaign_id=${campaign}`)).data as { phone: string; status: string }[]
    const statuses = Object.fromEntries(leads.map(({ phone, status }) => [phone, status]))
    assert.deepEqual(statuses, { [number]: 'do_not_call', [other_number]: 'do_not_call', [second]: 'completed' })
    const by_hand = await app.ask('POST', '/api/v1/calls', { body: { number, without_agent: true } })
    assert.deepEqual([by_hand.status, by_hand.body.rule], [409, 'do_not_call'])
    for (const phone of [number, other_number]) {
      const { suppressed, suppressions } = await lookUp(phone)
      assert.deepEqual([suppressed, suppressions[0].source, suppressions[0].id], [true, 'erasure', certificate.id])
    }
    assert.equal((await lookUp(second)).suppressed, false)
    assert.equal((await ok('GET', `suppressions/look-up?number=${encodeURIComponent(number)}`)).suppressed, true)
    const theirs = await app.ask('GET', `/api/v1/suppressions/look-up?number=${encodeURIComponent(number)}`, {
      key: await app.makeKey(stranger),
    })
    assert.equal(theirs.body.suppressed, false)
  })

  it('is not half erased: a call that begins meanwhile, or a file being read, leaves everything as it was', async () => {
    const phone = '+15185550199'
    const { id } = await ok('POST', 'contacts', { phones: [phone], full_name: 'Ada Bright' })
    await floor.startCampaign({ numbers: [phone] })
    await floor.run(60_000)
    const [{ trunk }] = await all(`select id as trunk from trunks where provider = 'twilio'`)
    await tellTwilio(trunk, 'message', {
      From: phone,
      Body: 'who?',
      MessageSid: `SM${randomBytes(16).toString('hex')}`,
    })
    const payloads = () => all(`select from provider_payloads where payload::text like '%15185550199%'`)
    const holder = await floor.db.owner.connect()
    await holder.query(`begin; select pg_advisory_xact_lock(${suppressionsKey(app.tenant.workspace_id)})`)
    const asked = erase(id)
    for (let waiting = 0; waiting === 0; ) {
      const [{ n }] = await all(`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`)
      waiting = n
    }
    const ended = await all('select id, ended_at, state from attempts where number = $1', [phone])
    await holder.query(`update attempts set ended_at = null, state = 'dialed' where number = $1`, [phone])
    await holder.query('commit')
    holder.release()
    const refused = await asked
    assert.deepEqual([refused.status, (await payloads()).length], [409, 1], refused.text)
    assert.equal((await lookUp(phone)).suppressed, false)
    await all('update attempts set ended_at = $2, state = $3 where id = $1', Object.values(ended[0]))
    await all(`update imports set status = 'processing', lease_until = now() + interval '1 hour'`)
    const importing = await erase(id)
    assert.deepEqual([importing.status, /imported/.test(importing.body.detail)], [409, true])
    await all(`update imports set status = 'completed', lease_until = null`)
    assert.equal((await erase(id)).status, 200)
    assert.deepEqual([(await payloads()).length, (await lookUp(phone)).suppressed], [0, true])
  })

  it('is still known as blocked in a restored backup with the same key, unknown without one, refused with another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outdial-forgotten-'))
    const name = `${floor.db.name}_restored`
    const url = pointAt(floor.db.url_owner, name)
    const written = await writeBackup({ connectionString: floor.db.url_owner }, join(folder, 'backup.gz'), new Date())
    assert.ok(written.ok, JSON.stringify(written))
    await floor.db.owner.query(`create database ${name} template template0`)
    try {
      const restored = await restoreBackup({ connectionString: url }, join(folder, 'backup.gz'))
      assert.ok(restored.ok, JSON.stringify(restored))
      const ask = async (key?: string) => {
        // The database is dropped while the connection says goodbye.
        const options = { max: 1, onError: () => {}, ...(key === undefined ? {} : { number_key: key }) }
        const pool = openPool({ connectionString: url }, options)
        const { rows } = await inWorkspace(pool, app.tenant, (tx) => tx.query('select is_dnc($1) as blocked', [number]))
        const refused = await refuseForeignNumberKey(pool).then(
          () => false,
          () => true,
        )
        await pool.end()
        return [rows[0].blocked, refused]
      }
      assert.deepEqual(await ask(number_key), [true, false])
      assert.deepEqual(await ask(), [false, true])
      assert.deepEqual(await ask(deriveNumberKey(Buffer.alloc(32, 8))), [false, true])
    } finally {
      await floor.db.owner.query(`drop database ${name} with (force)`)
      rmSync(folder, { recursive: true })
    }
  })
})
