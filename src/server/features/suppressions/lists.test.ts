import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { fill, makeList, settled, upload } from '#kit/suppression-lists.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'

const path = '/api/v1/suppression-lists'
const hour = 3_600_000
const inHours = (app: App, hours: number) => new Date(app.now() + hours * hour).toISOString()

/** What blocks, in each of the two campaigns of two brands and for a number by itself. */
const scopes = [
  { scope: 'workspace', blocks: ['acme', 'other', 'none'] },
  { scope: 'litigator', blocks: ['acme', 'other', 'none'] },
  { scope: 'national', more: { country: 'us' }, blocks: ['acme', 'other', 'none'] },
  { scope: 'state', more: { region: 'fl' }, blocks: ['acme', 'other', 'none'] },
  { scope: 'brand', more: { brand: 'ACME ltd' }, blocks: ['acme'] },
  { scope: 'campaign', blocks: ['other'] },
]

describe('suppression lists', () => {
  let app: App
  const campaigns: Record<string, string> = {}
  before(async () => {
    app = await openApp({ list_chunk_rows: 10 })
    for (const [key, brand] of Object.entries({ acme: 'Acme Ltd', other: 'Öther' })) {
      const made = await app.ask('POST', '/api/v1/campaigns', { body: { name: key, brand: ` ${brand} ` } })
      assert.equal(made.body.brand, brand)
      campaigns[key] = made.body.id
    }
  })
  after(() => app.close())

  async function addLeads(campaign: string, numbers: string[]): Promise<void> {
    const body = { leads: numbers.map((phone) => ({ phone })) }
    const added = await app.ask('POST', `/api/v1/campaigns/${campaign}/leads`, { body })
    assert.ok(added.status < 300, added.text)
  }
  async function statusOf(campaign: string, number: string): Promise<string> {
    const query = `campaign_id=${campaign}&phone=${encodeURIComponent(number)}`
    return (await app.ask('GET', `/api/v1/leads?${query}`)).body.data[0]?.status
  }
  /** In which campaigns its leads are blocked, and whether it is for calls of none. */
  async function blockedIn(number: string): Promise<string[]> {
    const found: string[] = []
    for (const [key, id] of Object.entries(campaigns))
      if ((await statusOf(id, number)) === 'do_not_call') found.push(key)
    const { rows } = await app.db.owner.query('select blocked_until($1, $2, null, now()) as until', [
      ...[app.tenant.workspace_id, number],
    ])
    return rows[0].until === null ? found : [...found, 'none']
  }
  const campaignOf = (scope: string) => (scope === 'campaign' ? { campaign_id: campaigns.other } : {})

  for (const [index, { scope, more, blocks }] of scopes.entries()) {
    it(`of scope ${scope} block exactly its calls, before leads come and after`, async () => {
      const [early, late, imported, free] = numbersFrom(index * 10, 4) as [string, string, string, string]
      for (const id of Object.values(campaigns)) await addLeads(id, [early, free])
      const id = await makeList(app, { scope, ...more, ...campaignOf(scope) })
      const list = await fill(app, id, [early, late, imported])
      assert.deepEqual([list.status, list.numbers, list.added_numbers], ['ready', 3, 3])
      for (const campaign of Object.values(campaigns)) {
        await addLeads(campaign, [late])
        const sent = { body: `phone\n${imported}\n`, headers: { 'content-type': 'text/csv' } }
        const preview = await app.ask('POST', `/api/v1/imports/preview?campaign_id=${campaign}`, sent)
        const isBlocked = blocks.some((key) => campaigns[key] === campaign)
        assert.equal(preview.body.counts.suppressed, isBlocked ? 1 : 0)
        await app.ask('POST', `/api/v1/imports?campaign_id=${campaign}`, sent)
      }
      for (const number of [early, late]) assert.deepEqual(await blockedIn(number), blocks)
      assert.deepEqual(await blockedIn(free), [])
      while ((await statusOf(campaigns.other as string, imported)) === undefined);
      assert.deepEqual(await blockedIn(imported), blocks)
      const look = (await app.ask('GET', `/api/v1/suppressions/look-up?number=${encodeURIComponent(early)}`)).body
      assert.deepEqual([look.suppressed, look.suppressions], [true, []])
      assert.deepEqual(
        look.lists.map((each: { id: string }) => each.id),
        [id],
      )
      const removed = await app.ask('POST', `${path}/${id}/remove`, { body: { reason: 'a test' } })
      assert.deepEqual([removed.status, removed.body.removed_reason], [200, 'a test'])
      assert.equal(removed.body.removed_by, app.tenant.user_id)
      await settled(app, id)
      for (const number of [early, late, imported]) assert.deepEqual(await blockedIn(number), [])
    })
  }

  it('beside single blocks by brand', async () => {
    const [number] = numbersFrom(100, 1) as [string]
    for (const id of Object.values(campaigns)) await addLeads(id, [number])
    const block = (body: object) => app.ask('POST', '/api/v1/suppressions', { body: { number, ...body } })
    const made = await block({ brand: 'öTHER' })
    assert.deepEqual([made.status, made.body.scope, made.body.brand], [201, 'brand', 'öTHER'])
    assert.equal((await block({ brand: 'Öther' })).status, 200)
    assert.equal((await block({ brand: 'Acme Ltd.' })).status, 201)
    assert.deepEqual(await blockedIn(number), ['other'])
    const filtered = (await app.ask('GET', `/api/v1/suppressions?brand=${encodeURIComponent('ÖTHER')}`)).body.data
    assert.deepEqual(
      filtered.map((each: { id: string }) => each.id),
      [made.body.id],
    )
    const both = await block({ brand: 'Acme', campaign_id: campaigns.acme })
    assert.deepEqual([both.status, both.body.errors[0].path], [422, 'brand'])
    // Whoever calls under another name from now on is asked anew.
    await app.ask('PATCH', `/api/v1/campaigns/${campaigns.other}`, { body: { brand: 'Third' } })
    assert.deepEqual(await blockedIn(number), [])
    await app.ask('PATCH', `/api/v1/campaigns/${campaigns.other}`, { body: { brand: 'Öther' } })
    assert.deepEqual(await blockedIn(number), ['other'])
    await app.ask('POST', `/api/v1/suppressions/${made.body.id}/remove`, { body: { reason: 'a test' } })
    assert.deepEqual(await blockedIn(number), [])
  })

  it('are replaced whole and at once; what only the former had is free', async () => {
    const [a, b, c] = numbersFrom(110, 3) as [string, string, string]
    await addLeads(campaigns.acme as string, [a, b, c])
    const id = await makeList(app)
    await fill(app, id, [a, b, ...numbersFrom(120, 50)])
    const replaced = await fill(app, id, [b, c])
    assert.deepEqual([replaced.numbers, replaced.added_numbers, replaced.rows_read], [2, 2, 2])
    const statuses = await Promise.all([a, b, c].map((number) => statusOf(campaigns.acme as string, number)))
    assert.deepEqual(statuses, ['pending', 'do_not_call', 'do_not_call'])
    const { rows } = await app.db.owner.query(
      'select count(*)::int as n from suppression_list_numbers n join suppression_lists l on l.holds = n.list_number where l.id = $1',
      [id],
    )
    assert.equal(rows[0].n, 2)
    await upload(app, id, 'name,city\nAnn,Rome\nBo,Bonn\n')
    const failed = await settled(app, id)
    assert.deepEqual([failed.status, failed.numbers], ['failed', 2])
    assert.match(failed.error, /^No column of the file looks like a phone number/)
    assert.equal(await statusOf(campaigns.acme as string, c), 'do_not_call')
  })

  it('say what became of every row of a file full of junk, and lose nothing to it', async () => {
    const numbers = numbersFrom(200, 35)
    const junk = ['hello', '', 'x'.repeat(70_000), '"never closed', '21\0', '=1+1']
    const lines = numbers.flatMap((number, index) => [number, ...(index < junk.length ? [junk[index]] : [])])
    const id = await makeList(app)
    await upload(app, id, `${lines.join('\n')}\n${numbers[0]}\n`)
    const { rows_read, added_numbers, repeated_numbers, refused_rows, numbers: n, status } = await settled(app, id)
    assert.deepEqual([status, n, added_numbers, repeated_numbers], ['ready', 35, 35, 1])
    assert.deepEqual([rows_read, refused_rows], [42, 6])
    const refused = await app.ask('GET', `${path}/${id}/refused`)
    assert.match(refused.headers.get('content-type') ?? '', /^text\/csv/)
    const rows = refused.text.trimEnd().split('\r\n')
    assert.equal(rows[0], 'row,text,reason')
    assert.deepEqual(
      rows.slice(1).map((row) => row.split(',')[0]),
      ['2', '4', '6', '8', '10', '12'],
    )
    assert.match(rows[1] as string, /^2,hello,"found “hello”, which is not a phone number/)
    assert.ok((rows[3] as string).length < 400)
    const form = new FormData()
    form.append('mapping', '{"blocked":"phone"}')
    form.append('file', new Blob([`id;blocked\n1;${numbers[1]}\n2;n/a\n`]), 'crm.csv')
    const begun = await app.ask('POST', `${path}/${id}/upload`, { body: form })
    assert.deepEqual([begun.status, begun.body.status, begun.body.file_name], [202, 'importing', 'crm.csv'])
    const again = await settled(app, id)
    assert.deepEqual([again.numbers, again.refused_rows, again.bytes_read], [1, 1, again.file_size_bytes])
    assert.equal((await app.ask('GET', `${path}/${id}/refused`)).text.trimEnd().split('\r\n').length, 2)
  })

  it('refuse with 422 what no list can be', async () => {
    const list = { name: 'x', source: 'y', scope: 'workspace' }
    const wrong: [object, string][] = [
      [{ scope: 'brand' }, 'brand'],
      [{ scope: 'campaign' }, 'campaign_id'],
      [{ scope: 'state' }, 'region'],
      [{ scope: 'national' }, 'country'],
      [{ brand: 'Acme' }, 'brand'],
      [{ scope: 'litigator', region: 'FL' }, 'region'],
      [{ scope: 'brand', brand: 'Acme', campaign_id: campaigns.acme }, 'campaign_id'],
      [{ scope: 'campaign', campaign_id: crypto.randomUUID() }, 'campaign_id'],
      [{ expires_at: inHours(app, -1) }, 'expires_at'],
      [{ expires_at: '9999-12-31T00:00:00Z' }, 'expires_at'],
    ]
    for (const [more, at] of wrong) {
      const { status, body } = await app.ask('POST', path, { body: { ...list, ...more } })
      assert.deepEqual([status, body.errors?.[0].path], [422, at], JSON.stringify(more))
    }
    const late = { number: '+12125550101', expires_at: '9999-12-31T00:00:00Z' }
    assert.equal((await app.ask('POST', '/api/v1/suppressions', { body: late })).body.errors[0].path, 'expires_at')
    const id = await makeList(app)
    for (const query of ['?consent_basis=written', '?country=ZZ', '?header=maybe']) {
      const sent = { body: '+12125550101', headers: { 'content-type': 'text/csv' } }
      assert.equal((await app.ask('POST', `${path}/${id}/upload${query}`, sent)).status, 422, query)
    }
    assert.equal((await app.ask('POST', `${path}/${id}/upload`)).status, 415)
    const agent = await app.makeMember(app.tenant, 'supervisor')
    assert.equal((await app.ask('POST', path, { body: list, key: agent.key })).status, 403)
  })

  it('are nothing to another workspace', async () => {
    const [number] = numbersFrom(300, 1) as [string]
    const id = await makeList(app, { name: 'CANARY' })
    await fill(app, id, [number])
    const key = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const file = { key, body: number, headers: { 'content-type': 'text/csv' } }
    assert.equal((await app.ask('GET', `${path}/${id}`, { key })).status, 404)
    assert.equal((await app.ask('GET', `${path}/${id}/refused`, { key })).status, 404)
    assert.equal((await app.ask('POST', `${path}/${id}/upload`, file)).status, 404)
    assert.equal((await app.ask('POST', `${path}/${id}/remove`, { key, body: { reason: 'mine' } })).status, 404)
    assert.deepEqual((await app.ask('GET', path, { key })).body.data, [])
    const look = await app.ask('GET', `/api/v1/suppressions/look-up?number=${encodeURIComponent(number)}`, { key })
    assert.deepEqual([look.body.suppressed, look.body.lists], [false, []])
    const campaign = await app.ask('POST', '/api/v1/campaigns', { key, body: { name: 'theirs' } })
    const body = { leads: [{ phone: number }] }
    await app.ask('POST', `/api/v1/campaigns/${campaign.body.id}/leads`, { key, body })
    assert.equal((await app.ask('GET', '/api/v1/leads', { key })).body.data[0].status, 'pending')
    const elsewhere = { name: 'x', source: 'y', scope: 'campaign', campaign_id: campaigns.acme }
    assert.equal((await app.ask('POST', path, { key, body: elsewhere })).status, 422)
  })
})

describe('a list under dialing', () => {
  const closing: (() => Promise<unknown>)[] = []
  after(async () => {
    for (const close of closing.reverse()) await close()
  })
  async function open(list_chunk_rows: number): Promise<{ floor: Floor; app: App }> {
    const script = { default: [{ do: 'rings-out', ring_s: 25, weight: 1 }] }
    const floor = await openFloor({ script, channels: 200, concurrent_calls: 40, owner_concurrent_calls: 40 })
    const app = await openApp({ floor, list_chunk_rows })
    closing.push(floor.close, app.close)
    return { floor, app }
  }
  const ringing = (floor: Floor) => {
    const over = new Set(floor.ends().map(({ attempt_id }) => attempt_id))
    return floor.dials().filter(({ attempt_id }) => !over.has(attempt_id))
  }

  it('that has an end waits until then, and no longer', async () => {
    const { floor, app } = await open(10)
    const [number] = numbersFrom(0, 1) as [string]
    const campaign = await floor.startCampaign({ leads: 0, settings: { mode: 'broadcast' } })
    await fill(app, await makeList(app, { expires_at: inHours(app, 1) }), [number])
    await app.ask('POST', `/api/v1/campaigns/${campaign}/leads`, { body: { leads: [{ phone: number }] } })
    await floor.run(hour - 60_000, 60_000)
    assert.equal(floor.dials().length, 0)
    const [lead] = (await app.ask('GET', `/api/v1/leads?campaign_id=${campaign}`)).body.data
    const { body } = await app.ask('GET', `/api/v1/leads/${lead.id}/verdict`)
    assert.equal(body.rule.id, 'do_not_call_until')
    await floor.run(120_000)
    assert.equal(floor.dials().length, 1)
    const look = await app.ask('GET', `/api/v1/suppressions/look-up?number=${encodeURIComponent(number)}`)
    assert.deepEqual([look.body.suppressed, look.body.lists], [false, []])
  })

  it('is dialed no more from the commit of its chunk on, and what rings ends within 2 s', async () => {
    const { floor, app } = await open(7)
    const numbers = numbersFrom(0, 300)
    const settings = { mode: 'broadcast', max_attempts: 1 }
    await floor.startCampaign({ numbers, settings })
    await floor.run(6_000, 1_000)
    const up = ringing(floor)
    assert.equal(up.length, 40)
    const listed = [...new Set([...up.slice(0, 25).map(({ number }) => number), ...numbers.slice(60, 200)])]
    const id = await makeList(app)
    const filling = fill(app, id, listed.reverse())
    /** By number: how many dials there had been when it was seen on the list. */
    const seen = new Map<string, number>()
    let done = false
    const finished = filling.finally(() => {
      done = true
    })
    while (!done) {
      const { rows } = await app.db.owner.query('select number from suppression_list_numbers')
      const dials = floor.dials().length
      for (const { number } of rows) if (!seen.has(number)) seen.set(number, dials)
      await floor.run(100, 1_000)
    }
    assert.equal((await finished).numbers, listed.length)
    const read_at = app.now()
    await floor.run(2_000)
    const stillUp = ringing(floor).map(({ number }) => number)
    assert.deepEqual(
      stillUp.filter((number) => listed.includes(number)),
      [],
    )
    for (const { number } of up.slice(0, 25)) {
      const [call] = (await app.ask('GET', `/api/v1/calls?to_number=${encodeURIComponent(number)}`)).body.data
      const ms = Date.parse(call.ended_at) - read_at
      assert.ok(ms <= 2_000, `${number} was rung ${ms} ms after it was on the list`)
    }
    await floor.run(300_000)
    const all = floor.dials()
    for (const number of listed) {
      const after = all.slice(seen.get(number) ?? all.length).filter((dial) => dial.number === number)
      assert.deepEqual(after, [], `${number} was dialed after it was on the list`)
    }
    const dialed = new Set(all.map(({ number }) => number))
    assert.deepEqual(
      numbers.filter((number) => !dialed.has(number) && !listed.includes(number)),
      [],
    )
    assert.ok(dialed.size < 250, `${dialed.size} dialed`)
  })

  it('that takes over ends what rings at its numbers', async () => {
    const { floor, app } = await open(10)
    const id = await makeList(app)
    await fill(app, id, numbersFrom(500, 30))
    await floor.startCampaign({ leads: 5, settings: { mode: 'broadcast', max_attempts: 1 } })
    await floor.run(4_000)
    const [called, ...others] = ringing(floor)
    await fill(app, id, [...numbersFrom(600, 30), called?.number as string])
    await floor.run(2_000)
    assert.deepEqual(ringing(floor), others)
    assert.equal(floor.ends()[0]?.outcome, 'canceled')
  })
})
