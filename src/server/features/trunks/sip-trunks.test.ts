import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { openSmallPbx, type SmallPbx } from '#kit/small-pbx.ts'

describe('trunks with a SIP provider of their own', () => {
  let app: App
  let pbx: SmallPbx
  before(async () => {
    pbx = await openSmallPbx()
    app = await openApp({ settings: { OUTDIAL_PBX_ADDRESSES: pbx.address } })
  })
  after(async () => {
    await app.close()
    await pbx.close()
  })

  const make = (sip: object) => {
    const settings = { url: `http://${pbx.address}`, sip }
    const secret = JSON.stringify({ pbx: 'of-the-pbx', sip: 'of-the-provider' })
    return app.ask('POST', '/api/v1/trunks', { body: { name: 'SIP', provider: 'asterisk', settings, secret } })
  }

  it('say what of them can not be used', async () => {
    const wrong: [object, string][] = [
      [{ host: 'sip.test\n[admin]' }, 'settings.sip.host'],
      [{ host: 'sip.test', transport: 'smoke' }, 'settings.sip.transport'],
      [{ host: 'sip.test', register: true }, 'settings.sip.username'],
      [{ host: 'sip.test', password: 'here it would be seen' }, 'settings.sip'],
    ]
    for (const [sip, path] of wrong) {
      const refused = await make(sip)
      assert.equal(refused.status, 422, refused.text)
      assert.deepEqual(
        refused.body.errors.map((fault: { path: string }) => fault.path),
        [path],
      )
    }
  })

  it('show no password, and are taken away from the PBX when they are out of use', async () => {
    const made = await make({ host: 'sip.test', username: 'account', register: true })
    assert.equal(made.status, 201, made.text)
    assert.ok(!made.text.includes('of-the-provider') && !made.text.includes('of-the-pbx'))
    const name = `trunk-${made.body.id.replaceAll('-', '')}`
    for (const kind of ['auth', 'aor', 'endpoint', 'registration']) pbx.objects.set(`${kind}/${name}`, {})
    pbx.objects.set('endpoint/another', {})
    const changed = await app.ask('PATCH', `/api/v1/trunks/${made.body.id}`, { body: { active: false } })
    assert.equal(changed.status, 200)
    await pbx.until(() => pbx.objects.size === 1)
    assert.ok(pbx.objects.has('endpoint/another'))
  })

  it('are described, with those of every other provider', async () => {
    const { data } = (await app.ask('GET', '/api/v1/trunk-providers')).body
    const of = (name: string) => data.find(({ provider }: { provider: string }) => provider === name)
    assert.deepEqual(of('asterisk').settings.required, ['url'])
    assert.equal(of('asterisk').settings.properties.sip.properties.port.default, 5060)
    assert.deepEqual([of('simulated').settings, of('simulated').needs_secret], [null, false])
    assert.match(of('openai').undialed, /does not call/)
  })
})
