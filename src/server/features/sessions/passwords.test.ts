import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { after, before, beforeEach, describe, it, mock } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant, type Tenant } from '#kit/tenant.ts'
import { inWorkspace } from '#store/tx.ts'
import { addMember } from '#store/users.ts'
import { networkOf } from './guesses.ts'

const password = 'correct horse battery'
const own = { 'sec-fetch-site': 'same-origin' }

describe('passwords', () => {
  let app: App
  let email: string
  before(async () => {
    app = await openApp()
    email = `${app.tenant.user_id}@example.com`
    assert.equal((await set({ password })).status, 204)
  })
  after(() => app.close())
  beforeEach(() => app.db.owner.query('delete from sign_in_failures'))

  const set = (body: object, as: { key?: string | null; headers?: Record<string, string> } = {}) =>
    app.ask('PUT', '/api/v1/me/password', { body, ...as })
  const signIn = (body: object, headers: Record<string, string> = {}) =>
    app.ask('POST', '/api/v1/sign-in', { key: null, body, headers })
  const cookieOf = (answer: { headers: Headers }) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const isIn = async (cookie: string) =>
    (await app.ask('GET', '/api/v1/me', { key: null, headers: { cookie } })).status === 200
  const by = (cookie: string) => ({ key: null, headers: { cookie, ...own } })

  it('sign in whoever knows them, under whatever case the address is written', async () => {
    const answer = await signIn({ email: email.toUpperCase(), password })
    assert.deepEqual(answer.body, { workspace_id: app.tenant.workspace_id, user_id: app.tenant.user_id })
    assert.ok(await isIn(cookieOf(answer)))
    const [row] = (await app.db.owner.query('select password_hash from user_credentials')).rows
    assert.match(row.password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  })

  it('do the same work and give the same answer for a wrong one, an unknown person and one without a password', async () => {
    const member = await app.makeMember(app.tenant, 'agent')
    const hash = mock.method(crypto, 'argon2')
    const answers = []
    for (const who of [email, 'nobody@example.com', `${member.user_id}@example.com`]) {
      const { status, body, headers } = await signIn({ email: who, password: 'wrong horse battery' })
      answers.push({ status, ...body, request_id: null, cookie: headers.get('set-cookie') })
    }
    const works = hash.mock.calls.map(({ arguments: [, { memory, passes, parallelism, tagLength, nonce }] }) => {
      return [memory, passes, parallelism, tagLength, Buffer.from(nonce as Buffer).length]
    })
    hash.mock.restore()
    assert.equal(answers[0]?.status, 401)
    assert.equal(answers[0]?.type, '/problems/wrong-password')
    assert.deepEqual(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
    assert.deepEqual(works, Array(3).fill([19_456, 2, 1, 32, 16]))
  })

  it('open the workspace joined first, or the one named among those they work in', async () => {
    const second = await makeTenant(app.db.app, app.now())
    const { user_id } = app.tenant
    await inWorkspace(app.db.app, { ...second, user_id }, (tx) =>
      addMember(tx, second.workspace_id, { user_id, role: 'agent' }, app.now()),
    )
    const { workspace_id } = second
    assert.equal((await signIn({ email, password })).body.workspace_id, app.tenant.workspace_id)
    assert.equal((await signIn({ email, password, workspace_id })).body.workspace_id, workspace_id)
    assert.equal((await signIn({ email, password, workspace_id: crypto.randomUUID() })).status, 404)
    await app.db.owner.query('update memberships set suspended_at = now() where user_id = $1', [user_id])
    assert.equal((await signIn({ email, password })).body.type, '/problems/suspended')
    await app.db.owner.query('update memberships set suspended_at = null where user_id = $1', [user_id])
  })

  it('are made stronger at the next sign-in when the parameters have grown', async () => {
    const member = await makeMember('agent')
    await set({ password }, member)
    const salt = Buffer.alloc(16, 1)
    const old = { message: password, nonce: salt, memory: 1024, passes: 1, parallelism: 1, tagLength: 32 }
    const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
    const weak = `$argon2id$v=19$m=1024,t=1,p=1$${text(salt)}$${text(crypto.argon2Sync('argon2id', old))}`
    const change = 'update user_credentials set password_hash = $1 where user_id = $2'
    await app.db.owner.query(change, [weak, member.user_id])
    assert.equal((await signIn({ email: member.email, password })).status, 200)
    const { rows } = await app.db.owner.query('select password_hash from user_credentials where user_id = $1', [
      member.user_id,
    ])
    assert.match(rows[0].password_hash, /m=19456,t=2/)
    assert.equal((await signIn({ email: member.email, password })).status, 200)
  })

  describe('that are guessed', () => {
    const guess = (who: string, text = 'wrong horse battery') => signIn({ email: who, password: text })
    const endWaits = () => app.db.owner.query('update sign_in_failures set blocked_until = now()')
    const waitOf = async (who: string) => {
      const answer = await guess(who)
      assert.equal(answer.status, 429, answer.text)
      assert.equal(Number(answer.headers.get('retry-after')), answer.body.retry_after_seconds)
      return answer.body.retry_after_seconds
    }

    it('make their account wait after five, longer each time, right or wrong, there or not', async () => {
      for (const who of [email, 'nobody@example.com']) {
        for (let n = 0; n < 5; n += 1) assert.equal((await guess(who)).status, 401)
        const first = await waitOf(who)
        assert.ok(first > 0 && first <= 30)
        assert.equal((await guess(who, password)).status, 429)
        await endWaits()
        assert.equal((await guess(who)).status, 401)
        const second = await waitOf(who)
        assert.ok(second > 30 && second <= 60)
        await endWaits()
      }
      const link = (await app.ask('POST', '/api/v1/sign-in-links')).body.token
      assert.equal((await signIn({ token: link })).status, 200)
    })

    it('are forgotten when the right one comes, and after a day', async () => {
      for (let n = 0; n < 4; n += 1) await guess(email)
      assert.equal((await guess(email, password)).status, 200)
      for (let n = 0; n < 5; n += 1) assert.equal((await guess(email)).status, 401)
      await waitOf(email)
      await app.db.owner.query(
        `update sign_in_failures set blocked_until = now(), last_at = now() - interval '25 hours'`,
      )
      for (let n = 0; n < 5; n += 1) assert.equal((await guess(email)).status, 401)
    })

    it('make their address wait too, whosever they are, and a right one does not clear it', async () => {
      for (let n = 0; n < 29; n += 1) assert.equal((await guess(`${n}@example.com`)).status, 401)
      for (let n = 0; n < 3; n += 1) assert.equal((await guess(email, password)).status, 200)
      assert.equal((await guess('30@example.com')).status, 401)
      await waitOf('31@example.com')
      assert.equal((await guess(email, password)).status, 429)
    })

    it('are counted one after the other: of many at the same moment no more than five are looked at', async () => {
      for (let n = 0; n < 4; n += 1) await guess(email)
      const holder = await app.db.owner.connect()
      await holder.query('begin; select from sign_in_failures for update')
      const guesses = Promise.all(Array.from({ length: 4 }, async () => (await guess(email)).status))
      const waiting = `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      while ((await app.db.owner.query(waiting)).rows[0].n < 4) await wait(5)
      await holder.query('commit')
      holder.release()
      assert.deepEqual((await guesses).sort(), [401, 429, 429, 429])
    })

    it('are looked at side by side as long as nobody has to wait', async () => {
      const right = await Promise.all(Array.from({ length: 4 }, async () => (await guess(email, password)).status))
      assert.deepEqual(new Set(right), new Set([200]))
    })
  })

  describe('being set', () => {
    it('need the present one, unless by a link of the last 15 minutes', async () => {
      const { user_id, email, key } = await makeMember('agent')
      assert.equal((await set({ password }, { key })).status, 204)
      const missing = await set({ password: 'another long word' }, { key })
      assert.equal(missing.status, 422)
      assert.equal(missing.body.errors[0].path, 'current_password')
      const wrong = await set({ password: 'another long word', current_password: 'no' }, { key })
      assert.equal(wrong.status, 422)
      assert.equal((await set({ password: 'another long word', current_password: password }, { key })).status, 204)
      const cookie = await app.signIn({ ...app.tenant, user_id })
      const age = `update sessions set created_at = created_at - interval '16 minutes' where user_id = $1`
      await app.db.owner.query(age, [user_id])
      assert.equal((await set({ password: 'a third long word' }, by(cookie))).status, 422)
      const fresh = await app.signIn({ ...app.tenant, user_id })
      assert.equal((await set({ password: 'a third long word' }, by(fresh))).status, 204)
      const later = cookieOf(await signIn({ email, password: 'a third long word' }))
      assert.equal((await set({ password: 'a fourth long word' }, by(later))).status, 422)
    })

    it('let nobody guess the present one', async () => {
      const { key } = await makeMember('agent')
      await set({ password }, { key })
      for (let n = 0; n < 5; n += 1)
        assert.equal((await set({ password, current_password: 'no' }, { key })).status, 422)
      assert.equal((await set({ password, current_password: password }, { key })).status, 429)
    })

    it('end every other session and open link, and the present session goes on under a new secret', async () => {
      const { user_id, email } = await makeMember('agent')
      const who = { ...app.tenant, user_id }
      const [other, present] = [await app.signIn(who), await app.signIn(who)]
      const link = (await app.ask('POST', '/api/v1/sign-in-links', by(other))).body.token
      const answer = await set({ password }, by(present))
      assert.equal(answer.status, 204)
      const next = cookieOf(answer)
      assert.deepEqual([await isIn(other), await isIn(present), await isIn(next)], [false, false, true])
      assert.equal((await signIn({ token: link })).status, 401)
      const again = cookieOf(await signIn({ email, password }, { cookie: next }))
      assert.deepEqual([await isIn(next), await isIn(again)], [false, true])
    })

    it('are long enough, not too long, and not the e-mail address', async () => {
      const { email, key } = await makeMember('agent')
      for (const text of ['eleven char', 'x'.repeat(257)]) {
        assert.equal((await set({ password: text }, { key })).status, 400)
      }
      assert.equal((await set({ password: email.toUpperCase() }, { key })).body.errors[0].path, 'password')
      assert.equal((await set({ password: 'x'.repeat(256) }, { key })).status, 204)
    })

    it("can't be taken over by another workspace that invited their owner and kept the link", async () => {
      const owner: Tenant = await makeTenant(app.db.app, app.now())
      const key = await app.makeKey(owner)
      for (const known of [true, false]) {
        const victim = await makeMember('agent')
        if (known) await set({ password }, victim)
        const invited = await app.ask('POST', '/api/v1/users', {
          key,
          body: { email: victim.email, name: 'V', role: 'agent' },
        })
        const inside = cookieOf(await app.ask('GET', `/sign-in/${invited.body.invite_token}`, { key: null }))
        assert.ok(await isIn(inside))
        const taken = await set({ password: 'mine from now on' }, by(inside))
        assert.equal(taken.status, known ? 422 : 403, taken.text)
      }
    })
  })

  describe('on the page', () => {
    const post = (fields: Record<string, string>, headers: Record<string, string> = { origin: app.url }) =>
      app.ask('POST', '/sign-in', {
        key: null,
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })

    it('are typed into a labelled form without a script, whose browser says where it comes from', async () => {
      const page = await app.ask('GET', '/sign-in', { key: null })
      assert.equal(page.status, 200)
      assert.doesNotMatch(page.text, /<script| on\w+=/)
      for (const name of ['email', 'password']) assert.match(page.text, new RegExp(`<label for="${name}">`))
      assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self'/)
      assert.equal(page.headers.get('referrer-policy'), 'same-origin')
      const entered = await post({ email, password })
      assert.equal(entered.status, 303)
      assert.ok(await isIn(cookieOf(entered)))
    })

    it('are refused with a word that is read out, and what was typed stays text', async () => {
      const wrong = await post({ email: '"><b>@example.com', password: 'wrong' })
      assert.equal(wrong.status, 401)
      assert.match(wrong.text, /role="alert"/)
      assert.doesNotMatch(wrong.text, /<b>/)
      assert.equal((await post({ email: 'a\0@example.com', password })).status, 400)
      assert.equal((await post({ email })).status, 400)
      assert.equal((await post({ email, password }, { origin: 'https://evil.example' })).status, 403)
      assert.equal((await post({ email, password }, {})).status, 403)
      for (let n = 0; n < 5; n += 1) await post({ email, password: 'wrong' })
      const blocked = await post({ email, password })
      assert.equal(blocked.status, 429)
      assert.ok(Number(blocked.headers.get('retry-after')) > 0)
    })
  })

  async function makeMember(role: 'agent') {
    const { user_id, key } = await app.makeMember(app.tenant, role)
    return { user_id, key, email: `${user_id}@example.com` }
  }
})

it('counts an IPv6 address by its network and an IPv4 one by itself', () => {
  const networks = ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9', '::ffff:192.0.2.1', '192.0.2.1', 'fe80::1%eth0', '::1']
  assert.deepEqual(networks.map(networkOf), [
    '2001:db8:1:2',
    '2001:db8:1:2',
    '192.0.2.1',
    '192.0.2.1',
    'fe80:0:0:0',
    '0:0:0:0',
  ])
})
