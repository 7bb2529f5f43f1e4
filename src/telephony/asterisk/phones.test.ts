import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { openSmallPbx } from '#kit/small-pbx.ts'
import { createVirtualClock } from '../virtual-clock.ts'
import { openAri } from './ari.ts'
import { createPhones, phoneName } from './phones.ts'

const trunk_id = '019b0000-0000-7000-8000-00000000000a'
const identity = '019b0000-0000-7000-8000-00000000000b'
const name = phoneName(trunk_id, identity)

describe('accounts of phones in browsers', () => {
  const open = async (context: TestContext) => {
    const pbx = await openSmallPbx()
    const settings = {
      url: `http://${pbx.address}`,
      user: 'outdial',
      secret: 's',
      ice_servers: [],
      endpoint: 'PJSIP/{number}@out',
    }
    const ari = openAri({
      ...settings,
      phone: 'PJSIP/{phone}',
      detect_machines: false,
      split_recordings: false,
      sip_password: null,
    })
    const clock = createVirtualClock(Date.UTC(2026, 2, 2))
    const troubles: unknown[] = []
    const process = () => createPhones({ trunk_id, ari, settings, clock, trouble: (_, cause) => troubles.push(cause) })
    context.after(async () => {
      await ari.close()
      await pbx.close()
    })
    return { pbx, clock, process, troubles }
  }

  it('are taken away when they are over', async (context) => {
    const { pbx, clock, process, troubles } = await open(context)
    const phones = process()
    assert.ok((await phones.makePhoneAccount(identity)).ok)
    assert.deepEqual(
      [...pbx.objects.keys()].sort(),
      ['aor', 'auth', 'endpoint'].map((kind) => `${kind}/${name}`),
    )
    assert.ok((await phones.findPhoneSocket(identity)).ok)
    clock.advanceTo(clock.now() + 600_000)
    await pbx.until(() => pbx.objects.size === 0)
    assert.equal((await phones.findPhoneSocket(identity)).ok, false)
    assert.deepEqual(troubles, [])
  })

  it('hold on while another process makes them anew, and are found by one that was started later', async (context) => {
    const { pbx, clock, process } = await open(context)
    const [one, other] = [process(), process()]
    await one.makePhoneAccount(identity)
    clock.advanceTo(clock.now() + 599_000)
    await other.makePhoneAccount(identity)
    one.close()
    other.close()
    const late = process()
    await late.catchUp()
    clock.advanceTo(clock.now() + 599_000)
    assert.ok((await late.findPhoneSocket(identity)).ok)
    assert.equal(pbx.objects.size, 3)
    clock.advanceTo(clock.now() + 1_000)
    await pbx.until(() => pbx.objects.size === 0)
  })
})
