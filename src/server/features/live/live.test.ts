import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant } from '#kit/tenant.ts'

interface Heard {
  id: number
  event: string
  data: Record<string, unknown>
}

/** Listens until it has heard `count` events, or until the stream ends. */
async function listen(app: App, count: number, options: { key?: string; last?: number } = {}) {
  const response = await fetch(`${app.url}/api/v1/live`, {
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${options.key ?? app.key}`,
      ...(options.last === undefined ? {} : { 'last-event-id': String(options.last) }),
    },
  })
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  let text = (await reader.read()).value ?? ''
  const heard = (async () => {
    while (parse(text).length < count) {
      const { value, done } = await reader.read()
      if (done) break
      text += value
    }
    await reader.cancel()
    return parse(text)
  })()
  return { heard }
}

function parse(text: string): Heard[] {
  return [...text.matchAll(/id: (\d+)\nevent: (.+)\ndata: (.+)\n\n/g)].map(([, id, event, data]) => ({
    id: Number(id),
    event: event as string,
    data: JSON.parse(data as string),
  }))
}

describe('the live stream', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const make = async (name: string) => (await app.ask('POST', '/api/v1/campaigns', { body: { name } })).body.id

  it('tells what happens, with gapless numbers, to its own workspace alone', async () => {
    const stranger = await makeTenant(app.db.app, app.now())
    const others = await listen(app, 1, { key: await app.makeKey(stranger) })
    const { heard } = await listen(app, 2)
    const ids = [await make('one'), await make('two')]
    const events = await heard
    assert.deepEqual(
      events.map((event) => event.data.campaign_id),
      ids,
    )
    assert.equal(events[1]?.id, (events[0]?.id ?? 0) + 1)
    const strangers = await app.ask('POST', '/api/v1/campaigns', {
      body: { name: 's' },
      key: await app.makeKey(stranger),
    })
    assert.deepEqual(
      (await others.heard).map((event) => event.data.campaign_id),
      [strangers.body.id],
    )
  })

  it('goes on after the last event that was heard', async () => {
    const { heard } = await listen(app, 1)
    const first = await make('a')
    const [last] = await heard
    assert.equal(last?.data.campaign_id, first)
    const missed = [await make('b'), await make('c')]
    const resumed = await (await listen(app, 2, { last: last?.id ?? 0 })).heard
    assert.deepEqual(
      resumed.map((event) => event.data.campaign_id),
      missed,
    )
  })

  it('says reset when what was missed is no longer kept, or never was', async () => {
    await app.db.owner.query('delete from live_events where seq < (select max(seq) from live_events)')
    const [event] = await (await listen(app, 1, { last: 0 })).heard
    assert.equal(event?.event, 'reset')
    const [ahead] = await (await listen(app, 1, { last: 999_999 })).heard
    assert.equal(ahead?.event, 'reset')
  })

  it('ends when the key is revoked', async () => {
    const made = (await app.ask('POST', '/api/v1/api-keys', { body: { name: 'l', scopes: ['read'] } })).body
    const { heard } = await listen(app, 1, { key: made.token })
    await app.ask('DELETE', `/api/v1/api-keys/${made.id}`)
    assert.deepEqual(await heard, [])
  })

  it('answers 406 to who takes no event stream', async () => {
    for (const accept of ['application/json', 'text/html', 'text/event-stream;q=0']) {
      assert.equal((await app.ask('GET', '/api/v1/live', { headers: { accept } })).status, 406, accept)
    }
  })

  it('shows members only their own campaigns where the workspace says so', async () => {
    await app.db.owner.query("update workspaces set visibility = 'own' where id = $1", [app.tenant.workspace_id])
    const agent = await app.makeMember(app.tenant, 'agent')
    const { heard } = await listen(app, 1, { key: agent.key })
    await make('not theirs')
    const mine = await makeOwned(app, agent.user_id)
    assert.deepEqual(new Set((await heard).map((event) => event.data.campaign_id)), new Set([mine]))
  })
})

/** A supervisor's campaign handed to an agent, and an event of it. */
async function makeOwned(app: App, userId: string): Promise<string> {
  const { id } = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'theirs' } })).body
  await app.db.owner.query('update campaigns set owner_user_id = $2 where id = $1', [id, userId])
  await app.ask('PATCH', `/api/v1/campaigns/${id}`, { body: { name: 'renamed' } })
  return id
}
