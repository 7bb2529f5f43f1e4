import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe('the PBX of a trunk', () => {
  let app: App
  before(async () => {
    app = await openApp({ settings: { OUTDIAL_PBX_ADDRESSES: 'pbx.example.com:8088, 10.0.0.5:8021, [fd00::5]:8021' } })
  })
  after(() => app.close())

  const make = (provider: string, settings: object) =>
    app.ask('POST', '/api/v1/trunks', { body: { name: 'PBX', provider, secret: 'secret', settings } })
  const asterisk = (url: string) => make('asterisk', { url, endpoint: 'PJSIP/{number}@out' })
  const freeswitch = (host: string, port = 8021) => make('freeswitch', { host, port, gateway: 'out' })

  it('is one that the installation allows: nobody reaches through a trunk what only the server may', async () => {
    assert.equal((await asterisk('http://pbx.example.com:8088')).status, 201)
    assert.equal((await freeswitch('10.0.0.5')).status, 201)
    assert.equal((await freeswitch('fd00::5')).status, 201)
    for (const url of [
      'http://127.0.0.1:8088',
      'http://pbx.example.com',
      'http://169.254.169.254',
      'http://10.0.0.5:80',
    ]) {
      const refused = await asterisk(url)
      assert.deepEqual([refused.status, refused.body.errors?.[0]?.path], [422, 'settings'], url)
      assert.match(refused.body.detail, /OUTDIAL_PBX_ADDRESSES/)
    }
    assert.equal((await freeswitch('10.0.0.5', 22)).status, 422)
    const { id } = (await freeswitch('10.0.0.5')).body
    const change = { body: { settings: { host: '127.0.0.1', gateway: 'out' } } }
    assert.equal((await app.ask('PATCH', `/api/v1/trunks/${id}`, change)).status, 422)
  })
})
