/** A list as people have it, through the page: looked at, taken, mended, taken back, and read on after a restart. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { type Visitor, visit } from '#kit/console.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { requireTool } from '#kit/tools.ts'
import { makeWorkbook } from '#kit/workbook.ts'

const skip = requireTool('chromium')

describe('imports in the console', { skip, timeout: 240_000 }, () => {
  let here: ConsoleServer
  let visitor: Visitor
  const ask = (path: string) => here.ask('GET', path)
  const take = async (name: string, mimeType: string, buffer: Buffer) => {
    await visit(visitor.page, '/imports')
    await visit(visitor.page, '/imports/new')
    await visitor.page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })
    await visitor.page.getByText('Nothing is written yet.', { exact: false }).waitFor()
  }

  before(async () => {
    here = await openConsole()
    visitor = await here.signIn()
  })
  after(() => here?.close())

  const odd =
    'Kunde;Handy Nr.;Firma;Wichtig\nAda Abara;(212) 555-0101;Example;high\nBo Ray;12;;low\nCy;;;\nDee Lamb;+442079460104;;;x\n'

  it('are looked at first, mapped by hand, reported by cause, mended and taken again', async () => {
    const { page } = visitor
    await take('odd.csv', 'text/csv', Buffer.from(odd))
    const tile = (word: string) => page.locator('dt', { hasText: word }).locator('xpath=following-sibling::dd')
    assert.equal(await tile('Refused').textContent(), '3')
    assert.equal((await ask('/contacts/count')).count, 0, 'nothing is written before somebody says so')
    assert.equal(await page.getByLabel('Handy Nr. is').inputValue(), 'phone')
    assert.equal(await page.getByLabel('Wichtig is').inputValue(), 'custom')
    await page.getByLabel('Wichtig is').selectOption('Priority')
    await page.getByLabel('Firma is').selectOption('Ignore')
    await page.getByText('Left out', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Import 1 person' }).click()
    await page.getByText('Done, some rows refused').waitFor()
    for (const cause of ['Not a phone number', 'No number', 'More cells than columns']) {
      await page.getByRole('heading', { name: cause }).waitFor()
    }
    const [ada] = (await ask('/contacts')).data
    assert.deepEqual([ada.full_name, ada.company, ada.custom], ['Ada Abara', '', {}])

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'The 3 refused rows' }).click(),
    ])
    const refused = readFileSync(await download.path(), 'utf8')
    assert.match(refused, /outdial_reason/)
    const mended = refused
      .replace(/^Bo Ray;12;/m, 'Bo Ray;+12125550102;')
      .replace(/^Cy;;/m, 'Cy;+12125550103;')
      .replace(/^(Dee Lamb;.*);;;x;/m, '$1;;;')
    await take('mended.csv', 'text/csv', Buffer.from(mended))
    await page.getByText('odd.csv had the same columns', { exact: false }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Import 3 people' }).click()
    await page.getByText('Done', { exact: true }).waitFor()
    assert.equal((await ask('/contacts/count')).count, 4)

    // Read a second time, the file's columns are remembered as they were mapped.
    await take('odd-2.csv', 'text/csv', Buffer.from(odd.replace('0101', '0111')))
    await page.getByRole('button', { name: 'Map them so again' }).click()
    await page.getByText('Left out', { exact: true }).waitFor()
    assert.equal(await page.getByLabel('Wichtig is').inputValue(), 'priority')
  })

  it('may be spreadsheets or pasted, go into a campaign, and are taken back', async () => {
    const { page } = visitor
    const book = makeWorkbook([
      ['Name', 'Phone', 'Follow-up date'],
      ['Eve Ito', 12125550121, { day: 46_400 }],
      ['Fay Hill', '+44 20 7946 0122', null],
    ])
    await take('people.xlsx', '', book)
    await page.getByText('+1 212 555 0121').waitFor()
    await page.getByText('2027-01-13').waitFor()
    const { id } = await here.ask('POST', '/campaigns', { name: 'From paper', mode: 'manual' })
    await visit(page, '/imports')
    await visit(page, `/imports/new?campaign=${id}`)
    await page.getByText('Paste from a spreadsheet').click()
    await page.getByLabel('Rows').fill('Gus Nash\t+442079460131\nHal Mann\t+442079460132\n')
    await page.getByRole('button', { name: 'Look at it' }).click()
    await page.getByRole('button', { name: 'Import 2 people' }).click()
    await page.getByText('Done', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'From paper' }).click()
    await page.getByRole('link', { name: 'Hal Mann' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back', { exact: true }).waitFor()
    assert.equal((await ask(`/campaigns/${id}/leads`)).data.length, 0)
    assert.equal((await ask('/contacts/count')).count, 4)
  })

  it('are read on after the server was away, and the page shows it', async () => {
    const { page } = visitor
    const people = Array.from({ length: 40_000 }, (_, at) => `P${at},+1212${2_000_000 + at}\n`)
    await take('long.csv', 'text/csv', Buffer.from(`name,phone\n${people.join('')}`))
    await page.getByRole('button', { name: 'Import 40000 people' }).click()
    await page.getByRole('button', { name: 'Stop reading' }).waitFor()
    await here.stop()
    await page.getByText('Reconnecting', { exact: false }).waitFor()
    await here.startAgain()
    await page.getByText('Live', { exact: true }).waitFor()
    await page.reload()
    await page.getByText('Done', { exact: true }).waitFor({ timeout: 60_000 })
    const [job] = (await ask('/imports?limit=1')).data
    assert.deepEqual([job.total_rows, job.imported_rows], [40_000, 40_000])
    assert.equal((await ask('/contacts/count')).count, 40_004)
    await page.getByRole('link', { name: 'Contacts', exact: true }).first().click()
    await page.getByText('40,004 people', { exact: true }).waitFor()
  })
})
