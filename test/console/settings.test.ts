/** What an admin does: numbers that must not be called, trunks, people and keys. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { writeWavHead } from '#domain/wav.ts'
import { findBarriers, overflowOf, widths } from '#kit/console.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')

/** Somewhere it is always between nine and eight, and no law but the product's own holds. */
const lawfulNow = () => {
  const hour = new Date().getUTCHours()
  if (hour >= 1 && hour < 10) return '+81312345678'
  return hour >= 10 && hour < 16 ? '+254202222222' : hour >= 16 && hour < 22 ? '+551131234567' : '+6493123456'
}

describe('the settings in the console', { skip, timeout: 120_000 }, () => {
  let here: ConsoleServer
  before(async () => {
    here = await openConsole()
  })
  after(() => here?.close())

  it('block a number at once, say what blocks it, and take it back with a reason', async () => {
    const { page, context, troubles } = await here.signIn()
    await page.goto(`${here.url}/do-not-call`)
    await page.getByRole('textbox', { name: 'Number' }).fill('(212) 555-0143')
    await page.getByRole('button', { name: 'Block now' }).click()
    await page.getByText('+12125550143 is blocked', { exact: false }).waitFor()
    await page.getByText('Blocked', { exact: true }).waitFor()
    await page.getByText('All calls: Asked for it.', { exact: false }).waitFor()
    assert.equal((await here.ask('GET', '/suppressions/look-up?number=%2B12125550143')).suppressed, true)
    await page.getByRole('table').getByRole('button', { name: 'Take back' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Take back' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByLabel('Reason').fill('It was a wrong number')
    await dialog.getByRole('button', { name: 'Take back' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal((await here.ask('GET', '/suppressions/look-up?number=%2B12125550143')).suppressed, false)
    // The refusal of the empty reason is the only thing that went wrong.
    assert.deepEqual(
      troubles.filter((each) => !each.includes('400')),
      [],
    )
    await context.close()
  })

  it('show what a carrier asks for, keep what it refuses at its field, and ring a number over a trunk', async () => {
    const { page, context } = await here.signIn()
    await page.goto(`${here.url}/trunks`)
    await page.getByRole('button', { name: 'Add a trunk' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('PBX')
    await dialog.getByLabel('Carrier').selectOption('freeswitch')
    await dialog.getByLabel('Host').fill('not a host')
    await dialog.getByRole('button', { name: 'Add a trunk' }).click()
    await dialog.getByText('must be a host name or an address').waitFor()
    await dialog.getByText('is needed by this provider').waitFor()
    await dialog.getByLabel('Carrier').selectOption('simulated')
    await dialog.getByLabel('Calls at once').fill('3')
    await dialog.getByRole('button', { name: 'Add a trunk' }).click()
    await page.getByRole('heading', { name: 'PBX' }).waitFor()
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'PBX' }) })
    await card.getByRole('button', { name: 'Test call' }).click()
    await dialog.getByLabel('Your number').fill(lawfulNow())
    await dialog.getByRole('button', { name: 'Ring', exact: true }).click()
    await dialog.getByText(/^(It rang|It did not ring)$/).waitFor()
    const { data } = await here.ask('GET', '/calls')
    assert.equal(data.length, 1)
    await context.close()
  })

  it('invite people, who see and may not do what is above them', async () => {
    const { page, context } = await here.signIn()
    await page.goto(`${here.url}/users`)
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Vera')
    await dialog.getByLabel('E-mail').fill('vera@example.com')
    await dialog.getByLabel('Role').selectOption('viewer')
    await dialog.getByRole('button', { name: 'Invite somebody' }).click()
    const link = await page.getByRole('dialog').locator('code').textContent()
    await context.close()
    const vera = await here.visit(link as string)
    await vera.page.goto(`${here.url}/api-keys`)
    await vera.page.getByText('needs the role admin', { exact: false }).waitFor()
    await vera.page.goto(`${here.url}/do-not-call`)
    await vera.page.getByRole('button', { name: 'Block now' }).focus()
    await vera.page.getByRole('tooltip').filter({ hasText: 'Your role does not allow this' }).waitFor()
    await vera.context.close()
  })

  it('keep messages for machines: what phones can not play is refused, the rest is heard, changed and, unless used, deleted', async () => {
    const { page, context } = await here.signIn()
    await page.goto(`${here.url}/voicemail-drops`)
    await page.getByText('No message yet').waitFor()
    await page.getByRole('button', { name: 'Add a message' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('We called')
    const choose = (rate: number, seconds: number) => {
      const samples = Buffer.alloc(rate * 2 * seconds, 1)
      const buffer = Buffer.concat([writeWavHead({ channels: 1, rate, bytes: samples.length }), samples])
      return dialog.locator('input[type=file]').setInputFiles({ name: `${rate}.wav`, mimeType: 'audio/wav', buffer })
    }
    await choose(16_000, 1)
    await dialog.getByText('16000.wav').waitFor()
    await dialog.getByRole('button', { name: 'Add a message' }).click()
    await dialog.getByText('one channel of 16-bit samples at 8000 Hz, as phones play it', { exact: false }).waitFor()
    await choose(8000, 65)
    await dialog.getByRole('button', { name: 'Add a message' }).click()
    await dialog.waitFor({ state: 'detached' })
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'We called' }) })
    for (const fact of ['1:05', '1,040 kB', '0 times']) await card.getByText(fact, { exact: true }).waitFor()
    await card.getByRole('button', { name: 'Listen' }).click()
    const audio = await page.locator('audio').elementHandle()
    await page.waitForFunction((player) => (player as unknown as { duration: number }).duration === 65, audio)
    const [drop] = (await here.ask('GET', '/voicemail-drops')).data
    const { id } = await here.ask('POST', '/campaigns', {
      name: 'Leaves it',
      mode: 'broadcast',
      purpose: 'information',
    })
    const leave = async (body: object) =>
      assert.equal((await here.ask('PATCH', `/campaigns/${id}`, body)).status, 'draft', 'the campaign took it')
    await leave({ detects_machines: true, on_machine: 'leave_message', voicemail_drop_id: drop.id })
    const remove = async () => {
      await card.getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    }
    await remove()
    await page.getByText('give it another one first', { exact: false }).waitFor()
    await leave({ on_machine: 'hang_up', voicemail_drop_id: null })
    await card.getByRole('button', { name: 'Change' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill('Call us')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Call us' }).waitFor()
    const renamed = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Call us' }) })
    await renamed.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('No message yet').waitFor()
    await context.close()
  })

  it('make a key that is shown once, works, and is refused once it is revoked', async () => {
    const { page, context } = await here.signIn()
    await page.goto(`${here.url}/api-keys`)
    await page.getByRole('button', { name: 'Make a key' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('CRM')
    await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click()
    const token = (await page.getByRole('dialog').locator('code').textContent()) as string
    const status = async () =>
      (await fetch(`${here.url}/api/v1/campaigns`, { headers: { authorization: `Bearer ${token}` } })).status
    assert.equal(await status(), 200)
    await page.getByRole('button', { name: 'Done' }).click()
    assert.equal(await page.getByText(token).count(), 0)
    await page.getByRole('row', { name: /CRM/ }).getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('Revoked', { exact: true }).waitFor()
    assert.equal(await status(), 401)
    await context.close()
  })

  it('are the first steps, ticked by what is on record, until they are put away', async () => {
    const { page, context, troubles } = await here.signIn({ viewport: widths.phone })
    const step = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) })
    await step('Write a script').getByText('not done yet').waitFor()
    assert.deepEqual(await findBarriers(page), [])
    assert.equal(await overflowOf(page), 0)
    await here.ask('POST', '/scripts', { name: 'Hello', steps: [{ key: 'opening', text: 'Hello', branches: [] }] })
    const account = { account_sid: `AC${'0'.repeat(32)}` }
    const real = { name: 'Real', provider: 'twilio', channels: 1, settings: account, secret: 'x'.repeat(32) }
    const trunk = await here.ask('POST', '/trunks', real)
    await here.ask('POST', `/trunks/${trunk.id}/caller-ids`, { number: '+12125550178' })
    await page.reload()
    for (const name of ['Write a script', 'Register a caller ID']) {
      await step(name).getByText('(done)', { exact: false }).waitFor()
    }
    await step('Add a trunk and test it').getByText('not done yet').waitFor()
    await step('Register a caller ID').getByRole('link').click()
    await page.getByRole('heading', { name: 'Trunks', level: 1 }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Put away' }).click()
    await page.getByText('First steps', { exact: false }).waitFor({ state: 'detached' })
    // It asks for nothing more once it is away: what it would show is read by nobody else here.
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.reload()
    await page.getByText('No campaign yet').or(page.getByRole('article').first()).first().waitFor()
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('first-steps')),
    )
    assert.deepEqual(
      asked.filter((url) => url.includes('/api/v1/scripts')),
      [],
    )
    assert.deepEqual(troubles, [])
    await context.close()
  })
})
